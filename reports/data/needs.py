"""Needs surveys of a year in figures: each area of work over the schools that answered."""

from collections.abc import Sequence

from reports.data.facts import ReportedRound
from reports.data.schema import NeedsAverage, NeedsFigures
from reports.data.scores import two_decimals
from supervision.needs.models import NeedsCampaign, NeedsSurvey
from supervision.needs.scoring import AreaNeed, ProblemAndNeed, rank_area_needs


def needs_figures(rounds: Sequence[ReportedRound]) -> list[NeedsFigures]:
    """Each survey of the year once, whichever terms it covers, by the day it opened."""
    surveys = {r.needs_survey.pk: r.needs_survey for r in rounds if r.needs_survey}
    campaigns = {survey.campaign_id: survey.campaign for survey in surveys.values()}
    return [
        _campaign_figures(campaign, [s for s in surveys.values() if s.campaign_id == campaign.pk])
        for campaign in sorted(campaigns.values(), key=lambda one: (one.opens_on, one.pk))
    ]


def _campaign_figures(campaign: NeedsCampaign, surveys: Sequence[NeedsSurvey]) -> NeedsFigures:
    return {
        "period": campaign.period,
        "survey_template": campaign.survey_template.name,
        "schools": len(surveys),
        "areas": [_average(area) for area in rank_area_needs(_levels_by_area(surveys))],
    }


def _levels_by_area(surveys: Sequence[NeedsSurvey]) -> dict[str, list[ProblemAndNeed]]:
    items = [item for survey in surveys for item in survey.items.all()]
    found: dict[str, list[ProblemAndNeed]] = {}
    for item in sorted(items, key=lambda item: item.area.position):
        if item.problem_level is not None and item.need_level is not None:
            levels = (item.problem_level, item.need_level)
            found.setdefault(item.area.name, []).append(levels)
    return found


def _average(area: AreaNeed) -> NeedsAverage:
    return {
        "rank": area.rank,
        "area": area.name,
        "n": area.n,
        "problem": two_decimals(area.problem.mean),
        "problem_sd": two_decimals(area.problem.sd),
        "need": two_decimals(area.need.mean),
        "need_sd": two_decimals(area.need.sd),
        "index": two_decimals(area.index),
    }
