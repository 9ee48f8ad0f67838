"""Reminders: the text for LINE, the letters by e-mail, and nobody nagged twice a day."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import long_date
from schools.enums import Role
from schools.models import Area
from supervision.assessments import actions
from supervision.assessments.models import Reminder
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory, StepDeadlineFactory
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

OVERVIEW = reverse("self_assessments")
PAGE = reverse("self_assessments_reminder")
LINE = reverse("self_assessments_reminded")
MAIL = reverse("self_assessments_mail")


@pytest.fixture
def due(round_, term):
    """Step 3 of the term is due in a week."""
    return StepDeadlineFactory(term=term, due_on=timezone.localdate() + timedelta(days=7))


@pytest.fixture
def second(cluster, term):
    return RoundFactory(school=SchoolFactory(name="โรงเรียนที่สอง", cluster=cluster), term=term)


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """What waits for the commit, such as a letter to be sent, is done at once."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def texts(client, **wanted):
    response = client.get(PAGE, wanted)
    assert response.status_code == 200
    return [text.words for text in response.context["texts"]]


def remind(client, url, *rounds):
    return client.post(url, {"round": [round_.pk for round_ in rounds]}, follow=True)


# --- The text ---


def test_a_clusters_text_says_what_by_when_which_schools_and_where(
    login, round_, second, due, cluster, supervisor, settings
):
    actions.start_self_assessment(second, by=supervisor)
    [text] = texts(login(supervisor))
    lines = text.split("\n")
    assert lines[0] == f"เรียน ผู้อำนวยการโรงเรียนและครูวิชาการ {cluster.name}"
    assert f"ประเมินตนเอง ภาคเรียนที่ {round_.term}" in text
    assert f"ภายในวันที่ {long_date(due.due_on)}" in text
    assert "1. ของเรา: ยังไม่เริ่ม" in lines
    assert "2. ที่สอง: กรอกแล้ว 0/4 ตัวชี้วัด" in lines
    assert f"เข้าระบบที่ {settings.SITE_URL}" in lines
    assert "ยินดีช่วยเหลือ" in text


def test_one_school_has_a_text_of_its_own(login, round_, second, due, supervisor, settings):
    [text] = texts(login(supervisor), school=round_.school_id)
    assert text.startswith(f"เรียน ผู้อำนวยการ{round_.school.name}และครูวิชาการ")
    assert f"{settings.SITE_URL}{round_.get_absolute_url()}" in text
    assert "ที่สอง" not in text


def test_a_day_that_has_passed_is_told_kindly(login, round_, due, supervisor):
    scenarios.backdate_rounds(20)
    due.due_on = timezone.localdate() - timedelta(days=2)
    due.save()
    [text] = texts(login(supervisor))
    assert f"ซึ่งครบกำหนดเมื่อวันที่ {long_date(due.due_on)} แล้ว ระบบยังเปิดรับอยู่" in text


def test_what_was_judged_is_not_told_in_a_group(login, round_, supervisor, school_director):
    assessment = scenarios.self_assessment_confirmed(round_, by=school_director)
    actions.return_self_assessment(assessment, by=supervisor, reason="หลักฐานไม่ตรง")
    [text] = texts(login(supervisor))
    assert "มีข้อที่ศึกษานิเทศก์ขอให้ทบทวน" in text
    assert "หลักฐานไม่ตรง" not in text


def test_only_schools_that_are_asked_and_in_charge_are_reminded(
    login, round_, second, other_school, term, cluster, supervisor, school_director
):
    RoundFactory(school=other_school, term=term)
    scenarios.self_assessment_confirmed(second, by=school_director)
    bare = SchoolFactory(name="โรงเรียนรอเกณฑ์", cluster=cluster)
    RoundFactory(school=bare, term=term, bare=True)
    [text] = texts(login(supervisor))
    assert [line for line in text.split("\n") if line[:1].isdigit()] == ["1. ของเรา: ยังไม่เริ่ม"]


