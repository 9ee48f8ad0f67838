"""A need is taken up by the unit, led by somebody else, done, or withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from schools.access import Permission, roles_with
from schools.core.errors import ActionRefused
from schools.models import Appointment, School, Term, User
from supervision.needs.enums import TakenUpNeedAction
from supervision.needs.models import NeedsTopic, TakenUpNeed
from supervision.workflow.actions import start, transition


@dataclass(frozen=True)
class NeedToTakeUp:
    """What is to be taken up of a school: a topic with its figures of today, or other words.

    `is_sample` says that figures among them are samples.
    """

    school: School
    text: str
    topic: NeedsTopic | None = None
    facts: str = ""
    is_sample: bool = False


def people_who_lead_needs(on: date) -> QuerySet[User]:
    """Who may answer for a need that the unit took up: those who record visits, by name."""
    posts = Appointment.objects.in_force(on).filter(role__in=roles_with(Permission.RECORD_VISIT))
    people = User.objects.filter(is_active=True, pk__in=posts.values("user"))
    return people.order_by("sort_key", "pk")


@transaction.atomic
def take_up_needs(
    needs: Sequence[NeedToTakeUp],
    *,
    by: User,
    term: Term,
    lead: User,
    reason: str = "",
) -> list[TakenUpNeed]:
    """Take up the needs that are not taken up yet; those that are stay as they are.

    The schools are locked, so that two people together take up each need once. Raises
    ActionRefused where nothing is left to take up.
    """
    schools = {need.school.pk for need in needs}
    list(School.objects.select_for_update().filter(pk__in=schools).order_by("pk"))
    taken = set(_open_needs(schools).values_list("school", "topic"))
    new = [need for need in needs if not need.topic or (need.school.pk, need.topic.pk) not in taken]
    if not new:
        raise ActionRefused("ประเด็นที่เลือกรับไว้ติดตามแล้วทั้งหมด โปรดดูในรายการความต้องการที่รับไว้")
    now = timezone.now()
    rows = [
        TakenUpNeed(
            school=need.school,
            term=term,
            topic=need.topic,
            text=need.text,
            facts=need.facts,
            reason=reason,
            lead=lead,
            taken_up_at=now,
            taken_up_by=by,
            is_sample=need.is_sample,
        )
        for need in new
    ]
    for row in rows:
        start(row, TakenUpNeedAction.TAKE_UP, by=by, reason=reason)
    return rows


def _open_needs(schools: set[int]) -> QuerySet[TakenUpNeed]:
    return TakenUpNeed.objects.still_open().filter(school__in=schools).exclude(topic=None)


def change_lead_of_need(need: TakenUpNeed, *, by: User, lead: User, reason: str = "") -> None:
    """Let somebody else answer for the need from now on."""
    transition(need, TakenUpNeedAction.CHANGE_LEAD, by=by, reason=reason, lead=lead)


def finish_taken_up_need(need: TakenUpNeed, *, by: User, outcome: str) -> None:
    """Write down what the unit did about the need; the school reads it."""
    transition(need, TakenUpNeedAction.FINISH, by=by, **_ended(by, outcome))


def withdraw_taken_up_need(need: TakenUpNeed, *, by: User, reason: str) -> None:
    """Give the need up; the school reads why."""
    transition(need, TakenUpNeedAction.WITHDRAW, by=by, reason=reason, **_ended(by, reason))


def _ended(by: User, outcome: str) -> dict[str, Any]:
    return {"outcome": outcome, "ended_at": timezone.now(), "ended_by": by}
