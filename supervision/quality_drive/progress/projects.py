"""A school's own projects in a drive: what it does beside the common indicators, never ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from schools.core.errors import ActionRefused
from schools.core.status import StatusKind
from schools.models import School, User
from supervision.quality_drive.baselines.actions import begin_school_drive
from supervision.quality_drive.models import DriveProgress, QualityDrive, SchoolProject

REPORTED_ALREADY = (
    "โครงการนี้มีรายงานความก้าวหน้าแล้ว จึงแก้ไขตัวชี้วัดหรือค่าเป้าหมายไม่ได้ หากเปลี่ยนไปโปรดเพิ่มโครงการใหม่"
)


@dataclass(frozen=True)
class ProjectLine:
    """A school's own project with what was reported on it, first to last."""

    project: SchoolProject
    reports: Sequence[DriveProgress]

    @property
    def now(self) -> Decimal | None:
        return self.reports[-1].value if self.reports else None

    @property
    def missing(self) -> Decimal | None:
        """What is missing to its target, in its unit; 0 or below once it is reached."""
        if self.now is None:
            return None
        left = self.project.target - self.now
        return -left if self.project.is_lower_better else left

    @property
    def is_reached(self) -> bool:
        return self.missing is not None and self.missing <= 0

    @property
    def kind(self) -> StatusKind:
        if self.now is None:
            return StatusKind.IDLE
        return StatusKind.DONE if self.is_reached else StatusKind.WAITING

    @property
    def word(self) -> str:
        if self.missing is None:
            return "ยังไม่มีรายงาน"
        if self.is_reached:
            return "ถึงเป้าหมายแล้ว"
        verb = "ต้องลดอีก" if self.project.is_lower_better else "เหลือ"
        return f"{verb} {plain_number(self.missing)} {self.project.unit}"

    @property
    def numbers(self) -> str:
        """Before, now and target with the unit."""
        parts = [("ก่อนพัฒนา", self.project.baseline), ("ปัจจุบัน", self.now)]
        said = [f"{word} {'–' if n is None else plain_number(n)}" for word, n in parts]
        way = "ไม่เกิน " if self.project.is_lower_better else ""
        target = f"เป้าหมาย {way}{plain_number(self.project.target)} {self.project.unit}"
        return " · ".join([*said, target])


def plain_number(value: Decimal) -> str:
    """`12`, `12.5`: a number in a school's own unit, without noughts that say nothing."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def load_school_projects(drive: QualityDrive, school: School) -> list[ProjectLine]:
    """The school's own projects in the drive by dimension, in two queries."""
    rows = SchoolProject.objects.filter(school_drive__drive=drive, school_drive__school=school)
    return [ProjectLine(one, list(one.progress.all())) for one in rows.prefetch_related("progress")]


@transaction.atomic
def create_school_project(
    drive: QualityDrive, school: School, *, by: User, fields: Mapping[str, Any]
) -> SchoolProject:
    """Add a project of the school's own.

    Raises ActionRefused while the drive is not at work, where the school has closed, and where it
    has one of the same title already.
    """
    school_drive = begin_school_drive(drive, school, by=by)
    project = SchoolProject(school_drive=school_drive, **fields)
    _check_title_is_new(project)
    project.save()
    return project


@transaction.atomic
def update_school_project(
    project: SchoolProject, *, by: User, fields: Mapping[str, Any]
) -> SchoolProject:
    """Change a project that nobody has reported on yet.

    Raises ActionRefused as create_school_project does, and once there is a report.
    """
    school_drive = project.school_drive
    begin_school_drive(school_drive.drive, school_drive.school, by=by)
    check_can_update_project(project)
    for name, value in fields.items():
        setattr(project, name, value)
    _check_title_is_new(project)
    project.save(update_fields=list(fields))
    return project


def check_can_update_project(project: SchoolProject) -> None:
    """Raises ActionRefused once there is a report on it."""
    if project.progress.exists():
        raise ActionRefused(REPORTED_ALREADY)


def _check_title_is_new(project: SchoolProject) -> None:
    same = SchoolProject.objects.filter(school_drive=project.school_drive, title=project.title)
    if same.exclude(pk=project.pk).exists():
        raise ActionRefused(field_errors={"title": "มีโครงการชื่อนี้ของโรงเรียนแล้ว โปรดใช้ชื่ออื่น"})
