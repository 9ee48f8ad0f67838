"""What happens to a meeting: planned, opened on its day, closed, and corrected afterwards."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import (
    ActionRefused,
    deleted_record_as_refusal,
    unique_violation_as_refusal,
)
from schools.core.thai import be_year, long_date
from schools.models import User
from supervision.committees.enums import AgendaKind, CommitteeKind, MeetingAction, MeetingState
from supervision.committees.models import AgendaItem, Attendance, Committee, Meeting
from supervision.committees.queries import attendance_of, missing_to_close, next_meeting_number
from supervision.workflow.actions import ensure_allowed, start, transition

# What a meeting of ก.ต.ป.น. usually has; other committees do not decide on rounds.
USUAL_AGENDA = (
    (AgendaKind.INFORM, "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"),
    (AgendaKind.MINUTES, "รับรองรายงานการประชุมครั้งก่อน"),
    (AgendaKind.FOLLOW_UP, "เรื่องสืบเนื่องจากการประชุมครั้งก่อน"),
    (AgendaKind.ROUNDS, "พิจารณาผลการนิเทศ ติดตาม และประเมินผลของสถานศึกษา"),
    (AgendaKind.OTHER, "เรื่องอื่น ๆ"),
)


@transaction.atomic
def plan_meeting(committee: Committee, *, by: User, held_on: date, **facts: Any) -> Meeting:
    """Plan a meeting for a day, with the usual agenda to begin from.

    It gets the next number of its year unless `number` and `year` are given. Raises ActionRefused
    where the number is taken, and without a number for a second meeting on a day: a form sent
    twice makes one.
    """
    year = facts.pop("year", None) or be_year(held_on)
    number = facts.pop("number", None)
    if number is None:
        _check_day_is_free(committee, held_on)
        number = next_meeting_number(committee, year)
    meeting = Meeting(committee=committee, number=number, year=year, held_on=held_on, **facts)
    with unique_violation_as_refusal(_number_taken(meeting)):
        start(meeting, MeetingAction.PLAN, by=by)
    AgendaItem.objects.bulk_create(_usual_agenda(meeting))
    return meeting


def _check_day_is_free(committee: Committee, day: date) -> None:
    if other := committee.meetings.to_be_held().filter(held_on=day).first():
        raise ActionRefused(
            field_errors={
                "number": f"{committee.short_name} นัดประชุม{other} วันที่ {long_date(day)} ไว้แล้ว "
                "หากประชุมวันเดียวกันอีกครั้ง โปรดระบุครั้งที่"
            }
        )


def _usual_agenda(meeting: Meeting) -> list[AgendaItem]:
    decides = meeting.committee.kind == CommitteeKind.AREA
    items = [one for one in USUAL_AGENDA if decides or one[0] != AgendaKind.ROUNDS]
    return [
        AgendaItem(meeting=meeting, position=position, kind=kind, title=title)
        for position, (kind, title) in enumerate(items, 1)
    ]


def _number_taken(meeting: Meeting) -> str:
    return (
        f"{meeting.committee.short_name} มีการประชุม{meeting} อยู่แล้ว "
        "เลขครั้งที่ใช้ได้ครั้งเดียวในปี พ.ศ. เดียวกัน โปรดใช้เลขอื่น"
    )


@transaction.atomic
def update_meeting_plan(meeting: Meeting, *, by: User, **facts: Any) -> None:
    """Change number, day, hours or place of a meeting that has not been opened."""
    changed = _with_facts(meeting, facts)
    with unique_violation_as_refusal(_number_taken(changed)):
        transition(meeting, MeetingAction.UPDATE_PLAN, by=by, **facts)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User, reason: str) -> None:
    """Cancel a planned meeting, which others have in their calendars; record and number stay."""
    transition(meeting, MeetingAction.CANCEL, by=by, reason=reason)


@transaction.atomic
def open_meeting(meeting: Meeting, *, by: User) -> None:
    """Open the meeting on its day or later; the members of that day are its attendance list."""
    check_can_open_meeting(meeting)
    transition(meeting, MeetingAction.OPEN, by=by)
    members = meeting.committee.members.in_force(meeting.held_on)
    Attendance.objects.bulk_create(Attendance(meeting=meeting, member=one) for one in members)


def check_can_open_meeting(meeting: Meeting) -> None:
    """Raises ActionRefused before the meeting's day, and while the committee has no member then."""
    if meeting.held_on > timezone.localdate():
        raise ActionRefused(
            f"การประชุม{meeting} นัดไว้วันที่ {long_date(meeting.held_on)} จึงยังเปิดไม่ได้ "
            "หากเลื่อนมาประชุมวันนี้ โปรดแก้ไขวันที่ก่อน"
        )
    if not meeting.committee.members.in_force(meeting.held_on).exists():
        raise ActionRefused(
            f"{meeting.committee.short_name} ไม่มีรายชื่อกรรมการในวันที่ {long_date(meeting.held_on)} "
            "โปรดเพิ่มรายชื่อกรรมการก่อน"
        )


