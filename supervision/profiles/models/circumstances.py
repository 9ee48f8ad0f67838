"""What a school is like, the projects it joined, and the teachers it wants: dated and checked."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from schools.core.querysets import SchoolScopedQuerySet
from schools.core.thai import academic_year
from schools.models import School
from schools.models.dated import DatedModel, DatedQuerySet, ends_after_start_constraint
from supervision.assignments.models import LearningArea
from supervision.profiles.circumstances.enums import CircumstanceKind

CHECK_EVERY = timedelta(days=365)
MOST_PUPILS_INCLUDED = 500
MOST_TEACHERS_WANTED = 50


class SchoolFactQuerySet(DatedQuerySet, SchoolScopedQuerySet):  # type: ignore[override]  # as_manager is typed per class
    """Facts of schools of all times, those that are over among them."""


class SchoolFact(DatedModel):
    """Something said of a school, with its source and the day somebody last checked it.

    It is ended when it is over; what was written wrongly is corrected with a reason, which its
    history keeps.
    """

    school = models.ForeignKey(
        School, models.PROTECT, related_name="%(class)s_facts", verbose_name="โรงเรียน"
    )
    source = models.CharField("แหล่งข้อมูล", max_length=200)
    checked_on = models.DateField("ตรวจสอบเมื่อ")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ผู้ตรวจสอบ"
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords(inherit=True)

    SUBJECT: ClassVar[tuple[str, ...]]  # the fields that say of what the fact is

    objects: ClassVar = SchoolFactQuerySet.as_manager()

    class Meta:
        abstract = True


class Circumstance(SchoolFact):
    """A circumstance of a school, such as mixed classes; of pupils there is only their number."""

    SUBJECT = ("kind",)
    kind = models.CharField("สภาพของโรงเรียน", max_length=20, choices=CircumstanceKind)
    detail = models.CharField("รายละเอียด", max_length=300, blank=True)
    main_school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name="เป็นสาขาของ",
    )
    pupils = models.PositiveSmallIntegerField(
        "นักเรียนที่เรียนรวม (คน)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PUPILS_INCLUDED)],
    )

    class Meta:
        verbose_name = "สภาพของโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("kind", "-starts_on", "pk")
        constraints = (
            ends_after_start_constraint("circumstance_ends_after_start"),
            models.UniqueConstraint(
                fields=("school", "kind"),
                condition=Q(ends_on=None),
                name="one_open_circumstance_per_kind",
                violation_error_message="โรงเรียนมีรายการนี้อยู่แล้ว โปรดแก้ไขรายการเดิม",
            ),
            models.CheckConstraint(
                condition=~Q(
                    kind__in=[CircumstanceKind.MIXED_CLASSES, CircumstanceKind.SPECIAL_AREA]
                )
                | ~Q(detail=""),
                name="circumstance_gives_its_detail",
                violation_error_message="โปรดระบุรายละเอียด",
            ),
            models.CheckConstraint(
                condition=Q(kind=CircumstanceKind.INCLUSION, pupils__gte=1, detail="")
                | (~Q(kind=CircumstanceKind.INCLUSION) & Q(pupils=None)),
                name="only_inclusion_counts_pupils",
                violation_error_message="การเรียนรวมระบุเฉพาะจำนวนนักเรียน ไม่ใส่รายละเอียดอื่น",
            ),
            models.CheckConstraint(
                condition=Q(main_school=None)
                | (Q(kind=CircumstanceKind.BRANCH) & ~Q(main_school=F("school"))),
                name="only_a_branch_has_a_main_school",
                violation_error_message="เฉพาะโรงเรียนสาขาที่ระบุโรงเรียนหลัก และต้องเป็นโรงเรียนอื่น",
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class ProjectKind(models.Model):
    """A project that schools may join: those that the manual names, and the office's own."""

    name = models.CharField(
        "ชื่อโครงการ",
        max_length=150,
        unique=True,
        error_messages={"unique": "มีโครงการชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
    )
    provenance = models.CharField("ที่มา", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("ลำดับที่", default=0)
    is_active = models.BooleanField("มีให้เลือก", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "โครงการที่โรงเรียนเข้าร่วมได้"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class SchoolProject(SchoolFact):
    """A project that a school takes part in, by whole academic years (16 May to 15 May)."""

    SUBJECT = ("kind",)
    kind = models.ForeignKey(
        ProjectKind, models.PROTECT, related_name="school_projects", verbose_name="โครงการ"
    )
    detail = models.CharField("รายละเอียด (ถ้ามี)", max_length=300, blank=True)

    class Meta:
        verbose_name = "โครงการที่โรงเรียนเข้าร่วม"
        verbose_name_plural = verbose_name
        ordering = ("kind__position", "kind", "-starts_on", "pk")
        constraints = (
            ends_after_start_constraint("school_project_ends_after_start"),
            models.UniqueConstraint(
                fields=("school", "kind"),
                condition=Q(ends_on=None),
                name="one_open_project_per_kind",
                violation_error_message="โรงเรียนเข้าร่วมโครงการนี้อยู่แล้ว โปรดแก้ไขรายการเดิม",
            ),
        )

    def __str__(self) -> str:
        return str(self.kind)

    @property
    def years(self) -> str:
        """In which academic years (BE) the school takes part."""
        first = academic_year(self.starts_on)
        if self.ends_on is None:
            return f"ตั้งแต่ปีการศึกษา {first}"
        last = academic_year(self.ends_on)
        return f"ปีการศึกษา {first}" if first == last else f"ปีการศึกษา {first}–{last}"


class TeacherWanted(SchoolFact):
    """How many teachers of a subject a school wants; a learning area, or a subject in words."""

    SUBJECT = ("learning_area", "subject_text")
    learning_area = models.ForeignKey(
        LearningArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teachers_wanted",
        verbose_name="กลุ่มสาระการเรียนรู้",
    )
    subject_text = models.CharField("วิชาหรือสาขา", max_length=100, blank=True)
    number = models.PositiveSmallIntegerField(
        "จำนวน (คน)",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_TEACHERS_WANTED)],
    )

    class Meta:
        verbose_name = "ครูที่โรงเรียนต้องการ"
        verbose_name_plural = verbose_name
        ordering = ("learning_area__position", "subject_text", "-starts_on", "pk")
        constraints = (
            ends_after_start_constraint("teacher_wanted_ends_after_start"),
            models.CheckConstraint(
                condition=Q(learning_area__isnull=False) | ~Q(subject_text=""),
                name="teacher_wanted_names_a_subject",
                violation_error_message="โปรดเลือกกลุ่มสาระการเรียนรู้ หรือพิมพ์วิชาหรือสาขา",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="teacher_wanted_is_somebody",
                violation_error_message="จำนวนครูต้องไม่น้อยกว่า 1 คน",
            ),
        )

    def __str__(self) -> str:
        return f"ครู{self.subject}"

    @property
    def subject(self) -> str:
        """The learning area and what it is more exactly, as far as either is known."""
        named = self.learning_area.name if self.learning_area else ""
        if named and self.subject_text:
            return f"{named} ({self.subject_text})"
        return named or self.subject_text
