from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from supervision.special_days.enums import SpecialDayKind


class SpecialDayQuerySet(models.QuerySet):
    """Marked days of all years; one row may last longer than a day."""

    def between(self, first: date, last: date) -> Self:
        """Whatever touches these days, both inclusive."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class SpecialDay(models.Model):
    """Days the office marks: holidays, tests (RT, NT, O-NET), its own events; data, never code."""

    starts_on = models.DateField("ตั้งแต่วันที่")
    ends_on = models.DateField("ถึงวันที่")
    kind = models.CharField("ประเภท", max_length=10, choices=SpecialDayKind)
    name = models.CharField("ชื่อวันหรือกิจกรรม", max_length=150)
    history = HistoricalRecords()

    objects = SpecialDayQuerySet.as_manager()

    class Meta:
        verbose_name = "วันสำคัญในปฏิทิน"
        verbose_name_plural = verbose_name
        ordering = ("starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="special_day_ends_after_it_starts",
                violation_error_message="วันสิ้นสุดต้องไม่ก่อนวันเริ่ม",
            ),
            models.UniqueConstraint(
                fields=("starts_on", "name"),
                name="one_special_day_per_name",
                violation_error_message="มีวันนี้ในปฏิทินแล้ว",
            ),
        )

    def __str__(self) -> str:
        return self.name
