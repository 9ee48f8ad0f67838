"""One person's duties: today's by order, those to come, earlier ones, and their clusters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from schools.access import appointments_in_force
from schools.enums import Role
from schools.models import Appointment, Cluster, School, User
from supervision.assignments.models import Duty, OfficialOrder


@dataclass(frozen=True)
class DutiesOfOrder:
    """One person's duties of one order, in the sequence of its annex."""

    order: OfficialOrder
    duties: Sequence[Duty]


@dataclass(frozen=True)
class OwnCluster:
    """A cluster that the person has in charge today, with its schools."""

    cluster: Cluster
    schools: Sequence[School]


@dataclass(frozen=True)
class OwnDuties:
    """What the portal knows of one person's duties on a day."""

    present: Sequence[DutiesOfOrder]
    coming: Sequence[DutiesOfOrder]
    earlier: Sequence[DutiesOfOrder]
    without_order: Sequence[Appointment]
    clusters: Sequence[OwnCluster]


def load_own_duties(user: User, today: date) -> OwnDuties:
    """All of one person's duties in a constant number of queries."""
    duties = Duty.objects.of_person(user).with_order().prefetch_related("lines")
    rows = list(duties.order_by("-officer__order__effective_on", "officer", "position", "pk"))
    named = {duty.appointment_id for duty in rows}
    held = appointments_in_force(user)
    return OwnDuties(
        present=_by_order(duty for duty in rows if _is_present(duty, today)),
        coming=_by_order(duty for duty in rows if duty.starts_on and duty.starts_on > today),
        earlier=_by_order(duty for duty in rows if duty.ends_on and duty.ends_on < today),
        without_order=[one for one in held if one.pk not in named and not one.school_id],
        clusters=_own_clusters(held, today),
    )


def _is_present(duty: Duty, today: date) -> bool:
    starts = duty.starts_on or date.max
    return starts <= today <= (duty.ends_on or date.max)


def _by_order(duties: Iterable[Duty]) -> list[DutiesOfOrder]:
    groups = groupby(duties, key=lambda duty: duty.officer.order)
    return [DutiesOfOrder(order, list(of_order)) for order, of_order in groups]


def _own_clusters(held: Iterable[Appointment], today: date) -> list[OwnCluster]:
    """Of each appointment of a supervisor the open schools of its cluster, in Thai order."""
    places = {
        one.cluster: set(one.places) for one in held if one.role == Role.SUPERVISOR and one.cluster
    }
    schools = list(_open_schools(places.values(), today))
    return [
        OwnCluster(cluster, [school for school in schools if school.pk in keys])
        for cluster, keys in places.items()
    ]


def _open_schools(places: Iterable[set[int]], today: date) -> QuerySet[School]:
    schools = School.objects.open_on(today).filter(pk__in=set().union(*places))
    return schools.order_by("sort_key")