def test_the_filter_of_the_overview_holds(login, round_, second, supervisor, group_director):
    actions.start_self_assessment(second, by=supervisor)
    client = login(group_director)
    html = client.get(OVERVIEW, {"state": "drafting"}).content.decode()
    assert f"{PAGE}?state=drafting" in html
    assert "ข้อความเตือน 1 โรงเรียน" in html
    [text] = texts(client, state="drafting")
    assert "1. ที่สอง" in text
    assert ". ของเรา" not in text


def test_nobody_to_remind_says_so(login, round_, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    assert "ไม่มีโรงเรียนที่ต้องเตือน" in login(supervisor).get(PAGE).content.decode()


# --- LINE ---


def test_what_was_sent_in_line_is_logged_and_shown(login, round_, supervisor):
    client = login(supervisor)
    html = remind(client, LINE, round_).content.decode()
    assert "บันทึกว่าเตือนทาง LINE แล้ว 1 โรงเรียน" in html
    reminder = Reminder.objects.get()
    assert (reminder.round, reminder.by, reminder.channel) == (round_, supervisor, "line")
    assert "ทาง LINE" in html
    assert f"โดย {supervisor}" in html


def test_nobody_is_reminded_twice_a_day_by_whomever(
    login, round_, second, supervisor, group_director, commits
):
    remind(login(supervisor), LINE, round_)
    other = login(group_director)
    page = other.get(PAGE).content.decode()
    assert "วันนี้เตือนแล้ว 1 โรงเรียน" in page
    assert "1. ที่สอง" in page
    for url in (LINE, MAIL):
        html = remind(other, url, round_).content.decode()
        assert "ไม่มีโรงเรียนที่ต้องเตือนเพิ่ม" in html
    assert Reminder.objects.count() == 1
    assert mail.outbox == []


def test_tomorrow_is_another_day(login, round_, supervisor):
    client = login(supervisor)
    remind(client, LINE, round_)
    yesterday = timezone.now() - timedelta(days=1)
    Reminder.objects.update(on=timezone.localdate(yesterday), at=yesterday)
    remind(client, LINE, round_)
    assert Reminder.objects.count() == 2


def test_the_database_holds_one_a_day(round_, supervisor):
    now = timezone.now()
    facts = {"round": round_, "on": timezone.localdate(), "at": now, "by": supervisor}
    Reminder.objects.create(channel="mail", delivery="failed", address="a@b.example", **facts)
    Reminder.objects.create(channel="line", delivery="sent", **facts)
    with pytest.raises(IntegrityError):
        Reminder.objects.create(channel="mail", delivery="sent", address="a@b.example", **facts)


# --- E-mail ---


@pytest.fixture
def with_addresses(round_, second, school_director):
    """Our director has an address; of the other school only the school's own is known."""
    school_director.email = "director@school.example"
    school_director.save()
    round_.school.email = "office@school.example"
    round_.school.save()
    second.school.email = "second@school.example"
    second.school.save()
    Area.objects.update(email="unit@area.example")


def test_each_school_gets_a_letter_of_its_own(
    login, round_, second, due, with_addresses, supervisor, commits
):
    client = login(supervisor)
    assert "ส่งอีเมลถึง 2 โรงเรียน" in client.get(PAGE).content.decode()
    with commits():
        remind(client, MAIL, round_, second)
    first, other = sorted(mail.outbox, key=lambda letter: letter.to)
    assert (first.to, other.to) == (["director@school.example"], ["second@school.example"])
    assert first.reply_to == ["unit@area.example"]
    assert first.subject == f"ขอความร่วมมือประเมินตนเอง ภาคเรียนที่ {round_.term} โรงเรียนของเรา"
    assert long_date(due.due_on) in first.body
    assert "ที่สอง" not in first.body
    assert set(Reminder.objects.values_list("delivery", flat=True)) == {"sent"}
    assert "ทาง อีเมล" in client.get(OVERVIEW).content.decode()


def test_a_letter_is_never_sent_twice(
    login, round_, with_addresses, supervisor, group_director, commits
):
    with commits():
        remind(login(supervisor), MAIL, round_)
        remind(login(supervisor), MAIL, round_)
        remind(login(group_director), MAIL, round_)
    assert len(mail.outbox) == 1


def test_who_left_the_school_gets_none(
    login, round_, with_addresses, school_director, supervisor, commits
):
    school_director.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    with commits():
        remind(login(supervisor), MAIL, round_)
    assert [letter.to for letter in mail.outbox] == [["office@school.example"]]


def test_without_an_address_line_remains(login, round_, supervisor, commits):
    html = login(supervisor).get(PAGE).content.decode()
    assert "ไม่มีอีเมลในทะเบียน 1 โรงเรียน: ของเรา" in html
    assert MAIL not in html
    with commits():
        remind(login(supervisor), MAIL, round_)
    assert not Reminder.objects.exists()


def test_a_letter_that_cannot_be_sent_may_be_tried_again(
    login, round_, with_addresses, supervisor, commits, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    client = login(supervisor)
    with commits():
        remind(client, MAIL, round_)
    assert Reminder.objects.get().delivery == "failed"
    assert "ส่งอีเมลไม่สำเร็จ" in client.get(OVERVIEW).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with commits():
        remind(client, MAIL, round_)
    assert len(mail.outbox) == 1


def test_without_a_mail_server_no_mail_is_offered(
    login, round_, with_addresses, supervisor, commits, settings
):
    settings.MAIL_IS_SET_UP = False
    client = login(supervisor)
    html = client.get(PAGE).content.decode()
    assert MAIL not in html
    assert "ไม่มีอีเมลในทะเบียน" not in html
    with commits():
        remind(client, MAIL, round_)
    assert not Reminder.objects.exists()
    assert mail.outbox == []


# --- Rights ---


@pytest.mark.parametrize("who", ["school_director", "committee_member", "area_director"])
@pytest.mark.parametrize("url", [PAGE, LINE, MAIL])
def test_who_may_not_remind(request, login, round_, who, url):
    client = login(request.getfixturevalue(who))
    assert client.get(url).status_code == 403
    assert client.post(url, {"round": [round_.pk]}).status_code == 403
    assert not Reminder.objects.exists()


def test_a_school_not_in_charge_is_left_alone(login, round_, other_supervisor, outsider_director):
    remind(login(other_supervisor), LINE, round_)
    assert not Reminder.objects.exists()
    assert PAGE not in login(other_supervisor).get(OVERVIEW).content.decode()


def test_a_chair_forwards_the_word_in_the_cluster(login, round_, cluster_chair):
    client = login(cluster_chair)
    assert len(texts(client)) == 1
    remind(client, LINE, round_)
    assert Reminder.objects.get().by == cluster_chair


def test_the_acts_lead_back_who_comes_by_a_link(login, round_, supervisor):
    for url in (LINE, MAIL):
        response = login(supervisor).get(f"{url}?state=late")
        assert response.url == f"{OVERVIEW}?state=late"
    assert not Reminder.objects.exists()


def test_nonsense_reminds_nobody(login, round_, supervisor):
    client = login(supervisor)
    client.post(LINE, {"round": ["x", "", "99999", str(2**80)]})
    assert client.get(PAGE, {"school": "x"}).status_code == 200
    assert not Reminder.objects.exists()


def test_before_any_term_there_is_nobody_to_remind(login, group_director):
    assert login(group_director).get(PAGE).status_code == 404


def test_the_page_costs_the_same_for_many_schools(
    login, round_, cluster, term, group_director, django_assert_num_queries
):
    client = login(group_director)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for at in range(4):
        school = SchoolFactory(cluster=cluster, email=f"s{at}@school.example")
        RoundFactory(school=school, term=term)
        user = user_with_role(Role.SCHOOL_DIRECTOR, f"d{at}", school=school)
        user.email = f"d{at}@school.example"
        user.save()
    with django_assert_num_queries(len(few)):
        client.get(PAGE)
    assert len(few) <= 15
