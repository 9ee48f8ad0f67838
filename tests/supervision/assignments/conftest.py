"""Orders as the office issued them, and drafts made and signed by the portal's actions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.core.thai import be_year
from supervision.assignments.drafting import actions as drafting
from supervision.assignments.drafting import sequence
from supervision.assignments.enums import DutyKind
from supervision.assignments.issuing import issue_order, preview_issue
from supervision.assignments.models import Duty, OfficialOrder, OrderOfficer
from tests.factories import (
    ClusterFactory,
    DutyFactory,
    OfficialOrderFactory,
    OrderOfficerFactory,
)


@pytest.fixture
def order_cluster():
    """Give a person a cluster by an order: a duty that names the appointment there."""

    def give(person, cluster, number="195/2567") -> Duty:
        appointment = person.appointments.get(cluster=cluster)
        order = OfficialOrderFactory(number=number, effective_on=appointment.starts_on)
        officer = OrderOfficerFactory(order=order, position=5, user=person)
        return DutyFactory(
            officer=officer,
            kind=DutyKind.CLUSTER,
            cluster=cluster,
            code="5.3",
            text=f"{cluster} จำนวน 7 โรงเรียน",
            ends_on=appointment.ends_on,
            end_reason="สิ้นสุด" if appointment.ends_on else "",
            appointment=appointment,
        )

    return give


def day(days: int = 0):
    return timezone.localdate() + timedelta(days=days)


def number(first: int = 1) -> str:
    return f"{first}/{be_year(day())}"


def issue(order, *, by, first=1, effective_on=None, ordered_on=None):
    """Sign the order as the page does: with what it has shown."""
    effective_on = effective_on or day()
    shown = preview_issue(order, effective_on=effective_on).version
    ordered_on = ordered_on or day()
    return issue_order(
        order,
        by=by,
        number=number(first),
        ordered_on=ordered_on,
        effective_on=effective_on,
        shown_version=shown,
    )


@pytest.fixture
def draft_order(clerk):
    """Makes a complete draft: `draft_order((person, DutyKind.CLUSTER, {"cluster": cluster}))`."""

    def make(*duties, by=clerk):
        order = OfficialOrder(
            subject="กำหนดหน้าที่ความรับผิดชอบ",
            reason="ด้วยสำนักงานได้กำหนดหน้าที่",
            legal_basis="มาตรา 24",
            closing="ให้ใช้กำหนดหน้าที่ดังแนบ",
        )
        drafting.create_order_draft(order, by=by)
        for user, kind, place in duties:
            add_duty(order, user, kind, by=by, **place)
        return order

    return make


def add_duty(order, user, kind, *, by, **place):
    officer = order.officers.filter(user=user).first()
    if officer is None:
        position = sequence.next_officer_position(order)
        officer = OrderOfficer(order=order, position=position, user=user, printed_post="ศึกษานิเทศก์")
        sequence.save_order_officer(officer, by=by)
    code = sequence.proposed_duty_code(officer)
    position = sequence.position_of_new_duty(officer)
    duty = Duty(officer=officer, kind=kind, code=code, position=position, text="หน้าที่", **place)
    sequence.save_order_duty(duty, by=by, lines=())
    return duty


@pytest.fixture
def new_cluster(area_director):
    """A cluster that nobody has in charge."""
    return ClusterFactory(name="กลุ่มโรงเรียนใหม่")


@pytest.fixture
def cluster_duty(draft_order, supervisor, new_cluster):
    """A draft that gives the new cluster to the supervisor."""
    return draft_order((supervisor, DutyKind.CLUSTER, {"cluster": new_cluster}))
