"""Appointments and due dates are told in the days before, to whom they concern."""

from datetime import time, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import short_date
from supervision.improvement import actions as improvement
from supervision.improvement.enums import Assignee
from supervision.notices.enums import NoticeKind
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import StepDeadlineFactory


def notices(client):
    return client.get(reverse("notices")).context["notices"]


def coming(client):
    return [(row.title, row.word) for row in notices(client).coming]


def surveys(page):
    return [row for row in page.waiting if "แบบสำรวจ" in row.title]


def choose_all_but(client, off):
    client.post(reverse("notices_choose"), {"kinds": [k for k in NoticeKind.values if k != off]})


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def give_email(person):
    person.email = f"{person.username}@office.example"
    person.save()


def plan(round_, supervisor, days, **more):
    facts = {"visit_on": in_days(days), "purpose": "นิเทศประจำภาคเรียน", "leader": supervisor}
    return visits.plan_visit(round_, by=supervisor, **facts | more)


# --- Appointments ---


def test_leader_team_and_school_are_told_of_a_visit_of_the_next_days(
    login, round_, supervisor, committee_member, school_director, academic_teacher
):
    plan(round_, supervisor, 1, team=[committee_member])
    for person in (supervisor, committee_member, school_director, academic_teacher):
        ((title, word),) = coming(login(person))
        assert (title, word[:8]) == ("นิเทศ ของเรา", "พรุ่งนี้")


@pytest.mark.parametrize(("days", "told"), [(0, True), (7, True), (8, False)])
def test_a_visit_is_told_from_seven_days_before(login, round_, supervisor, days, told):
    plan(round_, supervisor, days)
    assert bool(coming(login(supervisor))) == told


def test_who_has_no_part_in_a_visit_is_not_told(
    login, round_, supervisor, other_supervisor, outsider_director, group_director
):
    plan(round_, supervisor, 1)
    for person in (other_supervisor, outsider_director, group_director):
        assert coming(login(person)) == []


def test_a_cancelled_visit_is_not_told(login, round_, supervisor, school_director):
    visits.cancel_visit(plan(round_, supervisor, 1), by=supervisor, reason="ถนนขาด")
    assert coming(login(school_director)) == []


def test_planned_visits_can_be_switched_off(login, round_, supervisor):
    plan(round_, supervisor, 1)
    client = login(supervisor)
    choose_all_but(client, NoticeKind.VISIT)
    assert coming(client) == []


def test_planned_visits_stay_when_due_dates_are_switched_off(login, round_, supervisor):
    plan(round_, supervisor, 1)
    client = login(supervisor)
    choose_all_but(client, NoticeKind.DUE)
    assert [title for title, _ in coming(client)] == ["นิเทศ ของเรา"]


def test_between_terms_planned_visits_are_told_all_the_same(
    login, round_, supervisor, school_director
):
    plan(round_, supervisor, 1)
    term = round_.term
    term.opens_on, term.closes_on = in_days(-90), in_days(-1)
    term.save()
    for person in (supervisor, school_director):
        assert [title for title, _ in coming(login(person))] == ["นิเทศ ของเรา"]


def test_a_further_visit_waits_on_its_day_for_its_leader_and_comes_up_for_the_school(
    login, decided, round_, supervisor, school_director
):
    plan(round_, supervisor, 0, starts_at=time(23, 0))
    page = notices(login(supervisor))
    assert "ออกนิเทศ ของเรา" in [row.title for row in page.waiting]
    assert page.coming == []
    assert coming(login(school_director)) == [("นิเทศ ของเรา", "วันนี้ 23.00 น.")]


def test_tomorrows_visit_is_told_and_not_overdue_though_its_steps_day_has_passed(
    login, round_, supervisor, school_director
):
    give_email(supervisor)
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    plan(round_, supervisor, 1)
    StepDeadlineFactory(term=round_.term, step=4, due_on=in_days(-5))
    scenarios.backdate_rounds(30)
    page, word = login(supervisor).get(reverse("notices")), f"พรุ่งนี้ {short_date(in_days(1))}"
    (waiting,) = page.context["notices"].waiting
    assert waiting.line == f"ออกนิเทศ ของเรา ({word})"
    call_command("send_digests", verbosity=0)
    for told in (page.content.decode(), page.context["text"], mail.outbox[0].body):
        assert word in told
        assert "เกินกำหนด" not in told


