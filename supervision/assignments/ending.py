"""An officer leaves before the order is replaced: the duties end on a day, the order stays."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import long_date
from schools.models import User
from schools.people.appointments import end_appointment_by_order
from supervision.assignments.consequences import carry_out_consequences
from supervision.assignments.enums import OrderAction, OrderState
from supervision.assignments.models import Duty, OfficialOrder, OrderOfficer
from supervision.assignments.queries import lasting_duties
from supervision.assignments.rights import ONE_DAY, EndedRight, ended_rights
from supervision.workflow.actions import transition


def open_duties(officer: OrderOfficer) -> list[Duty]:
    """The officer's duties of a signed order that are not over, those that end later among them."""
    return list(lasting_duties(officer.duties.all(), timezone.localdate()))


def check_officer_has_open_duties(officer: OrderOfficer) -> None:
    """Raises ActionRefused where nothing is left to end."""
    if officer.order.state == OrderState.DRAFT:
        raise ActionRefused("คำสั่งนี้ยังเป็นร่าง โปรดแก้ไขร่างแทนการสิ้นสุดหน้าที่")
    if not open_duties(officer):
        raise ActionRefused(f"หน้าที่ทุกข้อของ {officer} สิ้นสุดไปแล้ว จึงไม่มีอะไรให้สิ้นสุดอีก")


@transaction.atomic
def end_officer_duties(
    officer: OrderOfficer, *, by: User, last_day: date, reason: str
) -> OfficialOrder:
    """End all duties of an officer on a day, with the rights that rested on them alone.

    Raises ActionRefused without a reason, for a day before they hold, and where they end by then
    already.
    """
    order = officer.order
    order.refresh_from_db(from_queryset=OfficialOrder.objects.select_for_update())
    check_officer_has_open_duties(officer)
    duties = _duties_after(officer, last_day)
    said = f"{officer} ถึง {long_date(last_day)}: {reason.strip()}" if reason.strip() else ""
    transition(order, _action_of(order), by=by, reason=said)
    rights = rights_that_end(duties, last_day)
    now = timezone.now()
    for duty in duties:
        duty.ends_on, duty.ended_by, duty.end_reason = last_day, None, reason.strip()
        duty.end_recorded_at = now
    Duty.objects.bulk_update(duties, ["ends_on", "ended_by", "end_reason", "end_recorded_at"])
    for right in rights:
        end_appointment_by_order(
            right.appointment, by=by, last_day=right.last_day, order=str(order)
        )
    carry_out_consequences(order, by=by)
    return order


def _action_of(order: OfficialOrder) -> OrderAction:
    """The action that ends duties of an order in its state, which it keeps."""
    if order.state == OrderState.ISSUED:
        return OrderAction.END_DUTIES
    return OrderAction.END_DUTIES_OF_SUPERSEDED


def _duties_after(officer: OrderOfficer, last_day: date) -> list[Duty]:
    """The duties that would hold after that day. Raises ActionRefused for a day that cannot be."""
    duties = open_duties(officer)
    starts_on = min(duty.starts_on for duty in duties if duty.starts_on)
    if last_day < starts_on:
        raise ActionRefused(
            field_errors={"last_day": f"หน้าที่เริ่ม {long_date(starts_on)} โปรดระบุวันนั้นหรือวันหลังจากนั้น"}
        )
    later = [duty for duty in duties if duty.ends_on is None or duty.ends_on > last_day]
    if not later:
        raise ActionRefused(
            field_errors={"last_day": "หน้าที่สิ้นสุดในวันนั้นหรือก่อนวันนั้นอยู่แล้ว โปรดระบุวันก่อนหน้า"}
        )
    return later


def rights_that_end(duties: Sequence[Duty], last_day: date) -> list[EndedRight]:
    """The appointments that rest on these duties alone, each with its last day."""
    return ended_rights(duties, first_day_without=last_day + ONE_DAY)
