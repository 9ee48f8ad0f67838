"""What people write in a report of the area: its parts, their texts, and who wrote what."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from reports.composer.enums import Outline, PartKey
from reports.enums import DocumentKind
from schools.access import Permission, can
from schools.models import AcademicYear, Cluster, Term, User
from supervision.quality_drive.models import QualityDrive


class CompositionQuerySet(models.QuerySet):
    """Reports being written."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who reads the area's reports reads their texts before they are signed."""
        return self if can(user, Permission.VIEW_REPORTS) else self.none()


class Composition(models.Model):
    """The written side of one report: of an academic year, of a term, or of a quality drive.

    A term's is of one `cluster`, or of the whole area where there is none. All versions of the
    report share it: what is signed is frozen in the snapshot, and a corrected version begins with
    these texts. A report that nobody has begun to write has none and is printed from drafts.
    """

    academic_year = models.OneToOneField(
        AcademicYear, models.PROTECT, null=True, blank=True, related_name="composition"
    )
    term = models.ForeignKey(
        Term, models.PROTECT, null=True, blank=True, related_name="compositions"
    )
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="compositions"
    )
    drive = models.OneToOneField(
        QualityDrive, models.PROTECT, null=True, blank=True, related_name="composition"
    )
    outline = models.CharField("การแบ่งหัวข้อ", max_length=10, choices=Outline)

    objects = CompositionQuerySet.as_manager()

    class Meta:
        verbose_name = "ข้อความในรายงาน"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(
                condition=Q(academic_year__isnull=False, term=None, cluster=None, drive=None)
                | Q(academic_year=None, term__isnull=False, drive=None)
                | Q(academic_year=None, term=None, cluster=None, drive__isnull=False),
                name="composition_is_of_a_year_a_term_or_a_drive",
            ),
            models.UniqueConstraint(
                fields=("term",),
                condition=Q(cluster=None, term__isnull=False),
                name="one_composition_per_term",
            ),
            models.UniqueConstraint(
                fields=("term", "cluster"), name="one_composition_per_term_and_cluster"
            ),
        )

    def __str__(self) -> str:
        if self.academic_year:
            return f"รายงานประจำปีการศึกษา {self.academic_year}"
        if self.drive:
            return f"{DocumentKind.DRIVE.label} ปีการศึกษา {self.drive.academic_year}"
        return f"รายงานสรุปภาคเรียนที่ {self.term} {self.cluster or ''}".strip()

    @property
    def kind(self) -> DocumentKind:
        """What the report covers."""
        if self.drive_id:
            return DocumentKind.DRIVE
        return DocumentKind.YEAR if self.academic_year_id else DocumentKind.SUMMARY


class CompositionPart(models.Model):
    """One part of a report with its text, in the format of reports/composer/markup.py.

    While `is_draft`, the part says what the system drafts of the figures and `text` is empty.
    `edited_by` is who changed the part last, by writing or by going back to the draft.
    """

    composition = models.ForeignKey(Composition, models.CASCADE, related_name="parts")
    key = models.CharField("ส่วน", max_length=20, choices=PartKey)
    position = models.PositiveSmallIntegerField("ลำดับ")
    is_included = models.BooleanField("อยู่ในรายงาน", default=True)
    is_draft = models.BooleanField("ร่างของระบบ", default=True)
    text = models.TextField("ข้อความ", blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField("แก้ไขเมื่อ", null=True, blank=True)

    class Meta:
        verbose_name = "ส่วนของรายงาน"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("composition", "key"), name="one_part_per_key"),
            models.CheckConstraint(
                condition=Q(is_draft=True, text="")
                | Q(is_draft=False, edited_by__isnull=False, edited_at__isnull=False),
                name="written_part_names_its_author",
            ),
        )

    def __str__(self) -> str:
        return self.get_key_display()


class PartVersion(models.Model):
    """What somebody left in a part at the end of one sitting; a sitting's saves share a row.

    `is_set_aside` marks a text that was typed while somebody else saved the same part: it is kept
    here and was never the part's text. `is_draft` marks the way back to the system's draft.
    """

    part = models.ForeignKey(CompositionPart, models.CASCADE, related_name="versions")
    text = models.TextField("ข้อความ", blank=True)
    is_draft = models.BooleanField("ร่างของระบบ", default=False)
    is_set_aside = models.BooleanField("เก็บแยกไว้", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField("เริ่มเมื่อ")
    saved_at = models.DateTimeField("บันทึกเมื่อ")

    class Meta:
        verbose_name = "ข้อความที่เคยเขียน"
        verbose_name_plural = verbose_name
        ordering = ("-saved_at", "-pk")

    def __str__(self) -> str:
        return f"{self.part} {self.saved_at}"
