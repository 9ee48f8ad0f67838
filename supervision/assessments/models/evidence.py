from pathlib import Path
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from schools.core.querysets import SchoolScopedQuerySet
from supervision.assessments.enums import EvidenceKind
from supervision.assessments.models.sheets import AnswerSheet
from supervision.criteria.models import Indicator

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from schools.models import User


class EvidenceQuerySet(SchoolScopedQuerySet):
    """Evidence items, with the traces of those that were removed."""

    school_path = "sheet__round__school"

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What has not been removed from the sheets that the person may read."""
        return self.present().filter(sheet__in=AnswerSheet.objects.visible_to(user))

    def present(self) -> Self:
        """What has not been removed."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """A photo, document or link that backs an indicator or the whole sheet; internal by default.

    `id` is made by the page, so sending it again adds nothing. A removed item keeps this row
    as a trace and loses its file. Photos were re-encoded: they carry no place or device.
    `has_consent` says that the people in it (for a child, a parent) agreed to be shown. The
    copies of a returned sheet's items name the same files. `size` is in bytes.
    """

    id = models.UUIDField(primary_key=True)
    sheet = models.ForeignKey(AnswerSheet, models.PROTECT, related_name="evidence")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    kind = models.CharField("ประเภท", max_length=10, choices=EvidenceKind)
    file = models.FileField(upload_to="evidence/%Y/%m/", blank=True, db_index=True)
    thumbnail = models.FileField(upload_to="evidence/%Y/%m/", blank=True)
    url = models.URLField("ลิงก์", max_length=500, blank=True)
    name = models.CharField("ชื่อไฟล์", max_length=200, blank=True)
    caption = models.CharField("คำอธิบาย", max_length=300, blank=True)
    size = models.PositiveIntegerField("ขนาด (ไบต์)", default=0)
    has_consent = models.BooleanField("ได้รับความยินยอมจากผู้ที่อยู่ในภาพหรือผู้ปกครองแล้ว", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "ร่องรอย/หลักฐาน"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.LINK, file="") & ~Q(url="")
                | ~Q(kind=EvidenceKind.LINK) & Q(url=""),
                name="evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                & (Q(kind=EvidenceKind.LINK) | ~Q(file=""))
                | Q(removed_at__isnull=False, removed_by__isnull=False, file="", thumbnail=""),
                name="removed_evidence_names_who_and_has_no_file",
            ),
        )

    def __str__(self) -> str:
        return self.caption or self.name or self.url

    def get_absolute_url(self) -> str:
        """The file itself, or where the link leads."""
        return self.url or reverse("evidence", args=[self.pk])

    def get_sheet_url(self) -> str:
        """Its card on the sheet."""
        if self.indicator is None:
            return reverse("sheet_texts", args=[self.sheet_id]) + "#evidence"
        page = reverse("sheet_standard", args=[self.sheet_id, self.indicator.standard_id])
        return f"{page}#evidence-{self.indicator_id}"

    @property
    def is_photo(self) -> bool:
        return self.kind == EvidenceKind.PHOTO

    @property
    def is_link(self) -> bool:
        return self.kind == EvidenceKind.LINK

    @property
    def type_label(self) -> str:
        """A short word in place of a picture."""
        return "ลิงก์" if self.is_link else Path(self.name).suffix[1:].upper()

    @property
    def files(self) -> list[str]:
        """Its files in the storage, as many as are there."""
        return [file.name for file in (self.file, self.thumbnail) if file and file.name]
