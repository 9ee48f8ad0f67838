from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q, Subquery
from simple_history.models import HistoricalRecords

from schools.core.thai import BE_OFFSET
from schools.models.area import Area


class AcademicYear(models.Model):
    """A school year (ปีการศึกษา) in the Buddhist era, 16 May to 15 May unless moved."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="academic_years")
    year = models.PositiveSmallIntegerField("ปีการศึกษา (พ.ศ.)")

    class Meta:
        verbose_name = "ปีการศึกษา"
        verbose_name_plural = verbose_name
        ordering = ("-year",)
        constraints = (
            models.UniqueConstraint(fields=("area", "year"), name="one_academic_year_per_area"),
            models.CheckConstraint(
                condition=Q(year__gte=2400) & Q(year__lte=2700),
                name="academic_year_is_buddhist_era",
                violation_error_message="ปีการศึกษาต้องเป็น พ.ศ. เช่น 2569",
            ),
        )

    def __str__(self) -> str:
        return str(self.year)


class TermQuerySet(models.QuerySet["Term"]):
    """Terms of all years; between two terms the earlier one goes on."""

    def in_force(self, on: date) -> "Term | None":
        """The term last opened on that day; a term lasts until the next one opens.

        `next_opens_on` is when that will be, as far as the register says.
        """
        later = Term.objects.filter(opens_on__gt=on).order_by("opens_on").values("opens_on")
        return (
            self.select_related("academic_year__area")
            .annotate(next_opens_on=Subquery(later[:1]))
            .filter(opens_on__lte=on)
            .order_by("-opens_on")
            .first()
        )

    def between(self, first: date, last: date) -> Self:
        """Terms with class on some day of these, both inclusive."""
        return self.filter(opens_on__lte=last, closes_on__gt=first)


class Term(models.Model):
    """One term (ภาคเรียน). Dates are rows because the authority may move them.

    `closes_on` is the first day without class (ระเบียบ ศธ. 2549 ข้อ 7).
    """

    academic_year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField("ภาคเรียนที่", choices=((1, "1"), (2, "2")))
    opens_on = models.DateField("วันเปิดภาคเรียน")
    closes_on = models.DateField("วันปิดภาคเรียน")
    history = HistoricalRecords()

    # Added by TermQuerySet.in_force: when the next term opens, as far as the register says.
    next_opens_on: date | None

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "ภาคเรียน"
        verbose_name_plural = verbose_name
        ordering = ("-opens_on",)
        constraints = (
            models.UniqueConstraint(fields=("academic_year", "number"), name="one_term_per_number"),
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on")),
                name="term_closes_after_it_opens",
                violation_error_message="วันปิดภาคเรียนต้องอยู่หลังวันเปิดภาคเรียน",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}/{self.academic_year.year}"

    def is_running_on(self, day: date) -> bool:
        return self.opens_on <= day < self.closes_on


def usual_terms(year: int) -> dict[int, tuple[date, date]]:
    """The terms' days by ระเบียบ ศธ. 2549 ข้อ 7; a closing day is the first day without class."""
    opens = year - BE_OFFSET
    return {
        1: (date(opens, 5, 16), date(opens, 10, 11)),
        2: (date(opens, 11, 1), date(opens + 1, 4, 1)),
    }
