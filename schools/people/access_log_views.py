"""The pages of the access log: all of it for the administrator, one's own for everybody."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from schools.access import Permission, posts_in_force, require, withheld_post
from schools.enums import AccessKind
from schools.fields import BuddhistDateField
from schools.forms import PortalForm
from schools.models import AccessEvent, Post
from schools.people.access_log import start_of
from schools.people.signers import posts_that_confirm

EVENTS_ON_A_PAGE = 50


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
        asked &= Q(at__gte=start_of(since))
    if until := wanted.get("until"):
        asked &= Q(at__lt=start_of(until + timedelta(days=1)))
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
        "confirming": _who_confirms(withheld_post(request.user)),
        "page": Paginator(events, EVENTS_ON_A_PAGE).get_page(request.GET.get("page")),
        "kept_for_days": settings.ACCESS_LOG_DAYS,
    }
    return render(request, "schools/people/my_account.html", context)


def _who_confirms(post: Post | None) -> Sequence[Post]:
    """The posts whose holders may confirm the one that waits."""
    if post is None:
        return []
    return posts_that_confirm(except_for=(post.user_id, post.signing_withheld_by_id))
