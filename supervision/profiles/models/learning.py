"""Kinds of tests as an office defines them, and the results of schools: counts, never a pupil."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from schools.core.querysets import SchoolScopedQuerySet
from schools.core.url_cache import cached_url
from schools.enums import Grade
from schools.models import AcademicYear, School
from supervision.assignments.models import LearningArea
from supervision.profiles.learning.enums import DataOwner, ReferenceScope, ScoreKind

FULL_PERCENT = Decimal(100)
NOT_NEGATIVE = MinValueValidator(Decimal(0), "ต้องไม่น้อยกว่า 0")


def _score_field(label: str, **options: Any) -> models.DecimalField:
    """A score at two decimals, never below nothing."""
    return models.DecimalField(
        label, max_digits=5, decimal_places=2, validators=[NOT_NEGATIVE], **options
    )


class TestKind(models.Model):
    """A kind of test or evaluation of pupils, such as NT: who holds it, who enters its results.

    Those that come with the portal are recalled, not read in a source: `is_from_memory` says so
    until somebody of the office has checked them. One that is not active keeps its results and
    takes no new ones.
    """

    name = models.CharField(
        "ชื่อย่อ",
        max_length=60,
        unique=True,
        error_messages={"unique": "มีการทดสอบชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
    )
    long_name = models.CharField("ชื่อเต็ม", max_length=200, blank=True)
    held_by = models.CharField("หน่วยงานที่จัด", max_length=150, blank=True)
    provenance = models.CharField("ที่มาของข้อมูลนี้", max_length=300, blank=True)
    is_voluntary = models.BooleanField("เข้าสอบโดยสมัครใจ", default=False)
    score_kind = models.CharField(
        "ค่าเฉลี่ยเป็น", max_length=10, choices=ScoreKind, default=ScoreKind.PERCENT
    )
    entered_by = models.CharField(
        "ผู้บันทึกผล", max_length=10, choices=DataOwner, default=DataOwner.OFFICE
    )
    position = models.PositiveSmallIntegerField("ลำดับที่", default=0)
    is_active = models.BooleanField("ใช้อยู่", default=True)
    is_from_memory = models.BooleanField("ยังไม่ได้เทียบกับเอกสารต้นฉบับ", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "การทดสอบและการประเมินผู้เรียน"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return cached_url("test_kind", self.pk)

    @property
    def is_entered_by_schools(self) -> bool:
        return self.entered_by == DataOwner.SCHOOL


class TestLevel(models.Model):
    """One level of quality of a kind of test, such as ดีมาก; position 1 is the best."""

    kind = models.ForeignKey(TestKind, models.CASCADE, related_name="levels")
    position = models.PositiveSmallIntegerField("ลำดับที่")
    name = models.CharField("ชื่อระดับ", max_length=60)

    class Meta:
        verbose_name = "ระดับคุณภาพของการทดสอบ"
        verbose_name_plural = verbose_name
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("kind", "position"), name="one_test_level_per_place"),
        )

    def __str__(self) -> str:
        return self.name


class TestSubject(models.Model):
    """What a kind of test examines in one grade: a subject, a skill, or all of them together.

    `full_score` is there where the kind gives scores rather than percentages.
    """

    kind = models.ForeignKey(TestKind, models.PROTECT, related_name="subjects")
    grade = models.PositiveSmallIntegerField("ชั้น", choices=Grade)
    name = models.CharField("วิชาหรือด้าน", max_length=100)
    learning_area = models.ForeignKey(
        LearningArea,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="test_subjects",
        verbose_name="กลุ่มสาระการเรียนรู้",
    )
    is_total = models.BooleanField("เป็นผลรวมทุกวิชา", default=False)
    full_score = _score_field("คะแนนเต็ม", null=True, blank=True)
    position = models.PositiveSmallIntegerField("ลำดับที่", default=0)

    class Meta:
        verbose_name = "วิชาของการทดสอบ"
        verbose_name_plural = verbose_name
        ordering = ("kind__position", "kind", "grade", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "grade", "name"),
                name="one_test_subject_per_grade_and_name",
                violation_error_message="ชั้นนี้มีวิชาชื่อนี้แล้ว",
            ),
            models.UniqueConstraint(
                fields=("kind", "grade"),
                condition=Q(is_total=True),
                name="one_total_per_kind_and_grade",
                violation_error_message="ชั้นนี้มีวิชาที่เป็นผลรวมแล้ว",
            ),
            models.CheckConstraint(
                condition=Q(full_score=None) | Q(full_score__gt=0),
                name="full_score_is_above_nothing",
                violation_error_message="คะแนนเต็มต้องมากกว่า 0",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"

    @property
    def label(self) -> str:
        """Grade and subject, as ป.3 ภาษาไทย."""
        return f"{self.get_grade_display()} {self.name}"

    @property
    def highest_mean(self) -> Decimal:
        """What a mean of this subject cannot exceed."""
        is_score = self.kind.score_kind == ScoreKind.SCORE and self.full_score is not None
        return self.full_score if is_score else FULL_PERCENT


class ResultFields(models.Model):
    """What a table of results says of a group of pupils: how many, their mean and deviation."""

    academic_year = models.ForeignKey(
        AcademicYear, models.PROTECT, related_name="+", verbose_name="ปีการศึกษา"
    )
    subject = models.ForeignKey(
        TestSubject, models.PROTECT, related_name="%(class)s_rows", verbose_name="วิชา"
    )
    mean = _score_field("ค่าเฉลี่ย", null=True, blank=True)
    sd = _score_field("ส่วนเบี่ยงเบนมาตรฐาน", null=True, blank=True)
    source = models.CharField("แหล่งข้อมูล", max_length=200, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    updated_at = models.DateTimeField("บันทึกเมื่อ")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class LearningResult(ResultFields):
    """What the pupils of one school reached in one subject of a test in one year.

    A result of fewer than three pupils tells of single children: who may see it is decided by
    supervision/profiles/learning/visibility.py, and nothing shows it past that. What it said
    before it was changed is kept as EarlierLearningResult.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="learning_results")
    enrolled = models.PositiveIntegerField("ผู้เรียนทั้งหมด (คน)", null=True, blank=True)
    tested = models.PositiveIntegerField("เข้าสอบ (คน)")
    as_of = models.DateField("ข้อมูล ณ วันที่", null=True, blank=True)

    objects = SchoolScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "ผลการเรียนรู้"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("school", "academic_year", "subject"),
                name="one_learning_result_per_school_year_and_subject",
            ),
            models.CheckConstraint(
                condition=Q(enrolled=None) | Q(enrolled__gte=F("tested")),
                name="tested_pupils_are_enrolled",
                violation_error_message="จำนวนเข้าสอบต้องไม่เกินจำนวนผู้เรียนทั้งหมด",
            ),
            models.CheckConstraint(
                condition=Q(tested__gt=0) | Q(mean=None, sd=None),
                name="mean_is_of_tested_pupils",
                violation_error_message="ไม่มีผู้เข้าสอบ จึงต้องไม่มีค่าเฉลี่ย",
            ),
            models.CheckConstraint(
                condition=(Q(mean=None) | Q(mean__gte=0)) & (Q(sd=None) | Q(sd__gte=0)),
                name="learning_result_is_not_below_nothing",
                violation_error_message="ค่าเฉลี่ยและส่วนเบี่ยงเบนมาตรฐานต้องไม่น้อยกว่า 0",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school} {self.subject} ปีการศึกษา {self.academic_year}"


