"""Scores as pure functions, the only place where they are computed (DESIGN rule 5).

A mean counts answered indicators only, is rounded half-up to two decimals with Decimal, and
only then looked up in its band: 4.505 is 4.51. The standard deviation is the sample's (n-1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

CENT = Decimal("0.01")
WIDE_GAP = 2


class Band(Protocol):
    low: Decimal
    high: Decimal
    label: str


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


def mean(levels: Sequence[int | Decimal]) -> Decimal | None:
    """Mean of the answered levels at two decimals; None when nothing was answered."""
    if not levels:
        return None
    return half_up(Decimal(sum(levels)) / len(levels))


def standard_deviation(levels: Sequence[int | Decimal]) -> Decimal | None:
    """Sample S.D. (n-1) at two decimals; None for fewer than two answers."""
    if len(levels) < 2:
        return None
    centre = Decimal(sum(levels)) / len(levels)
    squares = sum(((Decimal(level) - centre) ** 2 for level in levels), Decimal())
    return half_up((squares / (len(levels) - 1)).sqrt())


def score(levels: Iterable[int | None], *, not_applicable: int = 0) -> Score:
    """Score of one group of indicators; None stands for a blank answer."""
    every = list(levels)
    answered = [level for level in every if level is not None]
    return Score(
        n=len(answered),
        mean=mean(answered),
        sd=standard_deviation(answered),
        not_applicable=not_applicable,
        unanswered=len(every) - len(answered),
    )


def interpretation(value: Decimal | None, bands: Iterable[Band]) -> str:
    """The band's label for a mean already at two decimals; empty when there is none."""
    if value is None:
        return ""
    return next((band.label for band in bands if band.low <= value <= band.high), "")


def achieved(value: Decimal | None, target: Decimal | None) -> bool | None:
    """Whether the mean reaches the target; None while either is unknown."""
    if value is None or target is None:
        return None
    return value >= target


def wide_gap(own: int | None, other: int | None) -> bool:
    """A gap of two levels or more between school and supervisor, which must be explained."""
    return own is not None and other is not None and abs(own - other) >= WIDE_GAP
