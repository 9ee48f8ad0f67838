"""A cluster that was in another officer's charge before, so that pages of duties have a past."""

from datetime import date, timedelta

from schools.core.thai import be_year
from schools.enums import Role
from schools.models import Appointment, Cluster, User
from supervision.assignments.enums import DutyKind, OrderState
from supervision.assignments.models import OfficialOrder

SUBJECT = "มอบหมายศึกษานิเทศก์ประจำกลุ่มโรงเรียน (ตัวอย่าง)"
REASON = "มีคำสั่งมอบหมายกลุ่มโรงเรียนให้ผู้อื่น (ตัวอย่าง)"
ONE_DAY, YEAR = timedelta(days=1), timedelta(days=365)


def create_earlier_supervisor(cluster: Cluster, officer: User, until: date) -> None:
    """By a sample order of a year before, the officer had the cluster up to that day."""
    since = until - YEAR
    days = {"starts_on": since, "ends_on": until}
    appointment = Appointment.objects.create(
        user=officer, role=Role.SUPERVISOR, cluster=cluster, **days
    )
    order = OfficialOrder.objects.create(
        state=OrderState.ISSUED,
        number=f"ตัวอย่าง 10/{be_year(since)}",
        subject=SUBJECT,
        ordered_on=since,
        effective_on=since,
        is_sample=True,
    )
    entry = order.officers.create(
        position=1,
        user=officer,
        printed_name=officer.full_name,
        printed_post=Role.SUPERVISOR.label,
    )
    entry.duties.create(
        position=1,
        code="1.1",
        kind=DutyKind.CLUSTER,
        text=str(cluster),
        cluster=cluster,
        appointment=appointment,
        end_reason=REASON,
        **days,
    )
