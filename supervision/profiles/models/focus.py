"""What ministry, commission and area ask of the schools in a year."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from schools.access import rights_of
from schools.core.thai import FIRST_BE_YEAR, LAST_BE_YEAR
from schools.models import User
from supervision.criteria.models import Indicator
from supervision.profiles.focus.enums import PolicyOrigin


class PolicyFocusQuerySet(models.QuerySet["PolicyFocus"]):
    """Points of focus of all years."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them for everybody who holds a post: what is asked of schools is no secret."""
        rights = rights_of(user)
        return self.all() if rights.everywhere or rights.at_school else self.none()


class PolicyFocus(models.Model):
    """A point of focus or policy (จุดเน้น) of one fiscal year, and the indicators that ask for it."""

    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ (พ.ศ.)")
    origin = models.CharField("เป็นของ", max_length=20, choices=PolicyOrigin)
    position = models.PositiveSmallIntegerField("ลำดับที่", default=1)
    text = models.CharField("จุดเน้นหรือนโยบาย", max_length=300)
    source = models.CharField("ที่มา", max_length=200)
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="policy_focuses", verbose_name="ตัวชี้วัดที่ตอบจุดเน้น"
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords()

    objects = PolicyFocusQuerySet.as_manager()

    class Meta:
        verbose_name = "จุดเน้นและนโยบายของปี"
        verbose_name_plural = verbose_name
        ordering = ("-fiscal_year", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("fiscal_year", "origin", "text"),
                name="one_policy_focus_per_year_and_text",
                violation_error_message="ปีงบประมาณนี้มีจุดเน้นข้อนี้แล้ว",
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year__gte=FIRST_BE_YEAR, fiscal_year__lte=LAST_BE_YEAR),
                name="policy_focus_year_is_buddhist_era",
                violation_error_message="ปีงบประมาณต้องเป็น พ.ศ. เช่น 2569",
            ),
        )

    def __str__(self) -> str:
        return self.text
