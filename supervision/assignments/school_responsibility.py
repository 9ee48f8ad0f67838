"""Who was responsible for a school on a day: its supervisor, its chair, heads and directors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schools.core.thai import short_date
from schools.enums import Role
from schools.models import Appointment, Cluster, ClusterMembership, School
from supervision.assignments.enums import DutyKind
from supervision.assignments.responsibilities import (
    NO_ORDER,
    Responsibility,
    load_responsibilities,
)
from supervision.assignments.spans import DaySpan, days_left_out, shared_days

CLUSTER_KINDS = (DutyKind.CLUSTER, DutyKind.CLUSTER_CHAIR)
# The posts that answer for every school, or for this one; an order of duties names none of them.
DIRECTING_ROLES = (Role.SCHOOL_DIRECTOR, Role.GROUP_DIRECTOR, Role.AREA_DIRECTOR)


@dataclass(frozen=True)
class ResponsiblePerson:
    """One who was responsible that day, by which post and order, and since when for this school."""

    name: str
    post: str
    order_words: str
    since: date | None
    is_assumed: bool = False


@dataclass(frozen=True)
class ResponsiblePost:
    """One of the school's responsible posts with those who held it that day.

    Where nobody did, `gap` are the days around it without anybody.
    """

    title: str
    people: Sequence[ResponsiblePerson]
    gap: DaySpan | None = None

    @property
    def gap_words(self) -> str:
        """The days without anybody; an end that the portal does not know is left out."""
        if self.gap is None:
            return ""
        first = f"ตั้งแต่ {short_date(self.gap.first)}" if self.gap.first else ""
        last = f"ถึง {short_date(self.gap.last)}" if self.gap.last else ""
        return " ".join(filter(None, (first, last)))


@dataclass(frozen=True)
class HeldDays:
    """From when to when somebody had the school in charge; `holder` is empty in a gap."""

    days: DaySpan
    holder: str
    order_words: str


@dataclass(frozen=True)
class SchoolResponsibility:
    """All who were responsible for a school on a day, and its supervisors of all times."""

    cluster: Cluster | None
    posts: Sequence[ResponsiblePost]
    supervisors: Sequence[HeldDays]


@dataclass(frozen=True)
class _SchoolSpan:
    """The days on which a responsibility for a cluster was one for the school."""

    responsibility: Responsibility
    membership: ClusterMembership
    days: DaySpan


def load_school_responsibility(school: School, day: date) -> SchoolResponsibility:
    """By the school's cluster of each day, in a constant number of queries."""
    memberships = list(school.memberships.select_related("cluster").order_by("starts_on"))
    held = load_responsibilities((*CLUSTER_KINDS, DutyKind.WORK_GROUP_HEAD))
    spans = list(_school_spans(memberships, held))
    supervisors = [one for one in spans if one.responsibility.kind == DutyKind.CLUSTER]
    chairs = [one for one in spans if one.responsibility.kind == DutyKind.CLUSTER_CHAIR]
    heads = [one for one in held if one.kind == DutyKind.WORK_GROUP_HEAD]
    posts = [
        _post_of_cluster("ศึกษานิเทศก์ประจำกลุ่มโรงเรียน", supervisors, day),
        _post_of_cluster("ประธานกลุ่มโรงเรียน", chairs, day),
        ResponsiblePost("หัวหน้ากลุ่มงาน", [_head(one) for one in heads if one.is_in_force_on(day)]),
        *_directing_posts(school, day),
    ]
    return SchoolResponsibility(_cluster_on(memberships, day), posts, _timeline(supervisors))


def _cluster_on(memberships: Iterable[ClusterMembership], day: date) -> Cluster | None:
    return next((one.cluster for one in memberships if one.is_in_force_on(day)), None)


def _school_spans(
    memberships: Sequence[ClusterMembership], held: Iterable[Responsibility]
) -> Iterator[_SchoolSpan]:
    for one in held:
        for membership in memberships:
            days = shared_days(one.days, DaySpan(membership.starts_on, membership.ends_on))
            if one.subject == membership.cluster and days:
                yield _SchoolSpan(one, membership, days)


def _post_of_cluster(title: str, spans: Sequence[_SchoolSpan], day: date) -> ResponsiblePost:
    people = [_person_of_span(span) for span in spans if span.days.contains(day)]
    if people:
        return ResponsiblePost(title, people)
    gaps = days_left_out(span.days for span in spans)
    return ResponsiblePost(title, [], next(gap for gap in gaps if gap.contains(day)))


def _person_of_span(span: _SchoolSpan) -> ResponsiblePerson:
    one, since = span.responsibility, span.days.first
    is_assumed = span.membership.start_is_assumed and since == span.membership.starts_on
    return ResponsiblePerson(one.holder, one.post, one.order_words, since, is_assumed)


def _head(one: Responsibility) -> ResponsiblePerson:
    """A head with the group that the order names."""
    post = " · ".join(filter(None, (str(one.subject or ""), one.post)))
    return ResponsiblePerson(one.holder, post, one.order_words, one.days.first)


def _directing_posts(school: School, day: date) -> list[ResponsiblePost]:
    """Directors are appointed by orders of others, which the portal does not keep."""
    held = Appointment.objects.in_force(day).filter(role__in=DIRECTING_ROLES)
    rows = [one for one in held.select_related("user", "school") if one.school in (None, school)]
    return [
        ResponsiblePost(role.label, [_director(one) for one in rows if one.role == role])
        for role in DIRECTING_ROLES
    ]


def _director(one: Appointment) -> ResponsiblePerson:
    post = "" if one.printed_title in str(one.user) else one.printed_title
    return ResponsiblePerson(str(one.user), post, NO_ORDER, one.starts_on)


def _timeline(spans: Sequence[_SchoolSpan]) -> list[HeldDays]:
    """Those who had the school in charge and the days between them without anybody."""
    if not spans:
        return []
    lines = [
        HeldDays(span.days, span.responsibility.holder, span.responsibility.order_words)
        for span in spans
    ]
    begun = DaySpan(min(span.days.first or date.min for span in spans), None)
    lines += [HeldDays(gap, "", "") for gap in days_left_out([span.days for span in spans], begun)]
    return sorted(lines, key=lambda line: line.days.first or date.min, reverse=True)
