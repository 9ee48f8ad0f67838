"""One thing that waits for one person or comes up, as the home page and the notices show it."""

from calendar import SATURDAY
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import IntEnum
from typing import Any

from schools.core.registry import Registry
from schools.core.status import StatusKind
from schools.core.thai import short_date
from schools.models import User
from supervision.cycle.progress import RoundProgress

# So many alike are one line, which leads to the page that lists them.
MAX_SEPARATE_TODOS = 5

# What comes up within so many days is shown before it waits or is overdue.
REMINDER_PERIOD = timedelta(days=7)


class TodoGroup(IntEnum):
    """Under which heading of the home page a thing stands, in their order."""

    TODAY = 0
    THIS_WEEK = 1
    OVERDUE = 2
    OTHER = 3

    @property
    def heading(self) -> str:
        return TODO_GROUP_HEADINGS[self]


TODO_GROUP_HEADINGS = {
    TodoGroup.TODAY: "วันนี้",
    TodoGroup.THIS_WEEK: "สัปดาห์นี้",
    TodoGroup.OVERDUE: "เกินกำหนด",
    TodoGroup.OTHER: "รอดำเนินการ",
}


def end_of_week(day: date) -> date:
    """The Saturday of its week: weeks begin on Sunday, as in the calendar."""
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)


@dataclass(frozen=True)
class TodoItem:
    """One thing that waits for one person, with the link to where it is done.

    `title` says the act and the school, `due_on` by when, `appointment_on` (and `at`) the day
    and hour of an appointment. What is `for_information` waits for nobody, or for others: the
    notices show it, and the home page where it is an appointment of this week. What is
    `optional` may as well be left: the home page alone offers it, below what waits.
    """

    title: str
    url: str
    detail: str = ""
    step: int = 7
    due_on: date | None = None
    appointment_on: date | None = None
    at: time | None = None
    overdue: int = 0
    today: bool = False
    for_information: bool = False
    optional: bool = False

    @property
    def kind(self) -> StatusKind:
        if self.overdue:
            return StatusKind.LATE
        return StatusKind.WAITING if self.for_information else StatusKind.YOURS

    @property
    def day(self) -> date | None:
        """The day that matters: of the appointment, else by when it is due."""
        return self.appointment_on or self.due_on

    @property
    def when(self) -> str:
        """How near its day is; empty where no day is set."""
        if self.overdue:
            return f"เกินกำหนด {self.overdue} วัน"
        if self.today:
            return f"วันนี้{self._hour}" if self.appointment_on else "ภายในวันนี้"
        if self.appointment_on:
            return f"นัดหมาย {short_date(self.appointment_on)}{self._hour}"
        return f"ภายใน {short_date(self.due_on)}" if self.due_on else ""

    @property
    def _hour(self) -> str:
        return f" {self.at:%H.%M} น." if self.at else ""

    @property
    def word(self) -> str:
        return self.when or "รอคุณ"

    def group(self, today: date) -> TodoGroup:
        if self.today:
            return TodoGroup.TODAY
        if self.overdue:
            return TodoGroup.OVERDUE
        is_near = self.day and today < self.day <= end_of_week(today)
        return TodoGroup.THIS_WEEK if is_near else TodoGroup.OTHER

    def order(self, today: date) -> tuple[Any, ...]:
        """By heading; under it appointments by their hour, the longest overdue, then by day."""
        hour = (self.appointment_on is None, self.at or time.max) if self.today else ()
        return (self.group(today), *hour, -self.overdue, self.day or date.max, self.step)


# What waits in the apps above this one: asked with the person and the rounds on the page.
todo_sources: Registry[str, Callable[[User, Sequence[RoundProgress]], list[TodoItem]]] = Registry(
    "things to do"
)
