from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, F, Q

from schools.access import Permission, rights_of
from schools.core.url_cache import cached_url
from schools.enums import EducationLevel
from schools.models import User
from supervision.committees.models import Meeting
from supervision.criteria.enums import IndicatorSetAction, SetState, SetUse
from supervision.workflow.models import RevisableModel, TransitionRule, fields_required_in_states

ENDORSED_STATES = (SetState.APPROVED, SetState.RETIRED)
SET_ORDER = ("-use", "-level", "name", "-version")


def level_prefix(level: int) -> str:
    """Said before the number of a standard: basic education is what is meant unsaid."""
    is_early = level == EducationLevel.EARLY_CHILDHOOD
    return EducationLevel.EARLY_CHILDHOOD.label if is_early else ""


class ScaleQuerySet(models.QuerySet):
    """Rating scales: those that come with the portal, and the office's own."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Every scale for everybody who holds a post: levels are no secret."""
        rights = rights_of(user)
        return self.all() if rights.everywhere or rights.at_school else self.none()

    def complete(self) -> Self:
        """Scales that one can judge by."""
        return self.filter(levels__isnull=False).distinct()


class Scale(models.Model):
    """A rating scale (มาตราส่วนประมาณค่า) with where it comes from."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(
        "ชื่อมาตรา",
        max_length=100,
        unique=True,
        error_messages={"unique": "มีมาตราส่วนชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
    )
    provenance = models.CharField("ที่มา", max_length=200, blank=True)

    objects = ScaleQuerySet.as_manager()

    class Meta:
        verbose_name = "มาตราส่วนประมาณค่า"
        verbose_name_plural = verbose_name
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return cached_url("scale", self.pk)

    @property
    def is_frozen(self) -> bool:
        """Whether ก.ต.ป.น. has a set before it, or has endorsed one, that is judged by it."""
        return self.indicator_sets.exclude(state=SetState.DRAFT).exists()


class ScaleLevel(models.Model):
    """One level a person can choose, for example 5 ยอดเยี่ยม."""

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField("ค่า")
    label = models.CharField("ชื่อระดับ", max_length=50)
    description = models.CharField("คำอธิบาย", max_length=300, blank=True)

    class Meta:
        ordering = ("-value",)
        constraints = (
            models.UniqueConstraint(fields=("scale", "value"), name="one_level_per_value"),
        )

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class ScaleBand(models.Model):
    """The meaning (การแปลผล) of a mean, both ends inclusive, at two decimals."""

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="bands")
    low = models.DecimalField("ตั้งแต่", max_digits=4, decimal_places=2)
    high = models.DecimalField("ถึง", max_digits=4, decimal_places=2)
    label = models.CharField("การแปลผล", max_length=50)

    class Meta:
        ordering = ("-low",)
        constraints = (
            models.CheckConstraint(condition=Q(high__gte=F("low")), name="band_high_not_below_low"),
        )

    def __str__(self) -> str:
        return f"{self.low}–{self.high} {self.label}"


class IndicatorSetQuerySet(models.QuerySet):
    """Versions of criteria and indicators, from drafts to those no longer used."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Endorsed sets for everybody who holds a post; the others for those who see the area."""
        rights = rights_of(user)
        if rights.allows_anywhere(Permission.VIEW_AREA):
            return self
        if rights.everywhere or rights.at_school:
            return self.filter(state__in=ENDORSED_STATES)
        return self.none()

    def approved(self, use: SetUse = SetUse.ROUND) -> Self:
        """Sets that a new round, or the observation of a classroom, may use."""
        return self.filter(state=SetState.APPROVED, use=use)

    def with_counts(self) -> Self:
        """Each set with its numbers of standards and of indicators, in reading order."""
        counted = self.annotate(
            standard_count=Count("standards", distinct=True),
            indicator_count=Count("standards__indicators", distinct=True),
        )
        return counted.order_by(*SET_ORDER)  # which grouping drops


