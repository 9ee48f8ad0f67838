"""Who is responsible for a work of the manual on a day, by the orders in force."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.db.models import Q

from supervision.assignments.enums import DutyKind
from supervision.assignments.models import Duty
from supervision.standards.models import Work
from supervision.standards.processes import WorkOfficer


def officers_of_work(work: Work, day: date) -> list[WorkOfficer]:
    """Who has the work as a duty, and who heads its work group, in the sequence of their orders."""
    duties = Duty.objects.in_force(day).with_order()
    found = duties.filter(
        Q(work=work) | Q(kind=DutyKind.WORK_GROUP_HEAD, work_group=work.work_group)
    ).order_by("officer__order__effective_on", "officer__position", "officer", "position")
    return [_officer(list(rows)) for _, rows in groupby(found, key=lambda one: one.officer_id)]


def _officer(duties: Sequence[Duty]) -> WorkOfficer:
    officer = duties[0].officer
    return WorkOfficer(
        name=str(officer.user or officer),
        duty=", ".join(f"ข้อ {duty.code} {duty.text}" for duty in duties),
        order=f"คำสั่งที่ {officer.order.number}",
    )
