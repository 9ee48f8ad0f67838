"""Orders as the office issued them: who has the cluster in charge by which order."""

import pytest

from supervision.assignments.enums import DutyKind
from supervision.assignments.models import Duty
from tests.factories import DutyFactory, OfficialOrderFactory, OrderOfficerFactory


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
