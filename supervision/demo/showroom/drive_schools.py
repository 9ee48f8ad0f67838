"""Schools in a drive of the showroom: their baselines, their progress, their own projects."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from schools.models import School
from supervision.demo.showroom.drive_year import ShowroomDrive
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.baselines.enums import (
    BaselineAction,
    BaselineSource,
    BaselineState,
)
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import (
    Agreement,
    BaselineLevel,
    DriveProgress,
    SchoolDrive,
    SchoolProject,
)

# This school of so many has not confirmed its baseline in the year that is at work.
NOT_CONFIRMED = 1
HIGHEST = Decimal("5.00")
REPORTED_INDICATORS = 3
DIAGNOSIS = {
    "problems": "ผลการนิเทศปีก่อนบางตัวชี้วัดต่ำกว่าค่าเป้าหมาย (ตัวอย่าง)",
    "needs": "สื่อและการพัฒนาครูเรื่องการจัดการเรียนรู้เชิงรุก (ตัวอย่าง)",
    "causes": "ครูไม่ครบชั้นและมีภาระงานหลายด้าน (ตัวอย่าง)",
    "plan": "นิเทศภายในเดือนละครั้ง และแลกเปลี่ยนเรียนรู้กับโรงเรียนใกล้เคียง (ตัวอย่าง)",
}
PROJECT = {
    "dimension_code": DimensionCode.STUDENT,
    "title": "พี่ชวนน้องอ่าน (ตัวอย่าง)",
    "indicator_text": "นักเรียนชั้น ป.1–ป.3 ที่อ่านคำพื้นฐานได้ครบ (ตัวอย่าง)",
    "unit": "ร้อยละ",
    "baseline": Decimal(62),
    "target": Decimal(85),
}
PROJECT_VALUE, PROJECT_INTERVAL = Decimal(74), 3
DONE = "ดำเนินการตามแผนของโรงเรียนและสะท้อนผลในที่ประชุมครู (ตัวอย่าง)"


def save_school_drives(year: ShowroomDrive) -> list[SchoolDrive]:
    """The state of each school before the work; in a year at work a few have not confirmed it."""
    at = year.days.moment(0.05)
    rows = save_all(_school_drive(year, school, at) for school in year.schools)
    save_all(
        BaselineLevel(
            school_drive=row,
            drive_indicator_id=indicator,
            level=level,
            source=BaselineSource.LAST_YEAR,
            source_text="การนิเทศที่ลงนามแล้วของปีก่อน (ตัวอย่าง)",
        )
        for row in rows
        for indicator, level in year.baselines.get(row.school_id, {}).items()
    )
    save_histories(History(row, list(_baseline_acts(year, row, at))) for row in rows)
    return rows


def _school_drive(year: ShowroomDrive, school: School, at: datetime) -> SchoolDrive:
    row = SchoolDrive(
        drive=year.drive, school=school, state=BaselineState.DRAFT, is_sample=True, **DIAGNOSIS
    )
    if year.is_over or year.place_of(school) != NOT_CONFIRMED:
        director = year.people.director_of(school)
        row.state, row.confirmed_at, row.confirmed_by = BaselineState.CONFIRMED, at, director
        row.confirmed_as = year.people.title_of(director)
    return row


def _baseline_acts(year: ShowroomDrive, row: SchoolDrive, at: datetime) -> Iterator[LoggedAct]:
    yield LoggedAct(BaselineAction.START, year.office, year.days.moment(0.01))
    if row.confirmed_by:
        yield LoggedAct(BaselineAction.CONFIRM, row.confirmed_by, at)


def save_progress(
    year: ShowroomDrive, school_drives: Sequence[SchoolDrive], agreements: Sequence[Agreement]
) -> None:
    """Schools with an agreement reported on a few indicators; in a year at work most of them."""
    signed = {row.school_id for row in agreements if row.state == AgreementState.SIGNED}
    reporting = [
        row
        for row in school_drives
        if row.school_id in signed and (year.is_over or year.place_of(row.school) != 0)
    ]
    at = year.days.moment(0.6)
    save_all(
        DriveProgress(
            school_drive=row,
            drive_indicator=one,
            reported_on=at.date(),
            value=_reported(year, row, one.pk),
            text=DONE,
            evidence="บันทึกการประชุมครู (ตัวอย่าง)",
            by=year.people.teacher_of(row.school),
            at=at,
        )
        for row in reporting
        for one in year.design.indicators[:REPORTED_INDICATORS]
    )
    _save_projects(year, reporting)


def _save_projects(year: ShowroomDrive, reporting: Sequence[SchoolDrive]) -> None:
    """Every so many schools have a project of their own, with what it came to so far."""
    own = [row for row in reporting if year.place_of(row.school) % PROJECT_INTERVAL == 0]
    projects = save_all(SchoolProject(school_drive=row, **PROJECT) for row in own)
    at = year.days.moment(0.65)
    save_all(
        DriveProgress(
            school_drive=one.school_drive,
            project=one,
            reported_on=at.date(),
            value=PROJECT_VALUE,
            text=DONE,
            by=year.people.teacher_of(one.school_drive.school),
            at=at,
        )
        for one in projects
    )


def _reported(year: ShowroomDrive, row: SchoolDrive, indicator: int) -> Decimal:
    """Whole levels, as a school judges itself."""
    level = year.baselines.get(row.school_id, {}).get(indicator, Decimal(3))
    better = row.school_id % 3 != 0
    return min(level + 1, HIGHEST) if better else level
