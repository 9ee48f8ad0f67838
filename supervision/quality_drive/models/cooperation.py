"""Partners and events of a drive, and the short survey of how schools feel about it (H)."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from schools.access import Permission, rights_of
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import School, User
from schools.models.dated import DatedModel, ends_after_start_constraint
from supervision.quality_drive.cooperation.enums import (
    CLIMATE_PILLS,
    DRIVE_EVENT_PILLS,
    AgreesWith,
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

    def get_absolute_url(self) -> str:
        return cached_url("drive_partner", self.pk)


class DriveEventQuerySet(models.QuerySet["DriveEvent"]):
    """Events of all drives, those cancelled among them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for who sees the area; to others those to which a school that they see was asked."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_AREA):
            return self
        return self.of_schools(rights.schools(Permission.VIEW_SCHOOL))

    def of_schools(self, schools: Iterable[int] | models.QuerySet) -> Self:
        """Those to which one of these schools was invited, or took part in."""
        theirs = DriveEvent.objects.filter(Q(schools__in=schools) | Q(attended__in=schools))
        return self.filter(pk__in=theirs.order_by().values("pk"))

    def not_cancelled(self) -> Self:
        return self.exclude(state=DriveEventState.CANCELLED)


class DriveEvent(WorkflowModel):
    """A meeting of school heads on the drive (M), or an event that brings its people together (H).

    `schools` were invited, `attended` took part; `people` counts those who came, without names.
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
        School, blank=True, related_name="drive_events", verbose_name="โรงเรียนที่เชิญ"
    )
    attended = models.ManyToManyField(
        School, blank=True, related_name="drive_events_attended", verbose_name="โรงเรียนที่เข้าร่วม"
    )
    people = models.PositiveIntegerField("จำนวนผู้เข้าร่วม (คน)", null=True, blank=True)
    result = models.TextField("ผลการจัดและข้อตกลง", blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = DriveEventQuerySet.as_manager()

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

    @property
    def pill(self) -> StatusKind:
        """The sign of its state."""
        return DRIVE_EVENT_PILLS[DriveEventState(self.state)]


class ClimateSurveyQuerySet(models.QuerySet["ClimateSurvey"]):
    """Climate surveys of all drives, drafts among them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for who sees the area; those that were opened for everybody who sees a school."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_AREA):
            return self
        if rights.allows_anywhere(Permission.VIEW_SCHOOL):
            return self.opened()
        return self.none()

    def opened(self) -> Self:
        """Those that schools could or can answer."""
        return self.exclude(state=ClimateState.DRAFT)

    def taking_answers_on(self, day: date) -> Self:
        """Those open on that day, as `takes_answers_on` asks of one."""
        return self.filter(state=ClimateState.OPEN, closes_on__gte=day)

    def over_on(self, day: date) -> Self:
        """Those that nobody can answer any more, as `is_over_on` asks of one."""
        return self.opened().exclude(state=ClimateState.OPEN, closes_on__gte=day)


class ClimateSurvey(WorkflowModel):
    """A short survey of how schools feel about the drive; who answered what is not known.

    An answer is added to the counts of its statements (ClimateCount) and kept nowhere else.
    """

    TRANSITIONS = {
        ClimateAction.DRAFT: TransitionRule("จัดทำแบบสำรวจบรรยากาศ", ("",), ClimateState.DRAFT),
        ClimateAction.EDIT: TransitionRule(
            "แก้ไขแบบสำรวจ", (ClimateState.DRAFT,), ClimateState.DRAFT
        ),
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

    objects = ClimateSurveyQuerySet.as_manager()

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

    @property
    def pill(self) -> StatusKind:
        """The sign of its state, whatever the day."""
        return CLIMATE_PILLS[ClimateState(self.state)]

    @property
    def is_draft(self) -> bool:
        return self.state == ClimateState.DRAFT

    def takes_answers_on(self, day: date) -> bool:
        """Whether it is open, by its state and by its last day."""
        return self.state == ClimateState.OPEN and day <= self.closes_on

    def is_over_on(self, day: date) -> bool:
        """Whether nobody can answer any more: closed by hand, or past its last day."""
        return not self.is_draft and not self.takes_answers_on(day)


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

    It says neither when nor who, and nothing leads from it to what was answered.
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


class ClimateCount(models.Model):
    """How many answers to a survey chose one level of one statement.

    An answer is known only as one more in these counts. All counts of a survey are written anew
    at each answer, so that the last one written tells nothing either.
    """

    statement = models.ForeignKey(ClimateStatement, models.CASCADE, related_name="counts")
    level = models.PositiveSmallIntegerField("ระดับ", choices=AgreesWith)
    answers = models.PositiveIntegerField("จำนวนคำตอบ", default=0)

    class Meta:
        verbose_name = "จำนวนคำตอบแบบสำรวจบรรยากาศ"
        verbose_name_plural = verbose_name
        ordering = ("statement", "level")
        constraints = (
            models.UniqueConstraint(
                fields=("statement", "level"), name="one_climate_count_per_level"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="climate_count_level_is_one_to_five"
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement} {self.level}: {self.answers}"
