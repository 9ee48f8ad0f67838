"""Drafts of orders that wait: for their signature, or for what they still lack."""

from django.db.models import Case, QuerySet, Value, When

from schools.access import Permission, rights_of
from schools.models import User
from supervision.assignments.enums import OrderState
from supervision.assignments.issuing import with_completeness
from supervision.assignments.models import OfficialOrder
from supervision.cycle.todos import TodoItem

COMPLETE, INCOMPLETE, TO_SIGN = "complete", "incomplete", "to_sign"


def waiting_order_drafts(user: User) -> QuerySet[OfficialOrder] | None:
    """The drafts that the person writes or signs, each with what it `waits_for`; None for others.

    Who only signs is asked for complete ones.
    """
    rights = rights_of(user)
    drafts = with_completeness(OfficialOrder.objects.filter(state=OrderState.DRAFT))
    if rights.allows(Permission.ISSUE_ORDER):
        return drafts.filter(is_complete=True).annotate(waits_for=Value(TO_SIGN))
    if rights.allows(Permission.DRAFT_ORDER):
        complete = When(is_complete=True, then=Value(COMPLETE))
        return drafts.annotate(waits_for=Case(complete, default=Value(INCOMPLETE)))
    return None


def order_draft_item(pk: int, subject: str, waits_for: str) -> TodoItem:
    """One draft as it waits for the person."""
    url = OfficialOrder(pk=pk).get_absolute_url()
    if waits_for == TO_SIGN:
        return TodoItem(f"ลงนามคำสั่ง เรื่อง {subject}", url, "คำสั่ง · ร่างครบแล้ว")
    is_complete = waits_for == COMPLETE
    detail = "คำสั่ง · ร่างครบแล้ว รอลงนาม" if is_complete else "คำสั่ง · ยังไม่ครบ"
    return TodoItem(f"ร่างคำสั่ง เรื่อง {subject}", url, detail, for_information=is_complete)
