"""The demonstration's people: appointments of the office and the schools, never persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from schools.enums import AcademicStanding, Capacity, Role
from schools.models import Appointment, Area, Cluster, School, User
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import OrderOfficer
from supervision.standards.models import WorkGroup

PASSWORD = "demo-nithet"  # for the demonstration only; load_demo refuses elsewhere
SINCE = date(2024, 5, 9)  # the day order 195/2567 takes effect
ACTING = "บ้านห้วยน้ำเมย"  # one director is acting, to show the capacity in which papers are signed
ORDER, POSITION_NUMBER = "195/2567", "16"
HEADED_GROUP = "4.3"  # the work group whose head the demonstration has an account for


@dataclass(frozen=True)
class DemoPeople:
    """Who acts in the demonstration; directors and teachers by the primary key of their school."""

    supervisor: User
    group: User
    area: User
    committee: User
    directors: Mapping[int, User]
    teachers: Mapping[int, User]


@dataclass(frozen=True)
class AccountMaker:
    """Opens accounts of the demonstration: one password, appointments from one day on."""

    since: date
    password: str = field(default_factory=lambda: make_password(PASSWORD), repr=False)

    def __call__(
        self, username: str, name: str, role: Role, email: str = "", **appointment: Any
    ) -> User:
        user = User.objects.create(
            username=username, full_name=name, password=self.password, email=email
        )
        Appointment.objects.create(user=user, role=role, starts_on=self.since, **appointment)
        return user


def create_demo_people(
    area: Area, cluster: Cluster, schools: Sequence[School], person: AccountMaker
) -> DemoPeople:
    """One account for each role; the supervisor and the chair are of this cluster."""
    people = DemoPeople(
        supervisor=person(
            "supervisor",
            "ศึกษานิเทศก์ ตำแหน่งเลขที่ 16",
            Role.SUPERVISOR,
            cluster=cluster,
            position_number=POSITION_NUMBER,
            academic_standing=AcademicStanding.SENIOR,
        ),
        group=person(
            "group",
            f"ผู้อำนวยการ{area.group_name}",
            Role.GROUP_DIRECTOR,
            title=f"ผู้อำนวยการ{area.group_name}",
        ),
        area=person(
            "area",
            f"ผู้อำนวยการ{area.name}",
            Role.AREA_DIRECTOR,
            title=f"ผู้อำนวยการ{area.name}",
        ),
        committee=person("committee", "กรรมการ ก.ต.ป.น. (ตัวอย่าง)", Role.COMMITTEE_MEMBER),
        directors={
            school.pk: person(
                f"director{number}",
                _director_name(school),
                Role.SCHOOL_DIRECTOR,
                school=school,
                title=f"ผู้อำนวยการ{school.name}",
                email=f"director{number}@school.example",
                capacity=Capacity.ACTING if school.short_name == ACTING else "",
            )
            for number, school in enumerate(schools, 1)
        },
        teachers={
            school.pk: person(
                f"teacher{number}",
                f"ครูวิชาการ{school.name}",
                Role.ACADEMIC_TEACHER,
                school=school,
            )
            for number, school in enumerate(schools, 1)
        },
    )
    person(
        "deputy",
        f"รองผู้อำนวยการ{area.name}",
        Role.DEPUTY_AREA_DIRECTOR,
        title=f"รองผู้อำนวยการ{area.name}",
    )
    headed = WorkGroup.objects.get(code=HEADED_GROUP)
    person(
        "workgroup",
        "หัวหน้ากลุ่มงาน (ตัวอย่าง)",
        Role.WORK_GROUP_HEAD,
        title=f"หัวหน้า{headed.name}",
    )
    person(
        "subcommittee",
        f"อนุกรรมการ อ.ก.ต.ป.น. {cluster.name}",
        Role.SUBCOMMITTEE_MEMBER,
        cluster=cluster,
    )
    person(
        "chair",
        f"ประธาน{cluster.name}",
        Role.CLUSTER_CHAIR,
        cluster=cluster,
        title=f"ประธาน{cluster.name}",
    )
    person("clerk", "เจ้าหน้าที่งานธุรการ กลุ่มนิเทศฯ", Role.CLERK)
    person("admin", "ผู้ดูแลระบบ (ตัวอย่าง)", Role.SYSTEM_ADMINISTRATOR)
    return people


def _director_name(school: School) -> str:
    acting = Capacity.ACTING.label if school.short_name == ACTING else ""
    return f"{acting}ผู้อำนวยการ{school.name}"


def give_order_to_supervisor(supervisor: User) -> None:
    """The manual's officer, known by post only, is the demonstration's supervisor.

    The cluster is in their charge by the order.
    """
    officer = OrderOfficer.objects.get(order__number=ORDER, position_number=POSITION_NUMBER)
    officer.user = supervisor
    officer.save(update_fields=["user"])
    officer.duties.filter(kind=DutyKind.CLUSTER).update(appointment=supervisor.appointments.get())
