"""Needs that the unit takes up: taken up once, led, done, withdrawn, and read by their school."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.needs.enums import TakenUpNeedState
from supervision.needs.models import TakenUpNeed
from supervision.needs.taken_up_actions import NeedToTakeUp, take_up_needs
from tests import scenarios
from tests.exported_files import exported_table
from tests.factories import NeedsTopicFactory, SchoolFactory
from tests.supervision.needs.test_results import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(school, term, supervisor):
    return scenarios.need_taken_up(school, term, by=supervisor, topic=NeedsTopicFactory())


def test_a_topic_is_taken_up_once_while_it_is_worked_on(school, other_school, term, supervisor):
    topic = NeedsTopicFactory()
    both = [NeedToTakeUp(one, topic.name, topic) for one in (school, other_school)]
    take_up_needs(both[:1], by=supervisor, term=term, lead=supervisor)
    [second] = take_up_needs(both, by=supervisor, term=term, lead=supervisor)
    assert second.school == other_school
    with pytest.raises(ActionRefused, match="รับไว้ติดตามแล้วทั้งหมด"):
        take_up_needs(both, by=supervisor, term=term, lead=supervisor)
    with transaction.atomic(), pytest.raises(IntegrityError):
        TakenUpNeed.objects.filter(pk=second.pk).update(school=school)


def test_done_the_school_reads_what_was_done(login, supervisor, school_director, need):
    url = reverse("taken_up_need_finish", args=[need.pk])
    client = login(supervisor)
    assert "โปรดระบุสิ่งที่ดำเนินการ" in client.post(url, {"outcome": " "}).content.decode()
    assert client.post(url, {"outcome": "อบรมครูคณิต 3 คน"}).status_code == 302
    need.refresh_from_db()
    assert (need.state, need.ended_by) == (TakenUpNeedState.DONE, supervisor)
    page = login(school_director).get(need.get_absolute_url()).content.decode()
    assert "อบรมครูคณิต 3 คน" in page
    assert url not in page
    assert client.post(url, {"outcome": "อีกครั้ง"}).status_code == 409


def test_withdrawn_it_says_why_and_may_be_taken_up_again(login, supervisor, need, term):
    url = reverse("taken_up_need_withdraw", args=[need.pk])
    login(supervisor).post(url, {"reason": "โรงเรียนได้ครูแล้ว"})
    need.refresh_from_db()
    assert (need.state, need.outcome) == (TakenUpNeedState.WITHDRAWN, "โรงเรียนได้ครูแล้ว")
    again = scenarios.need_taken_up(need.school, term, by=supervisor, topic=need.topic)
    assert again.is_open


def test_somebody_else_leads_it(login, supervisor, other_supervisor, need):
    url = reverse("taken_up_need_lead", args=[need.pk])
    login(supervisor).post(url, {"lead": other_supervisor.pk, "reason": ""})
    need.refresh_from_db()
    assert need.lead == other_supervisor


def test_the_director_is_told(login, school_director, outsider_director, need):
    news = login(school_director).get(reverse("notices")).content.decode()
    assert "รับความต้องการไว้ติดตาม" in news
    assert need.get_absolute_url() in news
    news = login(outsider_director).get(reverse("notices")).content.decode()
    assert "รับความต้องการไว้ติดตาม" not in news


def test_the_list_is_filtered_and_a_school_reads_its_own(
    login, supervisor, school_director, other_school, term, need
):
    scenarios.need_taken_up(other_school, term, by=supervisor, text="ซ่อมหลังคา")
    url = reverse("taken_up_needs")
    client = login(supervisor)
    assert client.get(url).context["counts"]["open"] == 2
    assert [row.need.text for row in client.get(f"{url}?q=หลังคา").context["rows"]] == ["ซ่อมหลังคา"]
    assert client.get(f"{url}?state=done").context["rows"] == []
    page = login(school_director).get(url)
    assert [row.need for row in page.context["rows"]] == [need]
    assert "ซ่อมหลังคา" not in page.content.decode()
    table = exported_table(login(school_director).get(reverse("taken_up_needs_export")))
    assert table.column("ความต้องการ") == ["คณิตศาสตร์"]


def test_the_list_stays_flat(login, group_director, term):
    client, url = login(group_director), reverse("taken_up_needs")
    scenarios.need_taken_up(SchoolFactory(), term, by=group_director)
    few = queries_of(client, url)
    for _ in range(2):
        scenarios.need_taken_up(SchoolFactory(), term, by=group_director)
    assert queries_of(client, url) == few <= 15
