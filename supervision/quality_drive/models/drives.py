"""A year's drive: its dimensions, indicators and targets, expected results, and teams."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from schools.access import Permission, rights_of
from schools.core.url_cache import cached_url
from schools.models import AcademicYear, User
from supervision.committees.models import Committee, Meeting
from supervision.criteria.models import Indicator
from supervision.quality_drive.drives.enums import (
    DriveAction,
    DriveState,
    ProgressRhythm,
    ResultKind,
    Sector,
)
from supervision.quality_drive.enums import DimensionCode
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

AT_WORK_STATES = (DriveState.ENDORSED, DriveState.CLOSED)


class QualityDriveQuerySet(models.QuerySet["QualityDrive"]):
    """The drives of all academic years."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for who sees the area; endorsed ones for everybody who sees a school."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_AREA):
            return self
        if rights.allows_anywhere(Permission.VIEW_SCHOOL):
            return self.filter(state__in=AT_WORK_STATES)
        return self.none()


class QualityDrive(WorkflowModel):
    """The area's quality drive (การขับเคลื่อนคุณภาพการศึกษา) of one academic year.

    Its model, goals, dimensions and expected results are data: those of the manual, TUMHOME Plus
    Inno, until the office writes others. ก.ต.ป.น. endorses targets and weights; what an agreement
    took over before a reopened drive changed stays as it was signed. Progress that lags behind
    the straight line to the target by more than `tolerance` levels is behind the plan.
    Source: the manual, ขั้นตอนการขับเคลื่อนคุณภาพการศึกษา.
    """

    TRANSITIONS = {
        DriveAction.START: TransitionRule("เริ่มจัดทำการขับเคลื่อน", ("",), DriveState.DRAFT),
        DriveAction.EDIT: TransitionRule("แก้ไขการขับเคลื่อน", (DriveState.DRAFT,), DriveState.DRAFT),
        DriveAction.ENDORSE: TransitionRule(
            "บันทึกมติเห็นชอบของ ก.ต.ป.น.", (DriveState.DRAFT,), DriveState.ENDORSED
        ),
        DriveAction.REOPEN: TransitionRule(
            "เปิดแก้ไขเพื่อเสนอ ก.ต.ป.น. ใหม่",
            (DriveState.ENDORSED,),
            DriveState.DRAFT,
            needs_reason=True,
        ),
        DriveAction.CLOSE: TransitionRule(
            "สิ้นสุดการขับเคลื่อนของปี", (DriveState.ENDORSED,), DriveState.CLOSED
        ),
    }

    academic_year = models.OneToOneField(
        AcademicYear, models.PROTECT, related_name="quality_drive", verbose_name="ปีการศึกษา"
    )
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next_drive",
        verbose_name="เริ่มจากการขับเคลื่อนของปีก่อน",
    )
    state = models.CharField("สถานะ", max_length=20, choices=DriveState)
    model_name = models.CharField("ชื่อรูปแบบ", max_length=100)
    headline = models.CharField("เป้าหมายตามหัวข้อของคู่มือ", max_length=200)
    purpose = models.TextField("จุดมุ่งหมาย")
    provenance = models.CharField("ที่มา", max_length=300, blank=True)
    rhythm = models.CharField(
        "โรงเรียนรายงานความก้าวหน้า",
        max_length=10,
        choices=ProgressRhythm,
        default=ProgressRhythm.TERM,
    )
    tolerance = models.DecimalField(
        "ช้ากว่าแผนเมื่อห่างเกิน (ระดับ)", max_digits=3, decimal_places=2, default=Decimal("0.10")
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quality_drives",
        verbose_name="การประชุม ก.ต.ป.น.",
    )
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    endorsed_at = models.DateTimeField(null=True, blank=True)
    next_plan = models.TextField("สิ่งที่นำไปวางแผนปีต่อไป", blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords()

    objects = QualityDriveQuerySet.as_manager()

    class Meta:
        verbose_name = "การขับเคลื่อนคุณภาพการศึกษา"
        verbose_name_plural = verbose_name
        ordering = ("-academic_year__year",)
        constraints = (
            fields_required_in_states(
                "endorsed_drive_names_its_meeting",
                AT_WORK_STATES,
                "meeting",
                "endorsed_by",
                "endorsed_at",
                message="การขับเคลื่อนที่เห็นชอบแล้วต้องระบุการประชุม ก.ต.ป.น. และผู้บันทึก",
            ),
            models.CheckConstraint(
                condition=Q(tolerance__gte=0),
                name="drive_tolerance_is_not_negative",
                violation_error_message="ระยะที่ยอมให้ห่างจากแผนต้องไม่ติดลบ",
            ),
        )

    def __str__(self) -> str:
        return f"{self.model_name} ปีการศึกษา {self.academic_year}"

    def get_absolute_url(self) -> str:
        return cached_url("drive", self.academic_year.year)

    @property
    def is_draft(self) -> bool:
        return self.state == DriveState.DRAFT

    @property
    def is_at_work(self) -> bool:
        """Whether ก.ต.ป.น. has endorsed it, and it is not over."""
        return self.state == DriveState.ENDORSED

    @property
    def is_over(self) -> bool:
        return self.state == DriveState.CLOSED


class DriveDimension(models.Model):
    """A dimension of quality in a year's drive, with its weight in per cent of the whole.

    The weights of a drive's dimensions sum to 100 once it is endorsed. `in_4q` says whether the
    manual's headline 4Q has it.
    """

    drive = models.ForeignKey(QualityDrive, models.CASCADE, related_name="dimensions")
    code = models.CharField("ด้าน", max_length=5, choices=DimensionCode)
    name = models.CharField("ชื่อด้าน", max_length=100)
    in_4q = models.BooleanField("อยู่ใน 4Q ตามหัวข้อของคู่มือ", default=True)
    weight = models.DecimalField("น้ำหนัก (ร้อยละ)", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "ด้านคุณภาพ"
        verbose_name_plural = verbose_name
        ordering = ("drive", "code")
        constraints = (
            models.UniqueConstraint(fields=("drive", "code"), name="one_drive_dimension_per_code"),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=100),
                name="dimension_weight_is_a_percentage",
                violation_error_message="น้ำหนักต้องอยู่ระหว่าง 0 ถึง 100",
            ),
        )

    def __str__(self) -> str:
        return self.name