@transaction.atomic
def close_meeting(
    meeting: Meeting,
    *,
    by: User,
    ends_at: time | None = None,
    other_participants: str = "",
) -> None:
    """Close the meeting; from here on its record is frozen.

    Raises ActionRefused naming what is missing: attendance, or a resolution on what it decides.
    """
    _lock(meeting)
    ensure_allowed(meeting, MeetingAction.CLOSE)
    if missing := missing_to_close(meeting, attendance_of(meeting)):
        raise ActionRefused("ยังปิดประชุมไม่ได้ โปรดทำให้ครบ", missing=missing)
    transition(
        meeting,
        MeetingAction.CLOSE,
        by=by,
        closed_by=by,
        closed_at=timezone.now(),
        ends_at=ends_at,
        other_participants=other_participants.strip(),
    )


@transaction.atomic
def correct_meeting(meeting: Meeting, *, by: User, reason: str, **facts: Any) -> None:
    """Put right the number, day, hours or place of a meeting that is open or over.

    All that names the meeting follows; the log keeps what stood before, and issued reports their
    snapshot. Raises ActionRefused when nothing differs, when the day is still to come, and where
    the number is taken.
    """
    _lock(meeting)
    if not any(getattr(meeting, name) != value for name, value in facts.items()):
        raise ActionRefused("ข้อมูลเหมือนเดิม จึงไม่มีสิ่งที่แก้ไข")
    if facts["held_on"] > timezone.localdate():
        raise ActionRefused(
            field_errors={"held_on": "การประชุมที่เปิดแล้วต้องไม่อยู่ในวันข้างหน้า โปรดตรวจวันที่"}
        )
    said = f"{reason.strip()} (เดิม: {meeting.label_with_day})" if reason.strip() else ""
    changed = _with_facts(meeting, facts)
    with unique_violation_as_refusal(_number_taken(changed)):
        transition(meeting, _correction(meeting), by=by, reason=said, recorded_as="", **facts)


def _correction(meeting: Meeting) -> MeetingAction:
    return MeetingAction.CORRECT_CLOSED if meeting.is_closed else MeetingAction.CORRECT_OPEN


def _with_facts(meeting: Meeting, facts: Mapping[str, Any]) -> Meeting:
    """What the meeting would be called, not saved."""
    known = {name: getattr(meeting, name) for name in ("committee", "number", "year", "held_on")}
    return Meeting(**known | {name: facts[name] for name in known if name in facts})


def _lock(meeting: Meeting) -> None:
    with deleted_record_as_refusal():
        meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())


def lock_meeting_record(meeting: Meeting, *states: MeetingState) -> None:
    """Lock the meeting whose record is written. Raises ActionRefused in any other state."""
    _lock(meeting)
    if meeting.state not in states:
        word = meeting.get_state_display()
        raise ActionRefused(
            f"การประชุม{meeting} {word} จึงแก้ไขรายการนี้ไม่ได้ โปรดกลับไปดูสถานะปัจจุบันของการประชุม"
        )
