from django.conf import settings
from django.db import models
from django.utils import timezone

from schools.core.thai import short_date


def emblem_path(emblem: "Emblem", filename: str) -> str:
    return f"emblems/{emblem.sha256}.jpg"


class Emblem(models.Model):
    """A picture that the office prints, or once printed, as its own emblem.

    It is known by the digest of its content and never changed nor removed: a paper that was issued
    with it is made again with it, whatever emblem the office uses by then.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    file = models.FileField(upload_to=emblem_path)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "ตราสำนักงาน"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"ตราที่บันทึกเมื่อ {short_date(self.uploaded_at)}"
