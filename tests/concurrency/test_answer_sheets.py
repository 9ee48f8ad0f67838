"""Edits of an answer sheet that arrive while it is edited, confirmed or signed."""

import pytest

from schools.core.errors import ActionRefused, Outdated
from supervision.assessments import actions as assessments
from supervision.assessments.journal import record_edits
from supervision.assessments.late_edits import store_late_edits
from supervision.assessments.version_tokens import sheet_version_token
from supervision.visits import actions as visits
from tests import scenarios
from tests.concurrency.parallel import level_edit, reloaded, run_during, run_together

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_edit_arrives_while_the_sheet_is_confirmed(drafted, school_director):
    sheet = drafted.sheet
    late = run_during(
        lambda: assessments.confirm_self_assessment(drafted, by=school_director),
        lambda: record_edits(reloaded(sheet), level_edit(sheet, "1"), by=school_director),
    )
    assert isinstance(late, ActionRefused)
    assert set(sheet.answers.values_list("level", flat=True)) == {4}


def test_a_level_is_taken_away_while_confirming(drafted, school_director):
    late = run_during(
        lambda: record_edits(drafted.sheet, level_edit(drafted.sheet, ""), by=school_director),
        lambda: assessments.confirm_self_assessment(reloaded(drafted), by=school_director),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(drafted).state == "draft"


def test_an_edit_arrives_while_the_record_is_signed(recorded, supervisor):
    sheet = recorded.sheet
    late = run_during(
        lambda: visits.sign_visit(recorded, by=supervisor),
        lambda: record_edits(reloaded(sheet), level_edit(sheet, "1"), by=supervisor),
    )
    assert isinstance(late, ActionRefused)
    assert set(sheet.answers.values_list("level", flat=True)) == {4}


def test_an_edit_arrives_just_before_the_signature(recorded, supervisor):
    """The page that signs has not shown it: it is signed only once it was read."""
    version = sheet_version_token(recorded.sheet)
    late = run_during(
        lambda: record_edits(recorded.sheet, level_edit(recorded.sheet, "3"), by=supervisor),
        lambda: visits.sign_visit(reloaded(recorded), by=supervisor, shown_version=version),
    )
    assert isinstance(late, Outdated)
    assert reloaded(recorded).state == "recording"


def test_one_late_edit_sent_twice(recorded, supervisor):
    visits.sign_visit(recorded, by=supervisor)
    sheet, edit = recorded.sheet, level_edit(recorded.sheet, "1")
    receipts = run_together(*[lambda: store_late_edits(reloaded(sheet), edit, by=supervisor)] * 2)
    assert [receipt.kept for receipt in receipts] == [[edit[0].id]] * 2
    assert sheet.late_edits.count() == 1


def test_a_level_is_taken_away_while_signing(recorded, supervisor):
    late = run_during(
        lambda: record_edits(recorded.sheet, level_edit(recorded.sheet, ""), by=supervisor),
        lambda: visits.sign_visit(reloaded(recorded), by=supervisor),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(recorded).state == "recording"


def test_two_people_edit_one_field(round_, school_director, academic_teacher):
    sheet = assessments.start_self_assessment(round_, by=school_director).sheet
    run_together(
        lambda: record_edits(reloaded(sheet), level_edit(sheet, "2"), by=school_director),
        lambda: record_edits(reloaded(sheet), level_edit(sheet, "5"), by=academic_teacher),
    )
    assert set(sheet.edits.values_list("value", flat=True)) == {"2", "5"}
    assert sheet.answers.get().level == int(sheet.edits.last().value)


def test_one_edit_sent_twice(round_, school_director):
    sheet = assessments.start_self_assessment(round_, by=school_director).sheet
    edit = level_edit(sheet, "2")
    outcomes = run_together(*[lambda: record_edits(reloaded(sheet), edit, by=school_director)] * 2)
    assert outcomes == [{}, {}]
    assert sheet.edits.count() == 1


def test_scores_are_not_returned_while_a_visit_beside_them_is_signed(
    recorded, school_director, supervisor
):
    assessment = scenarios.self_assessment_confirmed(recorded.round, by=school_director)
    late = run_during(
        lambda: visits.sign_visit(recorded, by=supervisor),
        lambda: assessments.return_self_assessment(
            reloaded(assessment), by=supervisor, reason="ไม่ครบ"
        ),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(assessment).state == "confirmed"


def test_a_visit_is_not_signed_beside_scores_that_are_being_returned(
    recorded, school_director, supervisor
):
    """Its wide gap to the returned scores needs no finding any more: signing reads them after."""
    assessment = scenarios.self_assessment_confirmed(recorded.round, by=school_director, level=1)
    scenarios.fill_sheet(recorded.sheet, 4, by=supervisor, note="")
    late = run_during(
        lambda: assessments.return_self_assessment(assessment, by=supervisor, reason="ไม่ครบ"),
        lambda: visits.sign_visit(reloaded(recorded), by=supervisor),
    )
    assert late is None
    assert reloaded(recorded).state == "signed"
