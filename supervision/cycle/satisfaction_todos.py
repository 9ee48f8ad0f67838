"""Visits on which a school's director may say how content the school was, if they care to."""

from collections.abc import Sequence
from datetime import date

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from schools.access import Permission, rights_of
from schools.models import School, User
from supervision.cycle.todos import TodoItem
from supervision.cycle.waiting_rows import WaitingKind, WaitingRow, as_waiting_rows
from supervision.rounds.enums import CycleStep
from supervision.visits.satisfaction.asking import visits_to_answer_on


def satisfaction_rows(user: User, today: date) -> list[QuerySet]:
    """Visits acknowledged lately, until the school has answered or skipped the question."""
    if not rights_of(user).allows_anywhere(Permission.ACKNOWLEDGE_VISIT):
        return []
    number = Cast("number", CharField())
    return [
        as_waiting_rows(
            visits_to_answer_on(user, today),
            WaitingKind.SATISFACTION,
            title=F("round__school__name"),
            detail=number,
        )
    ]


def satisfaction_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """One soft line for each: nothing waits for an answer."""
    return [
        TodoItem(
            f"ให้ความเห็นต่อการนิเทศ {School(name=row.title).short_name}",
            reverse("visit_satisfaction", args=[row.pk]),
            f"การนิเทศครั้งที่ {row.detail} · ตอบหรือไม่ตอบก็ได้ ใช้เวลาไม่ถึงนาที",
            step=CycleStep.VISIT,
            for_information=True,
            optional=True,
        )
        for row in rows
    ]
