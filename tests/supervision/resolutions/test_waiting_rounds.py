"""What the table of a meeting knows of each round that waits for its decision."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from supervision.practices.enums import DecisionResult
from supervision.practices.queries import proposed_result_of_round
from supervision.resolutions.waiting_rounds import load_waiting_rounds
from supervision.rounds.models import Round
from supervision.rounds.overview import (
    choose_term,
)
from supervision.visits import actions as visits
from tests import scenarios
from tests.supervision.resolutions.waiting import waiting_round


def load(user):
    today = timezone.localdate()
    return load_waiting_rounds(user, choose_term({}, today), today)


def test_a_waiting_round_says_means_gap_and_proposal(group_director, supervisor, term, cluster):
    good = waiting_round(supervisor, term, cluster, level=4, own_level=5)
    poor = waiting_round(supervisor, term, cluster, level=2)
    rows = {row.round_id: row for row in load(group_director)}
    assert (rows[good.pk].mean, rows[good.pk].gap_text) == (Decimal("4.00"), "−1.00")
    assert rows[good.pk].missed == ""
    assert "ค่าเฉลี่ยรวม 4.00" in rows[good.pk].default_reason(DecisionResult.ACHIEVED)
    assert rows[good.pk].default_reason(DecisionResult.NOT_ACHIEVED) == ""
    assert "มาตรฐานที่ 1 ได้ 2.00 ต่ำกว่าเกณฑ์ 3.00" in rows[poor.pk].missed
    assert rows[poor.pk].gap_text is None
    for row in rows.values():
        assert row.proposed == proposed_result_of_round(Round.objects.get(pk=row.round_id))


def test_what_is_not_ready_or_decided_does_not_wait(
    group_director, supervisor, school_director, round_, term, cluster
):
    scenarios.visit_signed(round_, by=supervisor)
    assert load(group_director) == []
    scenarios.round_decided(waiting_round(supervisor, term, cluster, level=4), by=group_director)
    assert load(group_director) == []


def test_a_new_version_blocks_its_round(group_director, supervisor, term, cluster):
    round_ = waiting_round(supervisor, term, cluster, level=4)
    visits.revise_visit(round_.visits.get(), by=supervisor, reason="คลาดเคลื่อน")
    [row] = load(group_director)
    assert "โรงเรียนยังไม่รับทราบ" in row.blocked
    assert row.mean == Decimal("4.00")


def test_a_later_visit_not_acknowledged_judges_nothing(group_director, supervisor, term, cluster):
    round_ = waiting_round(supervisor, term, cluster, level=4)
    round_.visits.update(visit_on=timezone.localdate() - timedelta(days=1))
    scenarios.visit_signed(round_, by=supervisor, level=2)
    [row] = load(group_director)
    assert row.mean == Decimal("4.00")
    assert row.proposed == proposed_result_of_round(round_)


def test_a_school_director_sees_no_other_school(outsider_director, supervisor, term, cluster):
    waiting_round(supervisor, term, cluster, level=4)
    assert load(outsider_director) == []


@pytest.mark.parametrize("count", [1, 3])
def test_loading_costs_the_same_for_one_and_for_three(
    group_director, supervisor, term, cluster, count, django_assert_num_queries
):
    for _ in range(count):
        waiting_round(supervisor, term, cluster, level=4, own_level=4)
    today = timezone.localdate()
    choice = choose_term({}, today)
    load_waiting_rounds(group_director, choice, today)
    with django_assert_num_queries(6):
        assert len(load_waiting_rounds(group_director, choice, today)) == count
