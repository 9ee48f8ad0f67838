"""Drafts of orders that wait: for their signature, or for what they still lack."""

from schools.access import Permission, rights_of
from schools.models import User
from supervision.assignments.issuing import order_drafts
from supervision.cycle.todos import TodoItem


def orders_to_sign(user: User) -> list[TodoItem]:
    """Drafts of orders that lack nothing but their signature, for who signs them."""
    if not rights_of(user).allows(Permission.ISSUE_ORDER):
        return []
    return [
        TodoItem(
            f"ลงนามคำสั่ง เรื่อง {draft.order.subject}", draft.order.get_absolute_url(), "ร่างครบแล้ว"
        )
        for draft in order_drafts()
        if not draft.missing
    ]


def orders_to_complete(user: User) -> list[TodoItem]:
    """Drafts of orders, for who writes them; complete ones wait for the area director."""
    if not rights_of(user).allows(Permission.DRAFT_ORDER):
        return []
    return [
        TodoItem(
            f"ร่างคำสั่ง เรื่อง {draft.order.subject}",
            draft.order.get_absolute_url(),
            f"ยังขาด {len(draft.missing)} รายการ" if draft.missing else "ร่างครบแล้ว รอลงนาม",
            for_information=not draft.missing,
        )
        for draft in order_drafts()
    ]
