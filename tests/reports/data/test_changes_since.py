"""What a signed report said, beside what is true today."""

from decimal import Decimal

import pytest
from django.utils import timezone

from reports.data.changes_since import changes_of_term, changes_of_year, compare_headlines
from reports.data.headlines import (
    Headline,
    HeadlineSection,
    live_year_headlines,
    year_headlines,
)
from reports.data.term import term_report
from reports.data.year import year_report
from schools.enums import EducationLevel
from supervision.improvement.actions import close_recommendation
from supervision.practices.enums import DecisionResult
from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory, SchoolFactory, TermFactory


def changes(sections):
    return {one.label: one.in_words for section in sections for one in section.changes}


def of_year(frozen, round_):
    return changes(changes_of_year(frozen, round_.term.academic_year, timezone.localdate()))


def section(**figures):
    return HeadlineSection(
        "ก", [Headline(label, value, "โรงเรียน") for label, value in figures.items()]
    )


# --- Two sets of headlines ---


def test_nothing_changed():
    assert changes(compare_headlines([section(ก=1)], [section(ก=1)])) == {}


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (3, 7, "นิเทศเพิ่ม 4 โรงเรียน"),
        (3, 2, "นิเทศลด 1 โรงเรียน"),
        (Decimal("3.52"), Decimal("3.60"), "นิเทศ จาก 3.52 เป็น 3.60"),
        (None, Decimal("3.60"), "นิเทศ จากไม่มีตัวเลข เป็น 3.60"),
        ("บรรลุ", None, "นิเทศ จาก บรรลุ เป็นไม่มีตัวเลข"),
    ],
)
def test_a_change_in_words(before, now, words):
    found = compare_headlines([section(นิเทศ=before)], [section(นิเทศ=now)])
    assert changes(found) == {"นิเทศ": words}


def test_what_only_one_of_them_has_stands_there_too():
    [one] = compare_headlines([section(ก=1, ข=2)], [section(ข=2, ค=None)])
    assert [(f.label, f.frozen, f.live) for f in one.figures] == [
        ("ก", 1, None),
        ("ข", 2, 2),
        ("ค", None, None),
    ]
    assert [f.label for f in one.changes] == ["ก"]


def test_many_changes_of_one_kind_are_told_by_their_number():
    before = HeadlineSection("ก", [Headline("ข", 1), Headline("ค", 2)], in_brief=True)
    now = HeadlineSection("ก", [Headline("ข", 1), Headline("ค", 3)], in_brief=True)
    [one] = compare_headlines([before], [now])
    assert one.in_words == "ตัวเลขเปลี่ยน 1 จาก 2 ค่า ดูในตาราง"
    [same] = compare_headlines([before], [before])
    assert same.in_words == ""


# --- A year ---


def test_the_live_headlines_are_those_a_paper_of_today_would_have(
    agreed, more_schools, school, term, cluster, group_director, supervisor, school_director
):
    """Counted by the results of the overview, and by the paper's own read model."""
    more_schools(2, 5)
    TermFactory(number=1, opens_on=term.opens_on.replace(month=5), closes_on=term.opens_on)
    SchoolFactory()
    second = RoundFactory(school=SchoolFactory(cluster=cluster), term=term)
    second.indicator_sets.add(IndicatorSetFactory(level=EducationLevel.EARLY_CHILDHOOD))
    scenarios.self_assessment_confirmed(second, by=group_director, level=5)
    visit = {"supervisor": supervisor, "director": school_director, "level": 2}
    scenarios.visit_acknowledged(second, **visit)
    scenarios.round_decided(
        second, by=group_director, result=DecisionResult.NOT_ACHIEVED, planned_changes="ปรับแผน"
    )
    year, today = term.academic_year, timezone.localdate()
    assert live_year_headlines(year, today) == year_headlines(year_report(year))


def test_a_year_without_terms(term):
    year = term.academic_year
    term.delete()
    assert live_year_headlines(year, timezone.localdate()) == year_headlines(year_report(year))


def test_a_year_as_it_was_signed(agreed, more_schools, supervisor):
    frozen = year_report(agreed.term.academic_year)
    assert of_year(frozen, agreed) == {}
    more_schools(5)
    close_recommendation(agreed.recommendations.get(), by=supervisor, proof="แผน")
    found = of_year(frozen, agreed)
    assert found["ได้รับการนิเทศ"] == "ได้รับการนิเทศเพิ่ม 1 โรงเรียน"
    assert found["ข้อเสนอแนะ"] == "ข้อเสนอแนะเพิ่ม 1 ข้อ"
    assert found["ปิดแล้วพร้อมหลักฐาน"] == "ปิดแล้วพร้อมหลักฐานเพิ่ม 1 ข้อ"
    mean = "มาตรฐานที่ 1 มาตรฐานทดสอบ 1 ค่าเฉลี่ย ศน."
    assert found[mean] == f"{mean} จาก 4.00 เป็น 4.50"


def test_a_year_of_an_older_template(agreed):
    """Templates 1 and 2 knew neither observations nor where advice came from."""
    frozen = year_report(agreed.term.academic_year)
    del frozen["observed"]
    for row in frozen["recommendations"]:
        for key in ("visit", "visit_on", "indicator"):
            del row[key]
    assert of_year(frozen, agreed) == {}


@pytest.mark.parametrize("schools", [1, 4])
def test_a_year_costs_the_same_with_more_schools(
    agreed, more_schools, schools, django_assert_num_queries
):
    more_schools(*[4] * schools)
    year, today = agreed.term.academic_year, timezone.localdate()
    with django_assert_num_queries(8):
        live_year_headlines(year, today)


# --- A school's term ---


def test_a_term_as_it_was_signed(agreed, supervisor, school_director):
    frozen = term_report(agreed)
    assert changes(changes_of_term(frozen, agreed)) == {}
    close_recommendation(agreed.recommendations.get(), by=supervisor, proof="แผน")
    assert list(changes(changes_of_term(frozen, agreed))) == ["ปิดแล้วพร้อมหลักฐาน"]


def test_a_term_of_an_older_template(agreed):
    frozen = term_report(agreed)
    del frozen["observations"]
    for key in ("strengths", "improvement_points", "advice", "support"):
        del frozen["visit"][key]
    assert changes(changes_of_term(frozen, agreed)) == {}
