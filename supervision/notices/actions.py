from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from schools.models import User
from supervision.notices.enums import NoticeKind
from supervision.notices.models import NoticeSettings
from supervision.notices.notices import notice_settings_of


def mark_notices_read(*, by: User, until: datetime) -> None:
    """The person has read what the page showed at that moment; what came later is still new."""
    before = notice_settings_of(by).read_until
    shown = min(until, timezone.now())
    facts = {"read_until": max(shown, before) if before else shown}
    NoticeSettings.objects.update_or_create(user=by, defaults=facts)


def update_notice_settings(wanted: Collection[str], *, by: User) -> None:
    """Receive these kinds of notice and no others."""
    facts = {"muted": [kind for kind in NoticeKind.values if kind not in wanted]}
    NoticeSettings.objects.update_or_create(user=by, defaults=facts)


def delete_notice_settings_of(person: User) -> None:
    """For an account that begins anew: every notice comes, and all of it is new."""
    NoticeSettings.objects.filter(user=person).delete()
