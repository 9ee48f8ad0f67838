from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.core.errors import ActionRefused
from schools.core.thai import short_date
from schools.core.uploads import SanitizedFile, delete_files_on_rollback
from schools.models import User
from supervision.assessments.enums import AnswerField
from supervision.criteria.models import Indicator
from supervision.improvement.enums import (
    Assignee,
    RecommendationAction,
    RecommendationState,
    SummaryAction,
    SummaryState,
)
from supervision.improvement.models import (
    ProgressReport,
    Recommendation,
    RecommendationQuerySet,
    Summary,
)
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.practices.queries import deciding_visit_of_round
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import SUMMARISED_FIELDS, acknowledged_visits, visit_texts
from supervision.workflow.actions import ensure_allowed, start, transition

SUMMARY_FIELDS = ("strengths", "improvement_points", "guidelines")


@transaction.atomic
def start_summary(round_: Round, *, by: User) -> Summary:
    """The round's summary, begun now with the texts of its visits unless begun before.

    Raises ActionRefused unless the round was decided บรรลุ.
    """
    round_.lock()
    summary = Summary.objects.filter(round=round_).first()
    if summary is None:
        check_can_start_summary(round_)
        summary = Summary(round=round_, **_texts_of_visits(round_))
        start(summary, SummaryAction.DRAFT, by=by)
    return summary


def check_can_start_summary(round_: Round) -> None:
    """Raises ActionRefused unless the round was decided บรรลุ."""
    if not Decision.objects.filter(round=round_, state=DecisionResult.ACHIEVED).exists():
        raise ActionRefused("ยังสรุปผลไม่ได้ เพราะรอบนี้ยังไม่มีผลการพิจารณาว่าบรรลุ")


def _texts_of_visits(round_: Round) -> dict[str, str]:
    """The texts of all visits of the term, those of rounds not achieved among them."""
    told = acknowledged_visits(round_).of_whole_school().select_related("round")
    visits = list(told.prefetch_related("sheet__texts"))
    return {
        name: _joined_texts(visits, field)
        for name, field in zip(SUMMARY_FIELDS, SUMMARISED_FIELDS, strict=True)
    }


def _joined_texts(visits: Sequence[Visit], field: AnswerField) -> str:
    """The text of one visit as it is; of several visits each with the visit's name."""
    texts = [
        (visit, row.text) for visit in visits for row in visit_texts(visit) if row.field == field
    ]
    if len(visits) == 1:
        return "".join(text for _, text in texts)
    return "\n".join(f"รอบที่ {visit.round.number} {visit.label}: {text}" for visit, text in texts)


@transaction.atomic
def update_summary(summary: Summary, *, by: User, texts: Mapping[str, str]) -> None:
    """Save the draft's texts. Raises ActionRefused once the school was asked to agree."""
    _lock_draft(summary)
    if any(getattr(summary, field) != text for field, text in texts.items()):
        transition(summary, SummaryAction.EDIT, by=by, **texts)


def _lock(summary: Summary) -> None:
    summary.refresh_from_db(from_queryset=Summary.objects.select_for_update())


def _lock_draft(summary: Summary) -> None:
    _lock(summary)
    check_summary_is_draft(summary)


def check_summary_is_draft(summary: Summary) -> None:
    """Raises ActionRefused once the school was asked to agree."""
    if summary.state != SummaryState.DRAFT:
        raise ActionRefused(
            "สรุปผลนี้เสนอโรงเรียนแล้ว จึงแก้ไขไม่ได้ แก้ไขได้เมื่อโรงเรียนขอให้ปรับ"
            " หรือเมื่อเปิดสรุปผลที่เห็นชอบแล้วให้แก้ไขอีกครั้ง"
        )


@transaction.atomic
def propose_summary(summary: Summary, *, by: User) -> None:
    """Ask the school to agree. Raises ActionRefused naming what is still empty."""
    _lock(summary)
    ensure_allowed(summary, SummaryAction.PROPOSE)
    check_summary_is_complete(summary)
    transition(summary, SummaryAction.PROPOSE, by=by)


def check_summary_is_complete(summary: Summary) -> None:
    """Raises ActionRefused with what the summary still lacks before the school can be asked."""
    missing = missing_to_propose_summary(summary)
    if missing:
        raise ActionRefused("ยังเสนอโรงเรียนไม่ได้ โปรดกรอกให้ครบ", missing=missing)


def missing_to_propose_summary(summary: Summary) -> list[str]:
    """What the summary still lacks, in the words the page shows."""
    missing = [
        str(field.verbose_name)
        for field in Summary._meta.concrete_fields
        if field.name in SUMMARY_FIELDS and not getattr(summary, field.name).strip()
    ]
    if not summary.round.recommendations.not_withdrawn().exists():
        missing.append("ข้อเสนอแนะอย่างน้อย 1 ข้อ พร้อมผู้รับผิดชอบและกำหนดเสร็จ")
    return missing


