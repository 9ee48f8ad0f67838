"""Rounds with all that a report says of them, in a number of queries that never grows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from reports.data.shapes import AreaFigures
from schools.models import Area, School
from supervision.assessments.enums import AssessmentState
from supervision.assessments.models import AnswerSheet, SelfAssessment
from supervision.cycle.steps import with_facts
from supervision.improvement.enums import SummaryState
from supervision.improvement.models import Recommendation, Summary
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsSurvey
from supervision.practices.enums import PracticeState
from supervision.practices.models import Decision, GoodPractice
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import standing_visit

# A Round with the lists that rounds_with_facts hangs on it; no type of Django's says so.
Loaded = Any
ORIGIN = ("visit", "indicator__standard__indicator_set")  # where a recommendation comes from


def rounds_with_facts(rows: QuerySet[Round]) -> list[Loaded]:
    """The rounds by term, school and number, each carrying what the rooms know of it.

    Only what was confirmed, signed, selected or submitted is loaded: drafts are nobody's figures.
    """
    confirmed = SelfAssessment.objects.filter(state=AssessmentState.CONFIRMED)
    signed = Visit.objects.in_force().order_by("number", "version")
    selected = GoodPractice.objects.filter(state=PracticeState.SELECTED).order_by("pk")
    submitted = NeedsSurvey.objects.filter(state=SurveyState.SUBMITTED)
    submitted = submitted.select_related(
        "campaign__frame", "campaign__term__academic_year", "campaign__academic_year"
    )
    rows = with_facts(rows).select_related("school__area", "term__academic_year")
    rows = rows.prefetch_related(
        "school__memberships__cluster",
        "indicator_sets__scale__bands",
        "indicator_sets__scale__levels",
        "indicator_sets__standards__indicators",
        Prefetch("recommendations", Recommendation.objects.standing().select_related(*ORIGIN)),
        Prefetch(
            "self_assessments",
            confirmed.order_by("version").prefetch_related("sheet__answers"),
            to_attr="confirmed",
        ),
        Prefetch(
            "visits",
            signed.prefetch_related("sheet__answers", "sheet__texts"),
            to_attr="signed_visits",
        ),
        Prefetch("practices", selected, to_attr="selected_practices"),
        Prefetch(
            "school__needs_surveys",
            submitted.prefetch_related("items__area"),
            to_attr="submitted_surveys",
        ),
    )
    return list(rows.order_by("term__opens_on", "school__sort_key", "number"))


def own_sheet(round_: Loaded) -> AnswerSheet | None:
    """The school's confirmed scores; the newest version counts."""
    return round_.confirmed[-1].sheet if round_.confirmed else None


def last_visit(round_: Loaded) -> Visit | None:
    """The visit whose scores stand for the round."""
    return standing_visit(round_.signed_visits, round_)


def counted_visits(round_: Loaded) -> list[Visit]:
    """The signed visits of the round, first to last, each as its newest version says."""
    return list({visit.number: visit for visit in round_.signed_visits}.values())


def texts_of(visit: Visit) -> dict[str, str]:
    """What its record says of the whole school, by field."""
    return {row.field: row.text.strip() for row in visit.sheet.texts.all()} if visit.sheet else {}


def visit_sheet(round_: Loaded) -> AnswerSheet | None:
    visit = last_visit(round_)
    return visit.sheet if visit else None


def survey_of(round_: Loaded) -> NeedsSurvey | None:
    surveys = round_.school.submitted_surveys
    return next((survey for survey in surveys if survey.campaign.covers(round_.term)), None)


def decision_of(round_: Loaded) -> Decision | None:
    return getattr(round_, "decision", None)


def agreed_summary(round_: Loaded) -> Summary | None:
    summary = getattr(round_, "summary", None)
    return summary if summary and summary.state == SummaryState.AGREED else None


def cluster_name(school: School, on: date) -> str:
    """The cluster the school was in on that day; empty when the registry does not say."""
    memberships: Iterable = school.memberships.all()
    return next((str(m.cluster) for m in memberships if m.holds_on(on)), "")


def area_figures(area: Area) -> AreaFigures:
    return {"name": area.name, "short_name": area.short_name, "group_name": area.group_name}
