import re
from copy import copy
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from supervision.assessments import actions as assessments
from supervision.notices.enums import NoticeKind
from supervision.visits import actions as visits
from supervision.workflow.models import Transition
from tests import scenarios
from tests.factories import NeedsCampaignFactory, StepDeadlineFactory

PAGE = "notices"


def page_of(client):
    return client.get(reverse(PAGE))


def titles(response):
    return [news.title for news in response.context["notices"].news]


@pytest.fixture
def planned(round_, supervisor):
    return scenarios.visit_planned(round_, by=supervisor)


# --- What one sees ---


def test_the_school_learns_of_its_planned_visit_and_what_became_of_it(
    login, school_director, supervisor, planned
):
    client = login(school_director)
    assert titles(page_of(client)) == ["นัดหมายการนิเทศ"]
    tomorrow = timezone.localdate() + timedelta(days=1)
    visits.postpone_visit(planned, by=supervisor, reason="ถนนขาด", visit_on=tomorrow)
    assert titles(page_of(client))[0] == "เลื่อนนัดหมาย"


def test_ones_own_acts_and_drafts_are_no_news(login, supervisor, round_, academic_teacher, planned):
    assessments.start_self_assessment(round_, by=academic_teacher)
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
    visits.cancel_visit(planned, by=supervisor, reason="ฝนตกหนัก")
    client.post(reverse("notices_read"), {"until": until})
    assert [news.is_new for news in page_of(client).context["notices"].news] == [True, False]


@pytest.mark.parametrize("until", ["", "เมื่อวาน", "2026-13-45"])
def test_a_moment_that_is_none_marks_nothing(login, school_director, planned, until):
    client = login(school_director)
    assert client.post(reverse("notices_read"), {"until": until}).status_code == 302
    assert page_of(client).context["notices"].new == 1


def test_only_the_newest_news_stand_open(login, school_director, supervisor, planned):
    for hour in range(9, 15):
        visits.postpone_visit(planned, by=supervisor, reason="ฝน", **a_moment(hour))
        visits.postpone_visit(planned, by=supervisor, reason="ฝน", **a_moment(hour, minute=30))
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
    choose(client, *(kind for kind in NoticeKind.values if kind != NoticeKind.VISIT))
    assert titles(page_of(client)) == []
    choose(client, *NoticeKind.values)
    assert titles(page_of(client)) == ["นัดหมายการนิเทศ"]
    choose(client)
    response = page_of(client)
    assert response.context["notices"].waiting == []
    assert titles(response) == []


HIDDEN, NO_WORK, NO_NEWS = "คุณปิดการแจ้งเตือนบางเรื่องไว้", "ไม่มีงานที่รอคุณ", "ยังไม่มีความเคลื่อนไหวจากผู้อื่น"


@pytest.mark.parametrize(
    ("off", "said"),
    [
        ((), {NO_WORK, NO_NEWS}),
        ((NoticeKind.DIGEST,), {NO_WORK, NO_NEWS}),
        ((NoticeKind.DUE,), {HIDDEN, NO_NEWS}),
        ((NoticeKind.VISIT,), {HIDDEN, NO_WORK}),
        (tuple(NoticeKind), {HIDDEN}),
    ],
)
def test_a_page_without_some_kinds_says_so_and_not_that_there_is_nothing(
    login, other_supervisor, off, said
):
    client = login(other_supervisor)
    page = choose(client, *(kind for kind in NoticeKind if kind not in off)).content.decode()
    assert {words for words in (HIDDEN, NO_WORK, NO_NEWS) if words in page} == said


def test_a_kind_that_is_not_there_is_refused(login, school_director):
    assert "โปรดเลือก" in choose(login(school_director), "x").content.decode()


# --- Cost ---


def test_news_beyond_the_listed_ones_are_counted_without_asking_again(
    login, school_director, supervisor, planned, django_assert_num_queries
):
    client = login(school_director)
    page_of(client)
    with CaptureQueriesContext(connection) as few:
        assert page_of(client).context["notices"].new == 1
    (move,) = Transition.objects.filter(record_type="visits.visit")
    move.pk = None
    Transition.objects.bulk_create([copy(move) for _ in range(120)])
    with django_assert_num_queries(len(few)):
        page = page_of(client)
    told = page.context["notices"]
    assert (told.new, len(told.news)) == (121, 100)
    assert "ใหม่ 121" in page.content.decode()
    assert "แสดง 100 เรื่องล่าสุด" in page.content.decode()
    half = timezone.now() - timedelta(days=1)
    Transition.objects.filter(pk__gt=Transition.objects.latest("pk").pk - 60).update(at=half)
    client.post(reverse("notices_read"), {"until": (half + timedelta(hours=1)).isoformat()})
    assert page_of(client).context["notices"].new == 61


def test_the_page_asks_as_little_for_much_news(
    login, school_director, supervisor, planned, django_assert_max_num_queries
):
    client = login(school_director)
    page_of(client)
    with django_assert_max_num_queries(15) as few:
        page_of(client)
    for days in (1, 2, 3):
        day = timezone.localdate() + timedelta(days=days)
        visits.postpone_visit(planned, by=supervisor, reason="ฝนตก", visit_on=day)
    with django_assert_max_num_queries(len(few)):
        page_of(client)
