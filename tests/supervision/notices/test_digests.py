"""The daily mail: what it tells, to whom, and what becomes of one that cannot be sent."""

from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPException, SMTPRecipientsRefused

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from supervision.notices import actions
from supervision.notices.enums import NoticeKind
from supervision.notices.models import Digest
from supervision.visits import actions as visits
from supervision.workflow.models import Transition
from tests import scenarios
from tests.factories import NeedsCampaignFactory

WITH_US = "django.core.mail.backends.locmem.EmailBackend"


def send():
    call_command("send_digests", verbosity=0)


def give_address(*people):
    for person in people:
        person.email = f"{person.username}@office.example"
        person.save()


def receivers():
    return sorted(address for message in mail.outbox for address in message.to)


@pytest.fixture
def planned(round_, supervisor):
    return scenarios.visit_planned(round_, by=supervisor)


@pytest.fixture
def addressed(school_director):
    give_address(school_director)
    return school_director


@pytest.fixture
def server(settings, monkeypatch):
    """Puts one of the mail servers below in place of ours."""

    def put(kind, **facts):
        settings.EMAIL_BACKEND = f"{__name__}.{kind.__name__}"
        for name, value in facts.items():
            monkeypatch.setattr(kind, name, value, raising=False)

    return put


# --- To whom, and how often ---


def test_the_mail_says_what_waits_once_a_day(addressed, term, planned):
    NeedsCampaignFactory(term=term)
    send()
    send()
    assert receivers() == [addressed.email]
    assert "นัดหมายการนิเทศ" in mail.outbox[0].body
    assert "มีงานที่รอคุณ" in mail.outbox[0].subject


def test_the_mail_can_be_switched_off(login, addressed, planned):
    wanted = [kind for kind in NoticeKind.values if kind != NoticeKind.DIGEST]
    login(addressed).post(reverse("notices_choose"), {"kinds": wanted})
    send()
    assert mail.outbox == []


def test_two_runs_at_once_send_one_mail(addressed, planned, server):
    server(SlowServer, runs=0)
    send()
    assert len(mail.outbox) == 1


def test_the_run_asks_as_little_for_much_who_want_no_mail(
    addressed, supervisor, django_assert_num_queries
):
    actions.update_notice_settings([], by=addressed)
    with django_assert_num_queries(3):  # the last notes that the run went well
        send()
    give_address(supervisor)
    actions.update_notice_settings([], by=supervisor)
    with django_assert_num_queries(3):
        send()


# --- How much ---


@pytest.fixture
def moved(planned, supervisor):
    """So many moves of one visit, each some days ago, the newest first."""

    def move(*days_ago):
        for _ in days_ago[1:]:
            new = planned.visit_on + timedelta(days=1)
            visits.postpone_visit(planned, by=supervisor, reason="ฝนตก", visit_on=new)
        moves = list(Transition.objects.exclude(by__isnull=True).order_by("-pk"))
        for row, days in zip(moves, days_ago, strict=True):
            Transition.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=days))

    return move


def test_the_first_mail_tells_the_last_three_days(addressed, moved):
    moved(0, 1, 2.9, 3.1, 20)
    send()
    (message,) = mail.outbox
    assert "ความเคลื่อนไหวใหม่ 3 เรื่อง" in message.body
    assert message.body.count("เลื่อนนัดหมาย") == 3


def test_a_later_mail_tells_all_since_the_one_before(addressed, moved):
    Digest.objects.create(user=addressed, **sent_days_ago(10))
    moved(0, 4, 9, 11)
    send()
    assert "ความเคลื่อนไหวใหม่ 3 เรื่อง" in mail.outbox[0].body


def sent_days_ago(days):
    at = timezone.now() - timedelta(days=days)
    return {"on": timezone.localdate(at), "sent_at": at}


@pytest.mark.parametrize(("moves", "listed", "more"), [(10, 10, ""), (12, 10, "อีก 2 เรื่อง")])
def test_a_mail_lists_the_ten_newest_and_where_the_others_are(
    addressed, moved, moves, listed, more
):
    moved(*[0] * moves)
    send()
    (message,) = mail.outbox
    assert f"ความเคลื่อนไหวใหม่ {moves} เรื่อง" in message.body
    assert message.body.count("โดยศึกษานิเทศก์") == listed
    assert ("เปิดดูได้ที่" in message.body) == bool(more)
    assert f"{more} เปิดดูได้ที่ {settings.SITE_URL}{reverse('notices')}" in message.body or not more


# --- What cannot be sent ---


def test_without_a_mail_server_nothing_is_said_to_be_sent(addressed, planned, settings):
    settings.MAIL_IS_SET_UP = False
    with pytest.raises(CommandError, match="EMAIL_URL"):
        send()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "refusal",
    [
        SMTPRecipientsRefused({"school_director@office.example": (550, b"unknown")}),
        SMTPDataError(550, b"<school_director@office.example>: mailbox is full"),
    ],
)
def test_one_bad_mailbox_keeps_nobody_elses_mail_back(
    addressed, academic_teacher, committee_member, planned, server, caplog, refusal
):
    give_address(academic_teacher, committee_member)
    server(RefusesOne, address=addressed.email, refusal=refusal)
    with pytest.raises(CommandError, match="ส่งแล้ว 2 ฉบับ ส่งไม่ได้ 1 ฉบับ"):
        send()
    assert receivers() == [academic_teacher.email, committee_member.email]
    assert f"user {addressed.pk}" in caplog.text
    assert addressed.email not in caplog.text


def test_a_mail_that_was_refused_is_tried_again_by_the_next_run(
    addressed, academic_teacher, planned, server, settings
):
    give_address(academic_teacher)
    server(RefusesOne, address=addressed.email, refusal=SMTPDataError(550, b"full"))
    with pytest.raises(CommandError):
        send()
    settings.EMAIL_BACKEND = WITH_US
    send()
    assert receivers() == [academic_teacher.email, addressed.email]
    assert not Digest.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize("down", [ConnectionRefusedError(), SMTPAuthenticationError(535, b"no")])
def test_without_its_server_the_run_ends_and_the_next_one_sends(
    addressed, academic_teacher, planned, server, settings, down
):
    give_address(academic_teacher)
    server(NoServer, down=down, asked=0)
    with pytest.raises(type(down)):
        send()
    assert NoServer.asked == 1
    settings.EMAIL_BACKEND = WITH_US
    send()
    assert receivers() == [academic_teacher.email, addressed.email]


class RefusesOne(EmailBackend):
    """A mail server that takes all mail but that to one mailbox."""

    address: str
    refusal: SMTPException

    def send_messages(self, messages):
        if messages[0].to == [self.address]:
            raise self.refusal
        return super().send_messages(messages)


class SlowServer(EmailBackend):
    """A mail server that has not answered yet when the command runs again."""

    runs = 0

    def send_messages(self, messages):
        SlowServer.runs += 1
        if SlowServer.runs == 1:
            send()
        return super().send_messages(messages)


class NoServer(EmailBackend):
    """A mail server that is down, or does not let us in."""

    down: Exception
    asked = 0

    def send_messages(self, messages):
        NoServer.asked += 1
        raise self.down
