"""The year-end report of the area: every school's terms, brought together in one read model."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.db.models import Min
from django.utils import timezone

from reports.data.area import RoundsBySchool, standard_changes, term_figures
from reports.data.background import year_background
from reports.data.facts import (
    ReportedRound,
    area_heading,
    cluster_name_on,
    load_reported_rounds,
    texts_in_records,
    used_indicator_sets,
)
from reports.data.methods import methods_of_year
from reports.data.needs import needs_figures
from reports.data.networks import network_figures
from reports.data.programmes import programme_figures
from reports.data.quality_drive import drive_in_year
from reports.data.schema import (
    CriteriaDetail,
    IndicatorDetail,
    MeasuredInBrief,
    PracticeTexts,
    RecommendationRow,
    SatisfactionInYear,
    SchoolTermFigures,
    SchoolYear,
    StandardDetail,
    YearReport,
)
from reports.data.scores import judged_standards, overall_result, two_decimals, unequal_weights
from reports.data.term import (
    carried_over_recommendations,
    criteria_figures,
    decision_figures,
    earlier_rounds,
    observation_counts,
    practice_rows,
    practice_texts,
    recommendation_rows,
    summary_texts,
)
from reports.data.trends import trend_figures
from reports.data.year_learning import learning_figures
from schools.core.status import StatusKind
from schools.models import AcademicYear, School, Term
from schools.school_sizes import school_sizes_in_year
from supervision.assessments.enums import AnswerField
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.improvement.models import Recommendation
from supervision.practices.enums import AwardLevel, PracticeState
from supervision.practices.models import GoodPractice
from supervision.rounds.models import Round
from supervision.visits.satisfaction.figures import year_satisfaction

RoundsByTermAndSchool = dict[tuple[int, int], list[ReportedRound]]  # first to last
NOT_MEASURED: MeasuredInBrief = {
    "mean": None,
    "meaning": "",
    "visit_on": None,
    "mode": "",
    "standards": [],
}


def year_report(academic_year: AcademicYear) -> YearReport:
    """The year as of today, term by term and school by school, in a constant number of queries."""
    today = timezone.localdate()
    rows = Round.objects.filter(term__academic_year=academic_year)
    rounds = load_reported_rounds(rows)
    terms = list(academic_year.terms.order_by("number"))
    schools = _schools(academic_year)
    rounds_by_key, sizes = _rounds_by_term_and_school(rounds), school_sizes_in_year(academic_year)
    report: YearReport = {
        "kind": "year",
        "is_sample": any(reported.round.is_sample for reported in rounds),
        "as_of": today.isoformat(),
        "area": area_heading(academic_year.area),
        "year": academic_year.year,
        "background": year_background(academic_year, rounds, schools, sizes, today),
        "programmes": programme_figures(academic_year),
        "networks": network_figures(academic_year),
        "needs": needs_figures(rounds),
        "terms": [
            term_figures(term, schools, _of_term(rounds_by_key, term), sizes, today)
            for term in terms
        ],
        "compared": [],
        "comparison": [],
        "trends": trend_figures(academic_year, today),
        "observed": observation_counts(rows),
        "problems": texts_in_records(rounds, AnswerField.PROBLEMS),
        "support": texts_in_records(rounds, AnswerField.SUPPORT),
        "schools": [_school_year(school, terms, rounds_by_key) for school in schools],
        "recommendations": _ledger(academic_year, rounds, today),
        "practices": by_level([*chosen_practices(rounds), *_unit_practices(academic_year)]),
        "criteria": _criteria(rounds),
        "methods": methods_of_year(academic_year),
    }
    measured = [term for term in report["terms"] if term["standards"]]
    if len(measured) > 1:
        report["compared"] = [term["term"] for term in measured]
        report["comparison"] = standard_changes(measured)
    report["learning"] = learning_figures(academic_year, measured[-1] if measured else None)
    report["satisfaction"] = _satisfaction(academic_year, today)
    if drive := drive_in_year(academic_year, today):
        report["drive"] = drive
    return report


def _satisfaction(academic_year: AcademicYear, today: date) -> SatisfactionInYear | None:
    found = year_satisfaction(academic_year, today)
    if found is None:
        return None
    return {
        "answers": found.answers,
        "schools": found.schools,
        "mean": two_decimals(found.mean),
        "statements": [
            {"text": one.text, "mean": two_decimals(one.mean)} for one in found.statements
        ],
        "is_sample": found.is_sample,
    }


def _ledger(
    academic_year: AcademicYear, rounds: Sequence[ReportedRound], today: date
) -> list[RecommendationRow]:
    """What was advised in the year, after what earlier years left open."""
    own = [line for reported in rounds for line in recommendation_rows(reported, today)]
    first_day = _first_day(academic_year)
    if first_day is None:
        return own
    advice = Recommendation.objects.filter(school__area=academic_year.area_id)
    return [*carried_over_recommendations(advice, first_day, today), *own]


def _first_day(academic_year: AcademicYear) -> date | None:
    """The day its first term opens; None while it has no terms."""
    return academic_year.terms.aggregate(first=Min("opens_on"))["first"]


def chosen_practices(rounds: Sequence[ReportedRound]) -> list[PracticeTexts]:
    """From the widest level to the school's own."""
    return by_level([practice for reported in rounds for practice in practice_rows(reported)])


