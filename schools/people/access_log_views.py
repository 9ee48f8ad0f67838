"""The pages of the access log: all of it for the administrator, one's own for everybody."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from schools.access import Permission, appointments_in_force, require, withheld_appointment
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm
from schools.core.http import SignedInRequest
from schools.enums import AccessKind
from schools.models import AccessEvent, Appointment
from schools.people.access_log import start_of_day
from schools.people.signers import confirming_appointments

EVENTS_PER_PAGE = 50


class AccessLogFilter(PortalForm):
    """Which lines of the log the administrator wants to read."""

    q = forms.CharField(
        label="ชื่อหรือชื่อผู้ใช้",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label="เหตุการณ์", required=False, choices=[("", "ทุกเหตุการณ์"), *AccessKind.choices]
    )
    since = BuddhistDateField(label="ตั้งแต่วันที่", required=False)
    until = BuddhistDateField(label="ถึงวันที่", required=False)


def filtered_access_events(wanted: Mapping[str, Any]) -> QuerySet[AccessEvent]:
    """The lines that the filter names, newest first."""
    asked = Q()
    if words := wanted.get("q"):
        for person in ("account", "by"):
            asked |= Q(**{f"{person}__full_name__icontains": words})
            asked |= Q(**{f"{person}__username__icontains": words})
    if kind := wanted.get("kind"):
        asked &= Q(kind=kind)
    if since := wanted.get("since"):
        asked &= Q(at__gte=start_of_day(since))
    if until := wanted.get("until"):
        asked &= Q(at__lt=start_of_day(until + timedelta(days=1)))
    return AccessEvent.objects.filter(asked).select_related("account", "by")


def access_log(request: SignedInRequest) -> HttpResponse:
    """The whole log for the administrator, as the filters ask."""
    require(request.user, Permission.ADMINISTER)
    form = AccessLogFilter(request.GET)
    form.is_valid()
    events = filtered_access_events(form.cleaned_data)
    context = {
        "form": form,
        "page": Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("page")),
        "is_filtered": any(form.cleaned_data.values()),
        "kept_for_days": settings.ACCESS_LOG_DAYS,
    }
    return render(request, "schools/people/access_log.html", context)


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
    return confirming_appointments(
        except_for=(appointment.user_id, appointment.signing_withheld_by_id)
    )
