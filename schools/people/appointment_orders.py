"""The orders that appointments rest on, which only apps above this one know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schools.access import ROLES_GIVEN_BY_ORDER
from schools.core.registry import Registry
from schools.models import Appointment

# By appointment the numbers of the orders it rests on that day; what rests on none is left out.
appointment_orders: Registry[str, Callable[[Sequence[Appointment], date], dict[int, str]]] = (
    Registry("orders of appointments")
)


@dataclass(frozen=True)
class PresentAppointment:
    """An appointment that somebody holds today, and by which order; empty where none is needed."""

    appointment: Appointment
    order: str


def present_appointments(
    appointments: Sequence[Appointment], today: date
) -> list[PresentAppointment]:
    """These appointments, each with its orders in words."""
    numbers: dict[int, str] = {}
    for orders_of in appointment_orders:
        numbers |= orders_of(appointments, today)
    return [PresentAppointment(one, _in_words(one, numbers.get(one.pk))) for one in appointments]


def _in_words(appointment: Appointment, number: str | None) -> str:
    if number:
        return f"ตามคำสั่งที่ {number}"
    return "ยังไม่มีคำสั่ง" if appointment.role in ROLES_GIVEN_BY_ORDER else ""
