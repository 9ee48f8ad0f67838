from collections.abc import Iterable
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from supervision.assignments.models import LearningArea
from supervision.needs.enums import NeedsLevel


class NeedsTopicQuerySet(models.QuerySet["NeedsTopic"]):
    """The topics of the office, those it no longer uses among them."""

    def in_use(self) -> Self:
        """Topics by which needs and results are matched today, in their order."""
        return self.filter(is_active=True)


class NeedsTopic(models.Model):
    """A subject of concern, by which what a school states is laid beside what its results say.

    Survey areas and standards are named, not linked: a new version of a survey template or of an
    indicator set is new rows under the same names. `words` are looked for in what schools and
    supervisors write, and in the names of tests.
    """

    name = models.CharField(
        "ประเด็น",
        max_length=100,
        unique=True,
        error_messages={"unique": "มีประเด็นชื่อนี้แล้ว โปรดใช้ชื่ออื่น"},
    )
    position = models.PositiveSmallIntegerField("ลำดับที่", default=0)
    learning_area = models.ForeignKey(
        LearningArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="กลุ่มสาระการเรียนรู้",
    )
    words = models.JSONField("คำที่ใช้จับคู่", default=list, blank=True)
    area_names = models.JSONField("ด้านในแบบสำรวจ", default=list, blank=True)
    standard_names = models.JSONField("มาตรฐาน", default=list, blank=True)
    provenance = models.CharField("ที่มา", max_length=200, blank=True)
    is_active = models.BooleanField("ใช้อยู่", default=True)
    history = HistoricalRecords()

    objects = NeedsTopicQuerySet.as_manager()

    class Meta:
        verbose_name = "ประเด็นที่ใช้จับคู่ความต้องการกับผล"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name

    def is_named_in(self, texts: Iterable[str]) -> bool:
        """Whether one of the texts has one of the topic's words."""
        said = "\n".join(texts).casefold()
        return any(word.casefold() in said for word in self.words)


class NeedsFactsRule(models.Model):
    """What counts as a stated need and as a low result, as the group director sets it; one row.

    `sd_below` is how many S.D. of the schools' means a school lies below the area's mean.
    """

    stated_level = models.PositiveSmallIntegerField(
        "ระดับสภาพปัญหาหรือความต้องการตั้งแต่", choices=NeedsLevel, default=NeedsLevel.MUCH
    )
    sd_below = models.DecimalField(
        "ต่ำกว่าค่าเฉลี่ยของเขตตั้งแต่กี่ S.D.",
        max_digits=2,
        decimal_places=1,
        default=1,
        validators=(MinValueValidator(0), MaxValueValidator(3)),
    )
    counts_below_nation = models.BooleanField("ต่ำกว่าค่าเฉลี่ยระดับประเทศ", default=True)
    counts_below_target = models.BooleanField("ผลการนิเทศต่ำกว่าเป้าหมายของมาตรฐาน", default=True)
    counts_open_advice = models.BooleanField("มีข้อเสนอแนะที่ยังไม่ปิด", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "เกณฑ์จับคู่ความต้องการกับผล"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(
                condition=Q(stated_level__in=NeedsLevel.values),
                name="stated_level_is_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(sd_below__gte=0) & Q(sd_below__lte=3),
                name="sd_below_is_at_most_three",
            ),
        )

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def in_force(cls) -> "NeedsFactsRule":
        """The office's rule; until it has set one, the one that the portal suggests, not saved."""
        return cls.objects.order_by("pk").first() or cls()
