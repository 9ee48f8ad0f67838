"""Nominated practices: for who chooses among them, and for who reviews them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from schools.access import Permission, rights_of
from schools.models import School, User
from supervision.cycle.todos import MAX_SEPARATE_TODOS, TodoItem
from supervision.cycle.waiting_rows import WaitingKind, WaitingRow, as_waiting_rows
from supervision.practices.enums import PracticeState
from supervision.practices.models import GoodPractice
from supervision.practices.models.good_practices import UNIT_NAME
from supervision.rounds.enums import CycleStep


def nominated_practice_rows(user: User, today: date) -> list[QuerySet]:
    """Those to choose among; else those that this person has not reviewed yet."""
    rights = rights_of(user)
    if rights.allows_anywhere(Permission.SELECT_PRACTICE):
        return [_nominated(user, Permission.SELECT_PRACTICE)]
    if rights.allows_anywhere(Permission.REVIEW_PRACTICE):
        return [_nominated(user, Permission.REVIEW_PRACTICE, unseen=True)]
    return []


def _nominated(user: User, permission: Permission, *, unseen: bool = False) -> QuerySet:
    rows = GoodPractice.objects.with_permission(user, permission)
    rows = rows.filter(state=PracticeState.NOMINATED)
    if unseen:
        rows = rows.exclude(reviews__reviewer=user)
    return as_waiting_rows(
        rows,
        WaitingKind.PRACTICE,
        title=F("title"),
        detail=Coalesce(F("round__school__name"), Value("")),
        reviews=Count("reviews"),
    )


def practice_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """One line for each, or one to the list where there are many."""
    chooses = rights_of(user).allows_anywhere(Permission.SELECT_PRACTICE)
    act = f"{'คัดเลือก' if chooses else 'ให้ความเห็น'}วิธีปฏิบัติที่เป็นเลิศ"
    if len(rows) > MAX_SEPARATE_TODOS:
        url = f"{reverse('practices')}?state={PracticeState.NOMINATED}"
        return [TodoItem(f"{act} {len(rows)} เรื่อง", url, "ขั้นที่ 5", step=CycleStep.DECISION)]
    return [_practice_item(act, row) for row in rows]


def _practice_item(act: str, row: WaitingRow) -> TodoItem:
    owner = School(name=row.detail).short_name if row.detail else UNIT_NAME
    reviews = f"มีผู้ให้ความเห็นแล้ว {row.reviews} คน" if row.reviews else "ยังไม่มีผู้ให้ความเห็น"
    return TodoItem(
        f"{act} {owner}",
        GoodPractice(pk=row.pk).get_absolute_url(),
        f"ขั้นที่ 5 · {row.title} · {reviews}",
        step=CycleStep.DECISION,
    )
