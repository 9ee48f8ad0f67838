"""The office days of a term as moments to act at, none of them ahead of the real now.

The portal reads the clock through django.utils.timezone alone, so the demonstration sets only
that: no library that changes the clock of the whole process is needed to load it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from unittest import mock

from django.utils import timezone

OPENS, CLOSES = time(8, 30), time(16, 30)
SATURDAY = 5


@dataclass(frozen=True)
class OfficeDays:
    """A stretch of days; 0 is its first moment and 1 its last."""

    days: tuple[date, ...]
    now: datetime

    @classmethod
    def between(cls, first: date, last: date, now: datetime) -> "OfficeDays":
        """The working days of the stretch, or all of its days when none is a working day."""
        every = [first + timedelta(n) for n in range((last - first).days + 1)]
        return cls(tuple(day for day in every if day.weekday() < SATURDAY) or tuple(every), now)

    def moment(self, fraction: float) -> datetime:
        """Later fractions give later moments, in office hours as far as today allows."""
        index, rest = divmod(fraction * len(self.days), 1)
        day = self.days[int(index)]
        first, last = self._at(day, OPENS), self._at(day, CLOSES)
        if day == self.now.date():
            first = first if first < self.now else self._at(day, time.min)
            last = min(last, self.now)
        return first + (last - first) * rest

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.now.tzinfo)

    def at(self, fraction: float) -> AbstractContextManager[None]:
        """Everything done inside is done at that moment."""
        return clock_set_to(self.moment(fraction))


@contextmanager
def clock_set_to(moment: datetime) -> Iterator[None]:
    """Inside, it is that moment for the whole portal."""
    with mock.patch.object(timezone, "now", return_value=moment.astimezone(UTC)):
        yield


def at_ten(day: date) -> AbstractContextManager[None]:
    """Ten in the morning of a day, Thai time."""
    return clock_set_to(datetime.combine(day, time(10), timezone.get_default_timezone()))


def working_day(day: date) -> date:
    """That day, or the Monday after."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
