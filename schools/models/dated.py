from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


def not_over_q(day: date, path: str = "") -> Q:
    """What holds on the day or later; `path` leads to the dated rows."""
    return Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gte": day})


def in_force_between_q(first: date, last: date, path: str = "") -> Q:
    """What holds on some day of these, both inclusive; `path` leads to the dated rows."""
    return not_over_q(first, path) & Q(**{f"{path}starts_on__lte": last})


class DatedQuerySet(models.QuerySet):
    """Facts of all times, those that are over and those to come among them."""

    def in_force(self, on: date) -> Self:
        """Rows valid on that day; both ends are inclusive, an empty end is open."""
        return self.filter(in_force_between_q(on, on))


class DatedModel(models.Model):
    """A fact that holds from one day to another, and is ended rather than overwritten."""

    starts_on = models.DateField("ตั้งแต่วันที่")
    ends_on = models.DateField("ถึงวันที่", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_in_force_on(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def is_over(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on < on

    def overlaps(self, other: "DatedModel") -> bool:
        """Whether both hold on some day."""
        return self.starts_on <= (other.ends_on or date.max) and other.starts_on <= (
            self.ends_on or date.max
        )


def ends_after_start_constraint(name: str) -> models.CheckConstraint:
    """The constraint every dated table carries under its own name."""
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม",
    )
