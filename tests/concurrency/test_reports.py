"""Two prepare or issue reports at once: one number, one report, one signature."""

import pytest

from reports import actions as reports
from reports.models import IssuedDocument
from schools.core.errors import ActionRefused
from supervision.improvement import actions as improvement
from supervision.improvement.models import Summary
from supervision.needs import actions as needs
from supervision.needs.models import NeedsSurvey
from tests import scenarios
from tests.concurrency.parallel import (
    ONE_DONE_ONE_REFUSED,
    count_outcomes,
    reloaded,
    run_during,
    run_together,
)
from tests.factories import NeedsAreaFactory, RoundFactory, SchoolFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agreed(term, supervisor, school_director, group_director, school, cluster):
    """Two rounds of two schools, both ready for their term report."""
    NeedsAreaFactory()
    others = SchoolFactory(cluster=cluster)
    pair = [RoundFactory(school=school, term=term), RoundFactory(school=others, term=term)]
    for round_ in pair:
        scenarios.round_until_summary_agreed(
            round_, supervisor=supervisor, director=school_director, group_director=group_director
        )
    return pair


def test_two_reports_with_one_number(agreed, group_director):
    first, second = agreed
    late = run_during(
        lambda: scenarios.report_prepared(first, by=group_director),
        lambda: scenarios.report_prepared(reloaded(second), by=group_director),
    )
    assert isinstance(late, ActionRefused)


def test_one_report_prepared_twice(agreed, group_director):
    late = run_during(
        lambda: scenarios.report_prepared(agreed[0], by=group_director, number="1/2569"),
        lambda: scenarios.report_prepared(reloaded(agreed[0]), by=group_director, number="2/2569"),
    )
    assert isinstance(late, ActionRefused)


def test_two_issue(agreed, group_director, area_director):
    report = scenarios.report_prepared(agreed[0], by=group_director)
    outcomes = run_together(*[lambda: reports.issue_report(reloaded(report), by=area_director)] * 2)
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED
    assert IssuedDocument.objects.get().issued_by == area_director


def test_a_report_is_signed_while_its_summary_is_opened_again(
    agreed, group_director, supervisor, area_director
):
    report = scenarios.report_prepared(agreed[0], by=group_director)
    summary = Summary.objects.get(round=agreed[0])
    late = run_during(
        lambda: improvement.reopen_summary(summary, by=supervisor, reason="แก้ถ้อยคำ"),
        lambda: reports.issue_report(reloaded(report), by=area_director),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(report).issued_at is None


def test_a_report_is_signed_while_its_survey_is_sent_back(
    agreed, group_director, supervisor, area_director
):
    report = scenarios.report_prepared(agreed[0], by=group_director)
    survey = NeedsSurvey.objects.get(school=agreed[0].school)
    late = run_during(
        lambda: needs.return_needs_survey_for_correction(survey, by=supervisor, reason="ระบุให้ครบ"),
        lambda: reports.issue_report(reloaded(report), by=area_director),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(report).issued_at is None