@transaction.atomic
def agree_to_summary(summary: Summary, *, by: User) -> None:
    """Save that the director agrees, which ends step 6 and begins the follow-up."""
    _lock(summary)
    now = timezone.now()
    transition(
        summary,
        SummaryAction.AGREE,
        by=by,
        agreed_by=by,
        agreed_at=now,
        agreed_as=capacity_of(by, Permission.AGREE_SUMMARY, summary.round.school_id),
        first_agreed_at=summary.first_agreed_at or now,
    )
    summary.round.recommendations.not_withdrawn().filter(agreed_at=None).update(agreed_at=now)


@transaction.atomic
def reopen_summary(summary: Summary, *, by: User, reason: str) -> None:
    """Reopen an agreed summary: it is a draft again until the school agrees anew.

    What was agreed to is kept as a version, reports signed before keep their own copy, and
    recommendations agreed to are still followed up.
    """
    _lock(summary)
    ensure_allowed(summary, SummaryAction.REOPEN)
    summary.agreed_versions.create(**summary.revision_copies())
    transition(
        summary,
        SummaryAction.REOPEN,
        by=by,
        reason=reason,
        agreed_by=None,
        agreed_at=None,
        agreed_as="",
    )


def return_summary_for_correction(summary: Summary, *, by: User, reason: str) -> None:
    """Return the summary to its author with the changes that the school's director asks for."""
    transition(summary, SummaryAction.RETURN, by=by, reason=reason)


@transaction.atomic
def create_recommendation(
    summary: Summary,
    *,
    by: User,
    text: str,
    assignee: Assignee,
    due_on: date,
    visit: Visit | None = None,
    indicator: Indicator | None = None,
) -> Recommendation:
    """Add one recommendation while the summary is being drafted; the same one only once.

    Its origin is the visit it was given at, the one the round was decided on unless another is
    named, and, if it has one, an indicator.
    """
    _lock_draft(summary)
    facts = {"text": text.strip(), "assignee": assignee, "due_on": due_on}
    check_is_new_advice(summary.round.recommendations.all(), facts)
    visit = visit or deciding_visit_of_round(summary.round)
    origin = {"school": summary.round.school, "round": summary.round}
    recommendation = Recommendation(visit=visit, indicator=indicator, **origin, **facts)
    start(recommendation, RecommendationAction.GIVE, by=by)
    return recommendation


@transaction.atomic
def update_recommendation(
    recommendation: Recommendation,
    *,
    by: User,
    text: str,
    assignee: Assignee,
    due_on: date,
    visit: Visit | None = None,
    indicator: Indicator | None = None,
) -> None:
    """Change a recommendation while the summary is a draft; the log keeps its former text."""
    _lock_draft(recommendation.given_in.summary)
    recommendation.refresh_from_db()
    check_can_update_recommendation(recommendation)
    before = (
        f"เดิม: {recommendation.text} · {recommendation.get_assignee_display()}"
        f" · กำหนดเสร็จ {short_date(recommendation.due_on)}"
    )
    facts = {"text": text.strip(), "assignee": assignee, "due_on": due_on}
    others = recommendation.given_in.recommendations.exclude(pk=recommendation.pk)
    check_is_new_advice(others, facts)
    origin = {"visit": visit or recommendation.visit, "indicator": indicator}
    transition(recommendation, RecommendationAction.EDIT, by=by, reason=before, **origin, **facts)


def check_is_of_round(recommendation: Recommendation) -> None:
    """Raises ActionRefused for one of another origin: it was in force at once."""
    if recommendation.round is None:
        raise ActionRefused(
            f"ข้อเสนอแนะจาก{recommendation.get_origin_display()}แก้ไขข้อความไม่ได้ "
            "โปรดถอนพร้อมเหตุผล แล้วบันทึกข้อใหม่"
        )


def check_can_update_recommendation(recommendation: Recommendation) -> None:
    """Raises ActionRefused once the school has agreed to its words."""
    ensure_allowed(recommendation, RecommendationAction.EDIT)
    if recommendation.is_agreed:
        raise ActionRefused(
            "โรงเรียนเห็นชอบข้อเสนอแนะนี้แล้ว จึงแก้ไขข้อความไม่ได้ โปรดถอนพร้อมเหตุผล แล้วเพิ่มข้อใหม่"
        )


@transaction.atomic
def withdraw_recommendation(recommendation: Recommendation, *, by: User, reason: str) -> None:
    """Withdraw a recommendation, with the reason, which the school can read.

    One of a round is withdrawn from the draft of its summary, one of another origin at any time.
    """
    if recommendation.round:
        _lock_draft(recommendation.round.summary)
    transition(recommendation, RecommendationAction.WITHDRAW, by=by, reason=reason)


