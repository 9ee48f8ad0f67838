"""The duties that an officer had in a fiscal year, order by order."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from reports.handbook.officers import OfficerYear
from schools.core.thai import fiscal_year_days, long_date
from supervision.assignments.models import Duty, OrderOfficer


@dataclass(frozen=True)
class AssignedDuty:
    """One numbered duty; `until` is its last day in words, empty while it holds."""

    code: str
    level: int
    text: str
    lines: list[str]
    until: str


@dataclass(frozen=True)
class AssignedOrder:
    """What one order gives the officer, from its annex."""

    pk: int
    number: str
    since: str
    duties: list[AssignedDuty]


def orders_of_year(of: OfficerYear) -> list[AssignedOrder]:
    """The orders whose duties the officer had on a day of the year, oldest first."""
    first, last = fiscal_year_days(of.fiscal_year)
    duties = Duty.objects.of_person(of.officer).filter(Q(ends_on=None) | Q(ends_on__gte=first))
    duties = duties.filter(starts_on__lte=min(last, of.reading_day)).with_order()
    duties = duties.prefetch_related("lines")
    rows = duties.order_by("officer__order__effective_on", "officer", "position")
    return [
        _assigned_order(officer, list(of_order))
        for officer, of_order in groupby(rows, key=lambda duty: duty.officer)
    ]


def _assigned_order(officer: OrderOfficer, duties: list[Duty]) -> AssignedOrder:
    order = officer.order
    since = long_date(order.effective_on) if order.effective_on else ""
    return AssignedOrder(order.pk, order.number, since, [_assigned_duty(one) for one in duties])


def _assigned_duty(duty: Duty) -> AssignedDuty:
    return AssignedDuty(
        code=duty.code,
        level=min(duty.depth, 2) + 1,
        text=duty.text,
        lines=[str(line) for line in duty.lines.all()],
        until=long_date(duty.ends_on) if duty.ends_on else "",
    )
