"""The crosswalk: which indicator answers which dimension, standard and point of focus."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from simple_history.models import HistoricalRecords

from schools.access import rights_of
from schools.models import User
from supervision.criteria.models import Indicator
from supervision.profiles.models import EducationStandard
from supervision.quality_drive.enums import DimensionCode


class CrosswalkLineQuerySet(models.QuerySet["CrosswalkLine"]):
    """Lines of the crosswalk."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them for everybody who holds a post: what answers what is no secret."""
        rights = rights_of(user)
        return self.all() if rights.everywhere or rights.at_school else self.none()


class CrosswalkLine(models.Model):
    """What one indicator answers: a dimension of the drive and standards of the announcement.

    Which points of focus of a year it answers stands with those (PolicyFocus.indicators), so that
    it is said once. What holds for an indicator holds for the same one in other versions of its
    set (`supervision.criteria.queries.indicator_key`). It goes with its indicator, which is deleted
    from drafts alone; its history stays.
    """

    indicator = models.OneToOneField(
        Indicator, models.CASCADE, related_name="crosswalk_line", verbose_name="ตัวชี้วัด"
    )
    dimension_code = models.CharField("ด้าน", max_length=5, choices=DimensionCode, blank=True)
    education_standards = models.ManyToManyField(
        EducationStandard, blank=True, related_name="crosswalk_lines", verbose_name="มาตรฐานการศึกษา"
    )
    note = models.CharField("หมายเหตุ", max_length=300, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords(m2m_fields=[education_standards])

    objects = CrosswalkLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ตารางเทียบตัวชี้วัด"
        verbose_name_plural = verbose_name
        ordering = ("indicator__standard", "indicator__position")

    def __str__(self) -> str:
        return str(self.indicator)
