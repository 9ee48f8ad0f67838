"""The page on which everybody sees their own account, and what others did to its access."""

from collections.abc import Sequence

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from schools.access import appointments_in_force, withheld_appointment
from schools.core.http import SignedInRequest
from schools.models import AccessEvent, Appointment
from schools.people.access_log import EVENTS_PER_PAGE
from schools.people.access_notices import mark_access_events_read
from schools.people.signers import confirming_appointments


def my_account(request: SignedInRequest) -> HttpResponse:
    """What everybody may know of their own account, and what happened to it."""
    events = AccessEvent.objects.filter(account=request.user).select_related("account", "by")
    context = {
        "appointments": appointments_in_force(request.user),
        "confirming": _possible_confirmers(withheld_appointment(request.user)),
        "page": Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("page")),
        "kept_for_days": settings.ACCESS_LOG_DAYS,
    }
    return render(request, "schools/people/my_account.html", context)


def _possible_confirmers(appointment: Appointment | None) -> Sequence[Appointment]:
    """The appointments whose holders may confirm the one that waits."""
    if appointment is None:
        return []
    caused_by = appointment.signing_withheld_by_id
    return list(confirming_appointments(except_for=[appointment.user_id, caused_by]))


@require_POST
def access_events_mark_read(request: SignedInRequest) -> HttpResponse:
    """The person has read what others did to the access of accounts."""
    mark_access_events_read(by=request.user)
    return redirect("home")
