from datetime import date, timedelta

import pytest
from django.utils import timezone

from schools.core.thai import short_date
from schools.enums import Grade
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.circumstances.queries import (
    circumstances_of,
    facts_over_time,
    load_circumstances,
)
from tests.factories import SchoolFactory, UserFactory
from tests.school_facts import CircumstanceFactory, SchoolProjectFactory, TeacherWantedFactory

INCLUSION = CircumstanceKind.INCLUSION


@pytest.fixture
def today():
    return timezone.localdate()


def words_of(lines):
    return [f"{line.title} {line.detail}".strip() for line in lines]


def test_a_school_is_what_holds_on_the_day(school, supervisor, today):
    CircumstanceFactory(
        school=school, kind=CircumstanceKind.BRANCH, main_school=SchoolFactory(name="โรงเรียนหลัก")
    )
    CircumstanceFactory(school=school, ends_on=today - timedelta(days=1))
    SchoolProjectFactory(school=school, kind__name="โรงเรียนวิถีพุทธ")
    TeacherWantedFactory(school=school, number=2)
    school.last_grade = Grade.M3
    known = load_circumstances(school, today, reader=supervisor)
    assert words_of(known.circumstances) == ["โรงเรียนสาขา สาขาของโรงเรียนหลัก"]
    assert words_of(known.projects) == ["โรงเรียนวิถีพุทธ"]
    assert words_of(known.teachers) == ["ครูภาษาอังกฤษ 2 คน"]
    assert known.registry_words == ["โรงเรียนขยายโอกาสทางการศึกษา"]
    over_time = facts_over_time(school, today, reader=supervisor)
    assert [line.title for line in over_time.earlier] == [CircumstanceKind.DLTV.label]
    assert over_time.known == known


@pytest.mark.parametrize(
    ("pupils", "who", "expected"),
    [
        (2, "supervisor", ["จัดการเรียนรวม นักเรียน 2 คน"]),
        (2, "area_director", ["จัดการเรียนรวม นักเรียน น้อยกว่า 3 คน"]),
        (3, "area_director", ["จัดการเรียนรวม นักเรียน 3 คน"]),
        (3, "committee_member", []),
        (3, "other_supervisor", []),
    ],
)
def test_pupils_included_are_known_to_whom_they_concern(
    pupils, who, expected, school, today, request
):
    CircumstanceFactory(school=school, kind=INCLUSION, pupils=pupils)
    known = load_circumstances(school, today, reader=request.getfixturevalue(who))
    assert words_of(known.lines) == expected


def test_the_past_of_a_merged_school_follows_and_is_marked(school, supervisor, today):
    merged = SchoolFactory(merged_into=school, closed_on=date(2026, 5, 1))
    CircumstanceFactory(school=merged, kind=INCLUSION, pupils=1)
    (line,) = facts_over_time(school, today, reader=supervisor).earlier
    assert line.merged_from == f"จาก{merged} (รวมเมื่อ {short_date(date(2026, 5, 1))})"
    assert line.detail == "นักเรียน 1 คน"
    assert not load_circumstances(school, today, reader=supervisor).lines


@pytest.mark.parametrize(("days", "needs_check"), [(365, False), (366, True)])
def test_a_check_holds_for_a_year(days, needs_check, school, supervisor, today):
    CircumstanceFactory(school=school, checked_on=today - timedelta(days=days))
    CircumstanceFactory(school=school, kind=CircumstanceKind.DLIT)
    known = load_circumstances(school, today, reader=supervisor)
    assert known.needs_check is needs_check


def test_many_schools_take_as_many_queries_as_one(supervisor, today, django_assert_max_num_queries):
    schools = [SchoolFactory() for _ in range(3)]
    for school in schools:
        CircumstanceFactory(school=school)
        SchoolProjectFactory(school=school)
    with django_assert_max_num_queries(8):
        assert len(circumstances_of(schools, today, reader=supervisor)) == 3


def test_a_school_nobody_described_was_never_checked(school, today):
    known = load_circumstances(school, today, reader=UserFactory())
    assert (known.lines, known.checked_on, known.needs_check) == ([], None, True)
