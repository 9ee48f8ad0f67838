"""The parts of a report on one round, and the term report that is made of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby, pairwise

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from reports.data.facts import (
    RECOMMENDATION_ORIGIN,
    ReportedRound,
    area_heading,
    cluster_name_on,
    load_reported_rounds,
    record_texts,
)
from reports.data.methods import methods_figures
from reports.data.photos import report_photos
from reports.data.schema import (
    CriteriaFigures,
    DecisionFacts,
    EarlierRound,
    MethodsFigures,
    ObservationCounts,
    ObservationFacts,
    PracticeTexts,
    RecommendationRow,
    SchoolNeeds,
    StepSignature,
    SummaryTexts,
    TermReport,
    VisitFacts,
    iso_day,
)
from reports.data.scores import judged_standards, overall_result, score_figures
from schools.core.thai import local_day
from supervision.assessments.enums import AnswerField
from supervision.assessments.queries import answers_by_indicator, indicators_score
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.improvement.models import Recommendation, RecommendationQuerySet
from supervision.needs.models import NeedsSurvey
from supervision.practices.models import GoodPractice
from supervision.rounds.methods import methods_of_rounds
from supervision.rounds.models import Round
from supervision.visits.models import Visit

OVERDUE = "เกินกำหนด"  # the state of a recommendation, as reports say it

MOST_PHOTOS = 12  # two pages; the visit's own paper has all of them


def term_report(round_: Round) -> TermReport:
    """What is confirmed, signed and decided of this round now, and what came before it."""
    return term_reports({round_.pk: timezone.localdate()})[round_.pk]


def term_reports(as_of: Mapping[int, date]) -> dict[int, TermReport]:
    """The same of many rounds, by primary key: each as of the day that is given for it."""
    wanted = Round.objects.filter(pk__in=as_of)
    rows = Round.objects.filter(school__in=wanted.values("school"), term__in=wanted.values("term"))
    reports, loaded = {}, load_reported_rounds(rows)
    sheets = [reported.visit_sheet for reported in loaded]
    prefetch_related_objects([sheet for sheet in sheets if sheet], "evidence__indicator")
    methods = methods_of_rounds(reported.round for reported in loaded)
    for _, group in groupby(loaded, lambda r: (r.round.term_id, r.school.pk)):
        of_school = list(group)
        for position, this in enumerate(of_school):
            if day := as_of.get(this.round.pk):
                found = methods_figures(methods.get(this.round.pk))
                reports[this.round.pk] = _report(this, of_school[:position], found, day)
    return reports


def _report(
    reported: ReportedRound,
    before: Sequence[ReportedRound],
    methods: list[MethodsFigures],
    today: date,
) -> TermReport:
    round_ = reported.round
    judged, visits = reported.scoring_visit, reported.latest_visits
    sheet = reported.visit_sheet
    photos = report_photos(sheet.evidence.all()) if sheet else []
    return {
        "kind": "term",
        "is_sample": round_.is_sample,
        "as_of": today.isoformat(),
        "area": area_heading(round_.school.area),
        "school": round_.school.name,
        "cluster": cluster_name_on(round_.school, round_.term.closes_on),
        "term": str(round_.term),
        "year": round_.term.academic_year.year,
        "round_number": round_.number,
        "planned_changes": round_.planned_changes,
        "before": earlier_rounds([*before, reported]),
        "needs": _needs(reported.needs_survey),
        "criteria": [criteria_figures(chosen) for chosen in round_.indicator_sets.all()],
        "methods": methods,
        "standards": judged_standards(reported),
        "overall": overall_result(reported),
        "earlier_visits": [_visit(v) for v in visits if judged and v.number < judged.number],
        "visit": _visit(judged) if judged else None,
        "later_visits": [_visit(v) for v in visits if judged and v.number > judged.number],
        "observations": observation_rows(round_),
        "decision": decision_figures(reported),
        "summary": summary_texts(reported),
        "practices": practice_rows(reported),
        "recommendations": [*_carried_over(round_, today), *recommendation_rows(reported, today)],
        "signatures": _signatures(reported),
        "photos": photos[:MOST_PHOTOS],
        "more_photos": len(photos[MOST_PHOTOS:]),
    }


def earlier_rounds(rounds: Sequence[ReportedRound]) -> list[EarlierRound]:
    """All but the last of one school's rounds of a term, each with what was to change next."""
    return [_earlier(reported, following.round) for reported, following in pairwise(rounds)]


