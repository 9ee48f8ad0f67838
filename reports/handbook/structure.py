"""The structure of the supervision group on a day: who directs, who heads and helps each section.

Drawn from appointments and duties, for the manual's own chart is a picture that cannot be read.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schools.enums import Role
from schools.models import Appointment
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import Duty
from supervision.standards.models import WorkGroup


@dataclass(frozen=True)
class StructureBox:
    """A work group in the chart with its people; `label` is its number and name."""

    label: str
    heads: list[str]
    assistants: list[str]


@dataclass(frozen=True)
class GroupStructure:
    """The chart: who directs the group, its work groups, and the supervisors of clusters."""

    directors: list[str]
    boxes: list[StructureBox]
    supervisors: list[str]


def group_structure(day: date) -> GroupStructure:
    """As appointments and duties had it on that day, in four queries."""
    people = _people_by_group(day)
    boxes = [
        StructureBox(
            str(group),
            people[group.pk, DutyKind.WORK_GROUP_HEAD],
            people[group.pk, DutyKind.WORK_GROUP_ASSISTANT],
        )
        for group in WorkGroup.objects.all()
    ]
    return GroupStructure(_holders(Role.GROUP_DIRECTOR, day), boxes, _supervisors(day))


def _people_by_group(day: date) -> Mapping[tuple[int | None, str], list[str]]:
    kinds = (DutyKind.WORK_GROUP_HEAD, DutyKind.WORK_GROUP_ASSISTANT)
    found: defaultdict[tuple[int | None, str], list[str]] = defaultdict(list)
    duties = Duty.objects.in_force(day).filter(kind__in=kinds)
    for duty in duties.select_related("officer__user").order_by("officer__position"):
        found[duty.work_group_id, duty.kind].append(str(duty.officer.user or duty.officer))
    return found


def _holders(role: Role, day: date) -> list[str]:
    posts = Appointment.objects.in_force(day).filter(role=role).select_related("user")
    return [_with_post(post) for post in posts]


def _with_post(post: Appointment) -> str:
    """The name, with the post where the name does not say it already."""
    name, title = str(post.user), post.printed_title
    return name if title in name else f"{name} {title}"


def _supervisors(day: date) -> list[str]:
    """Each supervisor with the clusters in their charge."""
    posts = Appointment.objects.in_force(day).filter(role=Role.SUPERVISOR)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for post in posts.select_related("user", "cluster").order_by("user__sort_key", "cluster"):
        found[str(post.user)] += [str(post.cluster)] if post.cluster else []
    return [" · ".join([name, *clusters]) for name, clusters in found.items()]
