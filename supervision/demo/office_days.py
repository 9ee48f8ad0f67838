"""The office days of a term as moments to act at, none of them ahead of the real now."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import time_machine
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

    @contextmanager
    def at(self, fraction: float) -> Iterator[None]:
        """Everything done inside is done at that moment."""
        with travel_to(self.moment(fraction)):
            yield


def travel_to(moment: datetime) -> time_machine.travel:
    """In UTC: a named zone would make time_machine change the zone of the whole process."""
    return time_machine.travel(moment.astimezone(UTC), tick=False)


def at_ten(day: date) -> time_machine.travel:
    """Ten in the morning of a day, Thai time."""
    return travel_to(datetime.combine(day, time(10), timezone.get_default_timezone()))
