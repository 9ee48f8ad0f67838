"""Rounds with all that a report says of them, in a number of queries that never grows."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from reports.data.schema import AreaHeading
from schools.models import Area, School
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import AnswerSheet, SelfAssessment
from supervision.cycle.steps import with_step_facts
from supervision.improvement.enums import SummaryState
from supervision.improvement.models import Recommendation, Summary
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsSurvey
from supervision.practices.enums import PracticeState
from supervision.practices.models import Decision, GoodPractice
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import scoring_visit

if TYPE_CHECKING:
    from collections.abc import Iterable

# A Round with the lists that rounds_with_facts hangs on it; no type of Django's says so.
LoadedRound = Any
RECOMMENDATION_ORIGIN = (
    "visit",
    "indicator__standard__indicator_set",
)  # where a recommendation comes from


def rounds_with_facts(rows: QuerySet[Round]) -> list[LoadedRound]:
    """The rounds by term, school and number, each carrying what the rooms know of it.

    Only what was confirmed, signed, selected or submitted is loaded: drafts are nobody's figures.
    """
    confirmed = SelfAssessment.objects.filter(state=SelfAssessmentState.CONFIRMED)
    signed = Visit.objects.in_force().order_by("number", "version")
    selected = GoodPractice.objects.filter(state=PracticeState.SELECTED).order_by("pk")
    submitted = NeedsSurvey.objects.filter(state=SurveyState.SUBMITTED)
    submitted = submitted.select_related(
        "campaign__survey_template", "campaign__term__academic_year", "campaign__academic_year"
    )
    rows = with_step_facts(rows).select_related("school__area", "term__academic_year")
    rows = rows.prefetch_related(
        "school__memberships__cluster",
        "indicator_sets__scale__bands",
        "indicator_sets__scale__levels",
        "indicator_sets__standards__indicators",
        Prefetch(
            "recommendations",
            Recommendation.objects.not_withdrawn().select_related(*RECOMMENDATION_ORIGIN),
        ),
        Prefetch(
            "self_assessments",
            confirmed.order_by("version").prefetch_related("sheet__answers"),
            to_attr="confirmed_assessments",
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


def confirmed_school_sheet(round_: LoadedRound) -> AnswerSheet | None:
    """The school's confirmed scores; the newest version counts."""
    return round_.confirmed_assessments[-1].sheet if round_.confirmed_assessments else None


def round_scoring_visit(round_: LoadedRound) -> Visit | None:
    """The visit whose scores stand for the round."""
    return scoring_visit(round_.signed_visits, round_)


def latest_signed_visits(round_: LoadedRound) -> list[Visit]:
    """The signed visits of the round, first to last, each as its newest version says."""
    return list({visit.number: visit for visit in round_.signed_visits}.values())


def record_texts(visit: Visit) -> dict[str, str]:
    """What its record says of the whole school, by field."""
    return {row.field: row.text.strip() for row in visit.sheet.texts.all()} if visit.sheet else {}


def scoring_visit_sheet(round_: LoadedRound) -> AnswerSheet | None:
    visit = round_scoring_visit(round_)
    return visit.sheet if visit else None


def submitted_needs_survey(round_: LoadedRound) -> NeedsSurvey | None:
    surveys = round_.school.submitted_surveys
    return next((survey for survey in surveys if survey.campaign.covers(round_.term)), None)


def round_decision(round_: LoadedRound) -> Decision | None:
    return getattr(round_, "decision", None)


def agreed_summary(round_: LoadedRound) -> Summary | None:
    summary = getattr(round_, "summary", None)
    return summary if summary and summary.state == SummaryState.AGREED else None


def cluster_name_on(school: School, on: date) -> str:
    """The cluster the school was in on that day; empty when the registry does not say."""
    memberships: Iterable = school.memberships.all()
    return next((str(m.cluster) for m in memberships if m.is_in_force_on(on)), "")


def area_heading(area: Area) -> AreaHeading:
    return {"name": area.name, "short_name": area.short_name, "group_name": area.group_name}
