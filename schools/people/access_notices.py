"""Notices of what others did to the access of an account, for its holder and the administrator.

They stand on the home page and the first page after signing in until they are read, and go by
mail where there is an address.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from schools.access import Permission, can
from schools.enums import AccessKind
from schools.models import AccessEvent, User

logger = logging.getLogger(__name__)

NOTICE_PERIOD = timedelta(days=30)
MAX_EVENTS_SHOWN = 20
KINDS_SHOWN_TO_HOLDER = (
    AccessKind.ACCOUNT_REOPENED,
    AccessKind.EMAIL_CHANGED,
    AccessKind.LINK_ISSUED,
    AccessKind.LINK_OPENED,
    AccessKind.PASSWORD_ISSUED,
    AccessKind.SECOND_FACTOR_REMOVED,
    AccessKind.SECOND_HOLDER,
    AccessKind.SIGNING_CONFIRMED,
    AccessKind.SIGNING_WITHHELD,
)
KINDS_SHOWN_TO_ADMINISTRATOR = (
    AccessKind.API_TOKEN_OPENED,
    AccessKind.API_TOKEN_REVOKED,
    AccessKind.LINK_OPENED,
    AccessKind.SECOND_HOLDER,
    AccessKind.SIGNING_CONFIRMED,
    AccessKind.SIGNING_WITHHELD,
)


def unread_access_events(user: User) -> Sequence[AccessEvent]:
    """What others did of late, newest first; nothing once all of it is read.

    What was read before is shown with what is new, for whoever read it may not have been the
    holder.
    """
    read_until, administers = user.access_events_read_at, can(user, Permission.ADMINISTER)
    if not administers and not _is_after(user.access_changed_at, read_until):
        return []
    shown = Q(account=user, kind__in=KINDS_SHOWN_TO_HOLDER)
    if administers:
        shown |= Q(kind__in=KINDS_SHOWN_TO_ADMINISTRATOR)
    events = AccessEvent.objects.filter(shown, at__gt=timezone.now() - NOTICE_PERIOD)
    found = list(events.exclude(by=user).select_related("account", "by")[:MAX_EVENTS_SHOWN])
    return found if found and _is_after(found[0].at, read_until) else []


def _is_after(moment: datetime | None, read_until: datetime | None) -> bool:
    return moment is not None and (read_until is None or moment > read_until)


def mark_access_events_read(*, by: User) -> None:
    """The person has read what others did to the access of accounts."""
    User.objects.filter(pk=by.pk).update(access_events_read_at=timezone.now())


def notify_account_holder_by_mail(person: User, what: str, *, address: str = "") -> None:
    """Write to the person, once the change is saved; to another address if one is given."""
    address = address or person.email
    if address and settings.MAIL_IS_SET_UP:
        text = (
            f"เรียน {person}\n\n{what}\n\n"
            "หากคุณไม่ทราบเรื่องนี้ โปรดแจ้งผู้ดูแลระบบของสำนักงานเขตพื้นที่การศึกษาทันที\n"
            f"ดูการเข้าใช้บัญชีของคุณได้ที่ {settings.SITE_URL}/accounts/mine/\n"
        )
        transaction.on_commit(partial(send_account_mail.enqueue, address, text))


@task()
def send_account_mail(address: str, text: str) -> None:
    """Not in the request: the mail server is waited for by nobody."""
    try:
        send_mail("นิเทศ: มีการเปลี่ยนแปลงการเข้าใช้บัญชีของคุณ", text, None, [address])
    except (SMTPException, OSError) as error:  # its text may name the address: the log does not
        logger.warning("an account's mail: %s", type(error).__name__)