def check_is_new_advice(others: RecommendationQuerySet, facts: Mapping[str, Any]) -> None:
    """Raises ActionRefused where there is the same one already: a form was sent twice."""
    if others.not_withdrawn().filter(**facts).exists():
        raise ActionRefused("มีข้อเสนอแนะนี้อยู่แล้ว จึงไม่บันทึกซ้ำ")


def check_can_close_recommendation(recommendation: Recommendation) -> None:
    """Raises ActionRefused once it is closed, and while the school has not agreed to it."""
    ensure_allowed(recommendation, RecommendationAction.CLOSE)
    check_recommendation_is_agreed(recommendation)


def check_recommendation_is_agreed(recommendation: Recommendation) -> None:
    """Raises ActionRefused while the school has not agreed to it."""
    if not Recommendation.objects.agreed().filter(pk=recommendation.pk).exists():
        raise ActionRefused("ยังดำเนินการกับข้อเสนอแนะไม่ได้ เพราะโรงเรียนยังไม่เห็นชอบสรุปผล")


def report_progress(
    recommendation: Recommendation,
    *,
    by: User,
    text: str,
    is_done: bool = False,
    file: SanitizedFile | None = None,
    has_consent: bool = False,
) -> ProgressReport:
    """Report what was done so far; `is_done` asks the supervisor to check and close it.

    `has_consent` is of the people in a photo and means nothing for any other file.

    A report after that changes nothing of it: the supervisor is still asked. Raises ActionRefused
    when it is closed, not agreed with the school yet, or reported already.
    """
    report = ProgressReport(
        recommendation=recommendation,
        text=text.strip(),
        is_done=is_done,
        has_consent=has_consent and file is not None and file.small is not None,
        by=by,
        at=timezone.now(),
    )
    with delete_files_on_rollback(report.file):
        _report(report, file)
    return report


def _report(report: ProgressReport, file: SanitizedFile | None) -> None:
    advice = report.recommendation
    advice.refresh_from_db(from_queryset=Recommendation.objects.select_for_update())
    ensure_allowed(advice, RecommendationAction.REPORT_DONE)
    check_recommendation_is_agreed(advice)
    if not report.text:
        raise ActionRefused("โปรดระบุสิ่งที่ดำเนินการ")
    _check_report_is_new(report, file)
    transition(advice, _report_action(report), by=report.by)
    if file:
        report.file_name = file.name
        report.file.save(f"{uuid4()}{file.suffix}", file.content, save=False)
    report.save()


def _check_report_is_new(report: ProgressReport, file: SanitizedFile | None) -> None:
    """Raises ActionRefused where it repeats the last report and does not newly say done."""
    advice = report.recommendation
    last = advice.progress_reports.last()
    if last is None or (last.by_id, last.text) != (report.by_id, report.text):
        return
    says_done = report.is_done and advice.state != RecommendationState.DONE
    if _has_file(last, file) and not says_done:
        raise ActionRefused("บันทึกรายงานนี้ไว้แล้ว จึงไม่บันทึกซ้ำ")


def _has_file(report: ProgressReport, file: SanitizedFile | None) -> bool:
    """Whether the report has this file by name and size: phones name many photos alike."""
    if file is None or not report.file:
        return file is None and not report.file
    return (report.file_name, report.file.size) == (file.name, file.content.size)


def _report_action(report: ProgressReport) -> RecommendationAction:
    if report.is_done:
        return RecommendationAction.REPORT_DONE
    is_done = report.recommendation.state == RecommendationState.DONE
    return RecommendationAction.ADD if is_done else RecommendationAction.REPORT


def return_recommendation_for_correction(
    recommendation: Recommendation, *, by: User, reason: str
) -> None:
    """Return a recommendation reported as done, with what is still to be done."""
    transition(recommendation, RecommendationAction.RETURN, by=by, reason=reason)


def close_recommendation(
    recommendation: Recommendation, *, by: User, proof: str, on_visit: Visit | None = None
) -> None:
    """Close a recommendation with proof of what was done. Raises ActionRefused without proof.

    `on_visit` names the visit at which the proof was seen.
    """
    check_can_close_recommendation(recommendation)
    if not proof.strip():
        raise ActionRefused("โปรดระบุหลักฐานการดำเนินการก่อนปิดข้อเสนอแนะ")
    transition(
        recommendation,
        RecommendationAction.CLOSE,
        by=by,
        proof=proof.strip(),
        closed_on_visit=on_visit,
        closed_by=by,
        closed_at=timezone.now(),
    )
