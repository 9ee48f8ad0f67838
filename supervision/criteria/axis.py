"""Where things stand on a chart, in percent of the drawing's width or height.

Percentages let screen and paper draw the same at any width and keep circles round.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from supervision.criteria.scoring import half_up

Number = int | Decimal

AXIS_MARGIN = 6  # percent left free at both ends, so that no circle is cut
MOST_INTERVALS = 5  # between the lines of a scale


def percent(value: Number, whole: Number) -> Decimal:
    """How much of the whole, 0 to 100 with two decimals; what lies outside is cut."""
    if whole <= 0:
        return Decimal(0)
    return half_up(min(max(Decimal(value) * 100 / whole, Decimal(0)), Decimal(100)))


def axis_position(value: Number, low: int, top: int) -> Decimal:
    """Where a value stands between both ends of a scale, in percent of the drawing's width."""
    share = percent(value - low, top - low)
    return half_up(AXIS_MARGIN + share * (100 - 2 * AXIS_MARGIN) / 100)


@dataclass(frozen=True)
class Tick:
    """One line of a scale with its number; `near` is the whole percent of its class at-50."""

    label: int
    at: Decimal
    near: int


def axis_ticks(low: int, top: int) -> tuple[Tick, ...]:
    """The lines of a scale from its lowest to its highest, at most six, equally far apart."""
    values = tick_values(low, top)
    positions = [axis_position(value, low, top) for value in values]
    return tuple(Tick(v, at, whole_percent(at)) for v, at in zip(values, positions, strict=True))


def tick_values(low: int, top: int) -> range:
    span = max(top - low, 1)
    step = next(s for s in range(1, span + 1) if span % s == 0 and span // s <= MOST_INTERVALS)
    return range(low, low + span + 1, step)


def whole_percent(position: Decimal) -> int:
    """The nearest class at-0 to at-100 of static/css/charts.css."""
    return int(position.quantize(Decimal(1), rounding=ROUND_HALF_UP))
