from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from schools.core.querysets import SchoolScopedQuerySet
from schools.core.thai import local_day
from schools.models import AcademicYear, School, Term
from supervision.needs.enums import (
    EDITABLE_SURVEY_STATES,
    NeedsLevel,
    SupervisionMode,
    SurveyAction,
    SurveyState,
)
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

MAX_AREA_NAME_LENGTH = 100


class SurveyTemplateQuerySet(models.QuerySet):
    """Lists of areas to ask about, the office's own among them."""

    def unused(self) -> "SurveyTemplateQuerySet":
        """Templates that no campaign uses: these may still be changed."""
        return self.filter(campaigns=None)


class SurveyTemplate(models.Model):
    """A list of areas to ask about: four works, five Q, or the office's own; data, not code."""

    name = models.CharField("ชื่อกรอบการสำรวจ", max_length=150, unique=True)
    provenance = models.CharField("ที่มา", max_length=200, blank=True)

    objects = SurveyTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "กรอบการสำรวจ"
        verbose_name_plural = verbose_name
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class NeedsArea(models.Model):
    """An area of work that a survey asks about."""

    survey_template = models.ForeignKey(SurveyTemplate, models.CASCADE, related_name="areas")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("ด้าน", max_length=MAX_AREA_NAME_LENGTH)

    class Meta:
        verbose_name = "ด้านที่สำรวจ"
        verbose_name_plural = verbose_name
        ordering = ("survey_template", "position")
        constraints = (
            models.UniqueConstraint(fields=("survey_template", "name"), name="one_area_per_name"),
        )

    def __str__(self) -> str:
        return self.name


class NeedsCampaignQuerySet(models.QuerySet["NeedsCampaign"]):
    """The times that the unit asked all schools for their needs."""

    def covering(self, term: Term) -> "NeedsCampaign | None":
        """The survey that asks in that term: its own, or the one of its whole year."""
        asked = Q(term=term) | Q(term=None, academic_year=term.academic_year_id)
        return self.filter(asked).select_related("survey_template", "term", "academic_year").first()

    def with_last_day(self) -> "NeedsCampaignQuerySet":
        """Each with the last day of its term or year: `last_day`."""
        of_year = Term.objects.filter(academic_year=OuterRef("academic_year"))
        last = Subquery(of_year.order_by("-closes_on").values("closes_on")[:1])
        return self.annotate(last_day=Coalesce("term__closes_on", last))


class NeedsCampaign(models.Model):
    """The unit asks all schools for their needs (form 7.1), for one term or a whole year.

    Nothing is taken before `opens_on`; what comes after `closes_on` is taken and marked late.
    """

    academic_year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="+")
    term = models.OneToOneField(Term, models.PROTECT, null=True, blank=True, related_name="+")
    survey_template = models.ForeignKey(
        SurveyTemplate, models.PROTECT, related_name="campaigns", verbose_name="กรอบการสำรวจ"
    )
    opens_on = models.DateField("วันที่เริ่ม")
    closes_on = models.DateField("ภายในวันที่", null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords()

    last_day: date  # only on rows of NeedsCampaignQuerySet.with_last_day

    objects = NeedsCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "การสำรวจความต้องการ"
        verbose_name_plural = verbose_name
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("academic_year",),
                condition=Q(term=None),
                name="one_yearly_campaign",
                violation_error_message="ปีการศึกษานี้เปิดการสำรวจทั้งปีแล้ว",
            ),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="campaign_closes_after_it_opens",
                violation_error_message="วันสุดท้ายต้องไม่ก่อนวันที่เริ่ม",
            ),
        )

    def __str__(self) -> str:
        return f"แบบสำรวจสภาพปัญหาและความต้องการ {self.period}"

    @property
    def period(self) -> str:
        """What it asks about, as people say it."""
        return f"ภาคเรียนที่ {self.term}" if self.term else f"ปีการศึกษา {self.academic_year}"

    def covers(self, term: Term) -> bool:
        if self.term_id:
            return self.term_id == term.pk
        return self.academic_year_id == term.academic_year_id

    def has_opened(self, on: date) -> bool:
        return self.opens_on <= on

    def has_closed(self, on: date) -> bool:
        return self.closes_on is not None and self.closes_on < on


