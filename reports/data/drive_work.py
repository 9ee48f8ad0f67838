"""What was done in a year's drive, step by step: counts, and a sentence for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from reports.data.drive_schema import DriveStepFigures, DriveWork
from supervision.quality_drive.cooperation.enums import DriveEventState
from supervision.quality_drive.drives.enums import Sector
from supervision.quality_drive.enums import STEP_LETTERS, DriveStep
from supervision.quality_drive.models import (
    DriveEvent,
    DriveProgress,
    DriveTeamSector,
    Mentoring,
    QualityDrive,
)
from supervision.quality_drive.step_facts import SchoolDriveFacts, load_area_facts
from supervision.visits.models.visits import counted_q


def drive_work(drive: QualityDrive, schools: Sequence[SchoolDriveFacts]) -> DriveWork:
    """The counts, in eight queries; `schools` are those of the drive."""
    area = load_area_facts(drive)
    events = DriveEvent.objects.filter(drive=drive, state=DriveEventState.HELD)
    visits = Mentoring.objects.filter(counted_q("visit__"), drive=drive)
    return {
        "schools": len(schools),
        "teams": len(area.teams),
        "sectors": len({sector for team in area.teams for sector in team.sectors}),
        "baselines": sum(one.baseline_confirmed for one in schools),
        "heads_meetings": area.heads_meetings,
        "agreements": sum(one.in_force for one in schools),
        "reporting": sum(one.reported_on is not None for one in schools),
        "reports": DriveProgress.objects.filter(school_drive__drive=drive).count(),
        "partners": area.partners_inside + area.partners_outside,
        "partners_outside": area.partners_outside,
        "events": area.events,
        "people": events.aggregate(people=Sum("people"))["people"] or 0,
        "mentoring_visits": visits.count(),
        "mentored": visits.values("visit__round__school").distinct().count(),
        "monitoring_reports": area.monitoring_reports,
    }


def drive_sectors(drive: QualityDrive) -> list[str]:
    """The sectors in the drive's working groups, each once, in the order of the list of all."""
    rows = DriveTeamSector.objects.filter(team__drive=drive).values_list("sector", flat=True)
    found = set(rows.order_by())
    return [str(sector.label) for sector in Sector if sector in found]


# --- In words ---


@dataclass(frozen=True)
class EvaluationCounts:
    """What the drive came to that no page of a step counts."""

    climate_answers: int
    few_climate: int
    honours: int
    exchange: int
    takeaways: int
    has_next_plan: bool


def drive_steps(
    work: DriveWork, sectors: Sequence[str], more: EvaluationCounts
) -> list[DriveStepFigures]:
    """The seven steps with what was done; a step of which nothing is on record says so."""
    said: dict[DriveStep, list[str]] = {
        DriveStep.TEAMWORK: _team(work, sectors),
        DriveStep.UNDERSTANDING: [
            f"โรงเรียนยืนยันข้อมูลฐานก่อนการพัฒนาแล้ว {work['baselines']} จาก {work['schools']} โรงเรียน"
        ],
        DriveStep.MANAGEMENT: _management(work),
        DriveStep.HAPPINESS: _happiness(work, more),
        DriveStep.OBJECTIVE: [
            f"โรงเรียนรายงานความก้าวหน้า {work['reports']} ครั้ง จาก {work['reporting']} โรงเรียน"
        ],
        DriveStep.MENTORING: [
            f"ลงพื้นที่ให้คำปรึกษาและลงนามบันทึกแล้ว {work['mentoring_visits']} ครั้ง "
            f"ใน {work['mentored']} โรงเรียน"
        ],
        DriveStep.EVALUATION: _evaluation(more),
    }
    return [
        {
            "number": step.value,
            "letter": STEP_LETTERS[step],
            "name": str(step.label),
            "facts": said[step],
        }
        for step in DriveStep
    ]


def _team(work: DriveWork, sectors: Sequence[str]) -> list[str]:
    if not work["teams"]:
        return ["ยังไม่มีคณะทำงานขับเคลื่อน"]
    found = [f"คณะทำงานขับเคลื่อน {work['teams']} คณะ"]
    if sectors:
        found.append(f"มีส่วนร่วม {len(sectors)} ภาคส่วน ได้แก่ {', '.join(sectors)}")
    return found


def _management(work: DriveWork) -> list[str]:
    return [
        f"ประชุมผู้บริหารสถานศึกษา {work['heads_meetings']} ครั้ง",
        f"ลงนามบันทึกข้อตกลงครบสองฝ่าย {work['agreements']} จาก {work['schools']} โรงเรียน",
        f"คณะกรรมการรายงานการติดตาม {work['monitoring_reports']} ฉบับ",
    ]


def _happiness(work: DriveWork, more: EvaluationCounts) -> list[str]:
    found = [
        f"ภาคีเครือข่าย {work['partners']} แห่ง เป็นภาคีภายนอก {work['partners_outside']} แห่ง",
        f"กิจกรรมสานความร่วมมือ {work['events']} ครั้ง",
    ]
    if work["people"]:
        found.append(f"ผู้เข้าร่วมการประชุมและกิจกรรมรวม {work['people']:,} คน (นับซ้ำตามจำนวนครั้งที่เข้าร่วม)")
    if more.climate_answers:
        found.append(f"คำตอบแบบสำรวจบรรยากาศการทำงาน {more.climate_answers} คำตอบ")
    if more.few_climate:
        found.append(f"แบบสำรวจที่มีคำตอบน้อยเกินกว่าจะแสดงผล {more.few_climate} ฉบับ")
    return found


def _evaluation(more: EvaluationCounts) -> list[str]:
    planned = "เขียนสิ่งที่นำไปวางแผนปีต่อไปแล้ว" if more.has_next_plan else "ยังไม่เขียนสิ่งที่นำไปวางแผนปีต่อไป"
    return [
        f"ยกย่องเชิดชูเกียรติและเผยแพร่ตามมติที่ประชุม {more.honours} รายการ",
        f"เวทีแลกเปลี่ยนเรียนรู้ {more.exchange} ครั้ง สิ่งที่นำกลับไปใช้ {more.takeaways} รายการ",
        planned,
    ]
