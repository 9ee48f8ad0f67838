"""Tick boxes of indicators by set and standard, as pages show them in a list to be searched."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from django.forms import BoundField
from django.forms.boundfield import BoundWidget

from supervision.criteria.models import Indicator


class IndicatorTicks(NamedTuple):
    """The tick boxes of one standard's indicators, and how many of them are ticked."""

    standard: str
    boxes: list[BoundWidget]
    ticked: int


def ticks_by_standard(
    offered: Sequence[Indicator], boxes: BoundField | Iterable[BoundWidget]
) -> list[IndicatorTicks]:
    """The boxes of the offered indicators, which are in the same order."""
    pairs = zip(offered, boxes, strict=True)
    grouped = groupby(pairs, key=lambda pair: _standard_words(pair[0]))
    return [_ticks(named, [box for _, box in group]) for named, group in grouped]


def _ticks(named: str, boxes: list[BoundWidget]) -> IndicatorTicks:
    return IndicatorTicks(named, boxes, sum(box.data["selected"] for box in boxes))


def _standard_words(indicator: Indicator) -> str:
    standard = indicator.standard
    return f"{standard.indicator_set} · {standard}"
