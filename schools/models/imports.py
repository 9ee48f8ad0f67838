from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.enums import ImportKind, ImportState


class Import(models.Model):
    """One table brought in from Excel or CSV: read and checked first, saved whole or not at all.

    `report` is what the preview shows: counts of new, changed and unchanged rows, and every
    problem by row and column. `done` of `total` rows tells how far the work is.
    """

    kind = models.CharField("ข้อมูล", max_length=20, choices=ImportKind)
    state = models.CharField("สถานะ", max_length=20, choices=ImportState)
    file = models.FileField(upload_to="imports/")
    name = models.CharField("ชื่อไฟล์", max_length=200)
    report = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "การนำเข้าข้อมูล"
        verbose_name_plural = verbose_name
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ImportState.SAVED, saved_at__isnull=False)
                | (~Q(state=ImportState.SAVED) & Q(saved_at=None)),
                name="saved_import_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.name}"
