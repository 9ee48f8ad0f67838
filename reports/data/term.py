"""The term report of one round: one read model for the preview, the PDF and the public page."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from django.utils import timezone

from reports.data.facts import (
    LoadedRound,
    agreed_summary,
    area_heading,
    cluster_name_on,
    latest_signed_visits,
    record_texts,
    round_decision,
    round_scoring_visit,
    rounds_with_facts,
    submitted_needs_survey,
)
from reports.data.observations import observation_rows
from reports.data.recommendations import carried_over_recommendations, recommendation_rows
from reports.data.schema import (
    CriteriaFigures,
    DecisionFacts,
    EarlierRound,
    PracticeTexts,
    RecommendationRow,
    SchoolNeeds,
    StepSignature,
    SummaryTexts,
    TermReport,
    VisitFacts,
    iso_day,
)
from reports.data.scores import judged_standards, overall_result
from schools.core.thai import local_day
from supervision.assessments.enums import AnswerField
from supervision.criteria.models import IndicatorSet
from supervision.improvement.models import Recommendation
from supervision.rounds.models import Round
from supervision.visits.models import Visit


def term_report(round_: Round) -> TermReport:
    """What is confirmed, signed and decided of this round now, and what came before it."""
    rows = Round.objects.filter(
        school=round_.school_id, term=round_.term_id, number__lte=round_.number
    )
    *before, this = rounds_with_facts(rows)
    return _report(this, before)


def _report(round_: LoadedRound, before: Sequence[LoadedRound]) -> TermReport:
    today = timezone.localdate()
    judged, visits = round_scoring_visit(round_), latest_signed_visits(round_)
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
        "before": earlier_rounds([*before, round_]),
        "needs": _needs(round_),
        "criteria": [criteria_figures(chosen) for chosen in round_.indicator_sets.all()],
        "standards": judged_standards(round_),
        "overall": overall_result(round_),
        "earlier_visits": [_visit(v) for v in visits if judged and v.number < judged.number],
        "visit": _visit(judged) if judged else None,
        "later_visits": [_visit(v) for v in visits if judged and v.number > judged.number],
        "observations": observation_rows(round_),
        "decision": decision_figures(round_),
        "summary": summary_texts(round_),
        "practices": practice_rows(round_),
        "recommendations": [*_carried_over(round_, today), *recommendation_rows(round_, today)],
        "signatures": _signatures(round_),
    }


def earlier_rounds(rounds: Sequence[LoadedRound]) -> list[EarlierRound]:
    """All but the last of one school's rounds of a term, each with what was to change next."""
    return [_earlier(round_, then) for round_, then in pairwise(rounds)]


def _earlier(round_: LoadedRound, then: LoadedRound) -> EarlierRound:
    decision = round_decision(round_)
    return {
        "number": round_.number,
        "result": decision.get_state_display() if decision else "",
        "reason": decision.reason if decision else "",
        "proposed": decision.get_proposed_display() if decision else "",
        "against_reason": decision.against_reason if decision else "",
        "meeting_no": decision.meeting_no if decision else "",
        "meeting_on": iso_day(decision.meeting_on) if decision else None,
        "planned_changes": then.planned_changes,
        "visit": _visit(visit) if (visit := round_scoring_visit(round_)) else None,
    }


def _needs(round_: LoadedRound) -> SchoolNeeds | None:
    survey = submitted_needs_survey(round_)
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


def decision_figures(round_: LoadedRound) -> DecisionFacts | None:
    decision = round_decision(round_)
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


def summary_texts(round_: LoadedRound) -> SummaryTexts | None:
    summary = agreed_summary(round_)
    if summary is None:
        return None
    return {
        "strengths": summary.strengths,
        "improvement_points": summary.improvement_points,
        "guidelines": summary.guidelines,
    }


def _carried_over(round_: LoadedRound, today: date) -> list[RecommendationRow]:
    advice = Recommendation.objects.filter(round__school=round_.school_id)
    return carried_over_recommendations(advice, round_.term.opens_on, today)


def practice_rows(round_: LoadedRound) -> list[PracticeTexts]:
    return [
        {
            "school": round_.school.name,
            "term": str(round_.term),
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
        for practice in round_.selected_practices
    ]


def _signatures(round_: LoadedRound) -> list[StepSignature]:
    """Who answered for what on the way, in the order of the steps."""
    lines: list[tuple[str, str, datetime | None]] = []
    if round_.confirmed_assessments:
        own = round_.confirmed_assessments[-1]
        lines.append(("ยืนยันผลการประเมินตนเอง", own.confirmed_as, own.confirmed_at))
    visits = latest_signed_visits(round_)
    for visit in visits:
        time = f"ครั้งที่ {visit.number}" if len(visits) > 1 else ""
        lines.append((f"ลงนามบันทึกการนิเทศ{time}", visit.signed_as, visit.signed_at))
        lines.append((f"รับทราบผลการนิเทศ{time}", visit.acknowledged_as, visit.acknowledged_at))
    if decision := round_decision(round_):
        lines.append(("บันทึกผลการพิจารณา", decision.decided_as, decision.decided_at))
    if summary := agreed_summary(round_):
        lines.append(("เห็นชอบสรุปผล", summary.agreed_as, summary.agreed_at))
    return [
        {"act": act, "capacity": capacity, "on": local_day(at).isoformat()}
        for act, capacity, at in lines
        if at
    ]
