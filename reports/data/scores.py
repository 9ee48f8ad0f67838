"""Scores as figures: criteria.scoring computes, this page only writes down."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reports.data.facts import Loaded, own_sheet, visit_sheet
from reports.data.shapes import IndicatorRow, JudgedStandard, ScoreFigures
from supervision.assessments.models import Answer
from supervision.assessments.queries import answers_of, score_of
from supervision.criteria.models import Indicator, IndicatorSet, Scale, Standard
from supervision.criteria.scoring import (
    Band,
    Score,
    achieved,
    interpretation,
    mean,
    standard_deviation,
    weights_differ,
)

Answers = dict[int, Answer]


def standard_rows(round_: Loaded) -> list[JudgedStandard]:
    """Every standard of the round's sets, scored by the school and by the supervisor."""
    own, seen = answers_of(own_sheet(round_)), answers_of(visit_sheet(round_))
    return [
        _standard_row(standard, chosen, own, seen)
        for chosen in round_.indicator_sets.all()
        for standard in chosen.standards.all()
    ]


def _standard_row(
    standard: Standard, chosen: IndicatorSet, own: Answers, seen: Answers
) -> JudgedStandard:
    indicators = list(standard.indicators.all())
    row = _row(indicators, chosen.scale, own, seen, target=standard.target)
    return row | {"level": chosen.level_word, "number": standard.number, "name": standard.name}


def overall_row(round_: Loaded) -> JudgedStandard | None:
    """All answered indicators of the round together; it has no target of its own."""
    if not round_.has_criteria:
        return None
    own, seen = answers_of(own_sheet(round_)), answers_of(visit_sheet(round_))
    indicators = [
        indicator
        for chosen in round_.indicator_sets.all()
        for standard in chosen.standards.all()
        for indicator in standard.indicators.all()
    ]
    return _row(indicators, round_.scale, own, seen, target=None) | {"indicators": []}


def _row(
    indicators: Sequence[Indicator],
    scale: Scale,
    own: Answers,
    seen: Answers,
    *,
    target: Decimal | None,
) -> JudgedStandard:
    bands = list(scale.bands.all())
    own_score, visit_score = score_of(indicators, own), score_of(indicators, seen)
    return {
        "level": "",
        "number": 0,
        "name": "ภาพรวม",
        "target": as_text(target),
        "top": top_of(scale),
        "own": score_figures(own_score, bands),
        "visit": score_figures(visit_score, bands),
        "gap": gap_text(own_score.mean, visit_score.mean),
        "achieved": achieved(visit_score.mean, target),
        "indicators": _indicator_rows(indicators, own, seen),
    }


def _indicator_rows(
    indicators: Sequence[Indicator], own: Answers, seen: Answers
) -> list[IndicatorRow]:
    weights = shown_weights(indicators)
    return [
        _indicator_row(i, own.get(i.pk), seen.get(i.pk)) | {"weight": weights.get(i.pk)}
        for i in indicators
    ]


def shown_weights(indicators: Sequence[Indicator]) -> dict[int, str]:
    """Each indicator's weight, where they do not all count the same."""
    if not weights_differ(i.weight for i in indicators):
        return {}
    return {i.pk: f"{i.weight:.2f}" for i in indicators}


def _indicator_row(indicator: Indicator, own: Answer | None, seen: Answer | None) -> IndicatorRow:
    own_level = own.level if own else None
    level = seen.level if seen else None
    return {
        "code": indicator.code,
        "text": indicator.text,
        "weight": None,
        "own": own_level,
        "own_set_aside": bool(own and own.not_applicable),
        "visit": level,
        "visit_set_aside": bool(seen and seen.not_applicable),
        "set_aside_reason": seen.na_reason if seen and seen.not_applicable else "",
        "gap": None if own_level is None or level is None else level - own_level,
        "finding": seen.note if seen else "",
    }


def score_figures(found: Score, bands: Iterable[Band]) -> ScoreFigures:
    return {
        "n": found.n,
        "mean": as_text(found.mean),
        "sd": as_text(found.sd),
        "meaning": interpretation(found.mean, bands),
        "not_applicable": found.not_applicable,
        "unanswered": found.unanswered,
    }


def figures_of_means(means: Sequence[Decimal], bands: Iterable[Band]) -> ScoreFigures:
    """Many schools' means as one score: n counts schools."""
    return score_figures(Score(len(means), mean(means), standard_deviation(means)), bands)


def top_of(scale: Scale) -> int:
    """The highest level of the scale, where a chart's axis ends."""
    return max((level.value for level in scale.levels.all()), default=5)


def gap_text(own: Decimal | None, visit: Decimal | None) -> str | None:
    """The supervisor's mean less the school's: +0.40, 0.00 or −0.40."""
    if own is None or visit is None:
        return None
    return "0.00" if own == visit else f"{visit - own:+.2f}".replace("-", "−")


def as_text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