def test_a_visit_that_waits_with_its_day_is_told_once(login, round_, supervisor, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    plan(round_, supervisor, 1)
    page = notices(login(supervisor))
    assert [row.word[:8] for row in page.waiting] == ["พรุ่งนี้"]
    assert page.coming == []


# --- Due dates ---


@pytest.fixture
def advised(round_, supervisor, school_director):
    """Advice agreed with the school: the school's two posts and the supervisor own one each."""

    def advise(days):
        summary = improvement.start_summary(round_, by=supervisor)
        for assignee in (Assignee.SCHOOL_DIRECTOR, Assignee.ACADEMIC_TEACHER, Assignee.SUPERVISOR):
            facts = {"text": f"ข้อเสนอแนะถึง{assignee.label}", "assignee": assignee}
            improvement.create_recommendation(summary, by=supervisor, due_on=in_days(days), **facts)
        improvement.propose_summary(summary, by=supervisor)
        improvement.agree_to_summary(summary, by=school_director)
        return round_.recommendations.all()

    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    return advise


@pytest.fixture
def decided(advised, round_, group_director):
    scenarios.round_decided(round_, by=group_director)
    return advised


def test_who_follows_advice_hears_of_its_day_and_its_owner_has_it_waiting(
    login, decided, supervisor, school_director, outsider_director
):
    decided(3)
    for person in (supervisor, school_director):
        page = notices(login(person))
        assert [row.word[:9] for row in page.coming] == ["อีก 3 วัน"] * 2
        assert "อีก 3 วัน" in [row.word[:9] for row in page.waiting]
    assert coming(login(outsider_director)) == []


def test_late_advice_of_others_is_one_line_to_the_ledger(
    login, decided, supervisor, school_director
):
    decided(1).update(due_on=in_days(-2))
    for person in (supervisor, school_director):
        client = login(person)
        assert coming(client) == [("ติดตามข้อเสนอแนะที่เกินกำหนด 2 ข้อ", "เกินกำหนด 2 วัน")]
        (row,) = notices(client).coming
        assert client.get(row.url).status_code == 200


def test_due_dates_can_be_switched_off(login, decided, supervisor):
    decided(1)
    client = login(supervisor)
    choose_all_but(client, NoticeKind.DUE)
    page = notices(client)
    assert (page.waiting, page.coming) == ([], [])


def test_many_that_come_up_cost_as_many_questions_as_few(
    login, decided, round_, supervisor, django_assert_num_queries
):
    decided(3)
    plan(round_, supervisor, 1)
    client = login(supervisor)
    notices(client)
    with CaptureQueriesContext(connection) as few:
        assert len(notices(client).coming) == 3
    for days in (2, 3, 4):
        plan(round_, supervisor, days)
    with django_assert_num_queries(len(few)):
        assert len(notices(client).coming) == 6


@pytest.mark.parametrize(("days", "word"), [(1, "พรุ่งนี้"), (7, "อีก 7 วัน"), (8, "ภายใน")])
def test_what_waits_is_counted_down_in_its_last_days(
    login, academic_teacher, round_, campaign, days, word
):
    scenarios.backdate_rounds(20)
    type(campaign).objects.update(closes_on=in_days(days))
    (row,) = surveys(notices(login(academic_teacher)))
    assert row.word.startswith(word)


# --- For LINE and by mail ---


def test_each_row_has_its_own_text_with_its_full_address(
    login, round_, supervisor, academic_teacher, campaign
):
    plan(round_, supervisor, 2)
    StepDeadlineFactory(term=round_.term, step=1, due_on=in_days(-1))
    client = login(academic_teacher)
    page, shown = notices(client), client.get(reverse("notices")).content.decode()
    for row in (*page.waiting, *page.coming, *page.news):
        assert row.line_text.endswith(f"\n{settings.SITE_URL}{row.url}")
        assert row.line_text in shown
        assert client.get(row.url).status_code == 200


def test_a_text_for_a_group_speaks_to_nobody_as_you(login, academic_teacher, round_, campaign):
    page = login(academic_teacher).get(reverse("notices"))
    (row,) = surveys(page.context["notices"])
    assert row.word == "รอคุณ"
    assert "รอคุณ" not in row.line_text + page.context["text"]


def test_the_mail_tells_planned_visits_and_repeats_no_news(
    round_, supervisor, academic_teacher, time_machine
):
    give_email(academic_teacher)
    visit = plan(round_, supervisor, 5)
    call_command("send_digests", verbosity=0)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    call_command("send_digests", verbosity=0)
    first, second = (message.body for message in mail.outbox)
    assert "นัดหมายการนิเทศ" in first
    assert "นัดหมายการนิเทศ" not in second
    for body, word in ((first, "อีก 5 วัน"), (second, "อีก 4 วัน")):
        assert word in body
        assert f"{settings.SITE_URL}{visit.get_absolute_url()}" in body


def test_a_mail_of_planned_visits_alone_says_so(
    login, round_, supervisor, academic_teacher, school_director
):
    give_email(academic_teacher)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    plan(round_, supervisor, 5)
    until = timezone.now().isoformat()
    login(academic_teacher).post(reverse("notices_read"), {"until": until})
    call_command("send_digests", verbosity=0)
    (message,) = mail.outbox
    assert message.subject.startswith("นิเทศ: มีนัดหมายและวันครบกำหนดที่ควรทราบ 1 เรื่อง")


def test_news_say_what_was_done_to_what(login, decided, school_director, supervisor):
    decided(30)
    subjects = [row.subject for row in notices(login(school_director)).news]
    assert "ของเรา: เสนอโรงเรียน (สรุปผล)" in subjects
    assert "ของเรา: พิจารณาว่าบรรลุ" in subjects
    assert "ของเรา: ลงนามบันทึกการนิเทศ" in subjects


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        (NoticeKind.NEEDS, "ส่งแบบสำรวจ"),
        (NoticeKind.ASSESSMENT, "ยืนยันผลการประเมินตนเอง"),
        (NoticeKind.VISIT, "ลงนามบันทึกการนิเทศ"),
        (NoticeKind.DECISION, "พิจารณาว่าบรรลุ"),
        (NoticeKind.IMPROVEMENT, "เห็นชอบสรุปผล"),
    ],
)
def test_each_kind_switches_its_own_news_off(login, decided, committee_member, kind, act):
    decided(30)
    client = login(committee_member)
    before = {row.title for row in notices(client).news}
    choose_all_but(client, kind)
    after = {row.title for row in notices(client).news}
    assert act in before - after
    assert after
