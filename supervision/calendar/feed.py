"""A person's appointments as iCalendar, read by a phone that does not sign in."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from schools.models import User
from supervision.calendar.queries import Entry, Scope, advice_entry, visit_entry, visits_in
from supervision.improvement.models import Recommendation

PAST, COMING = timedelta(days=90), timedelta(days=366)
USUAL_LENGTH = timedelta(hours=2)


def feed_of(user: User, *, address: str) -> bytes:
    """The person's visits and due advice; `address` is the portal's own, for the links.

    Titles name the school only: whoever finds the secret address reads no result.
    """
    from icalendar import Calendar  # only the feed needs it

    calendar = Calendar()
    calendar.add("prodid", "-//Nithet//TH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "นิเทศ")
    calendar.add("x-wr-timezone", "Asia/Bangkok")
    for key, entry in _entries(user):
        calendar.add_component(_event(key, entry, address))
    return calendar.to_ical()


def _entries(user: User) -> list[tuple[str, Entry]]:
    today = timezone.localdate()
    visits = visits_in(user, Scope(person=user))
    visits = visits.filter(visit_on__range=(today - PAST, today + COMING))
    advice = Recommendation.objects.visible_to(user).agreed().still_open()
    return [(f"visit-{visit.pk}", visit_entry(visit)) for visit in visits] + [
        (f"advice-{row.pk}", advice_entry(row))
        for row in _own(user, advice).select_related("round__school")
    ]


def _own(user: User, advice):
    """Advice that waits for the post the person holds at the school."""
    posts = list(user.posts.in_force(timezone.localdate()))
    return advice.filter(
        owner__in={post.role for post in posts},
        round__school__in={post.school_id for post in posts if post.school_id},
    )


def _event(key: str, entry: Entry, address: str):
    from icalendar import Event

    event = Event()
    event.add("uid", f"{key}@{address.split('//')[-1].strip('/')}")
    event.add("dtstamp", timezone.now())
    event.add("summary", entry.title)
    if entry.url:
        event.add("url", f"{address.rstrip('/')}{entry.url}")
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
