"""Data that schools reported as wrong, for who keeps them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse

from schools.models import School, User
from supervision.cycle.todos import MAX_SEPARATE_TODOS, TodoItem
from supervision.cycle.waiting_rows import WaitingKind, WaitingRow, as_waiting_rows
from supervision.profiles.confirmation.issues import answers_issues, issues_to_answer
from supervision.rounds.enums import CycleStep


def data_issue_rows(user: User, today: date) -> list[QuerySet]:
    """Open ones of the kinds that the person puts right."""
    if not answers_issues(user):
        return []
    issues = issues_to_answer(user)
    return [
        as_waiting_rows(issues, WaitingKind.DATA_ISSUE, title=F("school__name"), detail=F("text"))
    ]


def data_issue_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """One line for each, or one to the list where there are many."""
    if len(rows) > MAX_SEPARATE_TODOS:
        title = f"ตรวจข้อมูลที่โรงเรียนแจ้งว่าไม่ถูกต้อง {len(rows)} เรื่อง"
        return [TodoItem(title, reverse("data_issues"), "ขั้นที่ 1", step=CycleStep.NEEDS)]
    return [
        TodoItem(
            f"ตรวจข้อมูลที่แจ้งว่าไม่ถูกต้อง {School(name=row.title).short_name}",
            reverse("data_issues"),
            f"ขั้นที่ 1 · {row.detail}",
            step=CycleStep.NEEDS,
        )
        for row in rows
    ]
