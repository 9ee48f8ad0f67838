"""What happens to the draft of an order: its texts, and the orders that it replaces.

Every change locks the order and is a line of its log, so that it is known who wrote what.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.models import User
from supervision.assignments.enums import OrderAction
from supervision.assignments.models import (
    Duty,
    DutyLine,
    OfficialOrder,
    OrderOfficer,
    OrderSupersession,
)
from supervision.assignments.queries import officers_with_duties, order_citation
from supervision.assignments.supersession import check_can_be_superseded
from supervision.workflow.actions import ensure_allowed, start, transition

OFFICER_FACTS = (
    *("position", "user", "printed_name", "printed_post"),
    *("position_number", "academic_standing"),
)
DUTY_FACTS = (
    *("position", "code", "kind", "text", "work_group", "work"),
    *("cluster", "learning_area", "project", "committee_name"),
)


def note_draft_change(order: OfficialOrder, what: str, *, by: User) -> None:
    """Lock the draft and log what is changed in it. Raises ActionRefused once it is signed."""
    transition(order, OrderAction.UPDATE, by=by, reason=what)


def check_order_is_draft(order: OfficialOrder) -> None:
    """Raises ActionRefused once it is signed; what changes then is a new order."""
    ensure_allowed(order, OrderAction.UPDATE)


@transaction.atomic
def create_order_draft(order: OfficialOrder, *, by: User) -> OfficialOrder:
    """Begin a draft without officers."""
    with unique_violation_as_refusal(_number_taken(order)):
        start(order, OrderAction.DRAFT, by=by)
    return order


@transaction.atomic
def update_order_draft(order: OfficialOrder, *, by: User, facts: Mapping[str, Any]) -> None:
    """Change texts, number and days of a draft."""
    note_draft_change(order, "ข้อความและวันที่ของคำสั่ง", by=by)
    for name, value in facts.items():
        setattr(order, name, value)
    with unique_violation_as_refusal(_number_taken(order)):
        order.save(update_fields=[*facts])


def _number_taken(order: OfficialOrder) -> str:
    return f"มีคำสั่งที่ {order.number} แล้ว โปรดตรวจเลขที่ในทะเบียนคำสั่ง"


@transaction.atomic
def delete_order_draft(order: OfficialOrder, *, by: User) -> None:
    """Throw a draft away; the log goes on naming who did it."""
    transition(order, OrderAction.DELETE, by=by, reason=str(order))
    order.supersessions.all().delete()  # they may name officers of other orders
    order.delete()


# --- From an older order ---


@transaction.atomic
def copy_order(source: OfficialOrder, *, by: User) -> OfficialOrder:
    """Begin a draft with the texts, officers and duties of another order, which it replaces."""
    new = OfficialOrder(subject=source.subject, is_sample=source.is_sample, **_texts_of(source))
    start(new, OrderAction.COPY, by=by, reason=str(source))
    return _fill_from(new, source)


@transaction.atomic
def revise_order(source: OfficialOrder, *, by: User) -> OfficialOrder:
    """Begin an order that corrects a signed one, which stays as it was signed.

    Raises ActionRefused where the order is a draft or replaced already.
    """
    source.refresh_from_db(from_queryset=OfficialOrder.objects.select_for_update())
    new = OfficialOrder(
        subject=f"แก้ไขคำสั่งที่ {source.number} {source.subject}"[:300],
        corrects=source,
        is_sample=source.is_sample,
        **_texts_of(source),
    )
    check_can_be_superseded(source, by=new)
    start(new, OrderAction.REVISE, by=by, reason=str(source))
    return _fill_from(new, source)


def _texts_of(source: OfficialOrder) -> dict[str, str]:
    names = ("reason", "legal_basis", "closing", "annex_title")
    return {name: getattr(source, name) for name in names}


def _fill_from(new: OfficialOrder, source: OfficialOrder) -> OfficialOrder:
    if not source.is_draft and source.ends_on is None:
        new.supersessions.create(superseded=source, text=order_citation(source))
    for officer in officers_with_duties(source):
        copy = OrderOfficer(order=new, **_facts(officer, OFFICER_FACTS))
        copy.save()
        for duty in officer.duties.all():
            _copy_duty(duty, copy)
    return new


def _copy_duty(duty: Duty, officer: OrderOfficer) -> None:
    copy = Duty(officer=officer, **_facts(duty, DUTY_FACTS))
    copy.save()
    DutyLine.objects.bulk_create(
        DutyLine(duty=copy, position=line.position, text=line.text) for line in duty.lines.all()
    )


def _facts(row: OrderOfficer | Duty, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


# --- The orders it replaces ---


@transaction.atomic
def add_supersession(
    order: OfficialOrder, *, by: User, superseded: OfficialOrder | None, text: str
) -> OrderSupersession:
    """Let the draft replace an order; of one that the portal does not know, only its text.

    Raises ActionRefused where the order cannot be replaced, or is named already.
    """
    note_draft_change(order, "คำสั่งที่ยกเลิก", by=by)
    if superseded:
        check_can_be_superseded(superseded, by=order)
        text = order_citation(superseded)
    with unique_violation_as_refusal("ระบุคำสั่งนี้ไว้แล้ว จึงไม่เพิ่มซ้ำ"):
        return order.supersessions.create(superseded=superseded, text=text)


@transaction.atomic
def name_superseded_officers(
    supersession: OrderSupersession, *, by: User, officers: Iterable[OrderOfficer]
) -> None:
    """Replace the order for these officers only; for all of them if none is named."""
    named = list(officers)
    if any(officer.order_id != supersession.superseded_id for officer in named):
        raise ActionRefused("เลือกได้เฉพาะผู้ปฏิบัติตามคำสั่งที่ยกเลิก โปรดเลือกใหม่")
    note_draft_change(supersession.order, "ผู้ที่คำสั่งเดิมสิ้นสุด", by=by)
    supersession.officers.set(named)


@transaction.atomic
def delete_supersession(supersession: OrderSupersession, *, by: User) -> None:
    """Let the draft leave that order as it is."""
    note_draft_change(supersession.order, f"นำ {supersession} ออก", by=by)
    supersession.delete()
