"""The office's own Word templates, every version of them with who made it the one in use."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from reports.word.enums import WordTemplateKind


class OfficeWordTemplate(models.Model):
    """One version of the office's template for one kind of report; the newest is in use.

    Without a `file` the office went back to the template that the portal brings. Versions are
    added and never changed.
    """

    kind = models.CharField("ชนิดของเอกสาร", max_length=10, choices=WordTemplateKind)
    file = models.FileField("ไฟล์", upload_to="word-templates/", blank=True)
    name = models.CharField("ชื่อไฟล์", max_length=200, blank=True)
    created_at = models.DateTimeField("เมื่อ", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="โดย"
    )

    class Meta:
        verbose_name = "แม่แบบเอกสาร Word"
        verbose_name_plural = verbose_name
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(file="", name="") | (~Q(file="") & ~Q(name="")),
                name="word_template_file_has_its_name",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or 'แม่แบบของระบบ'}"

    def get_absolute_url(self) -> str:
        return reverse("word_template", args=[self.kind])
