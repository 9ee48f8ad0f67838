"""A school's annual self-assessment report: drafted, sent, entered from paper, returned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.core.errors import ActionRefused
from schools.core.uploads import SanitizedFile, delete_files_on_rollback
from schools.models import AcademicYear, School, User
from supervision.profiles.models import (
    AnnualReport,
    AnnualReportDeadline,
    AnnualReportOverall,
    AnnualReportStandard,
)
from supervision.profiles.sar.enums import AnnualReportAction
from supervision.profiles.sar.queries import (
    REQUIRED_TEXTS,
    StandardKey,
    expected_standards,
    missing_to_send,
    reported_levels,
)
from supervision.workflow.actions import ensure_allowed, start, transition


@dataclass(frozen=True)
class AnnualReportContent:
    """What somebody wrote into a report: levels 1–5, None where none is given; texts; a file."""

    standards: Mapping[StandardKey, int | None] = field(default_factory=dict)
    overalls: Mapping[int, int | None] = field(default_factory=dict)
    strengths: str = ""
    improvement_points: str = ""
    plan: str = ""
    file: SanitizedFile | None = None


@transaction.atomic
def save_annual_report(
    school: School,
    year: AcademicYear,
    *,
    by: User,
    content: AnnualReportContent,
    is_sample: bool = False,
) -> AnnualReport:
    """Save the draft of a school's report on a year, which the first save begins.

    Without a file the one that was sent before stays. Raises ActionRefused once it was sent.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)  # sending refers to it
    stored = AnnualReport.objects.select_for_update().filter(school=school, academic_year=year)
    report = stored.first()
    if report is None:
        report = AnnualReport(school=school, academic_year=year, is_sample=is_sample)
    else:
        ensure_allowed(report, AnnualReportAction.SEND)
    for name in REQUIRED_TEXTS:
        setattr(report, name, getattr(content, name).strip())
    with delete_files_on_rollback(*([report.file] if content.file else [])):
        if content.file:
            report.file_name = content.file.name
            report.file.save(f"{uuid4()}{content.file.suffix}", content.file.content, save=False)
        _save_draft(report, by=by)
        _save_levels(report, content)
    return report


def _save_draft(report: AnnualReport, *, by: User) -> None:
    if report.pk is None:
        start(report, AnnualReportAction.START, by=by)
    else:
        report.save(update_fields=[*REQUIRED_TEXTS, "file", "file_name"])


def _save_levels(report: AnnualReport, content: AnnualReportContent) -> None:
    """The levels given take the place of those before, named as the standards are now."""
    expected = expected_standards(report.school, report.academic_year)
    names = {(one.level, one.number): one.name for one in expected}
    report.standards.all().delete()
    report.overalls.all().delete()
    AnnualReportStandard.objects.bulk_create(
        AnnualReportStandard(
            report=report, level=level, number=number, name=name, quality_level=given
        )
        for (level, number), name in names.items()
        if (given := content.standards.get((level, number)))
    )
    AnnualReportOverall.objects.bulk_create(
        AnnualReportOverall(report=report, level=level, quality_level=given)
        for level in {level for level, _ in names}
        if (given := content.overalls.get(level))
    )


@transaction.atomic
def send_annual_report(report: AnnualReport, *, by: User) -> None:
    """The school's director sends the report to the office.

    Raises ActionRefused while something that every report says is missing.
    """
    report.refresh_from_db(from_queryset=AnnualReport.objects.select_for_update())
    ensure_allowed(report, AnnualReportAction.SEND)
    expected = expected_standards(report.school, report.academic_year)
    if missing := missing_to_send(report, reported_levels(report, expected)):
        raise ActionRefused("ยังส่งรายงานไม่ได้ เพราะยังขาดข้อมูลต่อไปนี้", missing=missing)
    today = timezone.localdate()
    _record_sent(report, AnnualReportAction.SEND, by=by, on=today, is_from_paper=False)


@transaction.atomic
def record_paper_annual_report(report: AnnualReport, *, by: User, received_on: date) -> None:
    """The office records that it has the report, which came on paper and was typed here.

    What the paper does not say stays empty. Raises ActionRefused while there is neither a level
    nor a file, and for a day to come.
    """
    report.refresh_from_db(from_queryset=AnnualReport.objects.select_for_update())
    ensure_allowed(report, AnnualReportAction.RECORD_PAPER)
    if received_on > timezone.localdate():
        late = "วันที่ได้รับยังมาไม่ถึง โปรดระบุวันที่ได้รับเอกสารจริง"
        raise ActionRefused(field_errors={"received_on": late})
    if not report.file and not report.standards.exists():
        raise ActionRefused("ยังไม่มีระดับคุณภาพหรือไฟล์ของรายงาน โปรดบันทึกอย่างน้อยหนึ่งอย่างก่อน")
    action = AnnualReportAction.RECORD_PAPER
    _record_sent(report, action, by=by, on=received_on, is_from_paper=True)


def _record_sent(
    report: AnnualReport,
    action: AnnualReportAction,
    *,
    by: User,
    on: date,
    is_from_paper: bool,
) -> None:
    permission = Permission.EDIT_PROFILE if is_from_paper else Permission.CONFIRM_DATA
    transition(
        report,
        action,
        by=by,
        is_from_paper=is_from_paper,
        sent_on=on,
        first_sent_on=report.first_sent_on or on,
        sent_at=timezone.now(),
        sent_by=by,
        sent_as=capacity_of(by, permission, report.school_id),
    )


def return_annual_report(report: AnnualReport, *, by: User, reason: str) -> None:
    """Ask the school to correct its report; until it is sent again the office does not have it."""
    facts = {"sent_on": None, "sent_at": None, "sent_by": None, "sent_as": ""}
    transition(report, AnnualReportAction.RETURN, by=by, reason=reason, **facts)


def set_annual_report_deadline(year: AcademicYear, *, by: User, due_on: date) -> None:
    """Say until when the office asks for the reports of a year."""
    facts = {"due_on": due_on, "set_by": by, "set_at": timezone.now()}
    AnnualReportDeadline.objects.update_or_create(academic_year=year, defaults=facts)
