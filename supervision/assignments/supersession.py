"""The earlier orders that an order replaces, as a whole or for the officers it names."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import long_date
from schools.models import User
from supervision.assignments.enums import OrderAction, OrderState
from supervision.assignments.models import Duty, OfficialOrder, OrderSupersession
from supervision.assignments.queries import lasting_duties, supersessions_of
from supervision.workflow.actions import transition


def check_can_be_superseded(order: OfficialOrder, *, by: OfficialOrder) -> None:
    """Raises ActionRefused where the order is the new one itself, a draft, or replaced already."""
    if order == by:
        raise ActionRefused("คำสั่งยกเลิกตัวเองไม่ได้ โปรดเลือกคำสั่งฉบับก่อน")
    if order.state == OrderState.DRAFT:
        raise ActionRefused(f"{order} ยังไม่ได้ลงนาม จึงไม่มีอะไรให้ยกเลิก หากไม่ใช้แล้วโปรดลบร่างนั้น")
    if order.state == OrderState.SUPERSEDED:
        newer = order.superseded_by.exclude(order__state=OrderState.DRAFT).first()
        said = f"โดย{newer.order} " if newer else ""
        raise ActionRefused(
            f"{order} ถูกยกเลิกไปแล้ว{said}มีผลถึง {long_date(_last_day(order))} "
            "โปรดนำออกจากรายการคำสั่งที่ยกเลิก หรือเลือกคำสั่งที่ใช้อยู่แทน"
        )


def _last_day(order: OfficialOrder) -> date:
    if order.ends_on is None:
        raise ValueError("a superseded order has its last day")
    return order.ends_on


def check_supersessions(order: OfficialOrder, effective_on: date) -> None:
    """Lock the orders that this one replaces, and check each against its day.

    Raises ActionRefused for what check_can_be_superseded does, for an order that is not in force
    the day before, and for named officers whose duties have ended.
    """
    rows = [row for row in supersessions_of(order) if row.superseded]
    for supersession in sorted(rows, key=lambda row: row.superseded_id or 0):
        older = supersession.superseded
        if older is None:
            continue
        older.refresh_from_db(from_queryset=OfficialOrder.objects.select_for_update())
        check_can_be_superseded(older, by=order)
        if older.effective_on and older.effective_on >= effective_on:
            raise ActionRefused(
                field_errors={
                    "effective_on": f"{older} มีผลตั้งแต่ {long_date(older.effective_on)} "
                    "คำสั่งที่ยกเลิกต้องมีผลอยู่ก่อน โปรดระบุวันหลังจากวันนั้น"
                }
            )
        _check_named_officers(supersession, effective_on)


def _check_named_officers(supersession: OrderSupersession, effective_on: date) -> None:
    lasting = lasting_duties(Duty.objects.all(), effective_on).values("officer")
    for officer in supersession.officers.exclude(pk__in=lasting).select_related("user"):
        raise ActionRefused(
            f"หน้าที่ของ {officer} ตาม{supersession.superseded} สิ้นสุดไปแล้ว "
            "โปรดนำผู้นี้ออกจากรายการคำสั่งที่ยกเลิก"
        )


def end_superseded_duties(
    order: OfficialOrder, duties: Sequence[Duty], *, by: User, effective_on: date
) -> None:
    """End these duties, and the orders replaced as a whole, the day before the new order holds."""
    last_day = effective_on - timedelta(days=1)
    now = timezone.now()
    for duty in duties:
        duty.ends_on, duty.ended_by, duty.end_recorded_at = last_day, order, now
    Duty.objects.bulk_update(duties, ["ends_on", "ended_by", "end_recorded_at"])
    for supersession in supersessions_of(order):
        if supersession.superseded:
            _log_supersession(supersession, supersession.superseded, by=by, last_day=last_day)


def _log_supersession(
    supersession: OrderSupersession, older: OfficialOrder, *, by: User, last_day: date
) -> None:
    until = f"{supersession.order} มีผลถึง {long_date(last_day)}"
    names = ", ".join(str(officer) for officer in supersession.officers.all())
    if names:
        transition(older, OrderAction.SUPERSEDE_OFFICERS, by=by, reason=f"{until}: {names}")
    else:
        transition(older, OrderAction.SUPERSEDE, by=by, reason=until, ends_on=last_day)
