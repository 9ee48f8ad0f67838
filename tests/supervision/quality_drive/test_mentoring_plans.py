"""Mentoring visits to many schools planned at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from schools.core.thai import numeric_date
from supervision.criteria.models import Indicator
from supervision.special_days.models import SpecialDay
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from tests import scenarios
from tests.drive_scenarios import drive_at_work
from tests.factories import RoundFactory, SchoolFactory
from tests.form_data import page_form_data
from tests.mentoring_scenarios import mentoring_planned


@pytest.fixture
def drive(round_, term, group_director):
    used = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=used).order_by("pk")
    return drive_at_work(term, indicators, by=group_director)


@pytest.fixture
def second(other_school, term):
    return RoundFactory(school=other_school, term=term)


@pytest.fixture
def days(term):
    """Two school days of the term to come, one after the other."""
    first = timezone.localdate() + timedelta(days=1)
    while first.weekday() > 3:
        first += timedelta(days=1)
    assert term.is_running_on(first + timedelta(days=1))
    return first, first + timedelta(days=1)


def url_of(drive):
    return reverse("mentoring_plan", args=[drive.academic_year.year])


def sent_days(client, drive, days, **typed):
    """What the page would send with these days, by school."""
    named = {f"day_{school.pk}": numeric_date(day) for school, day in days.items()}
    return page_form_data(client, url_of(drive), **named, **typed)


def planned():
    return Visit.objects.filter(kind=VisitKind.MENTORING)


def test_each_school_gets_its_day_and_shows_its_weakest_dimension(
    drive, round_, second, days, login, group_director
):
    scenarios.visit_signed(round_, by=group_director, level=3)
    client, schools = login(group_director), (round_.school, second.school)
    page = client.get(url_of(drive)).text
    assert "นักเรียนคุณภาพ 3.00" in page
    assert "ยังไม่มีผลการนิเทศ" in page
    sent = sent_days(client, drive, dict(zip(schools, days, strict=True)), purpose="ดูห้องเรียน")
    with zeal_ignore():  # each is planned by the action of a single one
        client.post(url_of(drive), sent)
    found = planned().order_by("visit_on")
    assert [(one.round, one.visit_on) for one in found] == [(round_, days[0]), (second, days[1])]
    assert {(one.leader, one.purpose) for one in found} == {(group_director, "ดูห้องเรียน")}
    client.post(url_of(drive), sent)
    assert planned().count() == 2, "a form that is sent twice plans nothing twice"
    assert "ไม่มีโรงเรียนที่ต้องนัดหมาย" in client.get(url_of(drive)).text


def test_unusual_days_are_asked_about_once(drive, round_, second, days, login, group_director):
    SpecialDay.objects.create(name="สอบ NT", kind="test", starts_on=days[0], ends_on=days[0])
    client, schools = login(group_director), (round_.school, second.school)
    sent = sent_days(client, drive, dict.fromkeys(schools, days[0]))
    page = client.post(url_of(drive), sent).text
    assert "สอบ NT" in page
    assert "นัดหมาย 2 โรงเรียนในวันเดียวกัน" in page
    assert not planned()
    with zeal_ignore():
        client.post(url_of(drive), sent | {"confirmed": "on"})
    assert planned().count() == 2


def test_a_supervisor_plans_for_the_schools_in_charge_alone(
    drive, round_, second, days, login, supervisor, school_director
):
    client = login(supervisor)
    page = client.get(url_of(drive)).text
    assert round_.school.short_name in page
    sent = sent_days(client, drive, {round_.school: days[0], second.school: days[1]})
    client.post(url_of(drive), sent)
    assert [one.round for one in planned()] == [round_]
    assert login(school_director).get(url_of(drive)).status_code == 403


@pytest.mark.parametrize(("typed", "message"), [("", "อย่างน้อย 1 โรงเรียน"), ("1/6/2026", "พ.ศ.")])
def test_a_day_is_asked_for_in_the_buddhist_era(drive, round_, login, supervisor, typed, message):
    client = login(supervisor)
    sent = page_form_data(client, url_of(drive)) | {f"day_{round_.school_id}": typed}
    assert message in client.post(url_of(drive), sent).text
    assert not planned()


def test_a_school_with_a_visit_is_not_offered_and_queries_do_not_grow(
    drive, round_, second, term, login, group_director, django_assert_max_num_queries
):
    mentoring_planned(round_, leader=group_director)
    client = login(group_director)
    client.get(url_of(drive))
    with django_assert_max_num_queries(15) as few:
        rows = client.get(url_of(drive)).context["form"].rows
    assert [row.school for row in rows] == [second.school]
    for _ in range(3):
        RoundFactory(school=SchoolFactory(), term=term)
    with django_assert_max_num_queries(len(few)):
        client.get(url_of(drive))
