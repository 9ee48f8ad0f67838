"""Rounds with all that a report says of them, in a number of queries that never grows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Prefetch, QuerySet

from reports.data.schema import AreaHeading, RecordText
from schools.models import Area, School
from supervision.assessments.enums import AnswerField, SelfAssessmentState
from supervision.assessments.models import AnswerSheet, SelfAssessment
from supervision.criteria.models import IndicatorSet
from supervision.cycle.step_facts import with_step_facts
from supervision.cycle.steps import RoundWithFacts
from supervision.improvement.enums import SummaryState
from supervision.improvement.models import Recommendation, Summary
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsSurvey
from supervision.practices.enums import PracticeState
from supervision.practices.models import Decision, GoodPractice
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import decision_moment, scoring_visit

# Where a recommendation comes from.
RECOMMENDATION_ORIGIN = ("visit", "indicator__standard__indicator_set")

RoundRecord = TypeVar("RoundRecord", SelfAssessment, Visit, GoodPractice)


@dataclass(frozen=True)
class ReportedRound:
    """A round and what was confirmed, signed, selected or submitted of it; a draft is no figure.

    `self_assessments` are in the order of their versions, `visits` by number and version, and
    `needs_survey` is the school's answer to the survey of the round's term.
    """

    round: RoundWithFacts
    self_assessments: Sequence[SelfAssessment]
    visits: Sequence[Visit]
    practices: Sequence[GoodPractice]
    needs_survey: NeedsSurvey | None

    @property
    def school(self) -> School:
        return self.round.school

    @property
    def school_sheet(self) -> AnswerSheet | None:
        """The school's confirmed scores; the newest version counts."""
        return self.self_assessments[-1].sheet if self.self_assessments else None

    @property
    def scoring_visit(self) -> Visit | None:
        """The visit whose scores count for the round."""
        return scoring_visit(self.visits, decision_moment(self.round))

    @property
    def visit_sheet(self) -> AnswerSheet | None:
        visit = self.scoring_visit
        return visit.sheet if visit else None

    @property
    def latest_visits(self) -> list[Visit]:
        """The signed visits of the round, first to last, each as its newest version says."""
        return list({visit.number: visit for visit in self.visits}.values())

    @property
    def decision(self) -> Decision | None:
        return getattr(self.round, "decision", None)

    @property
    def agreed_summary(self) -> Summary | None:
        summary: Summary | None = getattr(self.round, "summary", None)
        return summary if summary and summary.state == SummaryState.AGREED else None


def load_reported_rounds(rows: QuerySet[Round]) -> list[ReportedRound]:
    """These rounds by term, school and number."""
    rows = with_step_facts(rows).select_related("school__area", "term__academic_year")
    rows = rows.prefetch_related(
        "school__memberships__cluster",
        "indicator_sets__meeting",
        "indicator_sets__scale__bands",
        "indicator_sets__scale__levels",
        "indicator_sets__standards__indicators",
        Prefetch(
            "recommendations",
            Recommendation.objects.not_withdrawn().select_related(*RECOMMENDATION_ORIGIN),
        ),
    )
    rounds = list(rows.order_by("term__opens_on", "school__sort_key", "number"))
    assessments, visits = _confirmed_assessments(rounds), _signed_visits(rounds)
    practices, surveys = _selected_practices(rounds), _submitted_surveys(rounds)
    return [
        ReportedRound(
            round=r,
            self_assessments=assessments.get(r.pk, []),
            visits=visits.get(r.pk, []),
            practices=practices.get(r.pk, []),
            needs_survey=next(
                (s for s in surveys.get(r.school_id, []) if s.campaign.covers(r.term)), None
            ),
        )
        for r in rounds
    ]


def _confirmed_assessments(rounds: Sequence[Round]) -> Mapping[int, Sequence[SelfAssessment]]:
    rows = SelfAssessment.objects.filter(round__in=rounds, state=SelfAssessmentState.CONFIRMED)
    rows = rows.select_related("sheet").prefetch_related("sheet__answers")
    return _by_round(rows.order_by("version"))


def _signed_visits(rounds: Sequence[Round]) -> Mapping[int, Sequence[Visit]]:
    rows = Visit.objects.in_force().filter(round__in=rounds).select_related("sheet")
    rows = rows.prefetch_related("sheet__answers", "sheet__texts")
    return _by_round(rows.order_by("number", "version"))


def _selected_practices(rounds: Sequence[Round]) -> Mapping[int, Sequence[GoodPractice]]:
    rows = GoodPractice.objects.filter(round__in=rounds, state=PracticeState.SELECTED)
    return _by_round(rows.order_by("pk"))


def _by_round(rows: QuerySet[RoundRecord]) -> Mapping[int, Sequence[RoundRecord]]:
    found: defaultdict[int, list[RoundRecord]] = defaultdict(list)
    for row in rows:
        if row.round_id:
            found[row.round_id].append(row)
    return found


def _submitted_surveys(rounds: Sequence[Round]) -> Mapping[int, Sequence[NeedsSurvey]]:
    """By school, in the order of the surveys."""
    rows = NeedsSurvey.objects.filter(
        school__in={r.school_id for r in rounds}, state=SurveyState.SUBMITTED
    )
    rows = rows.select_related(
        "campaign__survey_template", "campaign__term__academic_year", "campaign__academic_year"
    ).prefetch_related("items__area")
    found: defaultdict[int, list[NeedsSurvey]] = defaultdict(list)
    for survey in rows:
        found[survey.school_id].append(survey)
    return found


def record_texts(visit: Visit) -> dict[str, str]:
    """What the visit's record says of the whole school, by field."""
    return {row.field: row.text.strip() for row in visit.sheet.texts.all()} if visit.sheet else {}


def texts_in_records(rounds: Sequence[ReportedRound], field: AnswerField) -> list[RecordText]:
    """What the signed records say in that field, visit by visit."""
    return [
        {"school": reported.school.name, "term": str(reported.round.term), "text": text}
        for reported in rounds
        for visit in reported.latest_visits
        if (text := record_texts(visit).get(field, ""))
    ]


def used_indicator_sets(rounds: Iterable[ReportedRound]) -> list[IndicatorSet]:
    """Each indicator set of these rounds, once."""
    used = {chosen.pk: chosen for r in rounds for chosen in r.round.indicator_sets.all()}
    return list(used.values())


def cluster_name_on(school: School, on: date) -> str:
    """The cluster the school was in on that day; empty when the registry does not say."""
    return str(school.cluster_on(on) or "")


def area_heading(area: Area) -> AreaHeading:
    return {
        "name": area.name,
        "short_name": area.short_name,
        "group_name": area.group_name,
        "agencies": area.parent_agencies.split("\n") if area.parent_agencies else [],
        "emblem": area.emblem_id or "",
    }
