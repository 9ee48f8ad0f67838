"""The showroom's order: every supervisor has the own clusters in charge by it."""

from itertools import groupby

from schools.core.thai import be_year
from schools.enums import Role
from schools.models import Appointment
from supervision.assignments.drafting.wording import usual_duty_text
from supervision.assignments.enums import DutyKind, OrderState
from supervision.assignments.models import Duty, OfficialOrder, OrderOfficer
from supervision.demo.showroom.people import ShowroomPeople


def create_supervisors_order(people: ShowroomPeople) -> None:
    """One signed sample order, written at once, whose duties name the appointments."""
    appointments = Appointment.objects.filter(role=Role.SUPERVISOR).select_related(
        "user", "cluster"
    )
    rows = list(appointments.order_by("user", "pk"))
    since = rows[0].starts_on
    order = OfficialOrder.objects.create(
        state=OrderState.ISSUED,
        number=f"ตัวอย่าง 1/{be_year(since)}",
        subject="มอบหมายศึกษานิเทศก์ประจำกลุ่มโรงเรียน (ตัวอย่าง)",
        ordered_on=since,
        effective_on=since,
        signatory_name=people.office.area.full_name,
        signatory_post=people.title_of(people.office.area),
        is_sample=True,
    )
    for position, (user, held) in enumerate(groupby(rows, lambda row: row.user), 1):
        officer = OrderOfficer.objects.create(
            order=order,
            position=position,
            user=user,
            printed_name=user.full_name,
            printed_post=Role.SUPERVISOR.label,
        )
        Duty.objects.bulk_create(_cluster_duties(officer, list(held)))


def _cluster_duties(officer: OrderOfficer, appointments: list[Appointment]) -> list[Duty]:
    duties = [
        Duty(
            officer=officer,
            position=number,
            code=f"{officer.position}.{number}",
            kind=DutyKind.CLUSTER,
            cluster=appointment.cluster,
            starts_on=appointment.starts_on,
            appointment=appointment,
        )
        for number, appointment in enumerate(appointments, 1)
    ]
    for duty in duties:
        duty.text = usual_duty_text(duty)
    return duties
