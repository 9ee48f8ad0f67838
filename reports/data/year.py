"""The year-end report of the area: every school's terms, brought together in one read model."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.utils import timezone

from reports.data.advice import advice_rows, carried_rows
from reports.data.area import Places, changes, term_figures
from reports.data.facts import (
    Loaded,
    area_figures,
    cluster_name,
    counted_visits,
    decision_of,
    last_visit,
    rounds_with_facts,
    texts_of,
)
from reports.data.needs import needs_figures
from reports.data.observations import observations_made
from reports.data.scores import overall_row, shown_weights, standard_rows
from reports.data.sentences import executive, foreword
from reports.data.shapes import Advice, Practice
from reports.data.term import (
    criteria_figures,
    decision_figures,
    earlier_rounds,
    practice_rows,
    summary_texts,
)
from reports.data.year_shapes import CriteriaDetail, SchoolTerm, SchoolYear, SupportWish, YearReport
from schools.models import AcademicYear, School, Term
from schools.sizes import sizes_in
from supervision.assessments.enums import Field
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.improvement.models import Recommendation
from supervision.practices.enums import AwardLevel
from supervision.rounds.models import Round


def year_report(academic_year: AcademicYear) -> YearReport:
    """The year as it stands today, term by term and school by school."""
    today = timezone.localdate()
    rounds = rounds_with_facts(Round.objects.filter(term__academic_year=academic_year))
    terms = list(academic_year.terms.order_by("number"))
    schools = _schools(academic_year)
    places, sizes = _places(rounds), sizes_in(academic_year)
    report: YearReport = {
        "kind": "year",
        "is_sample": any(round_.is_sample for round_ in rounds),
        "as_of": today.isoformat(),
        "area": area_figures(academic_year.area),
        "year": academic_year.year,
        "foreword": [],
        "executive": [],
        "needs": needs_figures(rounds),
        "terms": [
            term_figures(term, schools, _of_term(places, term), sizes, today) for term in terms
        ],
        "compared": [],
        "comparison": [],
        "observed": observations_made(academic_year),
        "support": [wish for round_ in rounds for wish in _support(round_)],
        "schools": [_school_year(school, terms, places) for school in schools],
        "recommendations": _ledger(academic_year, rounds, today),
        "practices": sorted((p for r in rounds for p in practice_rows(r)), key=_nearness),
        "criteria": _criteria(rounds),
    }
    measured = [term for term in report["terms"] if term["standards"]]
    if len(measured) > 1:
        report["compared"] = [term["term"] for term in measured]
        report["comparison"] = changes(measured)
    report["foreword"], report["executive"] = foreword(report), executive(report)
    return report


def _ledger(academic_year: AcademicYear, rounds: Sequence[Loaded], today: date) -> list[Advice]:
    """What was advised in the year, after what earlier years left open."""
    own = [line for round_ in rounds for line in advice_rows(round_, today)]
    first_day = min([term.opens_on for term in academic_year.terms.all()], default=None)
    if first_day is None:
        return own
    advice = Recommendation.objects.filter(round__school__area=academic_year.area_id)
    return [*carried_rows(advice, first_day, today), *own]


def _support(round_: Loaded) -> list[SupportWish]:
    """What help the school asked for, visit by visit."""
    wishes = (texts_of(visit).get(Field.SUPPORT) for visit in counted_visits(round_))
    school, term = round_.school.name, str(round_.term)
    return [{"school": school, "term": term, "text": wish} for wish in wishes if wish]


def _nearness(practice: Practice) -> int:
    """From the widest level to the school's own."""
    return -AwardLevel.labels.index(practice["level"])


def _schools(academic_year: AcademicYear) -> list[School]:
    """Schools open in the year, and closed ones that have a round in it, by Thai order."""
    first_day = min([term.opens_on for term in academic_year.terms.all()], default=None)
    rows = School.objects.filter(area=academic_year.area_id)
    open_ = rows.open_on(first_day) if first_day else rows
    walked = rows.filter(rounds__term__academic_year=academic_year)
    return list((open_ | walked).distinct().prefetch_related("memberships__cluster"))


def _places(rounds: Sequence[Loaded]) -> dict[tuple[int, int], list[Loaded]]:
    """The rounds of each term and school, first to last."""
    pairs = groupby(rounds, key=lambda round_: (round_.term_id, round_.school_id))
    return {place: list(rows) for place, rows in pairs}


def _of_term(places: dict[tuple[int, int], list[Loaded]], term: Term) -> Places:
    return {school: rows for (term_id, school), rows in places.items() if term_id == term.pk}


def _school_year(
    school: School, terms: Sequence[Term], places: dict[tuple[int, int], list[Loaded]]
) -> SchoolYear:
    return {
        "school": school.name,
        "cluster": cluster_name(school, terms[-1].closes_on) if terms else "",
        "terms": [_school_term(term, places.get((term.pk, school.pk), [])) for term in terms],
    }


def _school_term(term: Term, rounds: list[Loaded]) -> SchoolTerm:
    """The school's term in brief; its figures are those of the last round with a signed visit."""
    measured = next((r for r in reversed(rounds) if last_visit(r)), None)
    overall = overall_row(measured) if measured else None
    visit = last_visit(measured) if measured else None
    word, kind = _result(rounds)
    return {
        "term": str(term),
        "rounds": len(rounds),
        "result": word,
        "kind": kind,
        "mean": overall["visit"]["mean"] if overall else None,
        "meaning": overall["visit"]["meaning"] if overall else "",
        "visit_on": visit.visit_on.isoformat() if visit else None,
        "mode": visit.get_mode_display() if visit else "",
        "standards": [row | {"indicators": []} for row in standard_rows(measured)]
        if measured
        else [],
        "before": earlier_rounds(rounds),
        "decision": decision_figures(rounds[-1]) if rounds else None,
        "summary": summary_texts(rounds[-1]) if rounds else None,
    }


def _result(rounds: Sequence[Loaded]) -> tuple[str, str]:
    """What the last round came to, in words and as a kind for the pill."""
    if not rounds:
        return "ยังไม่เปิดรอบ", "idle"
    decision = decision_of(rounds[-1])
    if decision:
        return decision.get_state_display(), "done" if decision.is_achieved else "late"
    school, today = rounds[-1].school, timezone.localdate()
    if not school.is_open_on(today):
        return f"โรงเรียน{school.status_on(today)}แล้ว", "idle"
    return "อยู่ระหว่างดำเนินการ", "wait"


def _criteria(rounds: Sequence[Loaded]) -> list[CriteriaDetail]:
    """Each indicator set that was used, once, in full."""
    used = {chosen.pk: chosen for round_ in rounds for chosen in round_.indicator_sets.all()}
    return [_criteria_detail(chosen) for chosen in used.values()]


def _criteria_detail(chosen: IndicatorSet) -> CriteriaDetail:
    standards = [
        {
            "number": standard.number,
            "name": standard.name,
            "target": f"{standard.target:.2f}" if standard.target is not None else None,
            "indicators": _criteria_lines(list(standard.indicators.all())),
        }
        for standard in chosen.standards.all()
    ]
    return {**criteria_figures(chosen), "standards": standards}


def _criteria_lines(indicators: Sequence[Indicator]) -> list[dict[str, str | None]]:
    weights = shown_weights(indicators)
    return [{"code": i.code, "text": i.text, "weight": weights.get(i.pk)} for i in indicators]
