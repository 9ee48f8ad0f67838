from django.db import transaction
from django.utils import timezone

from schools.models import User
from supervision.calendar.models import CalendarFeed, new_feed_token


@transaction.atomic
def create_calendar_feed(*, by: User) -> CalendarFeed:
    """Give the person a new secret address; one they had before stops working."""
    facts = {"token": new_feed_token(), "created_at": timezone.now()}
    feed, _ = CalendarFeed.objects.update_or_create(user=by, defaults=facts)
    return feed


def delete_calendar_feed(*, by: User) -> None:
    """Take the secret address away; phones that read it get nothing any more."""
    delete_calendar_feed_of(by)


def delete_calendar_feed_of(person: User) -> None:
    """For an account that begins anew as well: its address of before stays dead."""
    CalendarFeed.objects.filter(user=person).delete()
