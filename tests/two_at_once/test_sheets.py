"""Edits of an answer sheet that arrive while it is edited, confirmed or signed."""

import pytest

from supervision.assessments import actions as assessments
from supervision.assessments.journal import record_edits
from supervision.assessments.late_edits import keep_late_edits
from supervision.assessments.marks import mark_of
from supervision.visits import actions as visits
from supervision.workflow.errors import Outdated, Refused
from tests import walk
from tests.two_at_once.acts import during, level, of, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_edit_arrives_while_the_sheet_is_confirmed(drafted, school_director):
    sheet = drafted.sheet
    late = during(
        lambda: assessments.confirm(drafted, by=school_director),
        lambda: record_edits(of(sheet), level(sheet, "1"), by=school_director),
    )
    assert isinstance(late, Refused)
    assert set(sheet.answers.values_list("level", flat=True)) == {4}


def test_a_level_is_taken_away_while_confirming(drafted, school_director):
    late = during(
        lambda: record_edits(drafted.sheet, level(drafted.sheet, ""), by=school_director),
        lambda: assessments.confirm(of(drafted), by=school_director),
    )
    assert isinstance(late, Refused)
    assert of(drafted).state == "draft"


def test_an_edit_arrives_while_the_record_is_signed(recorded, supervisor):
    sheet = recorded.sheet
    late = during(
        lambda: visits.sign(recorded, by=supervisor),
        lambda: record_edits(of(sheet), level(sheet, "1"), by=supervisor),
    )
    assert isinstance(late, Refused)
    assert set(sheet.answers.values_list("level", flat=True)) == {4}


def test_an_edit_arrives_just_before_the_signature(recorded, supervisor):
    """The page that signs has not shown it: it is signed only once it was read."""
    seen = mark_of(recorded.sheet)
    late = during(
        lambda: record_edits(recorded.sheet, level(recorded.sheet, "3"), by=supervisor),
        lambda: visits.sign(of(recorded), by=supervisor, seen=seen),
    )
    assert isinstance(late, Outdated)
    assert of(recorded).state == "recording"


def test_one_late_edit_sent_twice(recorded, supervisor):
    visits.sign(recorded, by=supervisor)
    sheet, edit = recorded.sheet, level(recorded.sheet, "1")
    receipts = together(*[lambda: keep_late_edits(of(sheet), edit, by=supervisor)] * 2)
    assert [receipt.kept for receipt in receipts] == [[edit[0].id]] * 2
    assert sheet.late_edits.count() == 1


def test_a_level_is_taken_away_while_signing(recorded, supervisor):
    late = during(
        lambda: record_edits(recorded.sheet, level(recorded.sheet, ""), by=supervisor),
        lambda: visits.sign(of(recorded), by=supervisor),
    )
    assert isinstance(late, Refused)
    assert of(recorded).state == "recording"


def test_two_people_edit_one_field(round_, school_director, academic_teacher):
    sheet = assessments.start(round_, by=school_director).sheet
    together(
        lambda: record_edits(of(sheet), level(sheet, "2"), by=school_director),
        lambda: record_edits(of(sheet), level(sheet, "5"), by=academic_teacher),
    )
    assert set(sheet.edits.values_list("value", flat=True)) == {"2", "5"}
    assert sheet.answers.get().level == int(sheet.edits.last().value)


def test_one_edit_sent_twice(round_, school_director):
    sheet = assessments.start(round_, by=school_director).sheet
    edit = level(sheet, "2")
    outcomes = together(*[lambda: record_edits(of(sheet), edit, by=school_director)] * 2)
    assert outcomes == [{}, {}]
    assert sheet.edits.count() == 1


def test_scores_are_not_returned_while_a_visit_beside_them_is_signed(
    recorded, school_director, supervisor
):
    assessment = walk.self_assessment_confirmed(recorded.round, by=school_director)
    late = during(
        lambda: visits.sign(recorded, by=supervisor),
        lambda: assessments.return_for_correction(of(assessment), by=supervisor, reason="ไม่ครบ"),
    )
    assert isinstance(late, Refused)
    assert of(assessment).state == "confirmed"


def test_a_visit_is_not_signed_beside_scores_that_are_being_returned(
    recorded, school_director, supervisor
):
    """Its wide gap to the returned scores needs no finding any more: signing reads them after."""
    assessment = walk.self_assessment_confirmed(recorded.round, by=school_director, level=1)
    walk.fill(recorded.sheet, 4, by=supervisor, note="")
    late = during(
        lambda: assessments.return_for_correction(assessment, by=supervisor, reason="ไม่ครบ"),
        lambda: visits.sign(of(recorded), by=supervisor),
    )
    assert late is None
    assert of(recorded).state == "signed"
