"""Schools report progress on the drive's indicators and on their own projects.

A report is never changed: a wrong one is followed by another, and both stay to be read.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.uploads import SanitizedFile, delete_files_on_rollback
from schools.models import School, User
from supervision.quality_drive.baselines.actions import begin_school_drive
from supervision.quality_drive.models import (
    DriveIndicator,
    DriveProgress,
    QualityDrive,
    SchoolDrive,
    SchoolProject,
)

SENT_ALREADY = "รายงานนี้บันทึกไว้แล้ววันนี้ ข้อความและค่าเหมือนกันทุกอย่าง"


@dataclass(frozen=True)
class NewProgress:
    """What a school says of one indicator of the drive, or of one project of its own.

    `has_consent` is of the people in a photo and means nothing for any other file.
    """

    subject: DriveIndicator | SchoolProject
    value: Decimal
    text: str
    evidence: str = ""
    file: SanitizedFile | None = None
    has_consent: bool = False


def report_drive_progress(
    drive: QualityDrive, school: School, *, by: User, reports: Sequence[NewProgress]
) -> list[DriveProgress]:
    """Keep what the school reports today, all of it or nothing.

    Raises ActionRefused while the drive is not at work, where the school has closed, where there
    is nothing to report, and for what was reported already today, word for word.
    """
    if not reports:
        raise ActionRefused("โปรดรายงานอย่างน้อยหนึ่งรายการ")
    rows = [_progress_row(one, by) for one in reports]
    with ExitStack() as files:
        files.enter_context(transaction.atomic())
        school_drive = begin_school_drive(drive, school, by=by)
        for row, report in zip(rows, reports, strict=True):
            files.enter_context(delete_files_on_rollback(row.file))
            _save_progress(row, school_drive, report.file)
    return rows


def _progress_row(report: NewProgress, by: User) -> DriveProgress:
    subject = report.subject
    return DriveProgress(
        drive_indicator=subject if isinstance(subject, DriveIndicator) else None,
        project=subject if isinstance(subject, SchoolProject) else None,
        reported_on=timezone.localdate(),
        value=report.value,
        text=report.text.strip(),
        evidence=report.evidence.strip(),
        has_consent=report.has_consent and report.file is not None and bool(report.file.small),
        by=by,
        at=timezone.now(),
    )


def _save_progress(
    row: DriveProgress, school_drive: SchoolDrive, file: SanitizedFile | None
) -> None:
    row.school_drive = school_drive
    if not row.text:
        raise ActionRefused("โปรดระบุสิ่งที่ดำเนินการ")
    _check_not_sent_already(row, file)
    if file:
        row.file_name = file.name
        row.file.save(f"{uuid4()}{file.suffix}", file.content, save=False)
    row.save()


def _check_not_sent_already(row: DriveProgress, file: SanitizedFile | None) -> None:
    """A second press of the button brings the same words; a file makes it another report."""
    last = (
        DriveProgress.objects.filter(
            school_drive=row.school_drive,
            drive_indicator=row.drive_indicator,
            project=row.project,
            reported_on=row.reported_on,
        )
        .order_by("-pk")
        .first()
    )
    is_same = last and (last.value, last.text, last.evidence) == (
        row.value,
        row.text,
        row.evidence,
    )
    if is_same and last and last.file_name == (file.name if file else ""):
        raise ActionRefused(SENT_ALREADY)
