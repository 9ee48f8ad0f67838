from collections.abc import Sequence
from dataclasses import dataclass

from supervision.criteria.models import Indicator, IndicatorSet, ScaleLevel, Standard


@dataclass(frozen=True)
class LevelText:
    """What one level of an indicator means, in the rubric's words or else the scale's."""

    value: int
    label: str
    text: str


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator as the page shows it; `levels` is empty when it has no words of its own."""

    indicator: Indicator
    levels: Sequence[LevelText]


@dataclass(frozen=True)
class StandardPart:
    """One standard of the set with its indicators."""

    standard: Standard
    lines: Sequence[IndicatorLine]


def parts_of(indicator_set: IndicatorSet, levels: Sequence[ScaleLevel]) -> list[StandardPart]:
    """The whole set in reading order, in three queries."""
    standards = indicator_set.standards.prefetch_related("indicators__rubrics")
    return [
        StandardPart(standard, [_line(i, levels) for i in standard.indicators.all()])
        for standard in standards
    ]


def _line(indicator: Indicator, levels: Sequence[ScaleLevel]) -> IndicatorLine:
    texts = {rubric.level_id: rubric.text for rubric in indicator.rubrics.all()}
    if not texts:
        return IndicatorLine(indicator, [])
    return IndicatorLine(
        indicator,
        [LevelText(x.value, x.label, texts.get(x.pk, x.description)) for x in levels],
    )
