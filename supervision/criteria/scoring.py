"""Scores as pure functions, the only place where they are computed.

A standard's mean is Σ(weight × level) ÷ Σ(weight) over its answered indicators, the plain mean
where all weigh the same. It is rounded half-up to two decimals with Decimal, and only then
looked up in its band: 4.505 is 4.51. The standard deviation is that of the levels as judged,
weights or not, and the sample's (n-1).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Protocol

CENT = Decimal("0.01")
WIDE_GAP = 2  # levels between school and supervisor that must be explained (form 7.3)
HIGHEST_LEVEL = 10  # that a scale may have; the lowest is 0


class Band(Protocol):
    """How one span of means is to be read (การแปลผล), wherever it is written down."""

    @property
    def low(self) -> Decimal: ...

    @property
    def high(self) -> Decimal: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Score:
    """n answered, their mean and S.D. (None when there is nothing to say), not-applicable apart."""

    n: int
    mean: Decimal | None
    sd: Decimal | None
    not_applicable: int = 0
    unanswered: int = 0


def half_up(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def mean(
    values: Sequence[int | Decimal], weights: Sequence[int | Decimal] | None = None
) -> Decimal | None:
    """Mean at two decimals, each value as heavy as its weight; None when there is no value."""
    if not values:
        return None
    heavy = weights or [1] * len(values)
    total = sum((Decimal(v) * w for v, w in zip(values, heavy, strict=True)), Decimal())
    return half_up(total / sum(heavy))


def mean_of_totals(weighted: int, weight: int) -> int:
    """The mean in hundredths, half up, of Σ(weight × level) and Σ(weight), as `mean` rounds it.

    For sums that the database made; it works on whole columns of numbers as well.
    """
    return (200 * weighted + weight) // (2 * weight)


def deviation_of_totals(n: int, total: int, squares: int) -> Decimal | None:
    """The sample S.D. of n means in hundredths from their sum and the sum of their squares."""
    if n < 2:
        return None
    variance = Decimal(n * squares - total * total) / (n * (n - 1))
    return half_up(variance.sqrt() / 100)


def standard_deviation(levels: Sequence[int | Decimal]) -> Decimal | None:
    """Sample S.D. (n-1) at two decimals; None for fewer than two answers."""
    if len(levels) < 2:
        return None
    centre = Decimal(sum(levels)) / len(levels)
    squares = sum(((Decimal(level) - centre) ** 2 for level in levels), Decimal())
    return half_up((squares / (len(levels) - 1)).sqrt())


def score_levels(
    levels: Iterable[int | None],
    weights: Iterable[int | Decimal] | None = None,
    *,
    not_applicable: int = 0,
) -> Score:
    """Score of one group of indicators; None stands for a blank answer, which weighs nothing."""
    every = list(levels)
    heavy = [1] * len(every) if weights is None else weights
    judged = [(lv, w) for lv, w in zip(every, heavy, strict=True) if lv is not None]
    answered = [level for level, _ in judged]
    return Score(
        n=len(answered),
        mean=mean(answered, [weight for _, weight in judged]),
        sd=standard_deviation(answered),
        not_applicable=not_applicable,
        unanswered=len(every) - len(answered),
    )


def interpretation(value: Decimal | None, bands: Iterable[Band]) -> str:
    """The band's label for a mean already at two decimals; empty when there is none."""
    if value is None:
        return ""
    return next((band.label for band in bands if band.low <= value <= band.high), "")


def mean_reaches_target(value: Decimal | None, target: Decimal | None) -> bool | None:
    """Whether the mean reaches the target; None while either is unknown."""
    if value is None or target is None:
        return None
    return value >= target


def level_reaches_threshold(level: int | None, achieved_from: int | None) -> bool | None:
    """Whether one indicator alone is achieved; None while unjudged or where no rule is set."""
    if level is None or achieved_from is None:
        return None
    return level >= achieved_from


def weights_differ(weights: Iterable[Decimal]) -> bool:
    """Whether some indicator counts more than another; only then weights are worth showing."""
    return len(set(weights)) > 1


def wide_gap(school_level: int | None, visit_level: int | None) -> bool:
    """Whether school and supervisor are so far apart that a finding must explain it."""
    return (
        school_level is not None
        and visit_level is not None
        and abs(school_level - visit_level) >= WIDE_GAP
    )


def signed_text(value: Decimal | None) -> str | None:
    """A difference between two means as people read it: +0.40, 0.00 or −0.40; None without one."""
    if value is None:
        return None
    return f"{value:+.2f}".replace("-", "−") if value else "0.00"


def band_problems(bands: Sequence[Band], low: Decimal, high: Decimal) -> list[str]:
    """Why some mean from `low` to `high` would have no meaning or two; nothing if all is well.

    Means have two decimals, so a band that ends at 3.49 is followed by one from 3.50.
    """
    upside_down = [band for band in bands if band.low > band.high]
    if upside_down:
        return [f"ช่วง {_span(b.low, b.high)} ค่าต้นมากกว่าค่าปลาย โปรดสลับกัน" for b in upside_down]
    return list(_problems(sorted(bands, key=lambda band: band.low), low, high)) if bands else []


def _problems(bands: Sequence[Band], low: Decimal, high: Decimal) -> Iterator[str]:
    first, last = bands[0], max(bands, key=lambda band: band.high)
    if first.low < low:
        yield f"ช่วง {_span(first.low, first.high)} ต่ำกว่าระดับต่ำสุด ({low:.2f}) โปรดเริ่มที่ {low:.2f}"
    if first.low > low:
        yield _hole(low, first.low - CENT)
    for below, above in pairwise(bands):
        if above.low > below.high + CENT:
            yield _hole(below.high + CENT, above.low - CENT)
        elif above.low <= below.high:
            spans = f"{_span(below.low, below.high)} กับ {_span(above.low, above.high)}"
            shared = _span(above.low, min(below.high, above.high))
            yield f"ช่วง {spans} ทับกันที่ {shared} โปรดแก้ให้ต่อกันพอดี"
    if last.high < high:
        yield _hole(last.high + CENT, high)
    if last.high > high:
        yield f"ช่วง {_span(last.low, last.high)} เกินระดับสูงสุด ({high:.2f}) โปรดจบที่ {high:.2f}"


def _hole(low: Decimal, high: Decimal) -> str:
    return f"ค่าเฉลี่ย {_span(low, high)} ไม่อยู่ในช่วงใด โปรดแก้ให้ครบทุกค่า"


def _span(low: Decimal, high: Decimal) -> str:
    return f"{low:.2f}" if low == high else f"{low:.2f}–{high:.2f}"
