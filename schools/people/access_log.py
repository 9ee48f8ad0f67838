"""The access log: who signed in, whose password was issued, which account was opened or closed.

Whoever changes the access of an account records it here. The administrator reads all of it,
everybody their own.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from simple_history.models import HistoricalRecords

from schools.access import Permission, posts_in_force, require
from schools.client import client_address, device_in_words
from schools.enums import AccessKind
from schools.fields import BuddhistDateField
from schools.forms import PortalForm
from schools.models import AccessEvent, User

EVENTS_ON_A_PAGE = 50


def record(
    kind: AccessKind, *, account: User | None, by: User | None = None, note: str = ""
) -> AccessEvent:
    """Add a line to the log, with the address and the device of the request under way, if any."""
    request = getattr(HistoricalRecords.context, "request", None)
    return AccessEvent.objects.create(
        at=timezone.now(),
        kind=kind,
        account=account,
        by=by,
        address=client_address(request) if request else None,
        device=device_in_words(request.headers.get("User-Agent", "")) if request else "",
        note=note,
    )


def purge_access_log(today: date) -> int:
    """Delete what is older than the log is kept; returns how many lines."""
    kept_from = _start_of(today - timedelta(days=settings.ACCESS_LOG_DAYS))
    return AccessEvent.objects.filter(at__lt=kept_from).delete()[0]


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


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


def events_asked_for(wanted: Mapping[str, Any]) -> QuerySet[AccessEvent]:
    """The lines that the filter names, newest first."""
    asked = Q()
    if words := wanted.get("q"):
        for person in ("account", "by"):
            asked |= Q(**{f"{person}__full_name__icontains": words})
            asked |= Q(**{f"{person}__username__icontains": words})
    if kind := wanted.get("kind"):
        asked &= Q(kind=kind)
    if since := wanted.get("since"):
        asked &= Q(at__gte=_start_of(since))
    if until := wanted.get("until"):
        asked &= Q(at__lt=_start_of(until + timedelta(days=1)))
    return AccessEvent.objects.filter(asked).select_related("account", "by")


def access_log(request: HttpRequest) -> HttpResponse:
    """The whole log for the administrator, as the filters ask."""
    require(request.user, Permission.ADMINISTER)
    form = AccessLogFilter(request.GET)
    form.is_valid()
    events = events_asked_for(form.cleaned_data)
    context = {
        "form": form,
        "page": Paginator(events, EVENTS_ON_A_PAGE).get_page(request.GET.get("page")),
        "is_filtered": any(form.cleaned_data.values()),
        "kept_for_days": settings.ACCESS_LOG_DAYS,
    }
    return render(request, "schools/people/access_log.html", context)


def my_account(request: HttpRequest) -> HttpResponse:
    """What everybody may know of their own account, and what happened to it."""
    events = AccessEvent.objects.filter(account=request.user).select_related("account", "by")
    context = {
        "posts": posts_in_force(request.user),
        "page": Paginator(events, EVENTS_ON_A_PAGE).get_page(request.GET.get("page")),
        "kept_for_days": settings.ACCESS_LOG_DAYS,
    }
    return render(request, "schools/people/my_account.html", context)
