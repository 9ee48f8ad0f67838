"""Honours of the showroom's drives, their certificates, and the report on a year that is over."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from reports.actions import issue_report, prepare_drive_report, publish_report
from reports.certificates.actions import issue_honour_certificates
from reports.certificates.queries import next_certificate_number
from reports.models import IssuedDocument
from reports.rendering import render_document
from schools.core.thai import be_year
from supervision.committees.models import Meeting
from supervision.demo.office_days import at_ten, clock_set_to
from supervision.demo.report_texts import write_drive_report_texts
from supervision.demo.showroom.drive_year import ShowroomDrive
from supervision.quality_drive.honours.actions import (
    add_sample_categories,
    award_honour,
    decline_honour,
    propose_honour,
    release_honour,
)
from supervision.quality_drive.models import Honour

PROPOSED_AT = 0.96
CERTIFIED_AFTER, REPORTED_AFTER = timedelta(days=3), timedelta(days=7)
REASONS = (
    "ผลการนิเทศถึงค่าเป้าหมายตามบันทึกข้อตกลงทุกด้าน และครูทุกคนร่วมสะท้อนผลทุกเดือน (ตัวอย่าง)",
    "ผลการนิเทศสูงกว่าข้อมูลฐานชัดเจน จากการซ่อมเสริมการอ่านรายคนทุกสัปดาห์ (ตัวอย่าง)",
    "ชุมชนและองค์กรปกครองส่วนท้องถิ่นร่วมจัดการเรียนรู้กับโรงเรียนอย่างต่อเนื่อง (ตัวอย่าง)",
    "เปิดห้องเรียนให้โรงเรียนอื่นศึกษาดูงาน และแบ่งปันสื่อการสอนให้เครือข่าย (ตัวอย่าง)",
)
NOT_HONOURED = "ข้อมูลประกอบยังไม่ครบทั้งปีการศึกษา ให้เสนออีกครั้งในปีต่อไป (ตัวอย่าง)"


def propose_honours(year: ShowroomDrive) -> list[Honour]:
    """One school in each of the sample categories, as far as there are schools."""
    with year.days.at(PROPOSED_AT):
        add_sample_categories(year.drive)
        rows = zip(year.drive.honour_categories.all(), year.schools[1::2], REASONS, strict=False)
        return [
            propose_honour(category, by=year.office, school=school, reason=reason)
            for category, school, reason in rows
        ]


def decide_honours(
    year: ShowroomDrive, proposed: Sequence[Honour], meeting: Meeting
) -> list[Honour]:
    """The meeting honours all but the last, where there are several; returns those honoured."""
    honoured = list(proposed[:-1] or proposed)
    for honour in honoured:
        award_honour(honour, by=year.office, meeting=meeting)
    for honour in proposed[len(honoured) :]:
        decline_honour(honour, by=year.office, meeting=meeting, reason=NOT_HONOURED)
    return honoured


def release_honours(year: ShowroomDrive, honoured: Sequence[Honour], meeting: Meeting) -> None:
    """A later meeting releases all but the last, which stays with its school."""
    for honour in honoured[:-1] or honoured:
        release_honour(honour, by=year.office, meeting=meeting)


def certify_honours(year: ShowroomDrive, honoured: Sequence[Honour], since: date) -> None:
    """The area director signs the certificates some days later."""
    with at_ten(min(since + CERTIFIED_AFTER, year.days.now.date())):
        today = timezone.localdate()
        number = next_certificate_number(be_year(today))
        by = year.people.office.area
        issue_honour_certificates(honoured, by=by, given_on=today, first_number=number)


def report_on_drive(year: ShowroomDrive, since: date) -> None:
    """The drive's report is written, signed and published some days after its last meeting."""
    day = min(since + REPORTED_AFTER, year.days.now.date())
    with at_ten(day) if day < year.days.now.date() else clock_set_to(year.days.now):
        write_drive_report_texts(year.drive, by=year.office)
        number = f"ตัวอย่าง {IssuedDocument.objects.count() + 1}/{be_year(timezone.localdate())}"
        document = prepare_drive_report(year.drive, number=number, by=year.office)
        issue_report(document, by=year.people.office.area)
        # Only a made document can be published.
        render_document.call(document.pk)
        document.refresh_from_db()
        publish_report(document, by=year.people.office.area)
