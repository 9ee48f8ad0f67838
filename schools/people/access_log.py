"""The access log: who signed in, whose password was issued, which account was opened or closed.

Whoever changes the access of an account records it here. The administrator reads all of it,
everybody their own (access_log_views.py).
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from schools.core.request_client import client_address, current_request, device_in_words
from schools.enums import AccessKind
from schools.models import AccessEvent, User
from schools.people.access_notices import KINDS_SHOWN_TO_HOLDER


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
