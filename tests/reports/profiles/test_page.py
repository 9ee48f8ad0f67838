"""The page "ข้อมูลโรงเรียน": what a supervisor finds there before a visit, and what others do not."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.enums import Grade
from schools.models import GradeCount, School
from supervision.needs.models import NeedsSurvey
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import (
    AcademicYearFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
    YearlyCountFactory,
)

MOST_QUERIES = 15


PARTS = ("", "findings", "background")


def profile_page(client, school):
    return part(client, "", school)


def part(client, name, school):
    """The page itself, or one of those that it takes into itself."""
    address = f"school_profile_{name}".rstrip("_")
    response = client.get(reverse(address, args=[school.pk]))
    assert response.status_code == 200
    return response


def text_of(response):
    return " ".join(re.sub("<[^>]*>", " ", response.content.decode()).split())


def queries_of(client, school):
    """How many each part takes."""
    counts = []
    for name in PARTS:
        with CaptureQueriesContext(connection) as queries:
            part(client, name, school)
        counts.append(len(queries))
    return counts


def next_visit(leader, purpose="ติดตามการอ่าน"):
    visit_on = scenarios.working_day() + timedelta(days=7)
    return {"visit_on": visit_on, "purpose": purpose, "leader": leader}


@pytest.fixture
def supervised(round_, supervisor, school_director, group_director):
    """Our school after a whole round, with two years of pupils and a day agreed for the next."""
    School.objects.filter(pk=round_.school_id).update(
        phone="042-000 000 ต่อ 1", district="ตัวอย่าง", latitude=17, longitude=101
    )
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    for year, pupils in ((2568, 40), (2569, 36)):
        YearlyCountFactory(
            school=round_.school, academic_year=AcademicYearFactory(year=year), pupils=pupils
        )
    newest = round_.school.yearly_counts.first()
    GradeCount.objects.create(count=newest, grade=Grade.K3, boys=3, girls=4, rooms=1)
    visits.plan_visit(round_, by=supervisor, **next_visit(supervisor))
    return round_


@pytest.mark.parametrize("who", ["supervisor", "school_director", "subcommittee_member"])
def test_it_says_what_a_visit_needs(request, login, supervised, who):
    page = profile_page(login(request.getfixturevalue(who)), supervised.school)
    text = text_of(page)
    for words in ("อำเภอตัวอย่าง", "ปีการศึกษา 2569", "แบบ 7.1 ภาคเรียนที่ 2/2569"):
        assert words in text
    assert 'href="tel:042000000"' in page.content.decode()
    profile = page.context["profile"]
    assert [(level.label, level.pupils) for level in profile.counted_lines] == [
        ("ปฐมวัย", 7),
        ("ประถมศึกษา", 36),
        ("รวม", 43),
    ]
    assert [(year.year, year.everybody.pupils) for year in profile.years] == [
        (2568, 40),
        (2569, 43),
    ]
    assert profile.people.director.user.username == "school_director"
    assert profile.appointment.visit_on >= timezone.localdate()
    assert profile.advice.open


@pytest.mark.parametrize("who", ["supervisor", "school_director", "subcommittee_member"])
def test_its_results_are_those_of_the_last_terms(request, login, supervised, who):
    page = part(login(request.getfixturevalue(who)), "findings", supervised.school)
    results = page.context["findings"].portal
    assert results.latest_term == supervised.term
    assert {line.latest for line in results.lines} == {4}
    assert "“โรงเรียน” คือ ผลประเมินตนเองของภาคเรียนที่ 2/2569" in text_of(page)


def test_a_new_school_says_what_is_missing_and_who_fills_it_in(login, school, supervisor):
    client = login(supervisor)
    text = " ".join(text_of(part(client, name, school)) for name in PARTS)
    for words in (
        "ยังไม่มีนัดหมาย",
        "ไม่มีข้อเสนอแนะที่ยังไม่ปิด",
        "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว",
        "ยังไม่มีข้อมูล · เจ้าหน้าที่งานธุรการกรอก",
        "ยังไม่มีข้อมูล · โรงเรียนกรอกในแบบสำรวจ",
        "ยังไม่มีข้อมูล · สำนักงานเขตพื้นที่นำเข้าผลการทดสอบระดับชาติ",
        "ยังไม่มีผู้ตรวจสอบข้อมูลนี้",
    ):
        assert words in text


def test_each_part_leads_to_where_it_is_filled_in(login, school, academic_teacher):
    client = login(academic_teacher)
    html = "".join(part(client, name, school).content.decode() for name in PARTS)
    forms = ("school_learning", "school_external_assessments", "school_circumstances")
    for name in (*forms, "school_annual_reports", "data_confirmation"):
        assert f'href="{reverse(name, args=[school.pk])}"' in html


def test_a_draft_of_the_survey_stays_with_the_school(login, round_, supervisor, school_director):
    survey = scenarios.needs_submitted(round_, by=school_director)
    NeedsSurvey.objects.filter(pk=survey.pk).update(wanted_first="สื่อการอ่าน")
    assert "สื่อการอ่าน" in text_of(profile_page(login(supervisor), round_.school))
    NeedsSurvey.objects.filter(pk=survey.pk).update(
        state="returned", submitted_at=None, submitted_by=None
    )
    assert "สื่อการอ่าน" not in text_of(profile_page(login(supervisor), round_.school))


def test_schools_that_were_merged_are_named(login, school, supervisor):
    closed = timezone.localdate() - timedelta(days=30)
    middle = SchoolFactory(name="โรงเรียนกลางทาง", merged_into=school, closed_on=closed)
    SchoolFactory(name="โรงเรียนต้นทาง", merged_into=middle, closed_on=closed)
    text = text_of(profile_page(login(supervisor), school))
    assert "ข้อมูลก่อนรวมของโรงเรียนกลางทาง (รวมเมื่อ" in text
    assert "ข้อมูลก่อนรวมของโรงเรียนต้นทาง" in text


def test_a_merged_school_says_where_it_went(login, school, other_school, supervisor):
    School.objects.filter(pk=school.pk).update(
        closed_on=timezone.localdate(), merged_into=other_school
    )
    page = profile_page(login(supervisor), school)
    assert f"รวมกับ{other_school.name} แล้ว" in text_of(page)
    assert reverse("school_profile", args=[other_school.pk]) in page.content.decode()


def test_it_is_one_tap_from_school_visit_and_planning(login, supervised, supervisor):
    client, url = login(supervisor), reverse("school_profile", args=[supervised.school_id])
    visit = supervised.visits.last()
    for address in (
        reverse("school", args=[supervised.school_id]),
        reverse("visit", args=[visit.pk]),
        reverse("visit_plan", args=[supervised.pk]),
        reverse("round_papers", args=[supervised.pk]),
    ):
        assert f'href="{url}"' in client.get(address).content.decode()


def test_the_number_of_queries_stays_the_same(login, supervised, supervisor, school_director):
    client = login(supervisor)
    queries_of(client, supervised.school)  # what a session asks for once
    first = queries_of(client, supervised.school)
    for number, year in ((1, 2568), (1, 2569)):
        opens = timezone.localdate() - timedelta(days=60 + 365 * (2569 - year))
        term = TermFactory(
            academic_year=AcademicYearFactory(year=year), number=number, opens_on=opens
        )
        earlier = RoundFactory(school=supervised.school, term=term)
        scenarios.self_assessment_confirmed(earlier, by=school_director)
        scenarios.visit_signed(earlier, by=supervisor)
    assert queries_of(client, supervised.school) == first
    assert max(first) <= MOST_QUERIES
