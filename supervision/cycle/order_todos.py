"""Orders on the home page and among the notices: drafts that wait, and one's own duties.

A draft waits for its signature, or for what it still lacks. Who is named by a signed order learns
of it, and of the end of the duties, for two weeks.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, rights_of
from schools.core.thai import short_date
from schools.models import User
from supervision.assignments.enums import OrderState
from supervision.assignments.issuing import drafts_with_completeness
from supervision.assignments.models import Duty, OfficialOrder
from supervision.cycle.todos import TodoItem
from supervision.cycle.waiting_rows import WaitingKind, WaitingRow, as_waiting_rows

COMPLETE, INCOMPLETE, TO_SIGN = "complete", "incomplete", "to_sign"
GIVEN, ENDED = "given", "ended"
TOLD_FOR = timedelta(days=14)


def order_rows(user: User, today: date) -> list[QuerySet]:
    """Drafts and the person's own duties; `detail` says which it is, and what a draft waits for."""
    return [*_draft_rows(user), *_own_duty_rows(user)]


def _own_duty_rows(user: User) -> list[QuerySet]:
    """Orders that gave the person duties these days, and those of which duties were ended."""
    after = timezone.now() - TOLD_FOR
    orders, duties = OfficialOrder.objects.signed(), Duty.objects.of_person(user)
    own = duties.filter(officer__order=OuterRef("pk"))
    ended = own.filter(end_recorded_at__gte=after).order_by("-end_recorded_at")
    given = orders.filter(Exists(own), signed_at__gte=after).exclude(signed_by=user)
    kind, number = WaitingKind.ORDER, F("number")
    return [
        as_waiting_rows(
            given, kind, title=number, detail=Value(GIVEN), starts_on=F("effective_on")
        ),
        as_waiting_rows(
            orders.filter(Exists(ended)),
            kind,
            title=number,
            detail=Value(ENDED),
            ends_on=Subquery(ended.values("ends_on")[:1]),
        ),
    ]


def _draft_rows(user: User) -> list[QuerySet]:
    """The drafts that the person writes or signs; who only signs is asked for complete ones."""
    rights = rights_of(user)
    drafts = drafts_with_completeness(OfficialOrder.objects.filter(state=OrderState.DRAFT))
    if rights.allows(Permission.ISSUE_ORDER):
        return [_drafts(drafts.filter(is_complete=True), Value(TO_SIGN))]
    if rights.allows(Permission.DRAFT_ORDER):
        complete = When(is_complete=True, then=Value(COMPLETE))
        return [_drafts(drafts, Case(complete, default=Value(INCOMPLETE)))]
    return []


def _drafts(drafts: QuerySet[OfficialOrder], waits_for: Value | Case) -> QuerySet:
    return as_waiting_rows(drafts, WaitingKind.ORDER, title=F("subject"), detail=waits_for)


def order_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """The drafts as they wait for the person, and what happened to the person's own duties."""
    return [_own_item(row) if row.detail in (GIVEN, ENDED) else _draft_item(row) for row in rows]


def _own_item(row: WaitingRow) -> TodoItem:
    if row.detail == GIVEN:
        since = f" ตั้งแต่ {short_date(row.starts_on)}" if row.starts_on else ""
        title = f"คำสั่งที่ {row.title} มอบหมายหน้าที่ให้คุณ{since}"
    else:
        until = f" มีผลถึง {short_date(row.ends_on)}" if row.ends_on else ""
        title = f"หน้าที่ของคุณตามคำสั่งที่ {row.title} สิ้นสุด{until}"
    return TodoItem(title, reverse("my_duties"), "คำสั่ง · หน้าที่ของฉัน", for_information=True)


def _draft_item(row: WaitingRow) -> TodoItem:
    url = OfficialOrder(pk=row.pk).get_absolute_url()
    if row.detail == TO_SIGN:
        return TodoItem(f"ลงนามคำสั่ง เรื่อง {row.title}", url, "คำสั่ง · ร่างครบแล้ว")
    is_complete = row.detail == COMPLETE
    detail = "คำสั่ง · ร่างครบแล้ว รอลงนาม" if is_complete else "คำสั่ง · ยังไม่ครบ"
    return TodoItem(f"ร่างคำสั่ง เรื่อง {row.title}", url, detail, for_information=is_complete)
