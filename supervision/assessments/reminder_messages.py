"""The friendly word to schools whose self-assessment is awaited: its text, LINE and e-mail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from schools.core.thai import long_date
from schools.enums import Role
from schools.models import Appointment, School, Term, User
from supervision.assessments.models import Reminder, ReminderChannel, ReminderDelivery
from supervision.assessments.progress import SelfAssessmentRow, SelfAssessmentStage
from supervision.assessments.tasks import send_reminder
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
            f"{_sender(term)} ขอความร่วมมือโรงเรียนต่อไปนี้{_what(term)}{_by_when(due_on, today)}",
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
            f"{_sender(term)} ขอความร่วมมือโรงเรียน{_what(term)}{_by_when(row.due_on, today)}",
            "",
            f"ขณะนี้: {_stage_text(row)}",
            "",
            f"เข้าระบบที่ {settings.SITE_URL}{row.round.get_absolute_url()}",
            SELF_ASSESSMENT_REMINDER_CLOSING,
        ]
    )


def _sender(term: Term) -> str:
    area = term.academic_year.area
    return f"{area.group_name} {area.short_name}"


def _what(term: Term) -> str:
    return f"ประเมินตนเอง ภาคเรียนที่ {term} ให้ครบทุกตัวชี้วัด และให้ผู้อำนวยการโรงเรียนยืนยันผล"


def _by_when(due_on: date | None, today: date) -> str:
    if due_on is None:
        return ""
    if due_on < today:
        return f" ซึ่งครบกำหนดเมื่อวันที่ {long_date(due_on)} แล้ว ระบบยังเปิดรับอยู่"
    return f" ภายในวันที่ {long_date(due_on)}"


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


# --- Where to ---


def reminder_addresses(schools: Iterable[School], today: date) -> dict[int, str]:
    """The e-mail of each school's director in force, or else the school's own, where known."""
    found = {school.pk: school.email for school in schools if school.email}
    appointments = Appointment.objects.in_force(today).filter(
        role=Role.SCHOOL_DIRECTOR, school__in=schools
    )
    for appointment in (
        appointments.exclude(user__email="").filter(user__is_active=True).select_related("user")
    ):
        found[appointment.school_id] = appointment.user.email
    return found


# --- The acts ---


@dataclass(frozen=True)
class ReminderEmail:
    """A reminder to one school by e-mail."""

    round: Round
    address: str
    subject: str
    text: str


def reminder_email(row: SelfAssessmentRow, address: str, term: Term, today: date) -> ReminderEmail:
    subject = f"ขอความร่วมมือประเมินตนเอง ภาคเรียนที่ {term} {row.school.name}"
    return ReminderEmail(row.round, address, subject, school_reminder_text(row, term, today))


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
