"""Sample orders of the demonstration: who had a cluster before, and what else is in whose charge.

They are made as orders that were signed before the portal was there, each marked as a sample.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from schools.core.thai import be_year
from schools.enums import Role
from schools.models import Appointment, Area, Cluster, User
from supervision.assignments.enums import DutyKind, OrderState
from supervision.assignments.models import Duty, LearningArea, OfficialOrder, OrderOfficer
from supervision.demo.people import SINCE
from supervision.standards.models import WorkGroup

ONE_DAY, YEAR = timedelta(days=1), timedelta(days=365)
BEFORE = date(2023, 10, 1)  # since when the earlier officer had the cluster
HEADED_GROUP, HEADED_AREA = "4.3", "ภาษาไทย"
LEGAL_BASIS = "มาตรา 24 แห่งพระราชบัญญัติระเบียบข้าราชการครูและบุคลากรทางการศึกษา พ.ศ. 2547 และที่แก้ไขเพิ่มเติม"


@dataclass(frozen=True)
class SampleDuty:
    """What an officer is given, with the appointment that it explains if there is one."""

    kind: DutyKind
    text: str
    appointment: Appointment | None = None
    place: Mapping[str, Any] = field(default_factory=dict)


def create_moved_cluster_orders(area: Area, cluster: Cluster) -> None:
    """The cluster was in another's charge until order 195/2567; that officer heads a group now."""
    officer = User.objects.get(username="workgroup")
    held = Appointment.objects.create(
        user=officer,
        role=Role.SUPERVISOR,
        cluster=cluster,
        starts_on=BEFORE,
        ends_on=SINCE - ONE_DAY,
    )
    before = create_sample_order(area, 10, BEFORE, {officer: [cluster_duty(held)]})
    headed = officer.appointments.get(role=Role.WORK_GROUP_HEAD)
    now = create_sample_order(area, 20, SINCE, {officer: _duties_of_head(headed)})
    end_sample_order(before, SINCE - ONE_DAY, by=now)


def create_showroom_orders(area: Area) -> None:
    """One order gives supervisors their clusters; one cluster was another's the year before."""
    rows = Appointment.objects.filter(role=Role.SUPERVISOR).exclude(cluster=None)
    held = list(rows.select_related("user", "cluster").order_by("user", "pk"))
    since, first = held[0].starts_on, held[0]
    earlier = next((one for one in held if one.user != first.user), first)
    before = Appointment.objects.create(
        user=earlier.user,
        role=Role.SUPERVISOR,
        cluster=first.cluster,
        starts_on=since - YEAR,
        ends_on=since - ONE_DAY,
    )
    replaced = create_sample_order(area, 1, since - YEAR, {earlier.user: [cluster_duty(before)]})
    duties: dict[User, list[SampleDuty]] = {}
    for appointment in held:
        duties.setdefault(appointment.user, []).append(cluster_duty(appointment))
    now = create_sample_order(area, 1, since, duties)
    end_sample_order(replaced, since - ONE_DAY, by=now)


def _duties_of_head(appointment: Appointment) -> list[SampleDuty]:
    group = WorkGroup.objects.get(code=HEADED_GROUP)
    learning_area = LearningArea.objects.get(name=HEADED_AREA)
    return [
        SampleDuty(
            DutyKind.WORK_GROUP_HEAD,
            f"ปฏิบัติหน้าที่หัวหน้า{group.name}",
            appointment,
            {"work_group": group},
        ),
        SampleDuty(
            DutyKind.LEARNING_AREA,
            f"หัวหน้ากลุ่มสาระการเรียนรู้{learning_area.name}",
            place={"learning_area": learning_area},
        ),
    ]


def cluster_duty(appointment: Appointment) -> SampleDuty:
    place = {"cluster": appointment.cluster}
    return SampleDuty(DutyKind.CLUSTER, str(appointment.cluster), appointment, place)


def create_sample_order(
    area: Area,
    number: int,
    effective_on: date,
    duties: Mapping[User, Sequence[SampleDuty]],
) -> OfficialOrder:
    """An order of that day with these officers in sequence, in a few queries."""
    order = OfficialOrder.objects.create(
        state=OrderState.ISSUED,
        number=f"{number}/{be_year(effective_on)}",
        subject="กำหนดหน้าที่ความรับผิดชอบให้ข้าราชการครูและบุคลากรทางการศึกษาปฏิบัติหน้าที่ (ตัวอย่าง)",
        reason=f"ด้วย {area.name} ได้มอบหมายหน้าที่ให้บุคลากรใน{area.group_name}",
        legal_basis=LEGAL_BASIS,
        closing="ให้ใช้กำหนดหน้าที่ความรับผิดชอบ ดังรายละเอียดแนบท้ายคำสั่งนี้",
        annex_title="รายละเอียดการกำหนดหน้าที่ความรับผิดชอบให้ข้าราชการ",
        signatory_post=f"ผู้อำนวยการ{area.name}",
        ordered_on=effective_on,
        effective_on=effective_on,
        is_sample=True,
    )
    officers = OrderOfficer.objects.bulk_create(
        OrderOfficer(
            order=order,
            position=at,
            user=user,
            printed_name=user.full_name,
            printed_post=Role.SUPERVISOR.label,
        )
        for at, user in enumerate(duties, 1)
    )
    Duty.objects.bulk_create(
        _row(officer, at, duty)
        for officer, own in zip(officers, duties.values(), strict=True)
        for at, duty in enumerate(own, 1)
    )
    return order


def _row(officer: OrderOfficer, at: int, duty: SampleDuty) -> Duty:
    return Duty(
        officer=officer,
        position=at,
        code=f"{officer.position}.{at}",
        kind=duty.kind,
        text=duty.text,
        appointment=duty.appointment,
        starts_on=officer.order.effective_on,
        **duty.place,
    )


def end_sample_order(order: OfficialOrder, last_day: date, *, by: OfficialOrder) -> None:
    """The whole order is replaced by the newer one, after this day."""
    by.supersessions.create(superseded=order, text=f"{order} (ตัวอย่าง)")
    order.state, order.ends_on = OrderState.SUPERSEDED, last_day
    order.save(update_fields=["state", "ends_on"])
    Duty.objects.filter(officer__order=order).update(ends_on=last_day, ended_by=by)