class DriveIndicator(models.Model):
    """An indicator of an endorsed set that measures a dimension, with its target and weight.

    `weight` is in per cent of the dimension, 100 together; `target` is a level of the set's scale,
    two decimals. The manual names no indicator: those that ship are samples.
    """

    dimension = models.ForeignKey(DriveDimension, models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="drive_indicators", verbose_name="ตัวชี้วัด"
    )
    position = models.PositiveSmallIntegerField("ลำดับที่")
    weight = models.DecimalField("น้ำหนัก (ร้อยละของด้าน)", max_digits=5, decimal_places=2)
    target = models.DecimalField("ค่าเป้าหมาย (ระดับ)", max_digits=4, decimal_places=2)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    class Meta:
        verbose_name = "ตัวชี้วัดของการขับเคลื่อน"
        verbose_name_plural = verbose_name
        ordering = ("dimension", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("dimension", "indicator"), name="one_drive_indicator_per_dimension"
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100),
                name="drive_indicator_weight_is_a_percentage",
                violation_error_message="น้ำหนักต้องมากกว่า 0 และไม่เกิน 100",
            ),
            models.CheckConstraint(
                condition=Q(target__gt=0),
                name="drive_indicator_target_is_positive",
                violation_error_message="ค่าเป้าหมายต้องมากกว่า 0",
            ),
        )

    def __str__(self) -> str:
        return str(self.indicator)


class ExpectedResult(models.Model):
    """What the drive is to bring about (1.1–2.5 of the manual), and what came of it."""

    drive = models.ForeignKey(QualityDrive, models.CASCADE, related_name="expected_results")
    kind = models.CharField("ลักษณะ", max_length=10, choices=ResultKind)
    code = models.CharField("ข้อ", max_length=5)
    dimension_code = models.CharField("ด้าน", max_length=5, choices=DimensionCode, blank=True)
    text = models.TextField("ผลที่คาดหวัง")
    result = models.TextField("ผลที่เกิดขึ้น", blank=True)

    class Meta:
        verbose_name = "ผลที่คาดหวัง"
        verbose_name_plural = verbose_name
        ordering = ("drive", "code")
        constraints = (
            models.UniqueConstraint(fields=("drive", "code"), name="one_expected_result_per_code"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class DriveTeam(models.Model):
    """A working group that carries the drive (T), appointed by order, and the sectors in it."""

    drive = models.ForeignKey(QualityDrive, models.CASCADE, related_name="teams")
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="drive_teams", verbose_name="คณะทำงาน"
    )

    class Meta:
        verbose_name = "คณะทำงานขับเคลื่อน"
        verbose_name_plural = verbose_name
        ordering = ("drive", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("drive", "committee"),
                name="one_drive_team_per_committee",
                violation_error_message="คณะนี้เป็นคณะทำงานขับเคลื่อนของปีนี้แล้ว",
            ),
        )

    def __str__(self) -> str:
        return str(self.committee)


class DriveTeamSector(models.Model):
    """A sector that takes part in a working group of the drive; who stands for it is a post."""

    team = models.ForeignKey(DriveTeam, models.CASCADE, related_name="sectors")
    sector = models.CharField("ภาคส่วน", max_length=20, choices=Sector)
    note = models.CharField("ผู้แทน (ตำแหน่งหรือหน่วยงาน)", max_length=200, blank=True)

    class Meta:
        verbose_name = "ภาคส่วนในคณะทำงาน"
        verbose_name_plural = verbose_name
        ordering = ("team", "pk")
        constraints = (
            models.UniqueConstraint(fields=("team", "sector"), name="one_line_per_team_and_sector"),
        )

    def __str__(self) -> str:
        return self.get_sector_display()
