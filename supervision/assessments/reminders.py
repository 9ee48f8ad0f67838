"""Reminders to schools whose self-assessment is awaited: their texts, LINE and e-mail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.models import School, Term, User
from schools.people.queries import email_addresses_of_schools
from schools.registry.reminder_texts import words_of_due_day
from supervision.assessments.models import Reminder, ReminderChannel, ReminderDelivery
from supervision.assessments.overview import SelfAssessmentOverview, self_assessment_overview
from supervision.assessments.progress import SelfAssessmentRow, SelfAssessmentStage
from supervision.rounds.models import Round

STAGE_TEXTS = {
    SelfAssessmentStage.NOT_STARTED: "ยังไม่เริ่ม",
    SelfAssessmentStage.COMPLETE: "กรอกครบแล้ว รอผู้อำนวยการโรงเรียนยืนยัน",
    SelfAssessmentStage.RETURNED: "มีข้อที่ศึกษานิเทศก์ขอให้ทบทวน",
}
SELF_ASSESSMENT_REMINDER_CLOSING = (
    "ทำทางโทรศัพท์ได้ ระบบบันทึกให้ทุกข้อ พักแล้วกลับมาทำต่อได้\n"
    "หากติดขัดเรื่องใด แจ้งศึกษานิเทศก์ประจำกลุ่มโรงเรียนได้เสมอ ยินดีช่วยเหลือ\n"
    "หากดำเนินการแล้ว ขอขอบคุณเป็นอย่างยิ่ง"
)

# --- Words ---


def cluster_reminder_text(
    name: str, rows: Sequence[SelfAssessmentRow], term: Term, today: date
) -> str:
    """One text for all the schools of a cluster that are still awaited."""
    due_on = next((row.due_on for row in rows if row.due_on), None)
    lines = [f"{at}. {row.school.short_name}: {_stage_text(row)}" for at, row in enumerate(rows, 1)]
    return "\n".join(
        [
            f"เรียน ผู้อำนวยการโรงเรียนและครูวิชาการ {name}",
            "",
            f"{_sender(term)} ขอความร่วมมือโรงเรียนต่อไปนี้{_what(term)} "
            f"{words_of_due_day(due_on, today)}",
            "",
            *lines,
            "",
            f"เข้าระบบที่ {settings.SITE_URL}",
            SELF_ASSESSMENT_REMINDER_CLOSING,
        ]
    )


def school_reminder_text(row: SelfAssessmentRow, term: Term, today: date) -> str:
    """One text for one school, which leads to its own page."""
    return "\n".join(
        [
            f"เรียน ผู้อำนวยการ{row.school.name}และครูวิชาการ",
            "",
            f"{_sender(term)} ขอความร่วมมือโรงเรียน{_what(term)} "
            f"{words_of_due_day(row.due_on, today)}",
            "",
            f"ขณะนี้: {_stage_text(row)}",
            "",
            f"เข้าระบบที่ {settings.SITE_URL}{row.opened_round.get_absolute_url()}",
            SELF_ASSESSMENT_REMINDER_CLOSING,
        ]
    )


def _sender(term: Term) -> str:
    area = term.academic_year.area
    return f"{area.group_name} {area.short_name}"


def _what(term: Term) -> str:
    return f"ประเมินตนเอง ภาคเรียนที่ {term} ให้ครบทุกตัวชี้วัด และให้ผู้อำนวยการโรงเรียนยืนยันผล"


def _stage_text(row: SelfAssessmentRow) -> str:
    return STAGE_TEXTS.get(row.stage, row.detail)


# --- What the page shows ---


@dataclass(frozen=True)
class ReminderText:
    """A text with the schools it speaks of; `mailed` and `without` say whom e-mail can reach."""

    heading: str
    words: str
    rows: Sequence[SelfAssessmentRow]
    mailed: Sequence[School]
    without: Sequence[School]

    @property
    def names_without_address(self) -> list[str]:
        return [school.short_name for school in self.without]

    @property
    def lines(self) -> int:
        """How high its box should be: long lines wrap on a phone."""
        return sum(1 + len(line) // 45 for line in self.words.split("\n"))


def reminder_texts(
    rows: Sequence[SelfAssessmentRow], term: Term, addresses: Mapping[int, str], *, one: bool
) -> list[ReminderText]:
    """One text a cluster; or, for a school asked for by itself, one to that school."""
    today = timezone.localdate()
    if one:
        texts = [(row.school.name, school_reminder_text(row, term, today), [row]) for row in rows]
    else:
        clusters = groupby(rows, key=lambda row: row.school.cluster_name or "")
        groups = [(name, list(members)) for name, members in clusters]
        texts = [
            (name, cluster_reminder_text(name, those, term, today), those) for name, those in groups
        ]
    return [_text(heading, words, those, addresses) for heading, words, those in texts]


def _text(
    heading: str, words: str, rows: Sequence[SelfAssessmentRow], addresses: Mapping[int, str]
) -> ReminderText:
    schools = [row.school for row in rows]
    mailed = [school for school in schools if school.pk in addresses]
    return ReminderText(heading, words, rows, mailed, [s for s in schools if s not in mailed])


# --- Actions ---


@dataclass(frozen=True)
class ReminderEmail:
    """A reminder to one school by e-mail."""

    round: Round
    address: str
    subject: str
    text: str


def reminder_email(row: SelfAssessmentRow, address: str, term: Term, today: date) -> ReminderEmail:
    subject = f"ขอความร่วมมือประเมินตนเอง ภาคเรียนที่ {term} {row.school.name}"
    return ReminderEmail(row.opened_round, address, subject, school_reminder_text(row, term, today))


@transaction.atomic
def record_line_reminders(rounds: Iterable[Round], *, by: User) -> list[Reminder]:
    """The person has pasted the text into LINE. Returns the reminders that are new today."""
    return _create_new_reminders(
        [_reminder(round_, ReminderChannel.LINE, by=by) for round_ in rounds]
    )


@transaction.atomic
def send_email_reminders(
    letters: Sequence[ReminderEmail], *, by: User, reply_to: str
) -> list[Reminder]:
    """Mail each letter in the background, but none to a school that was reminded today."""
    of_round = {letter.round.pk: letter for letter in letters}
    kept = _create_new_reminders(
        [_reminder(x.round, ReminderChannel.MAIL, by=by, address=x.address) for x in letters]
    )
    for reminder in kept:
        letter = of_round[reminder.round_id]
        send = partial(send_reminder.enqueue, reminder.pk, letter.subject, letter.text, reply_to)
        transaction.on_commit(send)
    return kept


def _reminder(round_: Round, channel: ReminderChannel, *, by: User, address: str = "") -> Reminder:
    now = timezone.now()
    delivery = (
        ReminderDelivery.SENDING if channel == ReminderChannel.MAIL else ReminderDelivery.SENT
    )
    return Reminder(
        round=round_,
        channel=channel,
        delivery=delivery,
        address=address,
        on=timezone.localdate(now),
        at=now,
        by=by,
    )


def _create_new_reminders(wanted: Sequence[Reminder]) -> list[Reminder]:
    """Save those whose school was not reminded today; the rounds are held, so once each."""
    rounds = [reminder.round_id for reminder in wanted]
    list(Round.objects.select_for_update().filter(pk__in=rounds).order_by("pk"))
    today = Reminder.objects.filter(round__in=rounds, on=timezone.localdate())
    done = set(today.exclude(delivery=ReminderDelivery.FAILED).values_list("round", flat=True))
    return Reminder.objects.bulk_create(r for r in wanted if r.round_id not in done)


@task()
def send_reminder(reminder_id: int, subject: str, text: str, reply_to: str) -> None:
    """Mail one reminder; one that could not be sent may be tried again by a person.

    No lock is held while the mail server is waited for: the queue gives each task to one
    worker, and SQLite would keep everybody from saving meanwhile.
    """
    reminder = Reminder.objects.get(pk=reminder_id)
    if reminder.delivery != ReminderDelivery.SENDING:
        return
    answers_to = [reply_to] if reply_to else []
    message = EmailMessage(subject, text, to=[reminder.address], reply_to=answers_to)
    try:
        message.send()
        reminder.delivery = ReminderDelivery.SENT
    except (SMTPException, OSError):
        reminder.delivery = ReminderDelivery.FAILED
    reminder.save(update_fields=["delivery"])


# --- Views ---


def self_assessment_reminder(request: SignedInRequest) -> HttpResponse:
    """The text for each cluster of the schools that the filters leave, or for one school."""
    found, rows = _awaited_rows(request)
    fresh = [row for row in rows if not row.reminded_today]
    may_mail, today = settings.MAIL_IS_SET_UP, timezone.localdate()
    addresses = email_addresses_of_schools([row.school for row in fresh], today) if may_mail else {}
    context = {
        "overview": found,
        "texts": reminder_texts(fresh, found.term, addresses, one="school" in request.GET),
        "already": [row for row in rows if row.reminded_today],
        "may_mail": may_mail,
        "back": _overview_url(request),
    }
    return render(request, "assessments/reminder.html", context)


def self_assessment_reminder_line(request: SignedInRequest) -> HttpResponse:
    """The person says that the text was sent in LINE."""
    _, rows = _awaited_rows(request)
    if request.method == "POST":
        chosen = _chosen(request, rows)
        done = record_line_reminders([row.opened_round for row in chosen], by=request.user)
        _report_reminders(request, "บันทึกว่าเตือนทาง LINE แล้ว", done)
    return redirect(_overview_url(request))


def self_assessment_reminder_mail(request: SignedInRequest) -> HttpResponse:
    """Sends each chosen school that has an address a letter of its own."""
    found, rows = _awaited_rows(request)
    if request.method == "POST" and settings.MAIL_IS_SET_UP:
        today, chosen = timezone.localdate(), _chosen(request, rows)
        addresses = email_addresses_of_schools([row.school for row in chosen], today)
        letters = [
            reminder_email(row, addresses[row.school.pk], found.term, today)
            for row in chosen
            if row.school.pk in addresses
        ]
        reply_to = found.term.academic_year.area.email
        done = send_email_reminders(letters, by=request.user, reply_to=reply_to)
        _report_reminders(request, "กำลังส่งอีเมลเตือน", done)
    return redirect(_overview_url(request))


def _awaited_rows(
    request: SignedInRequest,
) -> tuple[SelfAssessmentOverview, list[SelfAssessmentRow]]:
    """The overview of the address, and those of its schools that this person may remind."""
    require_anywhere(request.user, Permission.REMIND_SCHOOL)
    found = self_assessment_overview(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        raise Http404
    school = request.GET.get("school")
    return found, [r for r in found.to_remind if school in (None, str(r.school.pk))]


def _chosen(request: SignedInRequest, rows: Sequence[SelfAssessmentRow]) -> list[SelfAssessmentRow]:
    wanted = request.POST.getlist("round")
    return [row for row in rows if str(row.opened_round.pk) in wanted]


def _report_reminders(request: SignedInRequest, what: str, done: Sequence[Reminder]) -> None:
    if done:
        messages.success(request, f"{what} {len(done)} โรงเรียน")
    else:
        messages.info(request, "ไม่มีโรงเรียนที่ต้องเตือนเพิ่ม เพราะวันนี้เตือนแล้ว หรือโรงเรียนยืนยันผลแล้ว")


def _overview_url(request: SignedInRequest) -> str:
    """Back to the overview with the filters it had."""
    filters = request.GET.copy()
    filters.pop("school", None)
    return f"{reverse('self_assessments')}?{filters.urlencode()}"
