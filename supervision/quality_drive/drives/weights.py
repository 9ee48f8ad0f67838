"""Weights in per cent that sum to a hundred, exactly."""

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

WHOLE = Decimal(100)
CENT = Decimal("0.01")


def even_weights(count: int) -> list[Decimal]:
    """A hundred shared evenly in hundredths; the first ones get what is left over."""
    if not count:
        return []
    share = (WHOLE / count).quantize(CENT, ROUND_DOWN)
    left_over = int((WHOLE - share * count) / CENT)
    return [share + CENT if place < left_over else share for place in range(count)]


def weights_short_of_whole(weights: Iterable[Decimal]) -> Decimal:
    """What the weights lack to a hundred; negative where they exceed it."""
    return WHOLE - sum(weights, Decimal())