def by_level(practices: Sequence[PracticeTexts]) -> list[PracticeTexts]:
    """From the widest level to the school's own."""
    return sorted(practices, key=lambda p: AwardLevel.labels.index(p["level"]), reverse=True)


def _unit_practices(academic_year: AcademicYear) -> list[PracticeTexts]:
    """The selected methods, media, handbooks and models of the unit, of the year's terms."""
    selected = GoodPractice.objects.of_unit().filter(
        state=PracticeState.SELECTED, term__academic_year=academic_year
    )
    return [
        practice_texts(one, f"{one.owner_name} ({one.get_kind_display()})", str(one.nominated_in))
        for one in selected.select_related("term__academic_year").order_by("pk")
    ]


def _schools(academic_year: AcademicYear) -> list[School]:
    """Schools open in the year, and closed ones that have a round in it, by Thai order."""
    first_day = _first_day(academic_year)
    rows = School.objects.filter(area=academic_year.area_id)
    open_ = rows.open_on(first_day) if first_day else rows
    with_rounds = rows.filter(rounds__term__academic_year=academic_year)
    return list((open_ | with_rounds).distinct().prefetch_related("memberships__cluster"))


def _rounds_by_term_and_school(
    rounds: Sequence[ReportedRound],
) -> RoundsByTermAndSchool:
    """The rounds of each term and school, first to last."""
    pairs = groupby(rounds, key=lambda r: (r.round.term_id, r.round.school_id))
    return {key: list(rows) for key, rows in pairs}


def _of_term(rounds_by_key: RoundsByTermAndSchool, term: Term) -> RoundsBySchool:
    return {school: rows for (term_id, school), rows in rounds_by_key.items() if term_id == term.pk}


def _school_year(
    school: School, terms: Sequence[Term], rounds_by_key: RoundsByTermAndSchool
) -> SchoolYear:
    return {
        "school": school.name,
        "cluster": cluster_name_on(school, terms[-1].closes_on) if terms else "",
        "terms": [
            _school_term(term, rounds_by_key.get((term.pk, school.pk), [])) for term in terms
        ],
    }


def _school_term(term: Term, rounds: list[ReportedRound]) -> SchoolTermFigures:
    """The school's term in brief; its figures are those of the last round with a signed visit."""
    measured = next((r for r in reversed(rounds) if r.scoring_visit), None)
    word, kind = latest_result(rounds)
    last = rounds[-1] if rounds else None
    return {
        "term": str(term),
        "rounds": len(rounds),
        "result": word,
        "kind": kind,
        **_measured_in_brief(measured),
        "before": earlier_rounds(rounds),
        "decision": decision_figures(last) if last else None,
        "summary": summary_texts(last) if last else None,
    }


def _measured_in_brief(measured: ReportedRound | None) -> MeasuredInBrief:
    if measured is None or measured.scoring_visit is None:
        return NOT_MEASURED
    visit, overall = measured.scoring_visit, overall_result(measured)
    return {
        "mean": overall["visit"]["mean"] if overall else None,
        "meaning": overall["visit"]["meaning"] if overall else "",
        "visit_on": visit.visit_on.isoformat(),
        "mode": visit.get_mode_display(),
        "standards": [row | {"indicators": []} for row in judged_standards(measured)],
    }


def latest_result(rounds: Sequence[ReportedRound]) -> tuple[str, StatusKind]:
    """What the last round came to, in words and as a kind for the pill."""
    if not rounds:
        return "ยังไม่เปิดรอบ", StatusKind.IDLE
    if decision := rounds[-1].decision:
        kind = StatusKind.DONE if decision.is_achieved else StatusKind.LATE
        return decision.get_state_display(), kind
    school, today = rounds[-1].school, timezone.localdate()
    if not school.is_open_on(today):
        return f"โรงเรียน{school.status_on(today)}แล้ว", StatusKind.IDLE
    return "อยู่ระหว่างดำเนินการ", StatusKind.WAITING


def _criteria(rounds: Sequence[ReportedRound]) -> list[CriteriaDetail]:
    """Each indicator set in full."""
    return [_criteria_detail(chosen) for chosen in used_indicator_sets(rounds)]


def _criteria_detail(chosen: IndicatorSet) -> CriteriaDetail:
    standards: list[StandardDetail] = [
        {
            "number": standard.number,
            "name": standard.name,
            "target": f"{standard.target:.2f}" if standard.target is not None else None,
            "indicators": _criteria_lines(list(standard.indicators.all())),
        }
        for standard in chosen.standards.all()
    ]
    return {**criteria_figures(chosen), "standards": standards}


def _criteria_lines(indicators: Sequence[Indicator]) -> list[IndicatorDetail]:
    weights = unequal_weights(indicators)
    return [{"code": i.code, "text": i.text, "weight": weights.get(i.pk)} for i in indicators]
