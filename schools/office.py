"""What every page says at its top: the office, the term in force and who is signed in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from schools.access import appointments_in_force, withheld_appointment
from schools.models import Appointment, Area, Term


def office_context(request: HttpRequest) -> dict:
    """Template context of every page."""
    term = current_term(request)
    return {
        "office": term.academic_year.area if term else Area.objects.first(),
        "term_in_force": term,
        "term_has_closed": term is not None and not term.is_running_on(timezone.localdate()),
        "appointment_titles": _appointment_titles(request),
        "withheld_appointment": withheld_appointment(request.user),
        "is_demo": settings.MODE == "demo",
    }


def current_term(request: HttpRequest) -> Term | None:
    """The term in force, asked once for a request."""
    cache = vars(request)
    if "_term_in_force" not in cache:
        cache["_term_in_force"] = Term.objects.in_force(timezone.localdate())
    return cache["_term_in_force"]


def remember_current_term(request: HttpRequest, term: Term) -> None:
    """Spare the question after the term in force to who has loaded it, with year and area."""
    vars(request)["_term_in_force"] = term


def _appointment_titles(request: HttpRequest) -> str:
    """The appointments under the person's name, unless the name itself tells
    one, as in the demonstration."""
    if not request.user.is_authenticated:
        return ""
    appointments = appointments_in_force(request.user)
    return " / ".join(
        appointment.title_with_place
        for appointment in appointments
        if not _is_named_after(appointment, request.user.full_name)
    )


def _is_named_after(appointment: Appointment, named: str) -> bool:
    return appointment.printed_title in named or named in appointment.printed_title
