"""Days on which something holds: what two spans share, and what many of them leave out."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class DaySpan(NamedTuple):
    """From the first day to the last, both inclusive; an empty end is open."""

    first: date | None
    last: date | None

    def contains(self, day: date) -> bool:
        return _first(self) <= day <= _last(self)


ALL_DAYS = DaySpan(None, None)


def shared_days(one: DaySpan, other: DaySpan) -> DaySpan | None:
    """The days that both spans have; None where there is none."""
    first = max(_first(one), _first(other))
    last = min(_last(one), _last(other))
    return _span(first, last) if first <= last else None


def days_left_out(spans: Iterable[DaySpan], within: DaySpan = ALL_DAYS) -> list[DaySpan]:
    """The days of `within` that are in none of the spans, from the earliest on."""
    found, free_from = [], _first(within)
    for span in sorted(spans, key=_first):
        if free_from < _first(span):
            before = shared_days(DaySpan(free_from, _first(span) - ONE_DAY), within)
            found += [before] if before else []
        if _last(span) == date.max:
            return found
        free_from = max(free_from, _last(span) + ONE_DAY)
    rest = shared_days(DaySpan(free_from, None), within)
    return [*found, rest] if rest else found


def gap_around(spans: Iterable[DaySpan], day: date) -> DaySpan | None:
    """The days around this one that are in none of the spans; None where one holds that day."""
    return next((gap for gap in days_left_out(spans) if gap.contains(day)), None)


def _first(span: DaySpan) -> date:
    return span.first or date.min


def _last(span: DaySpan) -> date:
    return span.last or date.max


def _span(first: date, last: date) -> DaySpan:
    return DaySpan(None if first == date.min else first, None if last == date.max else last)
