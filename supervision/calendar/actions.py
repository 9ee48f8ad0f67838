from django.db import transaction
from django.utils import timezone

from schools.models import User
from supervision.calendar.models import CalendarFeed, new_token


@transaction.atomic
def open_feed(*, by: User) -> CalendarFeed:
    """Give the person a new secret address; one they had before stops working."""
    facts = {"token": new_token(), "made_at": timezone.now()}
    feed, _ = CalendarFeed.objects.update_or_create(user=by, defaults=facts)
    return feed


def close_feed(*, by: User) -> None:
    """Take the secret address away; phones that read it get nothing any more."""
    CalendarFeed.objects.filter(user=by).delete()
