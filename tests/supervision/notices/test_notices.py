import re
from datetime import time, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from supervision.assessments import actions as assessments
from supervision.notices import actions
from supervision.notices.enums import Kind
from supervision.notices.models import Digest
from supervision.visits import actions as visits
from supervision.workflow.models import Transition
from tests import walk
from tests.factories import NeedsCampaignFactory, StepDeadlineFactory

PAGE = "notices"


def page_of(client):
    return client.get(reverse(PAGE))


def titles(response):
    return [news.title for news in response.context["notices"].news]


@pytest.fixture
def planned(round_, supervisor):
    return walk.visit_planned(round_, by=supervisor)


# --- What one sees ---


def test_the_school_learns_of_its_appointment_and_what_became_of_it(
    login, school_director, supervisor, planned
):
    client = login(school_director)
    assert titles(page_of(client)) == ["นัดหมายการนิเทศ"]
    tomorrow = timezone.localdate() + timedelta(days=1)
    visits.postpone(planned, by=supervisor, reason="ถนนขาด", visit_on=tomorrow)
    assert titles(page_of(client))[0] == "เลื่อนนัดหมาย"


def test_ones_own_acts_and_drafts_are_no_news(login, supervisor, round_, academic_teacher, planned):
    assessments.start(round_, by=academic_teacher)
    assert titles(page_of(login(supervisor))) == []


def test_another_school_hears_nothing(login, outsider_director, planned):
    response = page_of(login(outsider_director))
    assert titles(response) == []
    assert "ของเรา" not in response.content.decode()


def test_news_are_new_until_marked_as_read(login, school_director, planned):
    client = login(school_director)
    told = page_of(client).context["notices"]
    assert told.new == 1
    page = client.post(reverse("notices_read"), {"until": told.as_of.isoformat()}, follow=True)
    assert page.context["notices"].new == 0
    assert titles(page) == ["นัดหมายการนิเทศ"]


def test_what_comes_between_reading_and_marking_stays_new(
    login, school_director, supervisor, planned
):
    client = login(school_director)
    page = page_of(client).content.decode()
    until = re.search(r'name="until" value="([^"]+)"', page)[1]
    visits.cancel(planned, by=supervisor, reason="ฝนตกหนัก")
    client.post(reverse("notices_read"), {"until": until})
    assert [news.is_new for news in page_of(client).context["notices"].news] == [True, False]


@pytest.mark.parametrize("until", ["", "เมื่อวาน", "2026-13-45"])
def test_a_moment_that_is_none_marks_nothing(login, school_director, planned, until):
    client = login(school_director)
    assert client.post(reverse("notices_read"), {"until": until}).status_code == 302
    assert page_of(client).context["notices"].new == 1


def test_only_the_newest_news_stand_open(login, school_director, supervisor, planned):
    for hour in range(9, 15):
        visits.postpone(planned, by=supervisor, reason="ฝน", **a_moment(hour))
        visits.postpone(planned, by=supervisor, reason="ฝน", **a_moment(hour, minute=30))
    page = page_of(login(school_director)).content.decode()
    assert "ก่อนหน้านี้ 3 เรื่อง" in page


def a_moment(hour, minute=0):
    return {"visit_on": timezone.localdate(), "starts_at": time(hour, minute)}


def test_what_waits_stands_first_with_a_text_for_line(login, academic_teacher, round_, term):
    NeedsCampaignFactory(term=term)
    StepDeadlineFactory(term=term, step=1, due_on=timezone.localdate() - timedelta(days=1))
    page = page_of(login(academic_teacher))
    assert page.context["notices"].waiting
    assert "งานนิเทศที่รอดำเนินการ" in page.context["text"]
    assert page.context["text"] in page.content.decode()


def test_old_news_fall_away(login, school_director, planned):
    Transition.objects.update(at=timezone.now() - timedelta(days=31))
    assert titles(page_of(login(school_director))) == []


# --- Switching off ---


def choose(client, *kinds):
    return client.post(reverse("notices_choose"), {"kinds": kinds}, follow=True)


