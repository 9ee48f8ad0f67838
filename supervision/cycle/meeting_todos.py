"""Meetings of committees on the home page: those one sits in, and those one keeps the record of."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, QuerySet

from schools.access import Permission, can
from schools.models import User
from supervision.committees.enums import MeetingState
from supervision.committees.models import Meeting
from supervision.committees.queries import meetings_with_member, with_meeting_title
from supervision.cycle.todos import REMINDER_PERIOD, TodoItem
from supervision.cycle.waiting_rows import WaitingKind, WaitingRow, as_waiting_rows
from supervision.rounds.enums import CycleStep


def meeting_rows(user: User, today: date) -> list[QuerySet]:
    """Meetings of the next days; who keeps the records also has those to open and to close."""
    meetings = Meeting.objects.visible_to(user).to_be_held()
    meetings = meetings.filter(held_on__lte=today + REMINDER_PERIOD)
    if not can(user, Permission.MANAGE_MEETINGS):
        meetings = meetings_with_member(meetings, user, today).filter(held_on__gte=today)
    return [
        as_waiting_rows(
            with_meeting_title(meetings),
            WaitingKind.MEETING,
            title=F("meeting_title"),
            detail=F("place"),
            starts_on=F("held_on"),
            at=F("begins_at"),
        )
    ]


def meeting_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """A meeting to come is an appointment; of one that has begun the record is to be written."""
    keeps_records = can(user, Permission.MANAGE_MEETINGS)
    return [
        _meeting_item(row, row.starts_on, today, keeps_records) for row in rows if row.starts_on
    ]


def _meeting_item(row: WaitingRow, held_on: date, today: date, keeps_records: bool) -> TodoItem:
    url, is_today = Meeting(pk=row.pk).get_absolute_url(), held_on == today
    if held_on > today or not keeps_records:
        return TodoItem(
            f"ประชุม {row.title}",
            url,
            row.detail,
            step=CycleStep.DECISION,
            appointment_on=held_on,
            at=row.at,
            today=is_today,
            for_information=True,
        )
    act = "บันทึกมติและปิดประชุม" if row.state == MeetingState.OPEN else "เปิดประชุม"
    return TodoItem(
        f"{act} {row.title}",
        url,
        row.detail,
        step=CycleStep.DECISION,
        due_on=held_on,
        overdue=(today - held_on).days,
        today=is_today,
    )
