"""Academic forums: planned, held with what came of them, or cancelled."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from schools.core.errors import ActionRefused
from schools.core.thai import long_date
from schools.models import User
from supervision.practices.models import GoodPractice
from supervision.programmes.models.networks import Forum, ForumAttendance
from supervision.programmes.networks.enums import ForumAction, ForumState
from supervision.workflow.actions import start, transition


@transaction.atomic
def plan_forum(
    *, by: User, practices: Collection[GoodPractice], fields: Mapping[str, Any]
) -> Forum:
    """Set the days, place and programme of a forum, with the practices that are invited.

    Raises ActionRefused where there is a forum of this title at the same place from the same day:
    a form sent twice makes one.
    """
    User.objects.select_for_update().get(pk=by.pk)  # of two presses one counts
    forum = Forum(created_by=by, **fields)
    _check_forum_is_new(forum)
    start(forum, ForumAction.PLAN, by=by)
    forum.practices.set(practices)
    return forum


def _check_forum_is_new(forum: Forum) -> None:
    same = Forum.objects.not_cancelled().filter(
        title=forum.title, starts_on=forum.starts_on, place=forum.place
    )
    if same.exists():
        raise ActionRefused(
            f"มี “{forum}” ที่เริ่มวันที่ {long_date(forum.starts_on)} อยู่แล้ว โปรดแก้ไขเวทีนั้น หรือใช้ชื่ออื่น"
        )


@transaction.atomic
def update_forum_plan(
    forum: Forum, *, by: User, practices: Collection[GoodPractice], fields: Mapping[str, Any]
) -> None:
    """Change a forum until it was held or cancelled."""
    transition(forum, ForumAction.UPDATE, by=by, **fields)
    forum.practices.set(practices)


@transaction.atomic
def record_forum(
    forum: Forum, *, by: User, shared: str, attendance: Mapping[str, int], reason: str = ""
) -> None:
    """Record what was shared at a forum and how many of each post came, or put that right.

    Raises ActionRefused for a cancelled forum, and where what stands there already is changed
    without a reason.
    """
    forum.refresh_from_db(from_queryset=Forum.objects.select_for_update())
    held = forum.state == ForumState.HELD
    action = ForumAction.CORRECT if held else ForumAction.RECORD
    before = f" (เดิม: {_result_in_words(forum)})" if held and reason.strip() else ""
    transition(forum, action, by=by, reason=f"{reason}{before}", shared=shared.strip())
    forum.attendance.all().delete()
    ForumAttendance.objects.bulk_create(
        ForumAttendance(forum=forum, role=role, people=people)
        for role, people in attendance.items()
    )


def _result_in_words(forum: Forum) -> str:
    lines = [str(line) for line in forum.attendance.all()]
    return " ".join([*lines, f"สิ่งที่แลกเปลี่ยนเรียนรู้ “{forum.shared}”"])


def cancel_forum(forum: Forum, *, by: User, reason: str) -> None:
    """Call a planned forum off, with the reason; it stays on record."""
    transition(forum, ForumAction.CANCEL, by=by, reason=reason)
