from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from schools.enums import Grade
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.models import ProjectKind
from tests.exported_files import exported_table
from tests.factories import SchoolFactory
from tests.school_facts import (
    CircumstanceFactory,
    ProjectKindFactory,
    SchoolProjectFactory,
    TeacherWantedFactory,
)


@pytest.fixture
def schools(school, other_school):
    """Ours teaches by satellite and wants a teacher; the other joins a project."""
    CircumstanceFactory(school=school)
    TeacherWantedFactory(school=school)
    SchoolProjectFactory(school=other_school, kind__name="โรงเรียนวิถีพุทธ")
    other_school.first_grade, other_school.last_grade = Grade.P1, Grade.M3
    other_school.save()
    return school, other_school


def listed(client, **asked):
    page = client.get(reverse("circumstances_list"), asked)
    return [row.school.name for row in page.context["listing"].rows]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["โรงเรียนของเรา", "โรงเรียนอื่น"]),
        ({"kind": "dltv"}, ["โรงเรียนของเรา"]),
        ({"kind": "expansion"}, ["โรงเรียนอื่น"]),
        ({"project": "โรงเรียนวิถีพุทธ"}, ["โรงเรียนอื่น"]),
        ({"subject": "ภาษาอังกฤษ"}, ["โรงเรียนของเรา"]),
        ({"q": "อื่น"}, ["โรงเรียนอื่น"]),
        ({"check": "empty"}, []),
        ({"kind": "nonsense"}, ["โรงเรียนของเรา", "โรงเรียนอื่น"]),
        ({"day": "1/1/2565"}, ["โรงเรียนของเรา", "โรงเรียนอื่น"]),
    ],
)
def test_the_filters_of_the_address(asked, expected, login, supervisor, schools):
    assert sorted(listed(login(supervisor), **asked)) == expected


def test_a_day_shows_what_held_then(login, supervisor, schools):
    client, before = login(supervisor), numeric_date(timezone.localdate() - timedelta(days=9_999))
    assert listed(client, day=before, kind="dltv") == []


def test_who_was_not_checked_for_over_a_year(login, supervisor, schools):
    ours, _ = schools
    ours.circumstance_facts.update(checked_on=timezone.localdate() - timedelta(days=366))
    client = login(supervisor)
    assert listed(client, check="stale") == [ours.name]
    assert client.get(reverse("circumstances_list")).context["listing"].to_check == 1


def test_pupils_included_are_in_nobodys_list_who_may_not_know(
    login, committee_member, area_director, school
):
    CircumstanceFactory(school=school, kind=CircumstanceKind.INCLUSION, pupils=2)
    url = reverse("circumstances_list")
    text = login(committee_member).get(url, {"kind": "inclusion"})
    assert text.context["listing"].rows == []
    assert not text.context["listing"].counts
    (row,) = exported_table(login(area_director).get(reverse("circumstances_export"))).rows
    assert row["สภาพของโรงเรียน"] == "จัดการเรียนรวม นักเรียน น้อยกว่า 3 คน"


def test_the_list_takes_as_many_queries_for_three_schools(login, supervisor, schools):
    client, counted = login(supervisor), []
    client.get(reverse("circumstances_list"))  # the first page of a session costs more
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("circumstances_list"))
        counted.append(len(queries))
        for _ in range(2):
            CircumstanceFactory(school=SchoolFactory())
    assert counted[0] == counted[1] <= 15


def test_the_office_adds_projects_to_choose(login, clerk):
    client = login(clerk)
    sent = {"name": "โครงการของเขต", "provenance": "มติ", "position": 1, "is_active": "on"}
    client.post(reverse("project_kind_add"), sent)
    again = client.post(reverse("project_kind_add"), sent).content.decode()
    assert "มีโครงการชื่อนี้แล้ว" in again
    kind = ProjectKind.objects.get()
    assert kind.name in client.get(reverse("project_kinds")).content.decode()


def test_a_project_no_longer_offered_stays_where_it_is_joined(login, school_director, school):
    project = SchoolProjectFactory(school=school, kind=ProjectKindFactory(is_active=False))
    client = login(school_director)
    add = client.get(reverse("school_fact_add", args=[school.pk, "projects"])).content.decode()
    assert project.kind.name not in add
    url = reverse("school_fact_correct", args=[school.pk, "projects", project.pk])
    assert project.kind.name in client.get(url).content.decode()
