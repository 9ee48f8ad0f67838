"""Classrooms observed are in the term report, counted in the year's, and never say who taught."""

import json
from datetime import time

import pytest
from django.utils import timezone

from reports.data.public import public_summary
from reports.data.term import term_report
from reports.data.year import year_report
from schools.enums import Grade
from supervision.criteria.enums import SetUse
from supervision.visits import actions as visits
from supervision.visits.enums import VisitKind
from tests import scenarios
from tests.factories import IndicatorSetFactory
from tests.reports.conftest import document_text

HEADING = "การสังเกตชั้นเรียน"


@pytest.fixture
def begun(agreed, supervisor):
    """An observation whose short form is filled in and not signed."""
    visit = visits.plan_visit(
        agreed,
        by=supervisor,
        visit_on=timezone.localdate(),
        starts_at=time(13),
        purpose="สังเกต",
        leader=supervisor,
        kind=VisitKind.CLASSROOM,
    )
    lesson = {"teacher": "ครู ก.", "grade": Grade.P4, "subject": "ภาษาไทย"}
    form = IndicatorSetFactory(use=SetUse.OBSERVATION)
    visits.start_observation(visit, by=supervisor, form=form, lesson=lesson)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    return visit


def test_a_signed_observation_is_told_without_its_teacher(agreed, begun, supervisor):
    assert term_report(agreed)["observations"] == []
    visits.sign_visit(begun, by=supervisor)
    figures = term_report(agreed)
    [seen] = figures["observations"]
    assert (seen["grade"], seen["subject"]) == (Grade.P4.label, "ภาษาไทย")
    assert (seen["score"]["mean"], seen["score"]["meaning"]) == ("4.00", "ดีเลิศ")
    assert "ครู ก." not in json.dumps(figures, ensure_ascii=False)
    assert HEADING in document_text(figures)
    assert HEADING not in json.dumps(public_summary(figures), ensure_ascii=False)


def test_a_new_version_stands_for_it_once_the_school_has_read_it(
    agreed, begun, supervisor, school_director
):
    visits.sign_visit(begun, by=supervisor)
    visits.acknowledge_visit(begun, by=school_director)
    amended = visits.revise_visit(begun, by=supervisor, reason="ระดับคลาดเคลื่อน")
    scenarios.fill_sheet(amended.sheet, 3, by=supervisor)
    visits.sign_visit(amended, by=supervisor)
    assert [row["score"]["mean"] for row in term_report(agreed)["observations"]] == ["4.00"]
    visits.acknowledge_visit(amended, by=school_director)
    assert [row["score"]["mean"] for row in term_report(agreed)["observations"]] == ["3.00"]
    assert year_report(agreed.term.academic_year)["observed"] == {"times": 1, "schools": 1}


def test_the_year_counts_them_and_says_nothing_of_none(agreed, begun, supervisor):
    year, words = agreed.term.academic_year, "สังเกตชั้นเรียน ๑ ครั้ง ใน ๑ โรงเรียน"
    assert "สังเกตชั้นเรียน" not in document_text(year_report(year))
    visits.sign_visit(begun, by=supervisor)
    assert words in document_text(year_report(year))


def test_papers_frozen_before_say_nothing_of_them(agreed, begun, supervisor):
    visits.sign_visit(begun, by=supervisor)
    term, year = term_report(agreed), year_report(agreed.term.academic_year)
    del term["observations"], year["observed"]
    for line in (*term["recommendations"], *year["recommendations"]):
        del line["visit"], line["visit_on"], line["indicator"]
    for figures in (term, year):
        text = document_text(figures)
        assert HEADING not in text
        assert "ที่มา: " not in text.partition("ภาคผนวก")[0]


def test_advice_tells_its_visit_and_indicator(agreed):
    advice = agreed.recommendations.get()
    advice.indicator = agreed.indicator_sets.get().standards.first().indicators.first()
    advice.save()
    code = advice.indicator.code
    for figures in (term_report(agreed), year_report(agreed.term.academic_year)):
        [line] = figures["recommendations"]
        assert (line["visit"], line["indicator"]) == (advice.visit.label, code)
        assert "ที่มา: การนิเทศครั้งที่ ๑ วันที่" in document_text(figures)
