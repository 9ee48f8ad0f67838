import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.access import Permission, can
from schools.core.url_cache import cached_url
from schools.enums import ImportKind, ImportState


def import_file_path(import_: "Import", filename: str) -> str:
    """A name of our own: the sender's may hold anything, even a person's number."""
    return f"imports/{secrets.token_hex(16)}"


class ImportQuerySet(models.QuerySet):
    """Tables that the office has brought in, or tried to."""

    def visible_to(self, user: Any) -> Self:
        """Registrars see each other's imports; nobody else sees any."""
        return self if can(user, Permission.EDIT_REGISTRY) else self.none()


class Import(models.Model):
    """One table brought in from Excel or CSV: read and checked first, saved whole or not at all.

    `report` is what its page shows: counts of new, changed and unchanged rows, and every problem
    by row and column. `done` of `total` rows says how far the check is. The file goes after a
    month, for it may hold personal data.
    """

    kind = models.CharField("ข้อมูล", max_length=20, choices=ImportKind)
    state = models.CharField("สถานะ", max_length=20, choices=ImportState)
    file = models.FileField(upload_to=import_file_path, blank=True)
    name = models.CharField("ชื่อไฟล์", max_length=200)
    report = models.JSONField(default=dict)
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
        return f"{self.get_kind_display()} · {self.name}"

    def get_absolute_url(self) -> str:
        return cached_url("import", self.pk)

    @property
    def is_under_way(self) -> bool:
        return self.state in (ImportState.READING, ImportState.SAVING)
