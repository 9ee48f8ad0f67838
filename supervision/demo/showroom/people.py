"""The showroom's accounts: those of the demonstration, and a supervisor for every few clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schools.enums import Role
from schools.models import Appointment, Area, Cluster, School, User
from supervision.demo.moved_cluster import create_earlier_supervisor
from supervision.demo.people import AccountMaker, DemoPeople, create_demo_people
from supervision.demo.showroom.places import ONE_DAY, ShowroomSchool

APPOINTED_BEFORE = timedelta(days=30)  # the first term opens
FIRST_POSITION = 16  # the number of the first supervisor's position


@dataclass(frozen=True)
class ShowroomPeople:
    """Who acts in the showroom; supervisors by the primary key of the cluster in their charge.

    `titles` has the title of each account as it is printed under a signature.
    """

    office: DemoPeople
    supervisors: dict[int, User]
    titles: dict[int, str]

    def director_of(self, school: School) -> User:
        return self.office.directors[school.pk]

    def teacher_of(self, school: School) -> User:
        return self.office.teachers[school.pk]

    def title_of(self, user: User) -> str:
        return self.titles[user.pk]


def create_showroom_people(
    area: Area, schools: Sequence[ShowroomSchool], first_day: date
) -> ShowroomPeople:
    """Directors and teachers of every school, one account for each other role."""
    clusters = list(area.clusters.all())
    account_maker = AccountMaker(first_day - APPOINTED_BEFORE)
    office = create_demo_people(
        area, clusters[0], [school.row for school in schools], account_maker
    )
    supervisors = _create_supervisors(office, clusters, account_maker)
    _end_appointments_of_closed(schools)
    appointments = Appointment.objects.select_related("school", "cluster")
    return ShowroomPeople(
        office, supervisors, {one.user_id: one.printed_title for one in appointments}
    )


def _create_supervisors(
    office: DemoPeople, clusters: Sequence[Cluster], account_maker: AccountMaker
) -> dict[int, User]:
    """Two supervisors for three clusters, so that some are in charge of two."""
    users = [office.supervisor]
    for number in range(2, -(-len(clusters) * 2 // 3) + 1):
        position = str(FIRST_POSITION + number - 1)
        name = f"ศึกษานิเทศก์ ตำแหน่งเลขที่ {position}"
        user = account_maker(
            f"supervisor{number}",
            name,
            Role.SUPERVISOR,
            cluster=clusters[number - 1],
            position_number=position,
        )
        users.append(user)
    for cluster, user in zip(clusters[len(users) :], users, strict=False):
        first = user.appointments.get()
        Appointment.objects.create(
            user=user,
            role=Role.SUPERVISOR,
            cluster=cluster,
            position_number=first.position_number,
            starts_on=first.starts_on,
        )
    return {cluster.pk: users[n % len(users)] for n, cluster in enumerate(clusters)}


def move_cluster(people: ShowroomPeople) -> None:
    """The first supervisor's cluster was in the charge of another's before the first term."""
    first = Appointment.objects.filter(user=people.office.supervisor).select_related("cluster")
    held = first.order_by("pk")[0]
    others = [user for user in people.supervisors.values() if user != held.user]
    if held.cluster and others:
        create_earlier_supervisor(held.cluster, others[0], held.starts_on - ONE_DAY)


def _end_appointments_of_closed(schools: Sequence[ShowroomSchool]) -> None:
    for school in schools:
        if school.row.closed_on:
            school.row.appointments.update(ends_on=school.row.closed_on - ONE_DAY)
