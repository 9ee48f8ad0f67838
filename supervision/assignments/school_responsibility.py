"""Who was responsible for a school on a day: its supervisor, its chair, heads and directors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from schools.core.thai import short_date
from schools.enums import Role
from schools.models import Appointment, Cluster, ClusterMembership, School
from supervision.assignments.enums import DutyKind
from supervision.assignments.responsibilities import (
    NO_ORDER,
    Responsibility,
    load_responsibilities,
)
from supervision.assignments.spans import DaySpan, days_left_out, gap_around, shared_days

CLUSTER_POSTS = {
    DutyKind.CLUSTER: "ศึกษานิเทศก์ประจำกลุ่มโรงเรียน",
    DutyKind.CLUSTER_CHAIR: "ประธานกลุ่มโรงเรียน",
}
# The posts that answer for every school, or for this one; an order of duties names none of them.
DIRECTING_ROLES = (Role.SCHOOL_DIRECTOR, Role.GROUP_DIRECTOR, Role.AREA_DIRECTOR)


@dataclass(frozen=True)
class HeldPost:
    """A post that somebody held for the school from one day to another, and by which order.

    `is_assumed` is true where the first day is that of an assumed membership of the cluster.
    """

    days: DaySpan
    name: str
    post: str
    order_words: str
    is_assumed: bool = False


@dataclass(frozen=True)
class ResponsiblePost:
    """One of the school's responsible posts with those who held it on the day.

    Where nobody did, `gap` are the days around it without anybody.
    """

    title: str
    people: Sequence[HeldPost]
    gap: DaySpan | None

    @property
    def gap_words(self) -> str:
        """The days without anybody; what the portal does not know before or after is said."""
        first, last = self.gap or (None, None)
        if first and last:
            return f"ตั้งแต่ {short_date(first)} ถึง {short_date(last)}"
        if first:
            return f"ตั้งแต่ {short_date(first)} เป็นต้นไป"
        known_from = f"จนถึง {short_date(last)}" if last else "ทุกช่วงเวลา"
        return f"ตามข้อมูลในพอร์ทัล{known_from}"


@dataclass(frozen=True)
class TimelineRow:
    """From when to when somebody had the school in charge; `held` is None in a gap."""

    days: DaySpan
    held: HeldPost | None


@dataclass(frozen=True)
class SchoolResponsibility:
    """All who were responsible for a school on a day, and its supervisors of all times."""

    cluster: Cluster | None
    posts: Sequence[ResponsiblePost]
    supervisors: Sequence[TimelineRow]


def load_school_responsibility(school: School, day: date) -> SchoolResponsibility:
    """By the school's cluster of each day, in a constant number of queries."""
    memberships = list(school.memberships.select_related("cluster").order_by("starts_on"))
    held = load_responsibilities((*CLUSTER_POSTS, DutyKind.WORK_GROUP_HEAD))
    of_cluster = {kind: list(_held_in_cluster(kind, memberships, held)) for kind in CLUSTER_POSTS}
    heads = [_head(one) for one in held if one.kind == DutyKind.WORK_GROUP_HEAD]
    posts = [
        *(_post(title, of_cluster[kind], day) for kind, title in CLUSTER_POSTS.items()),
        _post("หัวหน้ากลุ่มงาน", heads, day),
        *_directing_posts(school, day),
    ]
    cluster = next((one.cluster for one in memberships if one.is_in_force_on(day)), None)
    return SchoolResponsibility(cluster, posts, _timeline(of_cluster[DutyKind.CLUSTER]))


def _post(title: str, held: Sequence[HeldPost], day: date) -> ResponsiblePost:
    people = [one for one in held if one.days.contains(day)]
    return ResponsiblePost(title, people, gap_around((one.days for one in held), day))


def _held_in_cluster(
    kind: DutyKind, memberships: Sequence[ClusterMembership], held: Iterable[Responsibility]
) -> Iterator[HeldPost]:
    """The days on which a responsibility for a cluster was one for the school."""
    for one in held:
        for membership in memberships:
            days = shared_days(one.days, DaySpan(membership.starts_on, membership.ends_on))
            if one.kind == kind and one.subject == membership.cluster and days:
                begins_it = days.first == membership.starts_on
                is_assumed = membership.start_is_assumed and begins_it
                yield HeldPost(days, one.holder, one.post, one.order_words, is_assumed)


def _head(one: Responsibility) -> HeldPost:
    """A head with the group that the order names."""
    post = " · ".join(filter(None, (str(one.subject or ""), one.post)))
    return HeldPost(one.days, one.holder, post, one.order_words)


def _directing_posts(school: School, day: date) -> list[ResponsiblePost]:
    """Directors are appointed by orders of others, which the portal does not keep."""
    rows = Appointment.objects.filter(
        Q(school=None) | Q(school=school), role__in=DIRECTING_ROLES
    ).select_related("user", "school")
    held = [(row.role, _director(row)) for row in rows]
    return [
        _post(role.label, [one for of_role, one in held if of_role == role], day)
        for role in DIRECTING_ROLES
    ]


def _director(one: Appointment) -> HeldPost:
    post = "" if one.printed_title in str(one.user) else one.printed_title
    return HeldPost(DaySpan(one.starts_on, one.ends_on), str(one.user), post, NO_ORDER)


def _timeline(held: Sequence[HeldPost]) -> list[TimelineRow]:
    """Who had the school in charge, newest first, and the days between without anybody."""
    if not held:
        return []
    since = DaySpan(min(one.days.first or date.min for one in held), None)
    gaps = days_left_out((one.days for one in held), since)
    rows = [TimelineRow(one.days, one) for one in held] + [TimelineRow(gap, None) for gap in gaps]
    return sorted(rows, key=lambda row: row.days.first or date.min, reverse=True)
