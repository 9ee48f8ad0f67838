"""One school in a year's drive: its baseline, its own projects, and its progress."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.core.querysets import SchoolScopedQuerySet
from schools.core.url_cache import cached_url
from schools.models import School
from supervision.quality_drive.baselines.enums import BaselineAction, BaselineSource, BaselineState
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models.drives import DriveIndicator, QualityDrive
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states


class OfSchoolDriveQuerySet(SchoolScopedQuerySet):
    """Rows that belong to one school's part in a drive."""

    school_path = "school_drive__school"


class SchoolDrive(WorkflowModel):
    """One school's part in a year's drive, from its state before the work (U).

    Problems, needs and causes lead to its plan. The school's director confirms them with the
    baseline; who corrects them later says why.
    """

    TRANSITIONS = {
        BaselineAction.START: TransitionRule("เริ่มรวบรวมข้อมูลฐาน", ("",), BaselineState.DRAFT),
        BaselineAction.EDIT: TransitionRule(
            "บันทึกข้อมูลฐาน", (BaselineState.DRAFT,), BaselineState.DRAFT
        ),
        BaselineAction.CONFIRM: TransitionRule(
            "ยืนยันข้อมูลฐาน", (BaselineState.DRAFT,), BaselineState.CONFIRMED
        ),
        BaselineAction.REOPEN: TransitionRule(
            "เปิดแก้ไขข้อมูลฐาน",
            (BaselineState.CONFIRMED,),
            BaselineState.DRAFT,
            needs_reason=True,
        ),
    }

    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="school_drives")
    school = models.ForeignKey(School, models.PROTECT, related_name="school_drives")
    state = models.CharField("สถานะข้อมูลฐาน", max_length=20, choices=BaselineState)
    problems = models.TextField("สภาพปัญหา", blank=True)
    needs = models.TextField("ความต้องการ", blank=True)
    causes = models.TextField("สาเหตุ", blank=True)
    plan = models.TextField("แผนการขับเคลื่อนของโรงเรียน", blank=True)
    confirmed_at = models.DateTimeField("ยืนยันเมื่อ", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_as = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = SchoolScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "การขับเคลื่อนของโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("drive", "school__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(fields=("drive", "school"), name="one_school_drive_per_year"),
            fields_required_in_states(
                "confirmed_baseline_names_who_and_when",
                [BaselineState.CONFIRMED],
                "confirmed_at",
                "confirmed_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.drive} {self.school}"

    def get_absolute_url(self) -> str:
        return cached_url("school_drive", self.drive.academic_year.year, self.school_id)

    @property
    def is_confirmed(self) -> bool:
        return self.state == BaselineState.CONFIRMED


class BaselineLevel(models.Model):
    """The level of one indicator at a school before the work, and where it comes from."""

    school_drive = models.ForeignKey(SchoolDrive, models.CASCADE, related_name="baseline_levels")
    drive_indicator = models.ForeignKey(
        DriveIndicator, models.PROTECT, related_name="baseline_levels"
    )
    level = models.DecimalField("ระดับก่อนพัฒนา", max_digits=4, decimal_places=2)
    source = models.CharField("ที่มา", max_length=20, choices=BaselineSource)
    source_text = models.CharField("รายละเอียดของที่มา", max_length=300, blank=True)

    objects = OfSchoolDriveQuerySet.as_manager()

    class Meta:
        verbose_name = "ข้อมูลฐานรายตัวชี้วัด"
        verbose_name_plural = verbose_name
        ordering = ("school_drive", "drive_indicator")
        constraints = (
            models.UniqueConstraint(
                fields=("school_drive", "drive_indicator"), name="one_baseline_per_indicator"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=0),
                name="baseline_level_is_not_negative",
                violation_error_message="ระดับก่อนพัฒนาต้องไม่ติดลบ",
            ),
        )

    def __str__(self) -> str:
        return f"{self.drive_indicator}: {self.level}"


class SchoolProject(models.Model):
    """A school's own project in the drive (ประยุกต์ใช้ให้เหมาะสมกับบริบท), with its own indicator.

    Baseline, target and result are in the school's own `unit`; none of them is ranked.
    """

    school_drive = models.ForeignKey(SchoolDrive, models.CASCADE, related_name="projects")
    dimension_code = models.CharField("ด้าน", max_length=5, choices=DimensionCode)
    title = models.CharField("โครงการหรือกิจกรรมของโรงเรียน", max_length=200)
    indicator_text = models.CharField("ตัวชี้วัดของโรงเรียน", max_length=300)
    unit = models.CharField("หน่วย", max_length=40)
    baseline = models.DecimalField("ก่อนพัฒนา", max_digits=9, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("ค่าเป้าหมาย", max_digits=9, decimal_places=2)
    is_lower_better = models.BooleanField("ยิ่งน้อยยิ่งดี", default=False)

    objects = OfSchoolDriveQuerySet.as_manager()

    class Meta:
        verbose_name = "โครงการของโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("school_drive", "dimension_code", "pk")

    def __str__(self) -> str:
        return self.title


class DriveProgress(models.Model):
    """What a school reports on one indicator of the drive, or of its own project (M, O).

    A report is never changed: a later one stands beside it. Levels that schools report are shown
    as theirs; a level found on a signed visit stands before them, and only that one is ranked.
    """

    school_drive = models.ForeignKey(SchoolDrive, models.PROTECT, related_name="progress")
    drive_indicator = models.ForeignKey(
        DriveIndicator, models.PROTECT, null=True, blank=True, related_name="progress"
    )
    project = models.ForeignKey(
        SchoolProject, models.PROTECT, null=True, blank=True, related_name="progress"
    )
    reported_on = models.DateField("วันที่")
    value = models.DecimalField("ระดับหรือค่าที่ได้", max_digits=9, decimal_places=2)
    text = models.TextField("สิ่งที่ดำเนินการ")
    evidence = models.CharField("ร่องรอยหลักฐาน", max_length=300, blank=True)
    file = models.FileField(upload_to="drive-progress/%Y/%m/", blank=True)
    file_name = models.CharField("ชื่อไฟล์", max_length=200, blank=True)
    # Of the people in a photo (for a child, a parent): they agreed to be shown.
    has_consent = models.BooleanField("ได้รับความยินยอมจากผู้ที่อยู่ในภาพหรือผู้ปกครองแล้ว", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfSchoolDriveQuerySet.as_manager()

    class Meta:
        verbose_name = "ความก้าวหน้าของโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("reported_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(drive_indicator__isnull=False, project=None)
                | Q(drive_indicator=None, project__isnull=False),
                name="drive_progress_is_on_one_indicator",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="drive_progress_says_something",
                violation_error_message="โปรดระบุสิ่งที่ดำเนินการ",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def has_photo(self) -> bool:
        """Whether its file is a photo; schools.core.uploads keeps every photo as a JPEG."""
        return (self.file.name or "").endswith(".jpg")
