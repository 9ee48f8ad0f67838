"""The raters of one visit and its leader at once: each on an own sheet, one record from them."""

import pytest

from schools.core.errors import ActionRefused
from supervision.assessments.journal import record_edits
from supervision.visits import actions as visits
from supervision.visits import ratings
from supervision.visits.models import Rating
from tests import scenarios
from tests.concurrency.parallel import (
    ONE_DONE_ONE_REFUSED,
    count_outcomes,
    level_edit,
    reloaded,
    run_during,
    run_together,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def joint(recorded, committee_member):
    """The same with one of ก.ต.ป.น. in the team."""
    recorded.team.add(committee_member)
    return recorded


@pytest.fixture
def rating(joint, committee_member):
    """Filled in at level 2, not handed in."""
    rating = ratings.start_rating(joint, by=committee_member)
    scenarios.fill_sheet(rating.sheet, 2, by=committee_member)
    return rating


def levels(sheet):
    return set(sheet.answers.values_list("level", flat=True))


def revise_team(visit, team, *, by):
    said = {"kind": visit.kind, "mode": visit.mode, "purpose": visit.purpose}
    return visits.update_visit_plan(visit, by=by, team=team, **said)


def test_two_devices_begin_one_rating(joint, committee_member):
    first, second = run_together(
        *[lambda: ratings.start_rating(reloaded(joint), by=committee_member).pk] * 2
    )
    assert first == second == Rating.objects.get().pk


def test_a_rater_begins_while_the_leader_signs(joint, supervisor, committee_member):
    late = run_during(
        lambda: visits.sign_visit(joint, by=supervisor),
        lambda: ratings.start_rating(reloaded(joint), by=committee_member),
    )
    assert isinstance(late, ActionRefused)
    assert not Rating.objects.exists()


def test_the_leader_signs_while_a_rater_begins(joint, supervisor, committee_member):
    late = run_during(
        lambda: ratings.start_rating(joint, by=committee_member),
        lambda: visits.sign_visit(reloaded(joint), by=supervisor),
    )
    assert late is None
    assert Rating.objects.get().sheet.frozen_at


def test_a_rater_begins_while_the_visit_is_called_off(joint, committee_member, group_director):
    late = run_during(
        lambda: visits.cancel_visit(joint, by=group_director, reason="น้ำท่วม"),
        lambda: ratings.start_rating(reloaded(joint), by=committee_member),
    )
    assert isinstance(late, ActionRefused)
    assert not Rating.objects.exists()


def test_the_visit_is_called_off_while_a_rater_begins(joint, committee_member, group_director):
    """The sheet that was opened a moment before takes no scores any more."""
    late = run_during(
        lambda: ratings.start_rating(joint, by=committee_member),
        lambda: visits.cancel_visit(reloaded(joint), by=group_director, reason="น้ำท่วม"),
    )
    assert late is None
    assert Rating.objects.get().sheet.frozen_at


def test_a_rater_is_taken_off_while_they_begin(joint, supervisor, committee_member):
    """Scores stay with their rater: whoever was first decides."""
    late = run_during(
        lambda: ratings.start_rating(joint, by=committee_member),
        lambda: revise_team(reloaded(joint), [], by=supervisor),
    )
    assert "เริ่มให้คะแนนแล้ว" in str(late)
    assert list(joint.team.all()) == [committee_member]


def test_a_rater_begins_while_they_are_taken_off(joint, supervisor, committee_member):
    late = run_during(
        lambda: revise_team(joint, [], by=supervisor),
        lambda: ratings.start_rating(reloaded(joint), by=committee_member),
    )
    assert isinstance(late, ActionRefused)
    assert not Rating.objects.exists()


def test_an_edit_arrives_while_the_leader_signs(joint, rating, supervisor, committee_member):
    late = run_during(
        lambda: visits.sign_visit(joint, by=supervisor),
        lambda: record_edits(
            reloaded(rating.sheet), level_edit(rating.sheet, "5"), by=committee_member
        ),
    )
    assert isinstance(late, ActionRefused)
    assert levels(rating.sheet) == {2}


def test_the_leader_signs_while_an_edit_arrives(joint, rating, supervisor, committee_member):
    """It was first: it stays on the rater's sheet, which was not handed in."""
    late = run_during(
        lambda: record_edits(rating.sheet, level_edit(rating.sheet, "5"), by=committee_member),
        lambda: visits.sign_visit(reloaded(joint), by=supervisor),
    )
    assert late is None
    assert levels(rating.sheet) == {2, 5}
    assert reloaded(rating.sheet).frozen_at


def test_one_page_hands_in_twice(rating, committee_member):
    outcomes = run_together(
        *[lambda: ratings.submit_rating(reloaded(rating), by=committee_member)] * 2
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED


def test_a_rater_hands_in_while_the_leader_signs(joint, rating, supervisor, committee_member):
    late = run_during(
        lambda: visits.sign_visit(joint, by=supervisor),
        lambda: ratings.submit_rating(reloaded(rating), by=committee_member),
    )
    assert "คะแนนที่กรอกไว้ยังเก็บอยู่" in str(late)
    assert reloaded(rating).submitted_at is None
    assert levels(rating.sheet) == {2}


def test_the_leader_signs_while_a_rater_hands_in(joint, rating, supervisor, committee_member):
    late = run_during(
        lambda: ratings.submit_rating(rating, by=committee_member),
        lambda: visits.sign_visit(reloaded(joint), by=supervisor),
    )
    assert late is None
    assert reloaded(rating).submitted_at


def test_two_pages_take_over_what_all_agree_on(joint, rating, supervisor, committee_member):
    ratings.submit_rating(rating, by=committee_member)
    scenarios.fill_sheet(joint.sheet, "", by=supervisor, note="")
    outcomes = run_together(
        *[lambda: ratings.adopt_agreed_ratings(reloaded(joint), by=supervisor)] * 2
    )
    assert sorted(outcomes) == [0, 4]
    assert levels(joint.sheet) == {2}


def test_who_led_before_settles_nothing_while_the_visit_is_handed_over(
    joint, rating, supervisor, group_director, committee_member
):
    ratings.submit_rating(rating, by=committee_member)
    scenarios.fill_sheet(joint.sheet, "", by=supervisor, note="")
    before = reloaded(joint)
    late = run_during(
        lambda: visits.change_visit_leader(
            joint, by=supervisor, leader=group_director, reason="ลาป่วย"
        ),
        lambda: ratings.adopt_agreed_ratings(before, by=supervisor),
    )
    assert str(group_director) in str(late)
    assert levels(joint.sheet) == {None}


def test_what_the_leader_is_settling_is_not_taken_over(joint, rating, supervisor, committee_member):
    ratings.submit_rating(rating, by=committee_member)
    scenarios.fill_sheet(joint.sheet, "", by=supervisor, note="")
    late = run_during(
        lambda: record_edits(joint.sheet, level_edit(joint.sheet, "3"), by=supervisor),
        lambda: ratings.adopt_agreed_ratings(reloaded(joint), by=supervisor),
    )
    assert late == 3
    assert joint.sheet.answers.get(indicator__code="1.1").level == 3