def _earlier(reported: ReportedRound, following: Round) -> EarlierRound:
    decision, visit = reported.decision, reported.scoring_visit
    return {
        "number": reported.round.number,
        "result": decision.get_state_display() if decision else "",
        "reason": decision.reason if decision else "",
        "proposed": decision.get_proposed_display() if decision else "",
        "against_reason": decision.against_reason if decision else "",
        "meeting_no": decision.meeting_no if decision else "",
        "meeting_on": iso_day(decision.meeting_on) if decision else None,
        "planned_changes": following.planned_changes,
        "visit": _visit(visit) if visit else None,
    }


def _needs(survey: NeedsSurvey | None) -> SchoolNeeds | None:
    if survey is None:
        return None
    items = sorted(survey.items.all(), key=lambda item: item.area.position)
    return {
        "rows": [
            {"area": item.area.name, "problem": item.problem_level, "need": item.need_level}
            for item in items
        ],
        "wanted": survey.wanted,
        "submitted_on": iso_day(survey.submitted_at),
    }


def criteria_figures(chosen: IndicatorSet) -> CriteriaFigures:
    return {
        "name": chosen.name,
        "version": chosen.version,
        "scale": chosen.scale.name,
        "bands": [f"{band.low}–{band.high} {band.label}" for band in chosen.scale.bands.all()],
        "provenance": chosen.provenance,
        "meeting_no": chosen.meeting_no,
        "meeting_on": iso_day(chosen.meeting_on),
        "is_sample": chosen.is_sample,
    }


def _visit(visit: Visit) -> VisitFacts:
    texts = record_texts(visit)
    return {
        "number": visit.number,
        "visit_on": visit.visit_on.isoformat(),
        "mode": visit.get_mode_display(),
        "purpose": visit.purpose,
        "leader": visit.signed_as,
        "strengths": texts.get(AnswerField.STRENGTHS, ""),
        "improvement_points": texts.get(AnswerField.IMPROVEMENT_POINTS, ""),
        "problems": texts.get(AnswerField.PROBLEMS, ""),
        "advice": texts.get(AnswerField.ADVICE, ""),
        "support": texts.get(AnswerField.SUPPORT, ""),
        "school_comment": visit.school_comment,
    }


def decision_figures(reported: ReportedRound) -> DecisionFacts | None:
    decision = reported.decision
    if decision is None:
        return None
    return {
        "result": decision.get_state_display(),
        "achieved": decision.is_achieved,
        "reason": decision.reason,
        "proposed": decision.get_proposed_display(),
        "against_reason": decision.against_reason,
        "meeting_no": decision.meeting_no,
        "meeting_on": decision.meeting_on.isoformat(),
    }


def summary_texts(reported: ReportedRound) -> SummaryTexts | None:
    summary = reported.agreed_summary
    if summary is None:
        return None
    return {
        "strengths": summary.strengths,
        "improvement_points": summary.improvement_points,
        "guidelines": summary.guidelines,
    }


def _carried_over(round_: Round, today: date) -> list[RecommendationRow]:
    advice = Recommendation.objects.filter(school=round_.school_id)
    return carried_over_recommendations(advice, round_.term.opens_on, today)


def practice_rows(reported: ReportedRound) -> list[PracticeTexts]:
    term = str(reported.round.term)
    return [practice_texts(one, reported.school.name, term) for one in reported.practices]


def practice_texts(practice: GoodPractice, whose: str, term: str) -> PracticeTexts:
    return {
        "school": whose,
        "term": term,
        "title": practice.title,
        "level": practice.get_level_display(),
        "background": practice.background,
        "objectives": practice.objectives,
        "process": practice.process,
        "outcome": practice.outcome,
        "success_factors": practice.success_factors,
        "lessons": practice.lessons,
        "dissemination": practice.dissemination,
    }


def _signatures(reported: ReportedRound) -> list[StepSignature]:
    """Who answered for what on the way, in the order of the steps."""
    lines: list[tuple[str, str, datetime | None]] = []
    if reported.self_assessments:
        own = reported.self_assessments[-1]
        lines.append(("ยืนยันผลการประเมินตนเอง", own.confirmed_as, own.confirmed_at))
    visits = reported.latest_visits
    for visit in visits:
        time = f"ครั้งที่ {visit.number}" if len(visits) > 1 else ""
        lines.append((f"ลงนามบันทึกการนิเทศ{time}", visit.signed_as, visit.signed_at))
        lines.append((f"รับทราบผลการนิเทศ{time}", visit.acknowledged_as, visit.acknowledged_at))
    if decision := reported.decision:
        lines.append(("บันทึกผลการพิจารณา", decision.decided_as, decision.decided_at))
    if summary := reported.agreed_summary:
        lines.append(("เห็นชอบสรุปผล", summary.agreed_as, summary.agreed_at))
    return [
        {"act": act, "capacity": capacity, "on": local_day(at).isoformat()}
        for act, capacity, at in lines
        if at
    ]


