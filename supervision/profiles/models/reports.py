"""What a school reports of itself each year (SAR), and what assessors from outside found."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from schools.core.url_cache import cached_url
from schools.enums import EducationLevel
from schools.models import AcademicYear, School
from supervision.criteria.models import level_prefix
from supervision.profiles.external.enums import (
    ExternalAssessmentAction,
    ExternalAssessmentState,
)
from supervision.profiles.querysets import ProfileQuerySet
from supervision.profiles.sar.enums import (
    EDITABLE_REPORT_STATES,
    AnnualReportAction,
    AnnualReportState,
    QualityLevel,
)
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states


class EducationStandardQuerySet(models.QuerySet["EducationStandard"]):
    """Standards of all announcements."""

    def in_year(self, year: int) -> list["EducationStandard"]:
        """Those of each level's newest announcement that holds in the academic year (BE)."""
        rows = list(self.filter(first_year__lte=year))
        newest: dict[int, int] = {}
        for row in rows:
            newest[row.level] = max(row.first_year, newest.get(row.level, 0))
        return [row for row in rows if row.first_year == newest[row.level]]


class EducationStandard(models.Model):
    """A standard of an announcement on education standards, by which schools report (SAR).

    `first_year` is the academic year (BE) from which the announcement holds; a newer one brings
    rows of its own, and older reports keep the names they were made with.
    """

    level = models.PositiveSmallIntegerField(
        "ระดับการศึกษา",
        choices=[choice for choice in EducationLevel.choices if choice[0] != EducationLevel.ANY],
    )
    number = models.PositiveSmallIntegerField("มาตรฐานที่")
    name = models.CharField("ชื่อมาตรฐาน", max_length=200)
    first_year = models.PositiveSmallIntegerField(
        "ใช้ตั้งแต่ปีการศึกษา (พ.ศ.)", validators=[MinValueValidator(2400), MaxValueValidator(2700)]
    )
    provenance = models.CharField("ที่มา", max_length=300, blank=True)

    objects = EducationStandardQuerySet.as_manager()

    class Meta:
        verbose_name = "มาตรฐานการศึกษาสำหรับ SAR"
        verbose_name_plural = verbose_name
        ordering = ("-level", "first_year", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("level", "first_year", "number"),
                name="one_education_standard_per_number",
                violation_error_message="มีมาตรฐานที่นี้ของระดับและปีนี้แล้ว",
            ),
        )

    def __str__(self) -> str:
        return f"{level_prefix(self.level)} มาตรฐานที่ {self.number} {self.name}".strip()


class AnnualReportDeadline(models.Model):
    """Until when schools send their annual self-assessment report of a year, as the office asks."""

    academic_year = models.OneToOneField(
        AcademicYear, models.CASCADE, related_name="annual_report_deadline"
    )
    due_on = models.DateField("ส่งภายในวันที่")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = "กำหนดส่ง SAR"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"กำหนดส่ง SAR ปีการศึกษา {self.academic_year}"


class AnnualReportQuerySet(ProfileQuerySet):
    """Annual self-assessment reports of schools, drafts among them."""

    def sent(self) -> Self:
        """Those that the office has; one sent back for correction is not among them."""
        return self.filter(state=AnnualReportState.SENT)


class AnnualReport(WorkflowModel):
    """A school's annual self-assessment report to the office (SAR), one for each academic year.

    Drafted by the school and sent by its director, or entered by the office where it came on
    paper (`is_from_paper`). `sent_on` is the day on which the office got it; `sent_by` who sent or
    entered it. Once sent it is frozen until it is returned for correction; `first_sent_on` stays,
    because a correction asked for does not make it late.
    Source: กฎกระทรวงการประกันคุณภาพการศึกษา พ.ศ. 2561.
    """

    TRANSITIONS = {
        AnnualReportAction.START: TransitionRule("เริ่มจัดทำ", ("",), AnnualReportState.DRAFT),
        AnnualReportAction.SEND: TransitionRule(
            "ส่งรายงาน", EDITABLE_REPORT_STATES, AnnualReportState.SENT
        ),
        AnnualReportAction.RECORD_PAPER: TransitionRule(
            "บันทึกจากเอกสารที่โรงเรียนส่ง", EDITABLE_REPORT_STATES, AnnualReportState.SENT
        ),
        AnnualReportAction.RETURN: TransitionRule(
            "ส่งกลับให้แก้ไข",
            (AnnualReportState.SENT,),
            AnnualReportState.RETURNED,
            needs_reason=True,
        ),
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="annual_reports")
    academic_year = models.ForeignKey(
        AcademicYear, models.PROTECT, related_name="annual_reports", verbose_name="ปีการศึกษา"
    )
    state = models.CharField("สถานะ", max_length=20, choices=AnnualReportState)
    strengths = models.TextField("จุดเด่น", blank=True)
    improvement_points = models.TextField("จุดควรพัฒนา", blank=True)
    plan = models.TextField("แผนพัฒนาคุณภาพเพื่อยกระดับ", blank=True)
    file = models.FileField(upload_to="annual-reports/%Y/%m/", blank=True)
    file_name = models.CharField("ชื่อไฟล์", max_length=200, blank=True)
    is_from_paper = models.BooleanField("บันทึกจากเอกสาร", default=False)
    sent_on = models.DateField("ส่งเมื่อวันที่", null=True, blank=True)
    first_sent_on = models.DateField("ส่งครั้งแรกเมื่อวันที่", null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_as = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = "รายงานผลการประเมินตนเอง (SAR)"
        verbose_name_plural = verbose_name
        ordering = ("-academic_year__year", "school__sort_key")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "academic_year"), name="one_annual_report_per_year"
            ),
            fields_required_in_states(
                "sent_annual_report_names_who_and_when",
                [AnnualReportState.SENT],
                "sent_on",
                "sent_at",
                "sent_by",
            ),
        )

    def __str__(self) -> str:
        return f"SAR ปีการศึกษา {self.academic_year} {self.school}"

    def get_absolute_url(self) -> str:
        return cached_url("annual_report", self.school_id, self.academic_year.year)

    @property
    def is_open(self) -> bool:
        return self.state in EDITABLE_REPORT_STATES

    @property
    def is_sent(self) -> bool:
        return self.state == AnnualReportState.SENT


