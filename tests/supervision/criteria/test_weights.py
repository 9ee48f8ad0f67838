"""A weight counts wherever a standard's mean is said, and is told where it counts."""

from decimal import Decimal

import pytest
from django.urls import reverse

from reports.data.term import term_report
from reports.data.year import year_report
from supervision.assessments.queries import (
    answers_by_indicator,
    scores_by_standard,
    sheet_indicators,
)
from supervision.criteria.models import Indicator
from supervision.cycle.school_page import compare_standards
from supervision.practices.queries import standard_results
from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def weighted(school, term):
    """A round whose item 1.1 counts three times as much as 1.2, achieved from level 3 on."""
    chosen = IndicatorSetFactory()
    Indicator.objects.filter(code="1.1").update(weight=3, achieved_from=3)
    return RoundFactory(school=school, term=term, indicator_sets=[chosen])


@pytest.fixture
def judged(weighted, supervisor, school_director, group_director):
    scenarios.needs_submitted(weighted, by=school_director)
    scenarios.self_assessment_confirmed(weighted, by=school_director)
    visit = scenarios.visit_acknowledged(weighted, supervisor=supervisor, director=school_director)
    # As the supervisor would have judged: 1.1 low and heavy, 1.2 high and light.
    visit.sheet.answers.filter(indicator__code="1.1").update(level=2)
    visit.sheet.answers.filter(indicator__code="1.2").update(level=5)
    return visit


MEAN = Decimal("2.75")  # (3 x 2 + 1 x 5) / 4; unweighted it were 3.50


def test_every_place_tells_the_same_weighted_mean(judged, weighted):
    sheet, standard = judged.sheet, weighted.indicator_sets.get().standards.get(number=1)
    assert (
        scores_by_standard(sheet_indicators(sheet), answers_by_indicator(sheet))[standard.pk].mean
        == MEAN
    )
    assert standard_results(judged)[0].score.mean == MEAN
    assert compare_standards(weighted, None)[0].now == MEAN
    row = term_report(weighted)["standards"][0]
    assert row["visit"]["mean"] == "2.75"
    assert row["visit"]["sd"] == "2.12"  # of 2 and 5, as judged
    assert row["achieved"] is False
    year = year_report(weighted.term.academic_year)
    assert year["schools"][0]["terms"][0]["standards"][0]["visit"]["mean"] == "2.75"


def test_the_overall_mean_is_weighted_too(judged, weighted):
    assert term_report(weighted)["overall"]["visit"]["mean"] == "3.17"  # (3x2 + 5 + 4 + 4) / 6


def test_the_decision_page_marks_each_indicator_with_a_rule(
    judged, weighted, login, group_director
):
    html = login(group_director).get(reverse("decision", args=[weighted.pk])).content.decode()
    assert "รายตัวชี้วัด 2 ข้อ · ถึงเกณฑ์ของข้อ 0 จาก 1" in " ".join(html.split())
    assert [line.achieved for line in standard_results(judged)[0].lines] == [False, None]


def test_the_sheet_tells_weights_only_where_they_differ(
    weighted, login, academic_teacher, school_director
):
    client = login(academic_teacher)
    sheet = scenarios.assessments.start_self_assessment(weighted, by=school_director).sheet
    assert "น้ำหนัก 3.00" in client.get(scenarios.standard_url(sheet.pk, 1)).content.decode()
    assert "น้ำหนัก" not in client.get(scenarios.standard_url(sheet.pk, 2)).content.decode()


def test_reports_tell_the_weights_and_how_they_count(judged, weighted, login, group_director):
    rows = term_report(weighted)["standards"][0]["indicators"]
    assert [row["weight"] for row in rows] == ["3.00", "1.00"]
    assert {row["weight"] for row in term_report(weighted)["standards"][1]["indicators"]} == {None}
    client = login(group_director)
    page = client.get(reverse("term_report", args=[weighted.pk])).content.decode()
    assert "(น้ำหนัก 3.00)" in page
    year = weighted.term.academic_year.year
    page = client.get(reverse("year_report", args=[year])).content.decode()
    assert "ผลรวมของ (น้ำหนัก × ระดับ) หารด้วยผลรวมของน้ำหนัก" in page
    assert "(น้ำหนัก 3.00)" in page
