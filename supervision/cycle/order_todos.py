"""Drafts of orders that wait: for their signature, or for what they still lack."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, F, QuerySet, Value, When

from schools.access import Permission, rights_of
from schools.models import User
from supervision.assignments.enums import OrderState
from supervision.assignments.issuing import with_completeness
from supervision.assignments.models import OfficialOrder
from supervision.cycle.todos import TodoItem
from supervision.cycle.waiting_rows import WaitingKind, WaitingRow, as_waiting_rows

COMPLETE, INCOMPLETE, TO_SIGN = "complete", "incomplete", "to_sign"


def order_rows(user: User, today: date) -> list[QuerySet]:
    """The drafts that the person writes or signs; `detail` says what each waits for.

    Who only signs is asked for complete ones.
    """
    rights = rights_of(user)
    drafts = with_completeness(OfficialOrder.objects.filter(state=OrderState.DRAFT))
    if rights.allows(Permission.ISSUE_ORDER):
        return [_drafts(drafts.filter(is_complete=True), Value(TO_SIGN))]
    if rights.allows(Permission.DRAFT_ORDER):
        complete = When(is_complete=True, then=Value(COMPLETE))
        return [_drafts(drafts, Case(complete, default=Value(INCOMPLETE)))]
    return []


def _drafts(drafts: QuerySet[OfficialOrder], waits_for: Value | Case) -> QuerySet:
    return as_waiting_rows(drafts, WaitingKind.ORDER, title=F("subject"), detail=waits_for)


def order_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """The drafts as they wait for the person."""
    return [_order_item(row) for row in rows]


def _order_item(row: WaitingRow) -> TodoItem:
    url = OfficialOrder(pk=row.pk).get_absolute_url()
    if row.detail == TO_SIGN:
        return TodoItem(f"ลงนามคำสั่ง เรื่อง {row.title}", url, "คำสั่ง · ร่างครบแล้ว")
    is_complete = row.detail == COMPLETE
    detail = "คำสั่ง · ร่างครบแล้ว รอลงนาม" if is_complete else "คำสั่ง · ยังไม่ครบ"
    return TodoItem(f"ร่างคำสั่ง เรื่อง {row.title}", url, detail, for_information=is_complete)