class AnnualReportStandard(models.Model):
    """The quality level that a school gives itself for one standard in its annual report.

    The standard's number and name are kept as they were announced when the report was made.
    """

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="standards")
    level = models.PositiveSmallIntegerField("ระดับการศึกษา", choices=EducationLevel)
    number = models.PositiveSmallIntegerField("มาตรฐานที่")
    name = models.CharField("ชื่อมาตรฐาน", max_length=200)
    quality_level = models.PositiveSmallIntegerField("ระดับคุณภาพ", choices=QualityLevel)

    class Meta:
        verbose_name = "ระดับคุณภาพรายมาตรฐาน"
        verbose_name_plural = verbose_name
        ordering = ("-level", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("report", "level", "number"), name="one_report_standard_per_number"
            ),
            models.CheckConstraint(
                condition=Q(quality_level__gte=1) & Q(quality_level__lte=5),
                name="report_standard_level_is_one_to_five",
            ),
        )

    def __str__(self) -> str:
        return f"{level_prefix(self.level)} มาตรฐานที่ {self.number} {self.name}".strip()


class AnnualReportOverall(models.Model):
    """The overall quality level that a school gives one level of education in its annual report.

    It is judged as a whole, not computed from the levels of the standards.
    """

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="overalls")
    level = models.PositiveSmallIntegerField("ระดับการศึกษา", choices=EducationLevel)
    quality_level = models.PositiveSmallIntegerField("ระดับคุณภาพ", choices=QualityLevel)

    class Meta:
        verbose_name = "ระดับคุณภาพในภาพรวม"
        verbose_name_plural = verbose_name
        ordering = ("-level",)
        constraints = (
            models.UniqueConstraint(
                fields=("report", "level"), name="one_report_overall_per_level"
            ),
            models.CheckConstraint(
                condition=Q(quality_level__gte=1) & Q(quality_level__lte=5),
                name="report_overall_level_is_one_to_five",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.get_quality_level_display()}"


class ExternalAssessmentQuerySet(ProfileQuerySet):
    """External assessments of schools, withdrawn records among them."""

    def recorded(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(state=ExternalAssessmentState.RECORDED)


class ExternalAssessment(WorkflowModel):
    """An assessment of a school by an agency from outside (สมศ. or another), as the office has it.

    What the agency recommended goes into the ledger of recommendations under this assessment. A
    record is put right with a reason or withdrawn; none is ever deleted.
    """

    TRANSITIONS = {
        ExternalAssessmentAction.RECORD: TransitionRule(
            "บันทึกการประเมินภายนอก", ("",), ExternalAssessmentState.RECORDED
        ),
        ExternalAssessmentAction.CORRECT: TransitionRule(
            "แก้ไขการประเมินภายนอก",
            (ExternalAssessmentState.RECORDED,),
            ExternalAssessmentState.RECORDED,
            needs_reason=True,
        ),
        ExternalAssessmentAction.WITHDRAW: TransitionRule(
            "ถอนการประเมินภายนอก",
            (ExternalAssessmentState.RECORDED,),
            ExternalAssessmentState.WITHDRAWN,
            needs_reason=True,
        ),
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="external_assessments")
    state = models.CharField("สถานะ", max_length=20, choices=ExternalAssessmentState)
    agency = models.CharField("หน่วยงานที่ประเมิน", max_length=200)
    round_name = models.CharField("รอบการประเมิน", max_length=100, blank=True)
    academic_year = models.ForeignKey(
        AcademicYear,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ปีการศึกษาที่ประเมิน",
    )
    assessed_on = models.DateField("ประเมินเมื่อวันที่", null=True, blank=True)
    summary = models.TextField("สรุปผลการประเมิน", blank=True)
    file = models.FileField(upload_to="external-assessments/%Y/%m/", blank=True)
    file_name = models.CharField("ชื่อไฟล์", max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = ExternalAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "การประเมินภายนอก"
        verbose_name_plural = verbose_name
        ordering = (
            F("academic_year__year").desc(nulls_last=True),
            F("assessed_on").desc(nulls_last=True),
            "-pk",
        )

    def __str__(self) -> str:
        return f"{self.title} {self.school}"

    def get_absolute_url(self) -> str:
        return cached_url("external_assessment", self.school_id, self.pk)

    @property
    def title(self) -> str:
        """Who assessed, in which round and year: สมศ. รอบห้า ปีการศึกษา 2567."""
        year = f"ปีการศึกษา {self.academic_year}" if self.academic_year else ""
        return " ".join(filter(None, [self.agency, self.round_name, year]))

    @property
    def is_withdrawn(self) -> bool:
        return self.state == ExternalAssessmentState.WITHDRAWN


class ExternalResult(models.Model):
    """What an external assessment found in one aspect, in the agency's own words for the level."""

    assessment = models.ForeignKey(ExternalAssessment, models.CASCADE, related_name="results")
    position = models.PositiveSmallIntegerField()
    aspect = models.CharField("ด้านหรือมาตรฐาน", max_length=200)
    level = models.CharField("ผลการประเมิน", max_length=100)

    class Meta:
        verbose_name = "ผลการประเมินรายด้าน"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.aspect} {self.level}"
