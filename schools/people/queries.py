"""What other apps ask about people and their appointments."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from schools.enums import Role
from schools.models import Appointment, School, User


def supervisors_by_cluster(day: date) -> dict[int | None, list[User]]:
    """The supervisors who have each cluster in charge on that day, by the cluster's key."""
    appointments = Appointment.objects.in_force(day).filter(
        role=Role.SUPERVISOR, cluster__isnull=False
    )
    found: dict[int | None, list[User]] = {}
    for appointment in appointments.select_related("user"):
        found.setdefault(appointment.cluster_id, []).append(appointment.user)
    return found


def external_systems(day: date) -> QuerySet[User]:
    """Open accounts that hold an appointment of another office's system on that day, by name."""
    appointments = Appointment.objects.in_force(day).filter(role=Role.EXTERNAL_SYSTEM)
    accounts = User.objects.filter(is_active=True, pk__in=appointments.values("user"))
    return accounts.order_by("sort_key", "pk")


def email_addresses_of_schools(schools: Iterable[School], day: date) -> dict[int, str]:
    """The e-mail of each school's director on that day, or else the school's own, where known."""
    found = {school.pk: school.email for school in schools if school.email}
    directors = Appointment.objects.in_force(day).filter(
        role=Role.SCHOOL_DIRECTOR, school__in=schools, user__is_active=True
    )
    for appointment in directors.exclude(user__email="").select_related("user"):
        if appointment.school_id is not None:
            found[appointment.school_id] = appointment.user.email
    return found
