"""Days that spans share, and days that they leave out."""

from datetime import date

import pytest

from supervision.assignments.spans import ALL_DAYS, DaySpan, days_left_out, shared_days

JANUARY = DaySpan(date(2026, 1, 1), date(2026, 1, 31))
FROM_MARCH = DaySpan(date(2026, 3, 1), None)
FEBRUARY = DaySpan(date(2026, 2, 1), date(2026, 2, 28))
YEAR = DaySpan(date(2026, 1, 1), date(2026, 12, 31))


def test_two_spans_share_the_days_of_both():
    assert shared_days(JANUARY, FROM_MARCH) is None
    assert shared_days(YEAR, FROM_MARCH) == DaySpan(date(2026, 3, 1), date(2026, 12, 31))
    assert shared_days(ALL_DAYS, FROM_MARCH) == FROM_MARCH


@pytest.mark.parametrize(
    ("spans", "left_out"),
    [
        ([], [YEAR]),
        ([JANUARY, FROM_MARCH], [FEBRUARY]),
        ([FROM_MARCH, FEBRUARY, JANUARY], []),
        ([YEAR, JANUARY], []),
        ([FROM_MARCH], [DaySpan(date(2026, 1, 1), date(2026, 2, 28))]),
        ([JANUARY], [DaySpan(date(2026, 2, 1), date(2026, 12, 31))]),
    ],
)
def test_days_left_out_of_a_year(spans, left_out):
    assert days_left_out(spans, YEAR) == left_out


def test_without_an_end_the_days_before_and_after_are_left_out():
    assert days_left_out([FEBRUARY]) == [
        DaySpan(None, date(2026, 1, 31)),
        DaySpan(date(2026, 3, 1), None),
    ]
