"""Values over terms: lines told apart without colour, and lines as small as a word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from supervision.criteria.axis import Number, percent, tick_values
from supervision.criteria.scoring import half_up

# A term's name and its value there; None where there is nothing.
Point = tuple[str, Decimal | None]

MOST_LINES = 4
LINE_COLOURS = ("#16305a", "#b4530a", "#20659c", "#5b6472")
LINE_DASHES = ("none", "7 4", "2 3", "9 3 2 3")
LINE_MARKERS = (
    "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0 -4.5 0z",  # circle
    "M-4 -4H4V4H-4z",  # square
    "M0 -5.5L5 4H-5z",  # triangle
    "M0 -5.5L5.5 0L0 5.5L-5.5 0z",  # diamond
)

SPARKLINE_WIDTH, SPARKLINE_HEIGHT, SPARKLINE_MARGIN = 120, 28, 5


@dataclass(frozen=True)
class LineSeries:
    """One line of a chart over terms."""

    label: str
    points: Sequence[Point]


@dataclass(frozen=True)
class LinePiece:
    """A straight line between two neighbouring points, all in percent."""

    x1: Decimal
    y1: Decimal
    x2: Decimal
    y2: Decimal


@dataclass(frozen=True)
class DrawnLine:
    """A series as drawn: told from the others by colour, dashes and the shape of its points."""

    label: str
    values: tuple[Decimal | None, ...]
    pieces: tuple[LinePiece, ...]
    points: tuple[tuple[Decimal, Decimal], ...]
    colour: str
    dash: str
    marker: str


@dataclass(frozen=True)
class LineChart:
    """Lines over the same terms; `levels` are the numbers of the scale from the highest down."""

    terms: tuple[str, ...]
    levels: tuple[tuple[int, Decimal], ...]
    lines: tuple[DrawnLine, ...]


def line_chart(series: Sequence[LineSeries], low: int, top: int) -> LineChart:
    """At most four series over the same terms; a term without a value interrupts its line.

    Raises ValueError for more series, and where their terms differ.
    """
    terms = tuple(name for name, _ in series[0].points) if series else ()
    if len(series) > MOST_LINES:
        raise ValueError(f"a chart tells at most {MOST_LINES} lines apart, not {len(series)}")
    if any(tuple(name for name, _ in one.points) != terms for one in series):
        raise ValueError("the lines of a chart share their terms")
    values = tick_values(low, top)
    levels = tuple((value, _height(value, values)) for value in reversed(values))
    return LineChart(terms, levels, tuple(_line(s, i, values) for i, s in enumerate(series)))


def _line(series: LineSeries, place: int, scale: range) -> DrawnLine:
    values = tuple(value for _, value in series.points)
    heights = [None if value is None else _height(value, scale) for value in values]
    middles = [half_up(Decimal(100) * (2 * i + 1) / (2 * len(values))) for i in range(len(values))]
    runs = list(_unbroken(list(zip(middles, heights, strict=True))))
    return DrawnLine(
        label=series.label,
        values=values,
        pieces=tuple(LinePiece(*start, *end) for run in runs for start, end in pairwise(run)),
        points=tuple(point for run in runs for point in run),
        colour=LINE_COLOURS[place],
        dash=LINE_DASHES[place],
        marker=LINE_MARKERS[place],
    )


def _height(value: Number, scale: range) -> Decimal:
    """Percent from the top; each number of the scale stands in the middle of a row of its own."""
    row = Decimal(100) / len(scale)
    share = percent(value - scale[0], scale[-1] - scale[0]) / 100
    return half_up(row / 2 + (1 - share) * (100 - row))


def _unbroken(
    points: Sequence[tuple[Decimal, Decimal | None]],
) -> Iterator[list[tuple[Decimal, Decimal]]]:
    """The points in runs without a missing one."""
    for has_value, run in groupby(points, key=lambda point: point[1] is not None):
        if has_value:
            yield [(x, y) for x, y in run if y is not None]


@dataclass(frozen=True)
class Sparkline:
    """A line as small as a word; `paths` are the runs of points as SVG writes them."""

    points: Sequence[Point]
    paths: tuple[str, ...]
    dots: tuple[tuple[Decimal, Decimal], ...]


def sparkline(points: Sequence[Point], low: int, top: int) -> Sparkline:
    """The values over terms between the ends of their scale; a missing one interrupts the line."""
    width = SPARKLINE_WIDTH - 2 * SPARKLINE_MARGIN
    height = SPARKLINE_HEIGHT - 2 * SPARKLINE_MARGIN
    distance = Decimal(width) / max(len(points) - 1, 1)
    places = [
        (
            half_up(SPARKLINE_MARGIN + distance * i),
            None
            if value is None
            else half_up(SPARKLINE_MARGIN + height * (1 - percent(value - low, top - low) / 100)),
        )
        for i, (_, value) in enumerate(points)
    ]
    runs = list(_unbroken(places))
    paths = tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs)
    return Sparkline(points, paths, tuple(point for run in runs for point in run))