def test_every_kind_can_be_switched_off_and_on_again(login, school_director, planned):
    client = login(school_director)
    choose(client, *(kind for kind in Kind.values if kind != Kind.VISIT))
    assert titles(page_of(client)) == []
    choose(client, *Kind.values)
    assert titles(page_of(client)) == ["นัดหมายการนิเทศ"]
    choose(client)
    response = page_of(client)
    assert response.context["notices"].waiting == []
    assert titles(response) == []


def test_a_kind_that_is_not_there_is_refused(login, school_director):
    assert "โปรดเลือก" in choose(login(school_director), "x").content.decode()


# --- The daily mail ---


@pytest.fixture
def addressed(school_director):
    school_director.email = "director@school.example"
    school_director.save()
    return school_director


def test_the_mail_says_what_waits_once_a_day(addressed, term, planned):
    NeedsCampaignFactory(term=term)
    call_command("send_digests", verbosity=0)
    call_command("send_digests", verbosity=0)
    assert [message.to for message in mail.outbox] == [["director@school.example"]]
    assert "นัดหมายการนิเทศ" in mail.outbox[0].body
    assert "มีงานที่รอคุณ" in mail.outbox[0].subject


def test_the_mail_can_be_switched_off(login, addressed, planned):
    choose(login(addressed), *(kind for kind in Kind.values if kind != Kind.DIGEST))
    call_command("send_digests", verbosity=0)
    assert mail.outbox == []


def test_a_mail_that_failed_is_sent_by_the_next_run(addressed, planned, settings):
    settings.EMAIL_BACKEND = "tests.supervision.notices.test_notices.NoServer"
    with pytest.raises(ConnectionRefusedError):
        call_command("send_digests", verbosity=0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("send_digests", verbosity=0)
    assert len(mail.outbox) == 1
    assert Digest.objects.get().sent_at


def test_two_runs_at_once_send_one_mail(addressed, planned, settings, monkeypatch):
    monkeypatch.setattr(SlowServer, "runs", 0)
    settings.EMAIL_BACKEND = "tests.supervision.notices.test_notices.SlowServer"
    call_command("send_digests", verbosity=0)
    assert len(mail.outbox) == 1


def test_the_run_asks_as_little_for_much_who_want_no_mail(
    addressed, supervisor, django_assert_num_queries
):
    actions.choose([], by=addressed)
    with django_assert_num_queries(2):
        call_command("send_digests", verbosity=0)
    supervisor.email = "supervisor@school.example"
    supervisor.save()
    actions.choose([], by=supervisor)
    with django_assert_num_queries(2):
        call_command("send_digests", verbosity=0)


def test_one_wrong_address_keeps_nobody_elses_mail_back(
    addressed, supervisor, planned, settings, caplog
):
    settings.EMAIL_BACKEND = "tests.supervision.notices.test_notices.KnowsNobody"
    call_command("send_digests", verbosity=0)
    assert f"user {addressed.pk}" in caplog.text
    assert addressed.email not in caplog.text
    assert not Digest.objects.exclude(sent_at=None).exists()


def test_without_a_mail_server_nothing_is_said_to_be_sent(addressed, planned, settings):
    settings.MAIL_IS_SET_UP = False
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_digests", verbosity=0)
    assert mail.outbox == []


class KnowsNobody:
    """A mail server that refuses every address."""

    def __init__(self, *args, **kwargs) -> None:
        """Takes what a backend is made with."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({"x": (550, b"unknown")})


class SlowServer(EmailBackend):
    """A mail server that has not answered yet when the command runs again."""

    runs = 0

    def send_messages(self, messages):
        SlowServer.runs += 1
        if SlowServer.runs == 1:
            call_command("send_digests", verbosity=0)
        return super().send_messages(messages)


class NoServer:
    """A mail server that is down."""

    def __init__(self, *args, **kwargs) -> None:
        """Takes what a backend is made with."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


# --- Cost ---


def test_the_page_asks_as_little_for_much_news(
    login, school_director, supervisor, planned, django_assert_max_num_queries
):
    client = login(school_director)
    page_of(client)
    with django_assert_max_num_queries(15) as few:
        page_of(client)
    for days in (1, 2, 3):
        day = timezone.localdate() + timedelta(days=days)
        visits.postpone(planned, by=supervisor, reason="ฝนตก", visit_on=day)
    with django_assert_max_num_queries(len(few)):
        page_of(client)