class IndicatorSet(RevisableModel):
    """A version of criteria and indicators (form 7.2); what changes once approved is the next."""

    TRANSITIONS = {
        IndicatorSetAction.DRAFT: TransitionRule("จัดทำร่าง", ("",), SetState.DRAFT),
        IndicatorSetAction.COPY: TransitionRule("จัดทำร่างโดยคัดลอกจากชุดอื่น", ("",), SetState.DRAFT),
        IndicatorSetAction.REVISE: TransitionRule("เริ่มร่างฉบับใหม่จากฉบับก่อน", ("",), SetState.DRAFT),
        IndicatorSetAction.IMPORT: TransitionRule(
            "นำเข้าเนื้อหาทั้งชุดจาก Excel", ("", SetState.DRAFT), SetState.DRAFT
        ),
        IndicatorSetAction.CHECK: TransitionRule(
            "ตรวจกับประกาศแล้ว นำเครื่องหมายตัวอย่างออก", (SetState.DRAFT,), SetState.DRAFT
        ),
        IndicatorSetAction.ADOPT: TransitionRule(
            "ปรับเป็นของสำนักงานแล้ว นำเครื่องหมายตัวอย่างออก", (SetState.DRAFT,), SetState.DRAFT
        ),
        IndicatorSetAction.DISCARD: TransitionRule("ลบร่าง", (SetState.DRAFT,), SetState.DRAFT),
        IndicatorSetAction.SUBMIT: TransitionRule(
            "เสนอ ก.ต.ป.น.", (SetState.DRAFT,), SetState.IN_REVIEW
        ),
        IndicatorSetAction.RETURN: TransitionRule(
            "ส่งกลับให้แก้ไข", (SetState.IN_REVIEW,), SetState.DRAFT, needs_reason=True
        ),
        IndicatorSetAction.ENDORSE: TransitionRule(
            "เห็นชอบ", (SetState.IN_REVIEW,), SetState.APPROVED
        ),
        IndicatorSetAction.RETIRE: TransitionRule("เลิกใช้", (SetState.APPROVED,), SetState.RETIRED),
    }
    REVISION_COPIES = (
        "name",
        "level",
        "use",
        "scale",
        "provenance",
        "is_sample",
    )
    REVISION_RESETS = (
        "version",
        "previous",
        "is_borrowed",
        "state",
        "meeting",
        "endorsed_by",
        "endorsed_at",
    )

    name = models.CharField("ชื่อชุดตัวชี้วัด", max_length=200)
    level = models.PositiveSmallIntegerField(
        "ระดับการศึกษา", choices=EducationLevel, default=EducationLevel.BASIC
    )
    use = models.CharField("ใช้สำหรับ", max_length=20, choices=SetUse, default=SetUse.ROUND)
    version = models.PositiveSmallIntegerField("ฉบับที่", default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_version"
    )
    scale = models.ForeignKey(
        Scale, models.PROTECT, related_name="indicator_sets", verbose_name="มาตราส่วนประมาณค่า"
    )
    provenance = models.CharField("ที่มา", max_length=300, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    # Began as an announcement's items or another set's: what is added to it is the district's.
    is_borrowed = models.BooleanField(default=False)
    state = models.CharField("สถานะ", max_length=20, choices=SetState)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicator_sets",
        verbose_name="การประชุม ก.ต.ป.น.",
    )
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    endorsed_at = models.DateTimeField(null=True, blank=True)

    # Only on rows of IndicatorSetQuerySet.with_counts.
    standard_count: int
    indicator_count: int

    objects = IndicatorSetQuerySet.as_manager()

    class Meta:
        verbose_name = "ชุดเกณฑ์ ตัวชี้วัด"
        verbose_name_plural = verbose_name
        ordering = SET_ORDER
        constraints = (
            models.UniqueConstraint(fields=("name", "version"), name="one_set_per_version"),
            fields_required_in_states(
                "approved_set_names_its_meeting",
                ENDORSED_STATES,
                "endorsed_at",
                "endorsed_by",
                "meeting",
                message="ชุดที่เห็นชอบแล้วต้องระบุการประชุม ก.ต.ป.น. และผู้บันทึก",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ฉบับที่ {self.version}"

    def get_absolute_url(self) -> str:
        return cached_url("indicator_set", self.pk)

    @property
    def level_prefix(self) -> str:
        return level_prefix(self.level)

    @property
    def meeting_no(self) -> str:
        """The number of the meeting that endorsed it, as 4/2569; empty before."""
        return self.meeting.label if self.meeting else ""

    @property
    def meeting_on(self) -> date | None:
        return self.meeting.held_on if self.meeting else None

    @property
    def is_endorsed(self) -> bool:
        """Whether ก.ต.ป.น. has agreed to it; a set taken out of use stays endorsed."""
        return self.state in ENDORSED_STATES


class Standard(models.Model):
    """A standard (มาตรฐาน) of a set. Achieved when the mean reaches `target`."""

    indicator_set = models.ForeignKey(IndicatorSet, models.CASCADE, related_name="standards")
    number = models.PositiveSmallIntegerField("มาตรฐานที่")
    name = models.CharField("ชื่อมาตรฐาน", max_length=200)
    target = models.DecimalField(
        "บรรลุเมื่อค่าเฉลี่ยตั้งแต่", max_digits=4, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "มาตรฐาน"
        verbose_name_plural = verbose_name
        ordering = ("indicator_set", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator_set", "number"), name="one_standard_per_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

    @property
    def label(self) -> str:
        """Its number as people say it: มาตรฐานที่ 1, or ปฐมวัย มาตรฐานที่ 1."""
        return f"{self.indicator_set.level_prefix} มาตรฐานที่ {self.number}".strip()


class Indicator(models.Model):
    """One consideration item (ประเด็นพิจารณา) that receives a level.

    `weight` counts in its standard's mean, 1 unless the office says otherwise; `achieved_from`
    is the lowest level at which this item alone is achieved; `is_local` marks what the district
    added to a set that came from elsewhere.
    """

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    code = models.CharField("เลขที่", max_length=20)
    text = models.CharField("ตัวชี้วัด", max_length=400)
    group = models.CharField("หัวข้อ", max_length=200, blank=True)
    evidence_hint = models.CharField("ร่องรอยที่ควรมี", max_length=300, blank=True)
    weight = models.DecimalField("น้ำหนัก", max_digits=4, decimal_places=2, default=1)
    achieved_from = models.PositiveSmallIntegerField("บรรลุเมื่อระดับตั้งแต่", null=True, blank=True)
    is_local = models.BooleanField("เขตพื้นที่เพิ่มเติม", default=False)

    class Meta:
        verbose_name = "ตัวชี้วัด"
        verbose_name_plural = verbose_name
        ordering = ("standard", "position")
        constraints = (
            models.UniqueConstraint(fields=("standard", "code"), name="one_indicator_per_code"),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="indicator_weight_is_positive",
                violation_error_message="น้ำหนักต้องมากกว่า 0",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Rubric(models.Model):
    """What one level means for one indicator; without it the scale's description counts."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="rubrics")
    level = models.ForeignKey(ScaleLevel, models.PROTECT, related_name="+")
    text = models.CharField("คำอธิบายระดับ", max_length=400)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("indicator", "level"), name="one_rubric_per_level"),
        )

    def __str__(self) -> str:
        return self.text
