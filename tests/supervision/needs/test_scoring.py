"""Priority indexes worked out by hand."""

from decimal import Decimal

import pytest

from supervision.needs.scoring import priority_index, rank_area_needs, rank_of


@pytest.mark.parametrize(
    ("levels", "index"),
    [
        # mean problem 4.5 → D = 1.5; I = 4.5; (4.5 - 1.5) / 1.5
        ([(5, 5), (4, 4)], "2.00"),
        # the worst there can be: D = 1, I = 5
        ([(5, 5)], "4.00"),
        # the best: D = 5, I = 1; (1 - 5) / 5
        ([(1, 1)], "-0.80"),
        # D = 5 and I = 5: what there is, is what is wanted
        ([(1, 5), (1, 5)], "0.00"),
        # mean problem 8/3, mean need 10/3: D = I = 10/3 to the last digit, and no "-0.00"
        ([(2, 3), (3, 3), (3, 4)], "0.00"),
        # D = 3, I = 4; 1/3
        ([(3, 4)], "0.33"),
        # D = 4, I = 4.5; 0.125 is half-up 0.13
        ([(2, 5), (2, 4)], "0.13"),
        # D = 3.5, I = 1.5; -2/3.5 = -0.5714…
        ([(2, 1), (3, 2)], "-0.57"),
        # D = 8/3, I = 11/3; 3/8 = 0.375
        ([(3, 4), (3, 3), (4, 4)], "0.38"),
    ],
)
def test_priority_index(levels, index):
    assert priority_index(levels) == Decimal(index)
    assert str(priority_index(levels)) == index


def test_nothing_answered_has_no_index():
    assert priority_index([]) is None


def test_equal_indexes_share_a_rank():
    indexes = [Decimal("0.33"), Decimal("2.00"), None, Decimal("0.33"), Decimal("-0.80")]
    assert [rank_of(index, indexes) for index in indexes] == [2, 1, None, 2, 4]


def test_areas_come_most_urgent_first_with_their_figures():
    found = rank_area_needs({"วิชาการ": [(3, 4)], "งบประมาณ": [(5, 5), (4, 4)], "บุคคล": []})
    assert [(area.name, area.rank, area.n) for area in found] == [
        ("งบประมาณ", 1, 2),
        ("วิชาการ", 2, 1),
        ("บุคคล", None, 0),
    ]
    budget, academic, _ = found
    assert (budget.problem.mean, budget.need.mean) == (Decimal("4.50"), Decimal("4.50"))
    assert budget.problem.sd == Decimal("0.71")
    assert academic.need.sd is None
