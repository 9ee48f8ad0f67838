"""One thing that waits for one person or comes up, as the home page and the notices tell it.

What waits in the reports app above this house comes by the seat it takes with `seat_waiting`
when Django starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from schools.models import User
from schools.thai import short_date
from supervision.cycle.walk import Walk

# So many alike are one line, which leads to the page that lists them.
MANY = 5

# What comes up within so many days is told before it waits or is overdue.
AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for one person, with the link to where it is done.

    `title` says the act and the school, `due_on` by when (or an appointment's day). What is
    `ahead` waits for nobody, or for others: the notices tell it, the home page does not.
    """

    title: str
    url: str
    detail: str = ""
    step: int = 7
    due_on: date | None = None
    overdue: int = 0
    today: bool = False
    ahead: bool = False

    @property
    def kind(self) -> str:
        if self.overdue:
            return "late"
        return "wait" if self.ahead else "mine"

    @property
    def when(self) -> str:
        """How near its day is; empty where no day is set."""
        if self.overdue:
            return f"เกินกำหนด {self.overdue} วัน"
        if self.today:
            return "วันนี้"
        return f"ภายใน {short_date(self.due_on)}" if self.due_on else ""

    @property
    def word(self) -> str:
        return self.when or "รอคุณ"

    @property
    def urgency(self) -> tuple[Any, ...]:
        """Longest overdue first, then by day, then in the order of the steps."""
        return (-self.overdue, self.due_on or date.max, self.step)


Source = Callable[[User, Sequence[Walk]], list[Waiting]]
SEATS: list[Source] = []


def seat_waiting(source: Source) -> None:
    """Say what waits in the part of the house above this one; called once, by its app."""
    SEATS[:] = [source]
