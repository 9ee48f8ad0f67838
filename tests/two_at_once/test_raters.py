"""The raters of one visit and its leader at once: each on an own sheet, one record from them."""

import pytest

from supervision.assessments.journal import record_edits
from supervision.visits import actions as visits
from supervision.visits import ratings, revising
from supervision.visits.models import Rating
from supervision.workflow.errors import Refused
from tests import walk
from tests.two_at_once.acts import ONE_REFUSED, during, kinds, level, of, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def joint(recorded, committee_member):
    """The same with one of ก.ต.ป.น. in the team."""
    recorded.team.add(committee_member)
    return recorded


@pytest.fixture
def rating(joint, committee_member):
    """Filled in at level 2, not handed in."""
    rating = ratings.rate(joint, by=committee_member)
    walk.fill(rating.sheet, 2, by=committee_member)
    return rating


def levels(sheet):
    return set(sheet.answers.values_list("level", flat=True))


def revise_team(visit, team, *, by):
    said = {"kind": visit.kind, "mode": visit.mode, "purpose": visit.purpose}
    return revising.revise(visit, by=by, team=team, **said)


def test_two_devices_begin_one_rating(joint, committee_member):
    first, second = together(*[lambda: ratings.rate(of(joint), by=committee_member).pk] * 2)
    assert first == second == Rating.objects.get().pk


def test_a_rater_begins_while_the_leader_signs(joint, supervisor, committee_member):
    late = during(
        lambda: visits.sign(joint, by=supervisor),
        lambda: ratings.rate(of(joint), by=committee_member),
    )
    assert isinstance(late, Refused)
    assert not Rating.objects.exists()


def test_the_leader_signs_while_a_rater_begins(joint, supervisor, committee_member):
    late = during(
        lambda: ratings.rate(joint, by=committee_member),
        lambda: visits.sign(of(joint), by=supervisor),
    )
    assert late is None
    assert Rating.objects.get().sheet.frozen_at


def test_a_rater_begins_while_the_visit_is_called_off(joint, committee_member, group_director):
    late = during(
        lambda: visits.cancel(joint, by=group_director, reason="น้ำท่วม"),
        lambda: ratings.rate(of(joint), by=committee_member),
    )
    assert isinstance(late, Refused)
    assert not Rating.objects.exists()


def test_the_visit_is_called_off_while_a_rater_begins(joint, committee_member, group_director):
    """The sheet that was opened a moment before takes no scores any more."""
    late = during(
        lambda: ratings.rate(joint, by=committee_member),
        lambda: visits.cancel(of(joint), by=group_director, reason="น้ำท่วม"),
    )
    assert late is None
    assert Rating.objects.get().sheet.frozen_at


def test_a_rater_is_taken_off_while_they_begin(joint, supervisor, committee_member):
    """Scores stay with their rater: whoever was first decides."""
    late = during(
        lambda: ratings.rate(joint, by=committee_member),
        lambda: revise_team(of(joint), [], by=supervisor),
    )
    assert "เริ่มให้คะแนนแล้ว" in str(late)
    assert list(joint.team.all()) == [committee_member]


def test_a_rater_begins_while_they_are_taken_off(joint, supervisor, committee_member):
    late = during(
        lambda: revise_team(joint, [], by=supervisor),
        lambda: ratings.rate(of(joint), by=committee_member),
    )
    assert isinstance(late, Refused)
    assert not Rating.objects.exists()


def test_an_edit_arrives_while_the_leader_signs(joint, rating, supervisor, committee_member):
    late = during(
        lambda: visits.sign(joint, by=supervisor),
        lambda: record_edits(of(rating.sheet), level(rating.sheet, "5"), by=committee_member),
    )
    assert isinstance(late, Refused)
    assert levels(rating.sheet) == {2}


def test_the_leader_signs_while_an_edit_arrives(joint, rating, supervisor, committee_member):
    """It was first: it stays on the rater's sheet, which was not handed in."""
    late = during(
        lambda: record_edits(rating.sheet, level(rating.sheet, "5"), by=committee_member),
        lambda: visits.sign(of(joint), by=supervisor),
    )
    assert late is None
    assert levels(rating.sheet) == {2, 5}
    assert of(rating.sheet).frozen_at


def test_one_page_hands_in_twice(rating, committee_member):
    outcomes = together(*[lambda: ratings.hand_in(of(rating), by=committee_member)] * 2)
    assert kinds(outcomes) == ONE_REFUSED


def test_a_rater_hands_in_while_the_leader_signs(joint, rating, supervisor, committee_member):
    late = during(
        lambda: visits.sign(joint, by=supervisor),
        lambda: ratings.hand_in(of(rating), by=committee_member),
    )
    assert "คะแนนที่กรอกไว้ยังเก็บอยู่" in str(late)
    assert of(rating).handed_in_at is None
    assert levels(rating.sheet) == {2}


def test_the_leader_signs_while_a_rater_hands_in(joint, rating, supervisor, committee_member):
    late = during(
        lambda: ratings.hand_in(rating, by=committee_member),
        lambda: visits.sign(of(joint), by=supervisor),
    )
    assert late is None
    assert of(rating).handed_in_at


def test_two_pages_take_over_what_all_agree_on(joint, rating, supervisor, committee_member):
    ratings.hand_in(rating, by=committee_member)
    walk.fill(joint.sheet, "", by=supervisor, note="")
    outcomes = together(*[lambda: ratings.take_agreed(of(joint), by=supervisor)] * 2)
    assert sorted(outcomes) == [0, 4]
    assert levels(joint.sheet) == {2}


def test_who_led_before_settles_nothing_while_the_visit_is_handed_over(
    joint, rating, supervisor, group_director, committee_member
):
    ratings.hand_in(rating, by=committee_member)
    walk.fill(joint.sheet, "", by=supervisor, note="")
    before = of(joint)
    late = during(
        lambda: visits.hand_over(joint, by=supervisor, leader=group_director, reason="ลาป่วย"),
        lambda: ratings.take_agreed(before, by=supervisor),
    )
    assert str(group_director) in str(late)
    assert levels(joint.sheet) == {None}


def test_what_the_leader_is_settling_is_not_taken_over(joint, rating, supervisor, committee_member):
    ratings.hand_in(rating, by=committee_member)
    walk.fill(joint.sheet, "", by=supervisor, note="")
    late = during(
        lambda: record_edits(joint.sheet, level(joint.sheet, "3"), by=supervisor),
        lambda: ratings.take_agreed(of(joint), by=supervisor),
    )
    assert late == 3
    assert joint.sheet.answers.get(indicator__code="1.1").level == 3
