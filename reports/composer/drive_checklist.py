"""What a year's drive lacks before its report is put forward, each with the page that mends it."""

from collections.abc import Callable, Sequence
from functools import partial

from django.urls import reverse
from django.utils import timezone

from reports.composer.checklist_lines import ChecklistItem, ChecklistLine
from reports.data.drive_support import promised_support
from reports.data.quality_drive import drive_schools
from schools.core.status import StatusKind
from schools.models import School
from supervision.improvement.models import OPEN_RECOMMENDATION_STATES
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.mentoring.enums import MonitoringState
from supervision.quality_drive.models import (
    ExpectedResult,
    Honour,
    MonitoringReport,
    QualityDrive,
    RankingObjection,
)
from supervision.quality_drive.ranking.enums import ObjectionState, RankingState
from supervision.quality_drive.step_facts import SchoolDriveFacts, load_school_facts


def drive_checklist(drive: QualityDrive) -> list[ChecklistLine]:
    """Baselines, agreements, support, objections, expected results, honours, monitoring, plan."""
    today = timezone.localdate()
    schools = load_school_facts(drive, drive_schools(drive, today))
    return [
        _schools_line(
            [one for one in schools if not one.baseline_confirmed],
            done="ทุกโรงเรียนยืนยันข้อมูลฐานแล้ว",
            missing="ยังไม่ยืนยันข้อมูลฐาน",
            page_of=partial(_page_of_school, "school_baseline", drive.academic_year.year),
        ),
        _schools_line(
            [one for one in schools if not one.in_force],
            done="ทุกโรงเรียนลงนามบันทึกข้อตกลงแล้ว",
            missing="ยังไม่ลงนามบันทึกข้อตกลงครบสองฝ่าย",
            page_of=partial(_page_of_school, "school_agreement", drive.academic_year.year),
        ),
        _support(drive),
        _ranking(drive),
        _expected(drive),
        _next_plan(drive),
        *_waiting(drive),
    ]


def _page_of_school(name: str, year: int, school: School) -> str:
    """Where what the school lacks stands, or is begun."""
    return reverse(name, args=[year, school.pk])


def _schools_line(
    schools: Sequence[SchoolDriveFacts],
    *,
    done: str,
    missing: str,
    page_of: Callable[[School], str],
) -> ChecklistLine:
    items = [ChecklistItem(str(one.school), page_of(one.school)) for one in schools]
    if not items:
        return ChecklistLine(StatusKind.DONE, done)
    return ChecklistLine(StatusKind.LATE, f"{missing} {len(items)} โรงเรียน", items)


def _support(drive: QualityDrive) -> ChecklistLine:
    """Support that is promised and not closed with proof, each in the ledger."""
    rows = promised_support(drive).filter(state__in=OPEN_RECOMMENDATION_STATES)
    items = [
        ChecklistItem(f"{row.school} · {row.text}", row.get_absolute_url())
        for row in rows.select_related("school")
    ]
    if not items:
        return ChecklistLine(StatusKind.DONE, "การสนับสนุนตามข้อตกลงปิดครบแล้ว")
    return ChecklistLine(StatusKind.LATE, f"การสนับสนุนตามข้อตกลงที่ยังไม่ปิด {len(items)} ข้อ", items)


def _ranking(drive: QualityDrive) -> ChecklistLine:
    """Whether a meeting confirmed the order, and nobody waits for an answer.

    Who objected is said on the page of the order alone: not all who read this may know.
    """
    ranking = drive.rankings.exclude(state=RankingState.REPLACED).first()
    if ranking is None:
        return ChecklistLine(StatusKind.LATE, "ยังไม่จัดลำดับคุณภาพโรงเรียน", [_page_of(drive)])
    page = [ChecklistItem("การจัดลำดับคุณภาพโรงเรียน", ranking.get_absolute_url())]
    waiting = RankingObjection.objects.filter(ranking=ranking, state=ObjectionState.SUBMITTED)
    if count := waiting.count():
        return ChecklistLine(StatusKind.LATE, f"ข้อทักท้วงที่ยังไม่ตอบ {count} เรื่อง", page)
    if ranking.state != RankingState.FINAL:
        return ChecklistLine(StatusKind.LATE, "ก.ต.ป.น. ยังไม่รับรองการจัดลำดับ", page)
    return ChecklistLine(StatusKind.DONE, "ก.ต.ป.น. รับรองการจัดลำดับแล้ว")


def _page_of(drive: QualityDrive) -> ChecklistItem:
    return ChecklistItem("หน้าการขับเคลื่อน", drive.get_absolute_url())


def _expected(drive: QualityDrive) -> ChecklistLine:
    rows = ExpectedResult.objects.filter(drive=drive, result="")
    url = reverse("drive_results", args=[drive.academic_year.year])
    items = [ChecklistItem(f"ข้อ {row.code} {row.text}", url) for row in rows]
    if not items:
        return ChecklistLine(StatusKind.DONE, "สรุปผลที่คาดหวังครบทุกข้อ")
    return ChecklistLine(StatusKind.LATE, f"ยังไม่สรุปผลที่คาดหวัง {len(items)} ข้อ", items)


def _next_plan(drive: QualityDrive) -> ChecklistLine:
    if drive.next_plan:
        return ChecklistLine(StatusKind.DONE, "เขียนสิ่งที่นำไปวางแผนปีต่อไปแล้ว")
    return ChecklistLine(StatusKind.LATE, "ยังไม่เขียนสิ่งที่นำไปวางแผนปีต่อไป", [_page_of(drive)])


def _waiting(drive: QualityDrive) -> list[ChecklistLine]:
    """What would be in the report were it finished: honours not released, reports not submitted."""
    awarded = Honour.objects.filter(category__drive=drive, state=HonourState.AWARDED).count()
    drafts = MonitoringReport.objects.filter(drive=drive, state=MonitoringState.DRAFT)
    drafts = drafts.select_related("committee__cluster")
    found = []
    if awarded:
        text = f"การยกย่องที่ที่ประชุมยังไม่มีมติให้เผยแพร่ {awarded} รายการ จึงไม่อยู่ในรายงาน"
        found.append(ChecklistLine(StatusKind.WAITING, text))
    if items := [ChecklistItem(str(row), row.get_absolute_url()) for row in drafts]:
        text = f"รายงานการติดตามที่ยังไม่ส่งสำนักงาน {len(items)} ฉบับ"
        found.append(ChecklistLine(StatusKind.WAITING, text, items))
    return found
