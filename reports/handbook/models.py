from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from reports.book.models import DrawingJob, drawn_parts_constraint
from reports.papers.models import filled_lines
from schools.core.thai import FIRST_BE_YEAR, LAST_BE_YEAR

MAX_FOREWORD_LENGTH = 6000


class Handbook(models.Model):
    """What an officer wrote in the handbook of a fiscal year; all else of it is drawn from data.

    Lines of the foreword are paragraphs. There is no row before somebody writes: until then the
    handbook prints the manual's foreword.
    """

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="handbooks")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ พ.ศ.")
    foreword = models.TextField("คำนำ", max_length=MAX_FOREWORD_LENGTH)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "คู่มือการปฏิบัติงาน"
        verbose_name_plural = verbose_name
        ordering = ("-fiscal_year", "officer")
        constraints = (
            models.UniqueConstraint(
                fields=("officer", "fiscal_year"), name="one_handbook_per_officer_and_year"
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year__gte=FIRST_BE_YEAR, fiscal_year__lte=LAST_BE_YEAR),
                name="handbook_year_is_buddhist",
            ),
        )

    def __str__(self) -> str:
        return f"คู่มือการปฏิบัติงาน ปีงบประมาณ พ.ศ. {self.fiscal_year} {self.officer}"

    @property
    def paragraphs(self) -> list[str]:
        return filled_lines(self.foreword)


class HandbookJob(DrawingJob):
    """The drawing of a handbook's parts for all who ask; its PDF is joined when it is opened."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ พ.ศ.")

    class Meta:
        verbose_name = "การจัดทำคู่มือการปฏิบัติงาน"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(fields=("officer", "fiscal_year"), name="one_job_per_handbook"),
            drawn_parts_constraint("handbook_job_draws_no_more_than_there_is"),
        )

    def __str__(self) -> str:
        return f"{self.officer} {self.fiscal_year}"
