"""A person's appointments as iCalendar, read by a phone that does not sign in."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from schools.models import User
from supervision.calendar.queries import (
    CalendarEntry,
    CalendarScope,
    recommendation_entry,
    recommendations_in_scope,
    visit_entry,
    visits_in_scope,
)

if TYPE_CHECKING:
    from icalendar import Event

PAST, COMING = timedelta(days=90), timedelta(days=366)
USUAL_LENGTH = timedelta(hours=2)


def build_calendar_feed(user: User) -> bytes:
    """The person's visits and open recommendations.

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
    return found + [
        (f"advice-{row.pk}", recommendation_entry(row))
        for row in recommendations_in_scope(user, own)
    ]


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