class NeedsSurvey(WorkflowModel):
    """A school's answer to a campaign (form 7.1, step 1).

    It belongs to the campaign, not to a round: a second round begins at step 2. Once returned
    for correction the school goes on in the same survey; `first_submitted_at`, when it first
    came, stays, because a correction asked for does not make it late.
    """

    TRANSITIONS = {
        SurveyAction.START: TransitionRule("เริ่มกรอก", ("",), SurveyState.DRAFT),
        SurveyAction.SUBMIT: TransitionRule(
            "ส่งแบบสำรวจ", EDITABLE_SURVEY_STATES, SurveyState.SUBMITTED
        ),
        SurveyAction.RETURN: TransitionRule(
            "ส่งกลับให้แก้ไข", (SurveyState.SUBMITTED,), SurveyState.RETURNED, needs_reason=True
        ),
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="needs_surveys")
    campaign = models.ForeignKey(NeedsCampaign, models.PROTECT, related_name="surveys")
    state = models.CharField("สถานะ", max_length=20, choices=SurveyState)
    wanted_first = models.CharField("สิ่งที่ต้องการมากที่สุด อันดับ 1", max_length=300, blank=True)
    wanted_second = models.CharField("สิ่งที่ต้องการ อันดับ 2", max_length=300, blank=True)
    wanted_third = models.CharField("สิ่งที่ต้องการ อันดับ 3", max_length=300, blank=True)
    remarks = models.TextField("ข้อคิดเห็นเพิ่มเติม", blank=True)
    preferred_on = models.DateField("วันที่สะดวกรับการนิเทศ", null=True, blank=True)
    preferred_mode = models.CharField(
        "รูปแบบที่ต้องการ", max_length=20, choices=SupervisionMode, blank=True
    )
    first_submitted_at = models.DateTimeField("ส่งครั้งแรกเมื่อ", null=True, blank=True)
    # While it is sent back; of one sent back before there was such a day it is empty.
    correct_by = models.DateField("แก้ไขภายในวันที่", null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SchoolScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "แบบสำรวจสภาพปัญหาและความต้องการ"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(fields=("school", "campaign"), name="one_survey_per_campaign"),
            fields_required_in_states(
                "submitted_survey_names_who_and_when",
                [SurveyState.SUBMITTED],
                "submitted_at",
                "submitted_by",
            ),
            models.CheckConstraint(
                condition=Q(state=SurveyState.DRAFT, first_submitted_at=None)
                | ~Q(state=SurveyState.DRAFT) & Q(first_submitted_at__isnull=False),
                name="first_submission_time_matches_state",
            ),
            models.CheckConstraint(
                condition=Q(correct_by=None) | Q(state=SurveyState.RETURNED),
                name="only_a_returned_survey_is_corrected",
            ),
        )

    def __str__(self) -> str:
        return f"{self.campaign} {self.school}"

    @property
    def wanted(self) -> list[str]:
        """The most wanted things that were named, most wanted first."""
        return [w for w in (self.wanted_first, self.wanted_second, self.wanted_third) if w]

    @property
    def is_open(self) -> bool:
        return self.state in EDITABLE_SURVEY_STATES

    @property
    def is_late(self) -> bool:
        """Whether it came after the last day, as that is set now."""
        return self.first_submitted_at is not None and self.campaign.has_closed(
            local_day(self.first_submitted_at)
        )


class NeedsItem(models.Model):
    """One area's problem level and need level, each 1 to 5, empty while drafting."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="items")
    area = models.ForeignKey(NeedsArea, models.PROTECT, related_name="+")
    problem_level = models.PositiveSmallIntegerField(
        "สภาพปัญหา", choices=NeedsLevel, null=True, blank=True
    )
    need_level = models.PositiveSmallIntegerField(
        "ความต้องการ", choices=NeedsLevel, null=True, blank=True
    )

    class Meta:
        ordering = ("area__position",)
        constraints = (
            models.UniqueConstraint(fields=("survey", "area"), name="one_item_per_area"),
            models.CheckConstraint(
                condition=(Q(problem_level=None) | Q(problem_level__in=NeedsLevel.values))
                & (Q(need_level=None) | Q(need_level__in=NeedsLevel.values)),
                name="needs_levels_are_one_to_five",
            ),
        )

    def __str__(self) -> str:
        return str(self.area)
