from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.models import User
from supervision.assessments.enums import SheetKind
from supervision.assessments.evidence.actions import copy_pieces
from supervision.assessments.marks import SheetMark, check_seen
from supervision.assessments.models import Answer, AnswerSheet, SelfAssessment, SheetText
from supervision.assessments.queries import (
    latest_assessment,
    missing_levels,
    signed_visit_sheets,
    without_evidence,
)
from supervision.criteria.models import IndicatorSet
from supervision.rounds.actions import check_goes_on
from supervision.rounds.models import Round
from supervision.workflow.actions import begin, move
from supervision.workflow.errors import Refused


def new_sheet(round_: Round, kind: SheetKind, form: IndicatorSet | None = None) -> AnswerSheet:
    """An empty sheet on the round's indicators, or on a form of its own.

    Raises Refused before step 2 is settled.
    """
    if form is None:
        check_criteria(round_)
    return AnswerSheet.objects.create(round=round_, kind=kind, form=form)


def check_criteria(round_: Round) -> None:
    """Raises Refused before step 2 is settled."""
    if not round_.has_criteria:
        raise Refused("รอบนี้ยังไม่มีชุดตัวชี้วัดที่ ก.ต.ป.น. เห็นชอบ จึงยังเริ่มประเมินไม่ได้")


@transaction.atomic
def start(round_: Round, *, by: User) -> SelfAssessment:
    """The school's self-assessment of the round, begun now unless begun before."""
    round_.lock()
    assessment = latest_assessment(round_)
    if assessment is None:
        check_goes_on(round_)
        sheet = new_sheet(round_, SheetKind.SELF)
        assessment = SelfAssessment(round=round_, sheet=sheet, started_at=timezone.now())
        begin(assessment, "start", by=by)
    return assessment


@transaction.atomic
def confirm(
    assessment: SelfAssessment,
    *,
    by: User,
    although_without_evidence: bool = False,
    seen: SheetMark | None = None,
) -> None:
    """Confirm for the school and freeze the sheet (step 3 done); `seen` is what its page showed.

    Raises Outdated when the sheet has moved on since, Refused with the list of indicators still
    missing, and while judged indicators have no evidence unless the director says that it is
    confirmed all the same; their number is kept.
    """
    assessment.round.lock()
    check_goes_on(assessment.round)
    lock(assessment.sheet)
    check_seen(assessment.sheet, seen)
    missing = missing_levels(assessment.sheet)
    if missing:
        raise Refused(f"ยังยืนยันไม่ได้ ขาดอีก {len(missing)} ตัวชี้วัด", missing=missing)
    unsupported = without_evidence(assessment.sheet).count()
    if unsupported and not although_without_evidence:
        raise Refused(f"ยังขาดหลักฐาน {unsupported} ข้อ โปรดเพิ่มหลักฐาน หรือยืนยันทั้งที่ยังขาด")
    move(
        assessment,
        "confirm",
        by=by,
        confirmed_by=by,
        confirmed_at=timezone.now(),
        confirmed_as=capacity_of(
            by, Permission.CONFIRM_SELF_ASSESSMENT, assessment.round.school_id
        ),
        without_evidence=unsupported,
    )
    freeze(assessment.sheet)


@transaction.atomic
def return_for_correction(
    assessment: SelfAssessment, *, by: User, reason: str, correct_by: date | None = None
) -> SelfAssessment:
    """Send a confirmed version back; the school goes on in a new version that copies it.

    `correct_by` is until when it is to be put right.

    Raises Refused once a visit's record is signed: it was judged beside these scores.
    """
    assessment.round.lock()
    check_not_judged(assessment.round)
    move(assessment, "return", by=by, reason=reason, return_reason=reason.strip())
    following = SelfAssessment(
        round=assessment.round,
        version=assessment.version + 1,
        previous=assessment,
        sheet=copy_of(assessment.sheet),
        started_at=timezone.now(),
        correct_by=correct_by,
    )
    begin(following, "start", by=by)
    return following


def check_not_judged(round_: Round) -> None:
    """Raises Refused once a supervisor has signed a record beside these scores."""
    if signed_visit_sheets(round_).exists():
        raise Refused("ส่งกลับไม่ได้ เพราะศึกษานิเทศก์ลงนามบันทึกการนิเทศเทียบกับผลฉบับนี้แล้ว")


def lock(sheet: AnswerSheet) -> None:
    """Hold the sheet until the transaction ends, so that no edit slips in before a signature."""
    sheet.refresh_from_db(from_queryset=AnswerSheet.objects.select_for_update())


def freeze(sheet: AnswerSheet) -> None:
    """From now on the sheet takes no more edits."""
    sheet.frozen_at = timezone.now()
    sheet.save(update_fields=["frozen_at"])


def copy_of(sheet: AnswerSheet) -> AnswerSheet:
    """An open sheet that says what this one says; the next version of its record goes on in it."""
    copy = new_sheet(sheet.round, SheetKind(sheet.kind), sheet.form)
    answers: list[Any] = list(sheet.answers.all())
    texts: list[Any] = list(sheet.texts.all())
    for row in (*answers, *texts):
        row.pk, row.sheet = None, copy
    Answer.objects.bulk_create(answers)
    SheetText.objects.bulk_create(texts)
    copy_pieces(sheet, copy)
    return copy
