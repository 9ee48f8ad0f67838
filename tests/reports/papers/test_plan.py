"""The plan of a term's visits with its calendar, as the filters of the list ask for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import month_and_year, thai_digits
from supervision.rounds.models import StepDeadline
from supervision.special_days.models import SpecialDay
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import pages_of, text_of

pytestmark = pytest.mark.db_agnostic
URL = reverse("supervision_plan")


def plan(round_, leader, days=1, **more):
    on = timezone.localdate() + timedelta(days=days)
    facts = {"visit_on": on, "purpose": "การอ่านออกเขียนได้", "leader": leader} | more
    return visits.plan_visit(round_, by=leader, **facts)


def says(text, *words) -> bool:
    return all(normalized(thai_digits(word)) in text for word in words)


def test_the_plan_holds_visits_deadlines_special_days_and_counts(
    login, supervisor, group_director, area_director, committee_member, round_, term
):
    scenarios.visit_signed(round_, by=supervisor)
    later = plan(round_, supervisor, 3, team=[committee_member])
    called_off = plan(round_, supervisor, 5, purpose="ครั้งที่ยกเลิก")
    visits.cancel_visit(called_off, by=supervisor, reason="ฝน")
    day = timezone.localdate()
    StepDeadline.objects.create(term=term, step=4, due_on=day)
    SpecialDay.objects.create(name="วันทดสอบ", kind="holiday", starts_on=day, ends_on=day)
    response = login(supervisor).get(URL)
    text = text_of(response)
    assert says(text, f"ภาคเรียนที่ {term}", "ทั้งเขตพื้นที่", round_.school.name, "การอ่านออกเขียนได้")
    assert says(text, str(committee_member), "ครบกำหนดขั้นที่ 4", "วันทดสอบ")
    assert says(text, "ตามแผน 2 ครั้ง ใน 1 โรงเรียน", "ลงนามบันทึกแล้ว 1 ครั้ง", "ยกเลิก 1 ครั้ง")
    assert says(text, month_and_year(later.visit_on), str(group_director), str(area_director))
    assert not says(text, "ครั้งที่ยกเลิก")
    box = pages_of(response)[0].mediabox
    assert box.width > box.height


def test_the_plan_of_one_cluster_and_of_one_supervisor(
    login, supervisor, group_director, round_, other_school, term
):
    plan(round_, supervisor)
    plan(RoundFactory(school=other_school, term=term), group_director)
    client = login(group_director)
    cluster = round_.school.memberships.get().cluster
    for asked in ({"cluster": cluster.pk}, {"leader": supervisor.pk}):
        text = text_of(client.get(URL, asked))
        assert says(text, round_.school.name)
        assert not says(text, other_school.name)
    assert says(text, "ผู้จัดทำแผน", str(supervisor))
    assert client.get(URL, {"leader": "0"}).status_code == 409


def test_a_day_of_many_visits_names_a_few_in_the_calendar(login, supervisor, cluster, term):
    schools = [SchoolFactory(name=f"โรงเรียนที่ {n}", cluster=cluster) for n in range(1, 7)]
    for school in schools:
        plan(RoundFactory(school=school, term=term), supervisor)
    text = text_of(login(supervisor).get(URL))
    assert says(text, "อีก 2 รายการ (ดูตาราง)")
    assert all(says(text, school.name) for school in schools)


def test_a_school_prints_its_own_visits_only(
    login, supervisor, group_director, school_director, round_, other_school, term
):
    plan(round_, supervisor)
    plan(RoundFactory(school=other_school, term=term), group_director)
    text = text_of(login(school_director).get(URL))
    assert says(text, f"ภาคเรียนที่ {term} {round_.school.name}")
    assert not says(text, other_school.name)


def test_a_term_without_visits_and_no_term(login, supervisor, round_):
    assert says(text_of(login(supervisor).get(URL)), "ยังไม่มีการนิเทศตามแผน")
    term = round_.term
    round_.indicator_sets.clear()
    round_.delete()
    term.delete()
    assert login(supervisor).get(URL).status_code == 404


def test_more_visits_ask_no_more_queries(login, supervisor, committee_member, round_):
    client = login(supervisor)
    plan(round_, supervisor, team=[committee_member])
    client.get(URL)
    before = queries_of(client)
    for days in (2, 3):
        plan(round_, supervisor, days, team=[committee_member])
    assert queries_of(client) == before


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(URL).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("who", "expected"), [("mine", "leader={me}"), ("all", ""), ("cluster-{cluster}", "cluster=")]
)
def test_the_calendar_leads_to_the_plan_of_whom_it_shows(
    login, supervisor, round_, term, who, expected
):
    cluster = round_.school.memberships.get().cluster_id
    asked = who.format(cluster=cluster)
    page = login(supervisor).get(reverse("calendar"), {"who": asked})
    query = page.context["plan_query"]
    assert f"term={term.pk}" in query
    assert expected.format(me=supervisor.pk) in query
