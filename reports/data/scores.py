"""Scores as figures of a snapshot; supervision/criteria/scoring.py computes them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reports.data.facts import ReportedRound
from reports.data.schema import IndicatorRow, JudgedStandard, ScoreFigures
from supervision.assessments.models import Answer
from supervision.assessments.queries import answers_by_indicator, indicators_score
from supervision.criteria.models import Indicator, IndicatorSet, Scale, Standard
from supervision.criteria.scoring import (
    Band,
    Score,
    interpretation,
    mean,
    mean_reaches_target,
    signed_text,
    standard_deviation,
    weights_differ,
)

AnswersByIndicator = dict[int, Answer]


def judged_standards(reported: ReportedRound) -> list[JudgedStandard]:
    """Every standard of the round's sets, scored by the school and by the supervisor."""
    school, visit = _answers_of_both(reported)
    return [
        _judged_standard(standard, chosen, school, visit)
        for chosen in reported.round.indicator_sets.all()
        for standard in chosen.standards.all()
    ]


def _answers_of_both(reported: ReportedRound) -> tuple[AnswersByIndicator, AnswersByIndicator]:
    """The school's confirmed answers, and those of the visit that counts for the round."""
    return (
        answers_by_indicator(reported.school_sheet),
        answers_by_indicator(reported.visit_sheet),
    )


def _judged_standard(
    standard: Standard, chosen: IndicatorSet, school: AnswersByIndicator, visit: AnswersByIndicator
) -> JudgedStandard:
    indicators = list(standard.indicators.all())
    row = _scored_indicators(indicators, chosen.scale, school, visit, target=standard.target)
    return row | {"level": chosen.level_prefix, "number": standard.number, "name": standard.name}


def overall_result(reported: ReportedRound) -> JudgedStandard | None:
    """All answered indicators of the round together; it has no target of its own."""
    round_ = reported.round
    if not round_.has_criteria:
        return None
    school, visit = _answers_of_both(reported)
    indicators = [
        indicator
        for chosen in round_.indicator_sets.all()
        for standard in chosen.standards.all()
        for indicator in standard.indicators.all()
    ]
    return _scored_indicators(indicators, round_.scale, school, visit, target=None) | {
        "indicators": []
    }


def _scored_indicators(
    indicators: Sequence[Indicator],
    scale: Scale,
    school: AnswersByIndicator,
    visit: AnswersByIndicator,
    *,
    target: Decimal | None,
) -> JudgedStandard:
    bands = list(scale.bands.all())
    school_score, visit_score = (
        indicators_score(indicators, school),
        indicators_score(indicators, visit),
    )
    return {
        "level": "",
        "number": 0,
        "name": "ภาพรวม",
        "target": two_decimals(target),
        "top": highest_level(scale),
        "own": score_figures(school_score, bands),
        "visit": score_figures(visit_score, bands),
        "gap": gap_text(school_score.mean, visit_score.mean),
        "achieved": mean_reaches_target(visit_score.mean, target),
        "indicators": _indicator_rows(indicators, school, visit),
    }


def _indicator_rows(
    indicators: Sequence[Indicator], school: AnswersByIndicator, visit: AnswersByIndicator
) -> list[IndicatorRow]:
    weights = unequal_weights(indicators)
    return [
        _indicator_row(i, school.get(i.pk), visit.get(i.pk)) | {"weight": weights.get(i.pk)}
        for i in indicators
    ]


def unequal_weights(indicators: Sequence[Indicator]) -> dict[int, str]:
    """Each indicator's weight, where they do not all count the same."""
    if not weights_differ(i.weight for i in indicators):
        return {}
    return {i.pk: f"{i.weight:.2f}" for i in indicators}


def _indicator_row(
    indicator: Indicator, school: Answer | None, visit: Answer | None
) -> IndicatorRow:
    school_level, school_set_aside = _level(school)
    level, set_aside = _level(visit)
    return {
        "code": indicator.code,
        "text": indicator.text,
        "weight": None,
        "own": school_level,
        "own_set_aside": school_set_aside,
        "visit": level,
        "visit_set_aside": set_aside,
        "set_aside_reason": visit.na_reason if visit and set_aside else "",
        "gap": None if school_level is None or level is None else level - school_level,
        "finding": visit.note if visit else "",
    }


def _level(answer: Answer | None) -> tuple[int | None, bool]:
    """The level that was given, if any, and whether the indicator was set aside."""
    return (answer.level, answer.not_applicable) if answer else (None, False)


def score_figures(found: Score, bands: Iterable[Band]) -> ScoreFigures:
    return {
        "n": found.n,
        "mean": two_decimals(found.mean),
        "sd": two_decimals(found.sd),
        "meaning": interpretation(found.mean, bands),
        "not_applicable": found.not_applicable,
        "unanswered": found.unanswered,
    }


def figures_of_means(means: Sequence[Decimal], bands: Iterable[Band]) -> ScoreFigures:
    """Many schools' means as one score: n counts schools."""
    return score_figures(Score(len(means), mean(means), standard_deviation(means)), bands)


def highest_level(scale: Scale) -> int:
    """The highest level of the scale, where a chart's axis ends."""
    return max((level.value for level in scale.levels.all()), default=5)


def lowest_level(scale: Scale) -> int:
    """The lowest level of the scale, where a chart's axis begins."""
    return min((level.value for level in scale.levels.all()), default=1)


def gap_text(school: Decimal | None, visit: Decimal | None) -> str | None:
    """The supervisor's mean less the school's: +0.40, 0.00 or −0.40."""
    return None if school is None or visit is None else signed_text(visit - school)


def two_decimals(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
