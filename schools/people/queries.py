"""What other apps ask about people and their appointments."""

from datetime import date

from schools.enums import Role
from schools.models import Appointment, User


def supervisors_by_cluster(day: date) -> dict[int | None, list[User]]:
    """The supervisors who have each cluster in charge on that day, by the cluster's key."""
    appointments = Appointment.objects.in_force(day).filter(
        role=Role.SUPERVISOR, cluster__isnull=False
    )
    found: dict[int | None, list[User]] = {}
    for appointment in appointments.select_related("user"):
        found.setdefault(appointment.cluster_id, []).append(appointment.user)
    return found
