"""Two prepare or issue reports at once: one number, one report, one signature."""

import pytest

from reports import actions as reports
from reports.models import IssuedDocument
from supervision.improvement import actions as improvement
from supervision.improvement.models import Summary
from supervision.needs import actions as needs
from supervision.needs.models import NeedsSurvey
from supervision.workflow.errors import Refused
from tests import walk
from tests.factories import NeedsAreaFactory, RoundFactory, SchoolFactory
from tests.two_at_once.acts import ONE_REFUSED, during, kinds, of, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agreed(term, supervisor, school_director, group_director, school, cluster):
    """Two rounds of two schools, both ready for their term report."""
    NeedsAreaFactory()
    others = SchoolFactory(cluster=cluster)
    pair = [RoundFactory(school=school, term=term), RoundFactory(school=others, term=term)]
    for round_ in pair:
        walk.until_agreed(
            round_, supervisor=supervisor, director=school_director, group_director=group_director
        )
    return pair


def test_two_reports_with_one_number(agreed, group_director):
    first, second = agreed
    late = during(
        lambda: walk.report_prepared(first, by=group_director),
        lambda: walk.report_prepared(of(second), by=group_director),
    )
    assert isinstance(late, Refused)


def test_one_report_prepared_twice(agreed, group_director):
    late = during(
        lambda: walk.report_prepared(agreed[0], by=group_director, number="1/2569"),
        lambda: walk.report_prepared(of(agreed[0]), by=group_director, number="2/2569"),
    )
    assert isinstance(late, Refused)


def test_two_issue(agreed, group_director, area_director):
    report = walk.report_prepared(agreed[0], by=group_director)
    outcomes = together(*[lambda: reports.issue(of(report), by=area_director)] * 2)
    assert kinds(outcomes) == ONE_REFUSED
    assert IssuedDocument.objects.get().issued_by == area_director


def test_a_report_is_signed_while_its_summary_is_opened_again(
    agreed, group_director, supervisor, area_director
):
    report = walk.report_prepared(agreed[0], by=group_director)
    summary = Summary.objects.get(round=agreed[0])
    late = during(
        lambda: improvement.reopen(summary, by=supervisor, reason="แก้ถ้อยคำ"),
        lambda: reports.issue(of(report), by=area_director),
    )
    assert isinstance(late, Refused)
    assert of(report).issued_at is None


def test_a_report_is_signed_while_its_survey_is_sent_back(
    agreed, group_director, supervisor, area_director
):
    report = walk.report_prepared(agreed[0], by=group_director)
    survey = NeedsSurvey.objects.get(school=agreed[0].school)
    late = during(
        lambda: needs.return_for_correction(survey, by=supervisor, reason="ระบุให้ครบ"),
        lambda: reports.issue(of(report), by=area_director),
    )
    assert isinstance(late, Refused)
    assert of(report).issued_at is None
