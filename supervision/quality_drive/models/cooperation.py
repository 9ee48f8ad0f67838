"""Partners and events of a drive, and the short survey of how schools feel about it (H)."""

import uuid

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from schools.core.url_cache import cached_url
from schools.models import School
from schools.models.dated import DatedModel, ends_after_start_constraint
from supervision.quality_drive.cooperation.enums import (
    ClimateAction,
    ClimateState,
    DriveEventAction,
    DriveEventKind,
    DriveEventState,
)
from supervision.quality_drive.drives.enums import Sector
from supervision.quality_drive.models.drives import QualityDrive
from supervision.workflow.models import TransitionRule, WorkflowModel


class Partner(DatedModel):
    """An organisation that works with the area in a drive, and what it gives; never a person."""

    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="partners")
    organisation = models.CharField("หน่วยงานหรือองค์กร", max_length=200)
    sector = models.CharField("ภาคส่วน", max_length=20, choices=Sector)
    is_outside = models.BooleanField("ภายนอกเขตพื้นที่", default=True)
    gives = models.TextField("สิ่งที่สนับสนุนหรือร่วมดำเนินการ")
    schools = models.ManyToManyField(
        School, blank=True, related_name="drive_partners", verbose_name="โรงเรียนที่ร่วมด้วย"
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "ภาคีเครือข่าย"
        verbose_name_plural = verbose_name
        ordering = ("drive", "is_outside", "organisation", "pk")
        constraints = (ends_after_start_constraint("drive_partner_ends_after_start"),)

    def __str__(self) -> str:
        return self.organisation


class DriveEvent(WorkflowModel):
    """A meeting of school heads on the drive (M), or an event that brings its people together (H).

    `people` counts those who came; no names are kept.
    """

    TRANSITIONS = {
        DriveEventAction.PLAN: TransitionRule("กำหนดจัดกิจกรรม", ("",), DriveEventState.PLANNED),
        DriveEventAction.UPDATE: TransitionRule(
            "แก้ไขกำหนดการ", (DriveEventState.PLANNED,), DriveEventState.PLANNED
        ),
        DriveEventAction.RECORD: TransitionRule(
            "บันทึกผลการจัด", (DriveEventState.PLANNED,), DriveEventState.HELD
        ),
        DriveEventAction.CORRECT: TransitionRule(
            "แก้ไขผลการจัด", (DriveEventState.HELD,), DriveEventState.HELD, needs_reason=True
        ),
        DriveEventAction.CANCEL: TransitionRule(
            "ยกเลิกการจัด", (DriveEventState.PLANNED,), DriveEventState.CANCELLED, needs_reason=True
        ),
    }

    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="events")
    kind = models.CharField("ประเภท", max_length=20, choices=DriveEventKind)
    state = models.CharField("สถานะ", max_length=20, choices=DriveEventState)
    title = models.CharField("ชื่อกิจกรรม", max_length=200)
    held_on = models.DateField("วันที่จัด")
    place = models.CharField("สถานที่", max_length=200)
    programme = models.TextField("กำหนดการและเนื้อหา")
    schools = models.ManyToManyField(
        School, blank=True, related_name="drive_events", verbose_name="โรงเรียนที่เข้าร่วม"
    )
    people = models.PositiveIntegerField("จำนวนผู้เข้าร่วม (คน)", null=True, blank=True)
    result = models.TextField("ผลการจัดและข้อตกลง", blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    class Meta:
        verbose_name = "กิจกรรมของการขับเคลื่อน"
        verbose_name_plural = verbose_name
        ordering = ("-held_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=DriveEventState.HELD)
                | (Q(people__isnull=False) & ~Q(result="")),
                name="held_drive_event_has_its_result",
                violation_error_message="โปรดระบุจำนวนผู้เข้าร่วมและผลการจัด",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return cached_url("drive_event", self.pk)


class ClimateSurvey(WorkflowModel):
    """A short survey of how schools feel about the drive; who answered what is not known.

    The answers bear neither person nor school nor time, and are shown as figures from five on.
    """

    TRANSITIONS = {
        ClimateAction.DRAFT: TransitionRule("จัดทำแบบสำรวจบรรยากาศ", ("",), ClimateState.DRAFT),
        ClimateAction.OPEN: TransitionRule("เปิดแบบสำรวจ", (ClimateState.DRAFT,), ClimateState.OPEN),
        ClimateAction.CLOSE: TransitionRule(
            "ปิดแบบสำรวจ", (ClimateState.OPEN,), ClimateState.CLOSED
        ),
    }

    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="climate_surveys")
    state = models.CharField("สถานะ", max_length=20, choices=ClimateState)
    title = models.CharField("ชื่อแบบสำรวจ", max_length=200)
    opens_on = models.DateField("เปิดให้ตอบวันที่")
    closes_on = models.DateField("ภายในวันที่")
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    class Meta:
        verbose_name = "แบบสำรวจบรรยากาศการทำงาน"
        verbose_name_plural = verbose_name
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="climate_survey_closes_after_it_opens",
                violation_error_message="วันสุดท้ายต้องไม่ก่อนวันที่เปิด",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return cached_url("climate_survey", self.pk)


class ClimateStatement(models.Model):
    """A statement of a climate survey, agreed with from 1 to 5."""

    survey = models.ForeignKey(ClimateSurvey, models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField("ข้อที่")
    text = models.CharField("ข้อความ", max_length=300)

    class Meta:
        verbose_name = "ข้อความในแบบสำรวจ"
        verbose_name_plural = verbose_name
        ordering = ("survey", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("survey", "position"), name="one_climate_statement_per_position"
            ),
        )

    def __str__(self) -> str:
        return self.text


class ClimateTurn(models.Model):
    """Whether a school has had its turn to answer a survey; made for all schools at its opening.

    It says neither when nor who, and nothing leads from it to an answer.
    """

    survey = models.ForeignKey(ClimateSurvey, models.CASCADE, related_name="turns")
    school = models.ForeignKey(School, models.PROTECT, related_name="climate_turns")
    is_taken = models.BooleanField("ตอบแล้ว", default=False)

    class Meta:
        verbose_name = "สิทธิตอบแบบสำรวจ"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("survey", "school"), name="one_climate_turn_per_school"
            ),
        )

    def __str__(self) -> str:
        return f"{self.survey} {self.school}"


class ClimateAnswer(models.Model):
    """One answer to a climate survey, of nobody known: no person, school, or time.

    Its key is random, so that neither order nor number tells when it came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(ClimateSurvey, models.CASCADE, related_name="answers")

    class Meta:
        verbose_name = "คำตอบแบบสำรวจบรรยากาศ"
        verbose_name_plural = verbose_name
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"คำตอบของ{self.survey}"


class ClimateLevel(models.Model):
    """How far one answer agrees with one statement, from 1 to 5."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(ClimateAnswer, models.CASCADE, related_name="levels")
    statement = models.ForeignKey(ClimateStatement, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField("ระดับ")

    class Meta:
        verbose_name = "ระดับความเห็น"
        verbose_name_plural = verbose_name
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("answer", "statement"), name="one_climate_level_per_statement"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="climate_level_is_one_to_five"
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement}: {self.level}"
