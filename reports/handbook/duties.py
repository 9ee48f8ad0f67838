"""The duties that an officer had in a fiscal year, order by order."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from reports.handbook.officers import OfficerYear
from schools.core.thai import fiscal_year_days, long_date
from supervision.assignments.assignment_list import AssignmentComparison, compare_assignments
from supervision.assignments.models import Duty, OfficialOrder, OrderOfficer


@dataclass(frozen=True)
class AssignedDuty:
    """One numbered duty; `until` is its last day in words, empty while it holds."""

    code: str
    level: int
    text: str
    lines: list[str]
    until: str
    note: str


@dataclass(frozen=True)
class AssignedOrder:
    """What one order gives the officer, from their entry in its annex."""

    entry: OrderOfficer
    duties: list[AssignedDuty]

    @property
    def order(self) -> OfficialOrder:
        return self.entry.order

    @property
    def since(self) -> str:
        """The day from which the order holds."""
        return long_date(self.order.effective_on) if self.order.effective_on else ""

    @property
    def listed(self) -> AssignmentComparison | None:
        """The manual's list of assigned work beside the annex; none of other orders."""
        prefetch_related_objects([self.entry], "listed_assignments", "duties__cluster")
        return compare_assignments(self.entry) if self.entry.listed_assignments.all() else None


def orders_of_year(of: OfficerYear) -> list[AssignedOrder]:
    """The orders whose duties the officer had on a day of the year, oldest first."""
    entries = OrderOfficer.objects.filter(
        user=of.officer, order__in=OfficialOrder.objects.signed()
    ).order_by("order__effective_on", "pk")
    entries = entries.select_related("order").prefetch_related("duties__lines")
    found = (_assigned_order(entry, of) for entry in entries)
    return [given for given in found if given.duties]


def _assigned_order(entry: OrderOfficer, of: OfficerYear) -> AssignedOrder:
    duties = [_assigned_duty(duty) for duty in entry.duties.all() if _is_of_year(duty, of)]
    return AssignedOrder(entry, duties)


def _is_of_year(duty: Duty, of: OfficerYear) -> bool:
    """Whether it held on a day of the year that has been."""
    first, _ = fiscal_year_days(of.fiscal_year)
    has_begun = duty.starts_on is not None and duty.starts_on <= of.reading_day
    return has_begun and (duty.ends_on is None or duty.ends_on >= first)


def _assigned_duty(duty: Duty) -> AssignedDuty:
    return AssignedDuty(
        code=duty.code,
        level=min(duty.depth, 2) + 1,
        text=duty.text,
        lines=[str(line) for line in duty.lines.all()],
        until=long_date(duty.ends_on) if duty.ends_on else "",
        note=duty.data_note,
    )