class LevelShare(models.Model):
    """How many of a hundred tested pupils reached one level, in one result."""

    result = models.ForeignKey(LearningResult, models.CASCADE, related_name="shares")
    level = models.ForeignKey(TestLevel, models.PROTECT, related_name="shares")
    percent = _score_field("ร้อยละ")

    class Meta:
        verbose_name = "ร้อยละของผู้เรียนในระดับ"
        verbose_name_plural = verbose_name
        ordering = ("level__position",)
        constraints = (
            models.UniqueConstraint(fields=("result", "level"), name="one_share_per_level"),
            models.CheckConstraint(
                condition=Q(percent__gte=0) & Q(percent__lte=FULL_PERCENT),
                name="share_is_a_percentage",
                violation_error_message="ร้อยละต้องอยู่ระหว่าง 0 ถึง 100",
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} {self.percent}"


class EarlierLearningResult(models.Model):
    """What a result said before somebody changed or deleted it, and why they did.

    `figures` has `enrolled`, `tested`, `mean`, `sd`, `source`, `as_of` and `shares` (by the
    names of levels), decimals and days as texts. It outlives the result, so it names what the
    result was of.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="earlier_learning_results")
    academic_year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="+")
    subject = models.ForeignKey(TestSubject, models.PROTECT, related_name="earlier_results")
    figures = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("เหตุผลที่แก้ไข", max_length=500, blank=True)
    was_deleted = models.BooleanField("ลบผลนี้", default=False)

    objects = SchoolScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "ผลการเรียนรู้ก่อนแก้ไข"
        verbose_name_plural = verbose_name
        ordering = ("-replaced_at", "-pk")

    def __str__(self) -> str:
        return f"{self.school} {self.subject} ปีการศึกษา {self.academic_year} ก่อนแก้ไข"


class ReferenceResult(ResultFields):
    """The value of the area, the province, the agency or the country in one subject and year."""

    scope = models.CharField("ระดับ", max_length=10, choices=ReferenceScope)
    tested = models.PositiveIntegerField("เข้าสอบ (คน)", null=True, blank=True)

    class Meta:
        verbose_name = "ค่าเปรียบเทียบของผลการเรียนรู้"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("academic_year", "subject", "scope"), name="one_reference_value_per_scope"
            ),
            models.CheckConstraint(
                condition=(Q(mean=None) | Q(mean__gte=0)) & (Q(sd=None) | Q(sd__gte=0)),
                name="reference_value_is_not_below_nothing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} ปีการศึกษา {self.academic_year} {self.get_scope_display()}"
