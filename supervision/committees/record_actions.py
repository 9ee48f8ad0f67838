"""What the secretary writes of a meeting: agenda, attendance, recusals and resolutions."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from schools.core.errors import (
    ActionRefused,
    deleted_record_as_refusal,
    unique_violation_as_refusal,
)
from schools.models import School, User
from supervision.committees.enums import AttendanceKind, MeetingAction, MeetingState
from supervision.committees.meeting_actions import lock_meeting_record
from supervision.committees.models import (
    AgendaItem,
    Attendance,
    CommitteeMember,
    Meeting,
    Recusal,
)
from supervision.committees.queries import attendance_of, proposed_recusals, recusals_of
from supervision.workflow.actions import transition

# --- Agenda and resolutions ---


@transaction.atomic
def save_agenda_item(item: AgendaItem, *, fields: Mapping[str, Any]) -> AgendaItem:
    """Add an item at the end of the agenda, or change one, until the meeting is closed."""
    lock_meeting_record(item.meeting, MeetingState.PLANNED, MeetingState.OPEN)
    if item.pk is None:
        last = item.meeting.agenda.aggregate(last=Max("position"))["last"]
        item.position = (last or 0) + 1
    else:
        _check_still_there(item)
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return item


@transaction.atomic
def delete_agenda_item(item: AgendaItem) -> None:
    """Take an item out of the agenda; those after it move up."""
    lock_meeting_record(item.meeting, MeetingState.PLANNED, MeetingState.OPEN)
    _check_still_there(item)
    if item.resolution:
        raise ActionRefused(f"{item} มีมติแล้ว จึงลบไม่ได้ โปรดลบข้อความมติก่อน หากบันทึกผิดวาระ")
    item.delete()
    _renumber(list(item.meeting.agenda.all()))


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, up: bool) -> None:
    """One place up or down in the agenda; at the end nothing moves."""
    lock_meeting_record(item.meeting, MeetingState.PLANNED, MeetingState.OPEN)
    _check_still_there(item)
    rows = list(item.meeting.agenda.all())
    at = next(at for at, row in enumerate(rows) if row.pk == item.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    _renumber(rows)


def _renumber(rows: list[AgendaItem]) -> None:
    for position, row in enumerate(rows, 1):
        row.position = position
    AgendaItem.objects.bulk_update(rows, ["position"])


def _check_still_there(item: AgendaItem) -> None:
    with deleted_record_as_refusal():
        AgendaItem.objects.get(pk=item.pk)


@transaction.atomic
def correct_resolution(item: AgendaItem, *, by: User, resolution: str, reason: str) -> None:
    """Put right the words of a resolution once the meeting is closed; the log keeps the old ones.

    What was decided on a school is a record of its own, which this does not change.
    """
    lock_meeting_record(item.meeting, MeetingState.CLOSED)
    item.refresh_from_db()
    if item.resolution == resolution.strip():
        raise ActionRefused("ถ้อยคำของมติเหมือนเดิม จึงไม่มีสิ่งที่แก้ไข")
    before = f"{item} เดิม: {item.resolution or 'ไม่มี'}"
    said = f"{reason.strip()} ({before})" if reason.strip() else ""
    transition(item.meeting, MeetingAction.CORRECT_RESOLUTION, by=by, reason=said)
    item.resolution = resolution.strip()
    item.save(update_fields=["resolution"])


# --- Attendance ---


@transaction.atomic
def record_attendance(
    meeting: Meeting, *, by: User, found: Mapping[int, tuple[str, str]], reason: str = ""
) -> None:
    """Say of each member (by the key of the attendance) whether they came, with a note.

    Once the meeting is closed a change needs its reason, and the log says what changed.
    """
    lock_meeting_record(meeting, MeetingState.OPEN, MeetingState.CLOSED)
    rows = list(meeting.attendance.select_related("member__user"))
    changes = [line for row in rows if (line := _attend(row, *found.get(row.pk, ("", ""))))]
    if meeting.is_closed:
        _check_complete(rows, changes)
        said = f"{reason.strip()} ({' / '.join(changes)})" if reason.strip() else ""
        transition(meeting, MeetingAction.CORRECT_ATTENDANCE, by=by, reason=said)
    Attendance.objects.bulk_update(rows, ["kind", "note"])


@transaction.atomic
def record_everyone_present(meeting: Meeting) -> int:
    """Say of all members of the open meeting that they came; notes stay. Returns how many."""
    lock_meeting_record(meeting, MeetingState.OPEN)
    return meeting.attendance.update(kind=AttendanceKind.PRESENT)


def _attend(row: Attendance, kind: str, note: str) -> str:
    """Set what was found, and say what changed; empty where nothing did."""
    before = (row.kind, row.note)
    word = row.get_kind_display() or "ยังไม่บันทึก"
    row.kind, row.note = kind, note.strip()
    if before == (row.kind, row.note):
        return ""
    return f"{row.member}: {word} → {AttendanceKind(kind).label if kind else 'ยังไม่บันทึก'}"


def _check_complete(rows: list[Attendance], changes: list[str]) -> None:
    """Raises ActionRefused where a closed meeting would lose a member's attendance."""
    if not changes:
        raise ActionRefused("การเข้าประชุมเหมือนเดิม จึงไม่มีสิ่งที่แก้ไข")
    if any(not row.kind for row in rows):
        raise ActionRefused("การประชุมปิดแล้ว กรรมการทุกคนต้องมีผลการเข้าประชุม โปรดเลือกให้ครบ")


# --- Recusals ---


@transaction.atomic
def add_recusal(meeting: Meeting, *, member: CommitteeMember, school: School, reason: str) -> None:
    """A member takes no part in what the open meeting decides on the school."""
    lock_meeting_record(meeting, MeetingState.OPEN)
    recusal = Recusal(meeting=meeting, member=member, school=school, reason=reason.strip())
    with unique_violation_as_refusal(f"บันทึกไว้แล้วว่า {member} ไม่ร่วมพิจารณา{school}"):
        recusal.save()


@transaction.atomic
def add_proposed_recusals(meeting: Meeting) -> int:
    """Record all members who head a school as taking no part in its decision; returns how many."""
    lock_meeting_record(meeting, MeetingState.OPEN)
    rows = [
        Recusal(meeting=meeting, member=one.member, school=one.school, reason=one.reason)
        for one in proposed_recusals(meeting, attendance_of(meeting), recusals_of(meeting))
    ]
    return len(Recusal.objects.bulk_create(rows))


@transaction.atomic
def delete_recusal(recusal: Recusal) -> None:
    """Take back a recusal that was entered by mistake, while the meeting is open."""
    lock_meeting_record(recusal.meeting, MeetingState.OPEN)
    recusal.delete()
