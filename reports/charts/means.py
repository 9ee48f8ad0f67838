"""Means of tests as charts, on scales in whole points of the test."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor

from reports.charts.lines import Sparkline, sparkline

ROOM = 5  # left free above and below a small line, in points of the test


def top_of_test_scale(highest_mean: Decimal) -> int:
    """The top of a scale that has room for the highest mean that a test can have."""
    return ceil(highest_mean)


def means_sparkline(points: Sequence[tuple[str, Decimal | None]]) -> Sparkline:
    """Means of some years as small as a word, on a scale just around them."""
    known = [mean for _, mean in points if mean is not None] or [Decimal()]
    return sparkline(points, floor(min(known)) - ROOM, ceil(max(known)) + ROOM)
