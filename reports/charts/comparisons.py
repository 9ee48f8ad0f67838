"""One value beside another: a school and its supervisor, a school among the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.data.scores import gap_text
from supervision.criteria.axis import Tick, axis_position, axis_ticks
from supervision.results.scores import FEW_SCHOOLS

WIDE_MEAN_GAP = Decimal("0.50")  # between two means, drawn in the colour of what is late
MOST_DOTS = 9  # one above the other
LOWEST_DOT, DOT_DISTANCE = Decimal(43), Decimal("4.6")  # in pixels from the top


@dataclass(frozen=True)
class Dumbbell:
    """What schools and their supervisors found on one thing, both on one scale.

    `n` is how many schools the means are of; 0 where they are those of one school alone.
    """

    label: str
    own: Decimal | None
    visit: Decimal | None
    low: int
    top: int
    n: int = 0
    url: str = ""

    @property
    def own_at(self) -> Decimal | None:
        return None if self.own is None else axis_position(self.own, self.low, self.top)

    @property
    def visit_at(self) -> Decimal | None:
        return None if self.visit is None else axis_position(self.visit, self.low, self.top)

    @property
    def gap(self) -> Decimal | None:
        """The supervisors' mean less the schools'; None where one of them is missing."""
        return None if self.own is None or self.visit is None else self.visit - self.own

    @property
    def gap_text(self) -> str | None:
        return gap_text(self.own, self.visit)

    @property
    def is_wide(self) -> bool:
        return self.gap is not None and abs(self.gap) >= WIDE_MEAN_GAP

    @property
    def is_of_few(self) -> bool:
        return 0 < self.n < FEW_SCHOOLS

    @property
    def ticks(self) -> tuple[Tick, ...]:
        return axis_ticks(self.low, self.top)


def bucket_means(means: Iterable[Decimal], step: Decimal = Decimal("0.25")) -> dict[Decimal, int]:
    """How many means are nearest to each quarter of a level, halves to the higher one."""
    counts: dict[Decimal, int] = {}
    for value in means:
        bucket = (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
        counts[bucket] = counts.get(bucket, 0) + 1
    return dict(sorted(counts.items()))


@dataclass(frozen=True)
class DotDistribution:
    """Where one school stands among others, none of whom is named.

    `others` counts schools by value, as `bucket_means` does. Whether there are enough of them to
    show to a school is decided by who asks for the figures.
    """

    label: str
    others: Mapping[Decimal, int] | Mapping[int, int]
    own: Decimal | None
    low: int
    top: int
    url: str = ""

    @property
    def others_total(self) -> int:
        return sum(self.others.values())

    @property
    def is_of_few(self) -> bool:
        return 0 < self.others_total < FEW_SCHOOLS

    @property
    def schools_a_dot(self) -> int:
        """How many schools one dot stands for, so that the highest column fits."""
        return max(1, -(-max(self.others.values(), default=0) // MOST_DOTS))

    @property
    def dots(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Places of the dots: percent from the left, pixels from the top."""
        return tuple(
            (axis_position(value, self.low, self.top), LOWEST_DOT - DOT_DISTANCE * place)
            for value, count in self.others.items()
            for place in range(-(-count // self.schools_a_dot))
        )

    @property
    def own_at(self) -> Decimal | None:
        return None if self.own is None else axis_position(self.own, self.low, self.top)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        return axis_ticks(self.low, self.top)
