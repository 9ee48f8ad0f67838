"""Bars of one kind or of several parts: levels from lowest to highest, what is done and late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from supervision.criteria.axis import Number, percent, whole_percent

# Written into the shapes: WeasyPrint does not apply a page's style sheet inside SVG.
FILLS = {
    "l1": "#b4530a",
    "l2": "#e29a4b",
    "l3": "#c9ced6",
    "l4": "#7fb0cf",
    "l5": "#20659c",
    "done": "#17694a",
    "late": "#a3211b",
    "own": "#9db4d3",
    "visit": "#16305a",
}
WITH_LIGHT_TEXT = ("l1", "l5", "done", "late", "visit")
LEVEL_COLOURS = 5
NARROWEST_WITH_TEXT = 6  # percent of the bar that a number needs at least
WIDTH_OF_CHARACTER = 2  # percent of the bar


@dataclass(frozen=True)
class BarSegment:
    """What a part of a bar stands for: its name, how much it is, a colour of FILLS."""

    label: str
    value: Number
    css: str

    @property
    def fill(self) -> str:
        return FILLS[self.css]


@dataclass(frozen=True)
class BarPart:
    """One rectangle of a bar: from where and how wide in percent, and the number on it."""

    x: Decimal
    width: Decimal
    fill: str
    text: str = ""
    text_at: int = 0
    light_text: bool = False


def bar_parts(
    segments: Iterable[BarSegment], whole: Number, *, with_text: bool = False
) -> tuple[BarPart, ...]:
    """The segments one after another; those of nothing are left out."""
    parts = []
    end: Number = 0
    for segment in segments:
        start, end = end, end + segment.value
        x, right = percent(start, whole), percent(end, whole)
        if right > x:
            parts.append(_bar_part(segment, x, right - x, with_text=with_text))
    return tuple(parts)


def _bar_part(segment: BarSegment, x: Decimal, width: Decimal, *, with_text: bool) -> BarPart:
    text = str(segment.value)
    has_room = width >= max(NARROWEST_WITH_TEXT, WIDTH_OF_CHARACTER * len(text))
    return BarPart(
        x=x,
        width=width,
        fill=segment.fill,
        text=text if with_text and has_room else "",
        text_at=whole_percent(x + width / 2),
        light_text=segment.css in WITH_LIGHT_TEXT,
    )


@dataclass(frozen=True)
class StackedBar:
    """How many of `total` each segment is; what no segment counts stays empty at the end."""

    label: str
    segments: Sequence[BarSegment]
    total: int
    url: str = ""

    @property
    def parts(self) -> tuple[BarPart, ...]:
        counted = sum(segment.value for segment in self.segments)
        return bar_parts(self.segments, max(self.total, counted), with_text=True)


def level_bar(label: str, counts: Sequence[tuple[str, int]], url: str = "") -> StackedBar:
    """How many are at each level, from the lowest to the highest: (name of the level, count)."""
    segments = tuple(
        BarSegment(name, count, level_colour(place, len(counts)))
        for place, (name, count) in enumerate(counts)
    )
    return StackedBar(label, segments, sum(count for _, count in counts), url)


def level_colour(place: int, levels: int) -> str:
    """Colour of a level, counted from 0; scales of other than five levels share out the five."""
    if levels <= 1:
        return "l3"
    span = Decimal(LEVEL_COLOURS - 1) * place / (levels - 1)
    return f"l{1 + int(span.quantize(Decimal(1), rounding=ROUND_HALF_UP))}"


@dataclass(frozen=True)
class DoneBar:
    """How many of `total` are done, and how many of the others are late."""

    label: str
    done: int
    late: int
    total: int
    url: str = ""
    late_url: str = ""

    @property
    def parts(self) -> tuple[BarPart, ...]:
        segments = (BarSegment("", self.done, "done"), BarSegment("", self.late, "late"))
        return bar_parts(segments, self.total)
