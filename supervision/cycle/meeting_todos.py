"""Meetings of committees on the home page: those one sits in, and those one keeps the record of."""

from datetime import date

from schools.access import Permission, can
from schools.models import User
from supervision.committees.enums import MeetingState
from supervision.committees.models import Meeting
from supervision.committees.queries import meetings_with_committee, meetings_with_member
from supervision.cycle.todos import REMINDER_PERIOD, TodoItem
from supervision.rounds.enums import CycleStep


def meeting_todos(user: User, today: date) -> list[TodoItem]:
    """Meetings of the next days; who keeps the records also has those to open and to close."""
    keeps_records = can(user, Permission.MANAGE_MEETINGS)
    meetings = meetings_with_committee(user).exclude(state=MeetingState.CLOSED)
    meetings = meetings.filter(held_on__lte=today + REMINDER_PERIOD)
    if not keeps_records:
        meetings = meetings_with_member(meetings, user, today).filter(held_on__gte=today)
    rows = meetings.order_by("held_on", "begins_at", "pk")
    return [_record(one, today) if keeps_records else _appointment(one, today) for one in rows]


def _appointment(meeting: Meeting, today: date) -> TodoItem:
    return TodoItem(
        f"ประชุม {meeting.title}",
        meeting.get_absolute_url(),
        meeting.place,
        step=CycleStep.DECISION,
        appointment_on=meeting.held_on,
        at=meeting.begins_at,
        today=meeting.held_on == today,
        for_information=True,
    )


def _record(meeting: Meeting, today: date) -> TodoItem:
    """What is to be done about the record; a meeting to come is an appointment."""
    if meeting.held_on > today:
        return _appointment(meeting, today)
    act = "บันทึกมติและปิดประชุม" if meeting.is_open else "เปิดประชุม"
    return TodoItem(
        f"{act} {meeting.title}",
        meeting.get_absolute_url(),
        meeting.place,
        step=CycleStep.DECISION,
        due_on=meeting.held_on,
        overdue=(today - meeting.held_on).days,
        today=meeting.held_on == today,
    )
