"""The access log: who signed in, whose password was issued, which account was opened or closed.

Whoever changes the access of an account records it here. The administrator reads all of it,
everybody their own (my_account.py).
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm
from schools.core.http import SignedInRequest
from schools.core.request_client import client_address, current_request, device_in_words
from schools.enums import AccessKind
from schools.models import AccessEvent, User
from schools.people.access_notices import KINDS_SHOWN_TO_HOLDER

EVENTS_PER_PAGE = 50


def log_access_event(
    kind: AccessKind, *, account: User | None, by: User | None = None, note: str = ""
) -> AccessEvent:
    """Add a line to the log, with the address and the device of the request under way, if any.

    What others do to an account is news to its holder.
    """
    request, now = current_request(), timezone.now()
    if account and by != account and kind in KINDS_SHOWN_TO_HOLDER:
        User.objects.filter(pk=account.pk).update(access_changed_at=now)
    return AccessEvent.objects.create(
        at=now,
        kind=kind,
        account=account,
        by=by,
        address=client_address(request) if request else None,
        device=device_in_words(request.headers.get("User-Agent", "")) if request else "",
        note=note,
    )


def purge_access_log(today: date) -> int:
    """Delete what is older than the log is kept; returns how many lines."""
    kept_from = start_of_day(today - timedelta(days=settings.ACCESS_LOG_DAYS))
    return AccessEvent.objects.filter(at__lt=kept_from).delete()[0]


def start_of_day(day: date) -> datetime:
    """The first moment of the day in Thailand."""
    return timezone.make_aware(datetime.combine(day, time.min))


# --- The page of the administrator ---


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
