"""The daily mail: what waits for a person and what is new, once a day."""

import logging
from datetime import date, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPServerDisconnected,
)

from django.core.mail import send_mail
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from schools.models import Term, User
from supervision.notices.enums import NoticeKind
from supervision.notices.models import Digest
from supervision.notices.news import absolute_url
from supervision.notices.notices import Notices, notice_settings_of, notices_of

logger = logging.getLogger(__name__)

# The first mail has the news of so many days; each later one what came since the last.
FIRST_DIGEST_PERIOD = timedelta(days=3)

# Nobody's mail goes out: not the fault of one mailbox, as the rest of SMTPException may be.
MAIL_SERVER_ERRORS = (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPServerDisconnected,
)


def send_digests(today: date) -> tuple[int, int]:
    """Mail everybody who has an address what waits for them, once a day.

    Returns how many were sent, and how many the server refused: each is tried by the next run.
    """
    people = User.objects.filter(is_active=True).exclude(email="")
    people = people.select_related("notice_settings")
    wanting = [
        person for person in people if NoticeKind.DIGEST not in notice_settings_of(person).muted
    ]
    term, sent, refused = Term.objects.in_force(today), 0, 0
    for person in wanting:
        try:
            sent += _send_digest(person, term, today)
        except MAIL_SERVER_ERRORS:
            raise
        except SMTPException as error:  # its text may name the address: the log does not
            logger.warning("the mail to user %s: %s", person.pk, type(error).__name__)
            refused += 1
    return sent, refused


def _send_digest(person: User, term: Term | None, today: date) -> bool:
    """Nothing is sent when nothing waits."""
    last = Digest.objects.filter(user=person).aggregate(last=Max("sent_at"))["last"]
    since = last or timezone.now() - FIRST_DIGEST_PERIOD
    notices = notices_of(person, term, today, since=since)
    if not (notices.waiting or notices.coming or notices.new):
        return False
    Digest.objects.get_or_create(user=person, on=today)
    todays = Digest.objects.filter(user=person, on=today)
    # Marked before it is sent, or another run at the same time sends it too. No lock is held
    # while the mail server is waited for: SQLite would keep everybody from saving meanwhile.
    if not todays.filter(sent_at=None).update(sent_at=notices.as_of):
        return False
    try:
        send_mail(_subject(notices), _text(person, notices), None, [person.email])
    except BaseException:
        todays.update(sent_at=None)
        raise
    return True


def _subject(notices: Notices) -> str:
    if notices.waiting:
        return f"นิเทศ: มีงานที่รอคุณ {len(notices.waiting)} เรื่อง"
    if notices.coming:
        return f"นิเทศ: มีนัดหมายและวันครบกำหนดที่ควรทราบ {len(notices.coming)} เรื่อง"
    return f"นิเทศ: มีความเคลื่อนไหวใหม่ {notices.new} เรื่อง"


def _text(person: User, notices: Notices) -> str:
    pages = {
        "page": absolute_url(reverse("notices")),
        "choose": absolute_url(reverse("notices_choose")),
    }
    return render_to_string("notices/digest.txt", {"person": person, "notices": notices, **pages})
