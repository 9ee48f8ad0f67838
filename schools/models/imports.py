import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.core.tables.kinds import import_kinds, import_kinds_of
from schools.core.url_cache import cached_url
from schools.enums import ImportState


def import_file_path(import_: "Import", filename: str) -> str:
    """A name of our own: the sender's may hold anything, even a person's number."""
    return f"imports/{secrets.token_hex(16)}"


class ImportQuerySet(models.QuerySet):
    """Tables that the office has brought in, or tried to."""

    def visible_to(self, user: Any) -> Self:
        """Who may bring in tables of a kind sees all that were; nobody else sees any."""
        return self.filter(kind__in=[kind.name for kind in import_kinds_of(user)])


class Import(models.Model):
    """One table brought in from Excel or CSV: read and checked first, saved whole or not at all.

    `report` is what its page shows: counts of new, changed and unchanged rows, and every problem
    by row and column. `answers` are what was answered to the questions that the file raised, by
    their keys. `done` of `total` rows says how far the check is. The file goes after a
    month, for it may hold personal data.
    """

    kind = models.CharField("ข้อมูล", max_length=20)
    state = models.CharField("สถานะ", max_length=20, choices=ImportState)
    file = models.FileField(upload_to=import_file_path, blank=True)
    name = models.CharField("ชื่อไฟล์", max_length=200)
    report = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "การนำเข้าข้อมูล"
        verbose_name_plural = verbose_name
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ImportState.SAVED, saved_at__isnull=False)
                | (~Q(state=ImportState.SAVED) & Q(saved_at=None)),
                name="saved_import_has_saved_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind_label} · {self.name}"

    def get_absolute_url(self) -> str:
        return cached_url("import", self.pk)

    @property
    def kind_label(self) -> str:
        """What the table holds, as people call it."""
        return import_kinds.get(self.kind).label

    @property
    def is_under_way(self) -> bool:
        return self.state in (ImportState.READING, ImportState.SAVING)
