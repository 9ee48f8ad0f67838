from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.core.errors import ActionRefused
from schools.models import User
from supervision.assessments.enums import SelfAssessmentAction, SheetKind
from supervision.assessments.evidence import copy_evidence
from supervision.assessments.models import Answer, AnswerSheet, SelfAssessment, SheetText
from supervision.assessments.queries import (
    indicators_without_evidence,
    latest_self_assessment,
    missing_answers,
    signed_visit_sheets,
)
from supervision.assessments.version_tokens import SheetVersionToken, ensure_sheet_unchanged
from supervision.criteria.models import IndicatorSet
from supervision.rounds.actions import ensure_round_is_current
from supervision.rounds.models import Round
from supervision.workflow.actions import start, transition


def create_sheet(
    round_: Round, kind: SheetKind, own_indicator_set: IndicatorSet | None = None
) -> AnswerSheet:
    """An empty sheet on the round's indicators, or on an indicator set of its own.

    Raises ActionRefused before step 2 is settled.
    """
    if own_indicator_set is None:
        ensure_criteria_chosen(round_)
    return AnswerSheet.objects.create(round=round_, kind=kind, own_indicator_set=own_indicator_set)


def ensure_criteria_chosen(round_: Round) -> None:
    """Raises ActionRefused before step 2 is settled."""
    if not round_.has_criteria:
        raise ActionRefused("รอบนี้ยังไม่มีชุดตัวชี้วัดที่ ก.ต.ป.น. เห็นชอบ จึงยังเริ่มประเมินไม่ได้")


@transaction.atomic
def start_self_assessment(round_: Round, *, by: User) -> SelfAssessment:
    """The school's self-assessment of the round, begun now unless begun before."""
    round_.lock()
    assessment = latest_self_assessment(round_)
    if assessment is None:
        ensure_round_is_current(round_)
        sheet = create_sheet(round_, SheetKind.SELF)
        assessment = SelfAssessment(round=round_, sheet=sheet, started_at=timezone.now())
        start(assessment, SelfAssessmentAction.START, by=by)
    return assessment


@transaction.atomic
def confirm_self_assessment(
    assessment: SelfAssessment,
    *,
    by: User,
    although_without_evidence: bool = False,
    shown_version: SheetVersionToken | None = None,
) -> None:
    """Confirm for the school and freeze the sheet, which ends step 3.

    `shown_version` is the version of the sheet that the page has shown.

    Raises Outdated when the sheet has moved on since, ActionRefused with the list of indicators
    still missing, and while judged indicators have no evidence unless the director says that it
    is confirmed all the same; their number is kept.
    """
    assessment.round.lock()
    ensure_round_is_current(assessment.round)
    assessment.sheet.lock()
    ensure_sheet_unchanged(assessment.sheet, shown_version)
    missing = missing_answers(assessment.sheet)
    if missing:
        raise ActionRefused(f"ยังยืนยันไม่ได้ ขาดอีก {len(missing)} ตัวชี้วัด", missing=missing)
    unsupported = indicators_without_evidence(assessment.sheet).count()
    if unsupported and not although_without_evidence:
        raise ActionRefused(f"ยังขาดหลักฐาน {unsupported} ข้อ โปรดเพิ่มหลักฐาน หรือยืนยันทั้งที่ยังขาด")
    transition(
        assessment,
        SelfAssessmentAction.CONFIRM,
        by=by,
        confirmed_by=by,
        confirmed_at=timezone.now(),
        confirmed_as=capacity_of(
            by, Permission.CONFIRM_SELF_ASSESSMENT, assessment.round.school_id
        ),
        indicators_without_evidence_count=unsupported,
    )
    freeze_sheet(assessment.sheet)


@transaction.atomic
def return_self_assessment(
    assessment: SelfAssessment, *, by: User, reason: str, correct_by: date | None = None
) -> SelfAssessment:
    """Send a confirmed version back; the school goes on in a new version that copies it.

    `correct_by` is until when it is to be put right.

    Raises ActionRefused once a visit's record is signed: it was judged beside these scores.
    """
    assessment.round.lock()
    ensure_no_signed_visit(assessment.round)
    transition(
        assessment, SelfAssessmentAction.RETURN, by=by, reason=reason, return_reason=reason.strip()
    )
    following = SelfAssessment(
        **assessment.revision_copies(),
        version=assessment.version + 1,
        previous=assessment,
        sheet=copy_sheet(assessment.sheet),
        started_at=timezone.now(),
        correct_by=correct_by,
    )
    start(following, SelfAssessmentAction.START, by=by)
    return following


def ensure_no_signed_visit(round_: Round) -> None:
    """Raises ActionRefused once a supervisor has signed a record beside these scores."""
    if signed_visit_sheets(round_).exists():
        raise ActionRefused("ส่งกลับไม่ได้ เพราะศึกษานิเทศก์ลงนามบันทึกการนิเทศเทียบกับผลฉบับนี้แล้ว")


def freeze_sheet(sheet: AnswerSheet) -> None:
    """From now on the sheet takes no more edits."""
    sheet.frozen_at = timezone.now()
    sheet.save(update_fields=["frozen_at"])


def copy_sheet(sheet: AnswerSheet) -> AnswerSheet:
    """An open sheet that says what this one says; the next version of its record goes on in it."""
    copy = create_sheet(sheet.round, SheetKind(sheet.kind), sheet.own_indicator_set)
    answers: list[Any] = list(sheet.answers.all())
    texts: list[Any] = list(sheet.texts.all())
    for row in (*answers, *texts):
        row.pk, row.sheet = None, copy
    Answer.objects.bulk_create(answers)
    SheetText.objects.bulk_create(texts)
    copy_evidence(sheet, copy)
    return copy
