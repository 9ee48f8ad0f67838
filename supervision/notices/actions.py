import logging
from collections.abc import Collection
from datetime import date, datetime
from smtplib import SMTPRecipientsRefused

from django.core.mail import send_mail
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from schools.models import Term, User
from supervision.notices.enums import Kind
from supervision.notices.models import Digest, NoticeSettings
from supervision.notices.queries import Notices, notices_of, settings_of
from supervision.notices.rows import full

logger = logging.getLogger(__name__)


def mark_read(*, by: User, until: datetime) -> None:
    """The person has read what the page told at that moment; what came later is still new."""
    before = settings_of(by).read_until
    told = min(until, timezone.now())
    facts = {"read_until": max(told, before) if before else told}
    NoticeSettings.objects.update_or_create(user=by, defaults=facts)


def choose(wanted: Collection[str], *, by: User) -> None:
    """Receive these kinds of notice and no others."""
    facts = {"off": [kind for kind in Kind.values if kind not in wanted]}
    NoticeSettings.objects.update_or_create(user=by, defaults=facts)


def send_digests(today: date) -> int:
    """Mail everybody who has an address what waits for them, once a day; return how many."""
    people = User.objects.filter(is_active=True).exclude(email="")
    people = people.select_related("notice_settings")
    wanting = [person for person in people if Kind.DIGEST not in settings_of(person).off]
    term = Term.objects.in_force(today)
    return sum(_send_digest(person, term, today) for person in wanting)


def _send_digest(person: User, term: Term | None, today: date) -> bool:
    """Nothing is sent when nothing waits; a mail that fails is tried again by the next run."""
    last = Digest.objects.filter(user=person).aggregate(last=Max("sent_at"))["last"]
    notices = notices_of(person, term, today, told_until=last)
    if not (notices.waiting or notices.coming or notices.new):
        return False
    Digest.objects.get_or_create(user=person, on=today)
    todays = Digest.objects.filter(user=person, on=today)
    # Taken before it is sent, or a run beside this one sends it too. No lock is held while the
    # mail server is waited for: SQLite would keep everybody from saving meanwhile.
    if not todays.filter(sent_at=None).update(sent_at=notices.as_of):
        return False
    is_sent = False
    try:
        is_sent = _mail(person, notices)
    finally:
        if not is_sent:
            todays.update(sent_at=None)
    return is_sent


def _mail(person: User, notices: Notices) -> bool:
    """False for a wrong address, which must not keep the others' mail back."""
    try:
        send_mail(_subject(notices), _text(person, notices), None, [person.email])
    except SMTPRecipientsRefused:
        logger.warning("the mail server refused the address of user %s", person.pk)
        return False
    return True


def _subject(notices: Notices) -> str:
    if notices.waiting:
        return f"นิเทศ: มีงานที่รอคุณ {len(notices.waiting)} เรื่อง"
    if notices.coming:
        return f"นิเทศ: มีนัดหมายและวันครบกำหนดที่ควรทราบ {len(notices.coming)} เรื่อง"
    return f"นิเทศ: มีความเคลื่อนไหวใหม่ {notices.new} เรื่อง"


def _text(person: User, notices: Notices) -> str:
    context = {"person": person, "notices": notices, "choose": full(reverse("notices_choose"))}
    return render_to_string("notices/digest.txt", context)
