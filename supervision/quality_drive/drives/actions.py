"""What is done with a year's drive: begun with the manual's words, changed, endorsed, closed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.core.history import save_with_history, set_history_author
from schools.models import AcademicYear, User
from supervision.committees.meeting_field import check_meeting_decides
from supervision.committees.models import Meeting
from supervision.quality_drive.drives.completeness import missing_to_endorse
from supervision.quality_drive.drives.enums import DriveAction
from supervision.quality_drive.drives.weights import even_weights
from supervision.quality_drive.manual_words import ManualDriveDimension, manual_drive
from supervision.quality_drive.models import (
    DriveDimension,
    ExpectedResult,
    QualityDrive,
    Ranking,
    RankingObjection,
)
from supervision.quality_drive.ranking.enums import ObjectionState, RankingState
from supervision.workflow.actions import start, transition

NOT_A_DRAFT = "การขับเคลื่อนนี้ ก.ต.ป.น. เห็นชอบแล้ว จึงแก้ไขไม่ได้ โปรดเปิดแก้ไขเพื่อเสนอ ก.ต.ป.น. ใหม่ก่อน"


@transaction.atomic
def start_drive(academic_year: AcademicYear, *, by: User, is_sample: bool = False) -> QualityDrive:
    """Begin the year's drive with the goals, dimensions and expected results of the manual.

    Raises ActionRefused where the year has one.
    """
    manual = manual_drive()
    drive = QualityDrive(
        academic_year=academic_year,
        model_name=manual.model_name,
        headline=manual.headline,
        purpose=manual.purpose,
        provenance=manual.provenance,
        is_sample=is_sample,
    )
    start_as_draft(drive, by=by)
    _copy_manual_dimensions(drive, manual.dimensions)
    ExpectedResult.objects.bulk_create(
        ExpectedResult(
            drive=drive,
            kind=one.kind,
            code=one.code,
            dimension_code=one.dimension_code,
            text=one.text,
        )
        for one in manual.expected_results
    )
    return drive


def start_as_draft(drive: QualityDrive, *, by: User) -> None:
    """Save a new drive as a draft. Raises ActionRefused where its year has one."""
    set_history_author(drive, by=by)
    refusal = f"ปีการศึกษา {drive.academic_year} มีการขับเคลื่อนแล้ว โปรดเปิดรายการเดิม"
    with unique_violation_as_refusal(refusal):
        start(drive, DriveAction.START, by=by)


def _copy_manual_dimensions(
    drive: QualityDrive, dimensions: Sequence[ManualDriveDimension]
) -> None:
    """The manual gives no weights: all dimensions begin with the same."""
    weights = even_weights(len(dimensions))
    DriveDimension.objects.bulk_create(
        DriveDimension(drive=drive, code=one.code, name=one.name, in_4q=one.in_4q, weight=weight)
        for one, weight in zip(dimensions, weights, strict=True)
    )


@transaction.atomic
def update_drive_texts(drive: QualityDrive, *, by: User, fields: Mapping[str, Any]) -> None:
    """Change the goals of a draft, how often schools report, or when they are behind."""
    set_history_author(drive, by=by)
    transition(drive, DriveAction.EDIT, by=by, **fields)


def lock_drive_draft(drive: QualityDrive) -> None:
    """Hold the drive until the transaction ends, so that nobody endorses it meanwhile.

    Raises ActionRefused where it is no draft any more.
    """
    drive.refresh_from_db(from_queryset=QualityDrive.objects.select_for_update(of=("self",)))
    check_drive_is_draft(drive)


def check_drive_is_draft(drive: QualityDrive) -> None:
    """Raises ActionRefused once ก.ต.ป.น. has endorsed the drive."""
    if not drive.is_draft:
        raise ActionRefused(NOT_A_DRAFT)


# --- What ก.ต.ป.น. decides on it ---


@transaction.atomic
def endorse_drive(drive: QualityDrive, *, by: User, meeting: Meeting) -> None:
    """Record that a meeting of ก.ต.ป.น. endorsed targets and weights.

    Raises ActionRefused naming all that the drive lacks, or where the meeting cannot decide.
    """
    check_meeting_decides(meeting)
    drive.refresh_from_db(from_queryset=QualityDrive.objects.select_for_update(of=("self",)))
    check_is_complete(drive)
    set_history_author(drive, by=by)
    transition(
        drive,
        DriveAction.ENDORSE,
        by=by,
        meeting=meeting,
        endorsed_by=by,
        endorsed_at=timezone.now(),
    )


def check_is_complete(drive: QualityDrive) -> None:
    """Raises ActionRefused naming all that the drive lacks before it can be endorsed."""
    if missing := missing_to_endorse(drive):
        raise ActionRefused("การขับเคลื่อนยังไม่ครบ จึงยังบันทึกมติเห็นชอบไม่ได้", missing=missing)


@transaction.atomic
def reopen_drive(drive: QualityDrive, *, by: User, reason: str) -> None:
    """Make it a draft again, to be endorsed anew; signed agreements stay as they are.

    Raises ActionRefused once the schools were told their places by it.
    """
    drive.refresh_from_db(from_queryset=QualityDrive.objects.select_for_update(of=("self",)))
    check_may_be_reopened(drive)
    set_history_author(drive, by=by)
    transition(
        drive,
        DriveAction.REOPEN,
        by=by,
        reason=reason,
        meeting=None,
        endorsed_by=None,
        endorsed_at=None,
    )


def check_may_be_reopened(drive: QualityDrive) -> None:
    """Raises ActionRefused once the schools were told their places by the drive.

    An order that was told has its day for objections, also once another has replaced it.
    """
    if Ranking.objects.filter(drive=drive, objections_until__isnull=False).exists():
        raise ActionRefused(
            "แจ้งลำดับแก่โรงเรียนตามน้ำหนักและค่าเป้าหมายชุดนี้แล้ว จึงเปิดแก้ไขไม่ได้ "
            "หากต้องเปลี่ยน โปรดเริ่มการขับเคลื่อนของปีต่อไป"
        )


@transaction.atomic
def close_drive(drive: QualityDrive, *, by: User) -> None:
    """End the year's drive; what it has on record stays and can be read.

    Raises ActionRefused while schools may object to their places or wait for an answer: an order
    is not computed again once the drive is over.
    """
    drive.refresh_from_db(from_queryset=QualityDrive.objects.select_for_update(of=("self",)))
    check_may_be_closed(drive)
    set_history_author(drive, by=by)
    transition(drive, DriveAction.CLOSE, by=by)


def check_may_be_closed(drive: QualityDrive) -> None:
    """Raises ActionRefused while an order was told and not confirmed yet, or a school waits."""
    waiting = RankingObjection.objects.filter(ranking__drive=drive, state=ObjectionState.SUBMITTED)
    if waiting.exists():
        raise ActionRefused(
            f"มีข้อทักท้วงที่ยังไม่ตอบ {waiting.count()} เรื่อง จึงยังสิ้นสุดการขับเคลื่อนไม่ได้ โปรดตอบให้ครบก่อน"
        )
    if Ranking.objects.filter(drive=drive, state=RankingState.SHOWN).exists():
        raise ActionRefused(
            "แจ้งลำดับแก่โรงเรียนแล้วแต่ยังไม่มีมติรับรอง จึงยังสิ้นสุดการขับเคลื่อนไม่ได้ "
            "โปรดตอบข้อทักท้วงให้ครบ แล้วบันทึกมติ ก.ต.ป.น. รับรองลำดับก่อน"
        )


@transaction.atomic
def save_next_plan(drive: QualityDrive, *, by: User, next_plan: str) -> None:
    """Write what the results mean for the next plan (E, 7.4), once the drive is at work."""
    drive.refresh_from_db(from_queryset=QualityDrive.objects.select_for_update(of=("self",)))
    _check_is_no_draft(drive)
    drive.next_plan = next_plan
    save_with_history(drive, by=by, fields=["next_plan"])


@transaction.atomic
def save_expected_results(drive: QualityDrive, *, by: User, texts: Mapping[int, str]) -> None:
    """Change what is expected in a draft, or write what came of it once the drive is at work.

    `texts` are the new texts by ExpectedResult (pk); what is shown decides which they are.
    """
    drive.refresh_from_db(from_queryset=QualityDrive.objects.select_for_update(of=("self",)))
    column = result_column(drive)
    rows = list(drive.expected_results.filter(pk__in=texts))
    for row in rows:
        setattr(row, column, texts[row.pk])
    ExpectedResult.objects.bulk_update(rows, [column])
    save_with_history(drive, by=by, reason="แก้ไขผลที่คาดหวังหรือผลที่เกิดขึ้น")


def result_column(drive: QualityDrive) -> str:
    """What is written on an expected result now: what is expected, or what came of it."""
    return "text" if drive.is_draft else "result"


def _check_is_no_draft(drive: QualityDrive) -> None:
    if drive.is_draft:
        raise ActionRefused("เขียนได้เมื่อ ก.ต.ป.น. เห็นชอบการขับเคลื่อนของปีแล้ว")
