"""A person's appointments as iCalendar, read by a phone under a secret address."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.calendar.models import CalendarFeed, new_feed_token
from supervision.calendar.queries import (
    CalendarEntry,
    CalendarScope,
    activities_in_scope,
    activity_entries,
    drive_event_entry,
    drive_events_in_scope,
    forum_entry,
    forums_in_scope,
    meeting_entry,
    meetings_in_scope,
    recommendation_entry,
    recommendations_in_scope,
    study_visit_entry,
    study_visits_in_scope,
    visit_entry,
    visits_in_scope,
)

if TYPE_CHECKING:
    from icalendar import Event

PAST, COMING = timedelta(days=90), timedelta(days=366)
USUAL_LENGTH = timedelta(hours=2)


@transaction.atomic
def create_calendar_feed(*, by: User) -> CalendarFeed:
    """Give the person a new secret address; one they had before stops working."""
    facts = {"token": new_feed_token(), "created_at": timezone.now()}
    feed, _ = CalendarFeed.objects.update_or_create(user=by, defaults=facts)
    return feed


def delete_calendar_feed(person: User) -> None:
    """Take the secret address away; phones that read it get nothing any more.

    An account that begins anew loses the address of before as well.
    """
    CalendarFeed.objects.filter(user=person).delete()


# --- The content of a feed ---


def build_calendar_feed(user: User) -> bytes:
    """The person's visits, meetings, open recommendations and activities of the year's plan.

    Titles name the school only: whoever finds the secret address reads no result.
    """
    from icalendar import Calendar  # only the feed needs it

    calendar = Calendar()
    calendar.add("prodid", "-//Nithet//TH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "นิเทศ")
    calendar.add("x-wr-timezone", "Asia/Bangkok")
    for key, entry in _entries(user):
        calendar.add_component(_event(key, entry))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _entries(user: User) -> list[tuple[str, CalendarEntry]]:
    """Each under a name that stays its own when a record is revised by a new version."""
    today, own = timezone.localdate(), CalendarScope(person=user)
    visits = visits_in_scope(user, own).filter(visit_on__range=(today - PAST, today + COMING))
    found = [(f"visit-{visit.round_id}-{visit.number}", visit_entry(visit)) for visit in visits]
    days = (today - PAST, today + COMING)
    meetings = meetings_in_scope(user, own).filter(held_on__range=days)
    found += [(f"meeting-{meeting.pk}", meeting_entry(meeting)) for meeting in meetings]
    found += [
        (f"advice-{row.pk}", recommendation_entry(row))
        for row in recommendations_in_scope(user, own)
    ]
    activities = activities_in_scope(user, own).on_days(today - PAST, today + COMING)
    found += [
        (f"activity-{activity.pk}-{number}", entry)
        for activity in activities
        for number, entry in enumerate(activity_entries(activity), start=1)
    ]
    forums = forums_in_scope(user, own).between(today - PAST, today + COMING)
    found += [(f"forum-{forum.pk}", forum_entry(forum)) for forum in forums]
    events = drive_events_in_scope(user, own).filter(held_on__range=days)
    found += [(f"drive-event-{event.pk}", drive_event_entry(event)) for event in events]
    study_visits = study_visits_in_scope(user, own).filter(arranged_on__range=days)
    return found + [(f"study-visit-{one.pk}", study_visit_entry(one)) for one in study_visits]


def _event(key: str, entry: CalendarEntry) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{key}@{settings.SITE_URL.split('//')[-1]}")
    event.add("dtstamp", timezone.now())
    event.add("summary", entry.title)
    if entry.url:
        event.add("url", f"{settings.SITE_URL}{entry.url}")
    if entry.starts_at is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        return event
    begins = _moment(entry.day, entry.starts_at)
    ends = _moment(entry.day, entry.ends_at) if entry.ends_at else begins + USUAL_LENGTH
    event.add("dtstart", begins)
    event.add("dtend", ends)
    return event


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


# --- Pages ---


def calendar_feed_settings(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    feed = CalendarFeed.objects.filter(user=request.user).first()
    path = reverse("calendar_feed", args=[feed.token]) if feed else ""
    context = {"feed": feed, "address": f"{settings.SITE_URL}{path}"}
    return render(request, "calendar/feed.html", context)


@require_POST
def calendar_feed_open(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    create_calendar_feed(by=request.user)
    messages.success(request, "ออกที่อยู่ปฏิทินใหม่แล้ว ที่อยู่เดิม (ถ้ามี) ใช้ไม่ได้อีก")
    return redirect("calendar_feed_settings")


@require_POST
def calendar_feed_close(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    delete_calendar_feed(request.user)
    messages.success(request, "ยกเลิกที่อยู่ปฏิทินแล้ว เครื่องที่เคยเพิ่มไว้จะอ่านไม่ได้อีก")
    return redirect("calendar_feed_settings")


@login_not_required  # A phone reads it without signing in; the address itself is the secret.
def calendar_feed(request: SignedInRequest, token: str) -> HttpResponse:
    row = get_object_or_404(CalendarFeed.objects.select_related("user"), token=token)
    if not row.user.is_active:
        raise Http404
    content = build_calendar_feed(row.user)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