def recommendation_rows(reported: ReportedRound, today: date) -> list[RecommendationRow]:
    """The advice the school has agreed to; what is still being drafted is nobody's advice."""
    advice = reported.round.recommendations.all()
    return [recommendation_row(line, reported.round, today) for line in advice if line.is_agreed]


def carried_over_q(opens_on: date) -> Q:
    """Recommendations of terms before that day which nobody had closed by then."""
    still = Q(closed_at=None) | Q(closed_at__date__gte=opens_on)
    return still & Q(round__term__opens_on__lt=opens_on)


def carried_over_recommendations(
    advice: RecommendationQuerySet, opens_on: date, today: date
) -> list[RecommendationRow]:
    """Advice of earlier terms that was still open on that day, in the words it was given in."""
    rows: Iterable[Recommendation] = (
        advice.of_rounds()
        .agreed()
        .filter(carried_over_q(opens_on))
        .select_related("round__school", "round__term__academic_year", *RECOMMENDATION_ORIGIN)
        .order_by("round__term__opens_on", "school__sort_key", "due_on", "pk")
    )
    return [recommendation_row(line, line.given_in, today) for line in rows]


def recommendation_row(line: Recommendation, round_: Round, today: date) -> RecommendationRow:
    overdue = line.is_overdue(today)
    return {
        "school": round_.school.name,
        "term": str(round_.term),
        "text": line.text,
        "visit": line.visit.label if line.visit else "",
        "visit_on": iso_day(line.visit.visit_on) if line.visit else None,
        "indicator": _code(line.indicator),
        "owner": line.get_assignee_display(),
        "due_on": line.due_on.isoformat(),
        "state": OVERDUE if overdue else line.get_state_display(),
        "closed_on": iso_day(line.closed_at),
        "proof": line.proof,
        "overdue": overdue,
    }


def _code(indicator: Indicator | None) -> str:
    """1.1, or ปฐมวัย 1.1: both levels of a school number from 1."""
    if indicator is None:
        return ""
    return f"{indicator.standard.indicator_set.level_prefix} {indicator.code}".strip()


def observation_rows(round_: Round) -> list[ObservationFacts]:
    """The signed observations of the round by number, each as its newest version says."""
    visits = Visit.objects.observations_in_force().filter(round=round_)
    visits = visits.select_related("observation").prefetch_related(
        "sheet__answers",
        "sheet__texts",
        "sheet__own_indicator_set__scale__bands",
        "sheet__own_indicator_set__standards__indicators",
    )
    newest = {visit.number: visit for visit in visits.order_by("number", "version")}
    return [_observation(visit) for visit in newest.values()]


def _observation(visit: Visit) -> ObservationFacts:
    sheet, texts = visit.sheet, record_texts(visit)
    if (
        sheet is None or sheet.own_indicator_set is None
    ):  # the database keeps both for a signed observation
        raise ValueError(f"observation {visit.pk} has no sheet of its form")
    form = sheet.own_indicator_set
    indicators = [i for standard in form.standards.all() for i in standard.indicators.all()]
    found = indicators_score(indicators, answers_by_indicator(sheet))
    return {
        "visit_on": visit.visit_on.isoformat(),
        "grade": visit.observation.get_grade_display(),
        "subject": visit.observation.subject,
        "score": score_figures(found, form.scale.bands.all()),
        "strengths": texts.get(AnswerField.STRENGTHS, ""),
        "improvement_points": texts.get(AnswerField.IMPROVEMENT_POINTS, ""),
        "advice": texts.get(AnswerField.ADVICE, ""),
    }


def observation_counts(rounds: QuerySet[Round]) -> ObservationCounts:
    """How many classrooms were observed in these rounds, and in how many schools."""
    visits = Visit.objects.observations_in_force().filter(round__in=rounds)
    rows = set(visits.values_list("round__school", "round", "number"))
    return {"times": len(rows), "schools": len({school for school, _, _ in rows})}
