"""Advice is never lost between terms: the papers of later terms still say it, in its words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.data.term import term_report
from reports.data.year import year_report
from schools.models import Area, GradeCount, SizeBand, SizeScheme, YearlyCount
from supervision.improvement import actions
from tests.factories import AcademicYearFactory, RoundFactory, TermFactory


@pytest.fixture
def later(agreed):
    """A round of the same school in the term after, with nothing of its own yet."""
    opens_on = agreed.term.opens_on + timedelta(days=20)
    term = TermFactory(academic_year=AcademicYearFactory(year=2570), opens_on=opens_on)
    return RoundFactory(school=agreed.school, term=term)


def words_of(report) -> list[str]:
    return [line["text"] for line in report["recommendations"]]


def test_open_advice_stands_in_the_papers_of_later_terms_in_the_same_words(agreed, later):
    own = words_of(term_report(agreed))
    assert own
    assert words_of(term_report(later)) == own
    assert words_of(year_report(later.term.academic_year)) == own
    assert words_of(year_report(agreed.term.academic_year)) == own


def test_advice_closed_in_a_term_is_shown_there_with_its_proof(agreed, later, supervisor):
    advice = agreed.recommendations.get()
    actions.close_recommendation(advice, by=supervisor, proof="เห็นแผนที่ลงนามแล้ว")
    [line] = term_report(later)["recommendations"]
    assert (line["state"], line["proof"]) == ("ปิดแล้ว", "เห็นแผนที่ลงนามแล้ว")


def test_advice_closed_before_the_term_is_history(agreed, later, supervisor):
    advice = agreed.recommendations.get()
    actions.close_recommendation(advice, by=supervisor, proof="เห็นแผนที่ลงนามแล้ว")
    advice.closed_at = timezone.now() - timedelta(days=25)
    advice.save()
    assert words_of(term_report(later)) == []


def test_the_year_is_told_by_size_once_the_office_has_a_scheme(agreed, more_schools):
    year = agreed.term.academic_year
    more_schools(2)
    assert year_report(year)["terms"][0]["sizes"] == []
    scheme = SizeScheme.objects.create(key="two", name="สองขนาด")
    SizeBand.objects.create(scheme=scheme, label="เล็ก", low=0, high=120)
    SizeBand.objects.create(scheme=scheme, label="กลาง", low=121)
    Area.objects.update(size_scheme=scheme)
    count = YearlyCount.objects.create(school=agreed.school, academic_year=year)
    GradeCount.objects.create(count=count, grade=4, boys=80, girls=60)
    rows = year_report(year)["terms"][0]["sizes"]
    assert [(row["group"], row["visit"]["n"]) for row in rows] == [
        ("กลาง", 1),
        ("ยังไม่มีจำนวนนักเรียน", 1),
    ]
