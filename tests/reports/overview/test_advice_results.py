"""The page of a term's advice: what became of it, and what schools had said that they need."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.improvement.actions import close_recommendation
from supervision.improvement.enums import Assignee
from tests import scenarios
from tests.factories import ClusterFactory, NeedsAreaFactory, SchoolFactory

ADVICE = reverse("overview_advice")


def page(client, **asked):
    response = client.get(ADVICE, asked)
    assert response.status_code == 200
    return response


@pytest.fixture
def results(login, area_director):
    return lambda **asked: page(login(area_director), **asked).context["found"]


@pytest.mark.parametrize("who", ["school_director", "cluster_chair", "subcommittee_member"])
def test_the_page_is_for_who_sees_the_area(request, login, round_, who):
    assert login(request.getfixturevalue(who)).get(ADVICE).status_code == 403


def test_advice_is_counted_by_standard_and_owner(results, judge, advise, chosen_set):
    indicator = chosen_set.standards.first().indicators.first()
    advise(judge("ก", 2), indicator)
    advise(judge("ข", 2), assignee=Assignee.SUPERVISOR)
    found = results()
    assert [(line.name, line.summary.given) for line in found.by_standard] == [
        ("1 มาตรฐานทดสอบ 1", 1),
        ("ไม่ได้ระบุตัวชี้วัด", 1),
    ]
    assert [(line.name, line.summary.open) for line in found.by_owner] == [
        (Assignee.ACADEMIC_TEACHER.label, 1),
        (Assignee.SUPERVISOR.label, 1),
    ]


def test_closed_advice_says_how_long_it_took(results, judge, advise, supervisor, time_machine):
    visit = judge("ก", 2)
    given = advise(visit)
    given.refresh_from_db()
    time_machine.move_to(timezone.now() + timedelta(days=12))
    close_recommendation(given, by=supervisor, proof="ภาพกิจกรรม")
    total = results().total
    assert (total.given, total.open, total.closed, total.median_days) == (1, 0, 1, Decimal(12))


def test_what_is_left_of_terms_before_stands_apart(results, judge, advise, earlier_term):
    advise(judge("ก", 2, of_term=earlier_term))
    found = results()
    assert (found.total.given, found.carried_over.given) == (0, 1)


def test_filters_leave_the_advice_of_their_schools(results, judge, advise):
    advise(judge("ก", 2))
    other = ClusterFactory()
    judge("ข", 2, in_cluster=other)
    assert results().total.given == 1
    assert results(cluster=other.pk).total.given == 0


def test_the_ledger_is_linked_where_it_shows_the_same_rows(
    results, login, area_director, judge, advise, cluster, supervisor
):
    advise(judge("ก", 2))
    client = login(area_director)
    for asked in ({}, {"cluster": cluster.pk}):
        found = results(**asked)
        assert client.get(found.ledger_url).status_code == 200
        assert "จัดกิจกรรมการอ่านทุกวัน" in client.get(found.by_owner[0].url).content.decode()
    assert results(supervisor=supervisor.pk).ledger_url == ""


def test_needs_stand_beside_the_advice_and_the_page_says_how(login, area_director, judge, campaign):
    NeedsAreaFactory(survey_template=campaign.survey_template, name="งานวิชาการ", position=1)
    visit = judge("ก", 3)
    scenarios.needs_submitted(visit.round, by=area_director)
    response = page(login(area_director))
    needs = response.context["found"].needs
    assert needs.schools == 1
    first = needs.areas[0]
    assert (first.name, first.rank, first.index) == ("งานวิชาการ", 1, Decimal("1.50"))
    assert "ไม่ได้ผูกกันในระบบ" in response.content.decode()


def test_without_a_survey_the_page_says_so(login, area_director, judge):
    judge("ก", 3)
    text = page(login(area_director)).content.decode()
    assert "ยังไม่มีการสำรวจความต้องการของภาคเรียนหรือปีการศึกษานี้" in text


def test_a_survey_that_nobody_answered_says_so(login, area_director, judge, campaign):
    judge("ก", 3)
    assert "ยังไม่มีโรงเรียนที่เลือกส่งคำตอบ" in page(login(area_director)).content.decode()


def test_before_any_term_the_page_says_who_opens_one(login, area_director):
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in page(login(area_director)).content.decode()


def test_the_cost_does_not_grow_with_the_schools(
    login, area_director, judge, advise, campaign, django_assert_max_num_queries
):
    client = login(area_director)
    advise(judge("ก", 4))
    page(client)  # what only a first page asks
    with django_assert_max_num_queries(15) as one:
        page(client)
    for name in "ขคง":
        advise(judge(name, 3, in_cluster=ClusterFactory()))
    SchoolFactory()
    with django_assert_max_num_queries(len(one)):
        page(client)
