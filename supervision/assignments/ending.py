"""An officer leaves before the order is replaced: the duties end on a day, the order stays."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from schools.core.errors import ActionRefused
from schools.core.thai import long_date
from schools.models import User
from schools.people.appointments import end_appointment_by_order
from supervision.assignments.enums import OrderAction, OrderState
from supervision.assignments.models import Duty, OfficialOrder, OrderOfficer
from supervision.assignments.rights import ONE_DAY, EndedRight, ended_rights
from supervision.workflow.actions import transition


def open_duties(officer: OrderOfficer) -> list[Duty]:
    """The officer's duties of a signed order that have no last day."""
    return list(officer.duties.filter(ends_on=None, starts_on__isnull=False))


def check_officer_has_open_duties(officer: OrderOfficer) -> None:
    """Raises ActionRefused where nothing is left to end."""
    if officer.order.state == OrderState.DRAFT:
        raise ActionRefused("คำสั่งนี้ยังเป็นร่าง โปรดแก้ไขร่างแทนการสิ้นสุดหน้าที่")
    if not open_duties(officer):
        raise ActionRefused(f"หน้าที่ทุกข้อของ {officer} มีวันสิ้นสุดแล้ว จึงไม่มีอะไรให้สิ้นสุดอีก")


@transaction.atomic
def end_officer_duties(
    officer: OrderOfficer, *, by: User, last_day: date, reason: str
) -> OfficialOrder:
    """End all duties of an officer on a day, with the rights that rested on them alone.

    Raises ActionRefused without a reason, before the day from which they hold, and where they
    have ended.
    """
    order = officer.order
    order.refresh_from_db(from_queryset=OfficialOrder.objects.select_for_update())
    check_officer_has_open_duties(officer)
    duties = open_duties(officer)
    starts_on = min(duty.starts_on for duty in duties if duty.starts_on)
    if last_day < starts_on:
        raise ActionRefused(
            field_errors={"last_day": f"หน้าที่เริ่ม {long_date(starts_on)} โปรดระบุวันนั้นหรือวันหลังจากนั้น"}
        )
    action = (
        OrderAction.END_DUTIES
        if order.state == OrderState.ISSUED
        else OrderAction.END_DUTIES_OF_SUPERSEDED
    )
    said = f"{officer} ถึง {long_date(last_day)}: {reason.strip()}" if reason.strip() else ""
    transition(order, action, by=by, reason=said)
    rights = rights_that_end(duties, last_day)
    for duty in duties:
        duty.ends_on, duty.end_reason = last_day, reason.strip()
    Duty.objects.bulk_update(duties, ["ends_on", "end_reason"])
    for right in rights:
        end_appointment_by_order(
            right.appointment, by=by, last_day=right.last_day, order=str(order)
        )
    return order


def rights_that_end(duties: Sequence[Duty], last_day: date) -> list[EndedRight]:
    """The appointments that rest on these duties alone, each with its last day."""
    return ended_rights(duties, first_day_without=last_day + ONE_DAY)
