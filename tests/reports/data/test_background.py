"""What a year's results stand on, counted as of its last day or today."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.composer.enums import PartKey
from reports.composer.sources import text_sources
from reports.data.year import year_report
from schools.enums import Grade, Role
from schools.models import School
from supervision.assignments.enums import OrderState
from tests.factories import OfficialOrderFactory
from tests.personas import user_with_role
from tests.reports.conftest import printed_text


def background(round_):
    return year_report(round_.term.academic_year)["background"]


def test_orders_that_are_replaced_or_not_yet_in_force_are_left_out(round_):
    today = timezone.localdate()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    OfficialOrderFactory(number="95/2568", effective_on=today - timedelta(days=90))
    OfficialOrderFactory(number="195/2568", state=OrderState.SUPERSEDED, ends_on=yesterday)
    OfficialOrderFactory(number="12/2569", effective_on=today)
    OfficialOrderFactory(number="99/2570", effective_on=tomorrow)
    OfficialOrderFactory(draft=True)
    assert [one["number"] for one in background(round_)["orders"]] == ["12/2569", "95/2568"]


def test_people_of_the_unit_are_counted_by_post(round_, supervisor, group_director, clerk):
    user_with_role(Role.SUPERVISOR, "second")
    staff = {one["name"]: one["count"] for one in background(round_)["staff"]}
    assert staff == {"ผู้อำนวยการกลุ่มนิเทศฯ": 1, "ศึกษานิเทศก์": 2}


@pytest.mark.parametrize(
    ("grades", "name"),
    [
        ((Grade.K2, Grade.P6), "อนุบาล ประถมศึกษา"),
        ((Grade.P1, Grade.M3), "ประถมศึกษา มัธยมศึกษาตอนต้น"),
        ((None, None), "ยังไม่ระบุระดับที่เปิดสอน"),
    ],
)
def test_schools_are_counted_by_what_they_teach(round_, grades, name):
    first, last = grades
    School.objects.filter(pk=round_.school_id).update(first_grade=first, last_grade=last)
    [level] = background(round_)["levels"]
    assert (level["name"], level["count"]) == (name, 1)


def test_visits_meetings_and_clusters_of_the_year(agreed, more_schools, cluster):
    more_schools(2, 5)
    found = background(agreed)
    assert [(one["name"], one["count"]) for one in found["modes"]] == [("ลงพื้นที่", 3)]
    assert found["meetings"] == 1
    assert [(one["name"], one["schools"]) for one in found["clusters"]] == [(cluster.name, 3)]
    assert found["lowest_term"] == str(agreed.term)
    assert {one["schools"] for one in found["lowest_indicators"]} == {3}


def test_indicators_that_few_schools_were_judged_by_are_not_ranked(agreed):
    assert background(agreed)["lowest_indicators"] == []


def test_the_introduction_lists_what_there_is(agreed, cluster):
    OfficialOrderFactory(number="12/2569", effective_on=timezone.localdate())
    sources = text_sources(year_report(agreed.term.academic_year))
    text = printed_text(sources.drafts[PartKey.INTRODUCTION], sources.values)
    assert "โรงเรียนในสังกัด 1 โรงเรียน" in text
    assert "คำสั่งที่ 12/2569 เรื่อง กำหนดหน้าที่ความรับผิดชอบ" in text
    assert f"{cluster.name} จำนวน 1 โรงเรียน" in text
    assert f"ภาคเรียนที่ {agreed.term} เปิดวันที่" in text


def test_the_method_names_steps_tools_and_visits(agreed):
    sources = text_sources(year_report(agreed.term.academic_year))
    text = printed_text(sources.drafts[PartKey.METHOD], sources.values)
    assert text.count("\nขั้นที่ ") == 7
    assert f"{agreed.indicator_sets.get().name} ฉบับที่" in text
    assert "มีบันทึกการนิเทศที่ลงนามแล้ว 1 ครั้ง แบ่งเป็นลงพื้นที่ จำนวน 1 ครั้ง" in text
