"""Scores at their edges, and what must hold for any answers."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.criteria.scoring import (
    half_up,
    interpretation,
    level_reaches_threshold,
    mean,
    mean_reaches_target,
    score_levels,
    standard_deviation,
    weights_differ,
    wide_gap,
)

MOST_TO_LEAST = [
    SimpleNamespace(low=Decimal(low), high=Decimal(high), label=label)
    for low, high, label in (
        ("4.51", "5.00", "มากที่สุด"),
        ("3.51", "4.50", "มาก"),
        ("2.51", "3.50", "ปานกลาง"),
        ("1.51", "2.50", "น้อย"),
        ("1.00", "1.50", "น้อยที่สุด"),
    )
]

answers = st.lists(st.none() | st.integers(1, 5), max_size=60)
levels = st.lists(st.integers(1, 5), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("exact", "rounded", "meaning"),
    [
        ("4.505", "4.51", "มากที่สุด"),
        ("4.5049", "4.50", "มาก"),
        ("3.504", "3.50", "ปานกลาง"),
        ("3.505", "3.51", "มาก"),
        ("1.50", "1.50", "น้อยที่สุด"),
        ("5", "5.00", "มากที่สุด"),
        ("1", "1.00", "น้อยที่สุด"),
    ],
)
def test_a_mean_is_rounded_half_up_before_its_band(exact, rounded, meaning):
    value = half_up(Decimal(exact))
    assert value == Decimal(rounded)
    assert interpretation(value, MOST_TO_LEAST) == meaning


def test_half_goes_up_even_after_an_even_digit():
    # 901/200 = 4.505: rounding half to even would give 4.50, and the band below.
    assert mean([5] * 101 + [4] * 99) == Decimal("4.51")


def test_blank_and_not_applicable_are_left_out_and_counted():
    found = score_levels([5, None, 3, None], not_applicable=2)
    assert (found.n, found.mean) == (2, Decimal("4.00"))
    assert (found.unanswered, found.not_applicable) == (2, 2)


@pytest.mark.parametrize("nothing", [[], [None, None]])
def test_nothing_answered_has_no_mean_and_no_meaning(nothing):
    found = score_levels(nothing)
    assert (found.n, found.mean, found.sd) == (0, None, None)
    assert interpretation(found.mean, MOST_TO_LEAST) == ""


def test_one_answer_has_a_mean_but_no_standard_deviation():
    assert score_levels([4]).mean == Decimal("4.00")
    assert score_levels([4]).sd is None


def test_standard_deviation_is_the_samples():
    # 2, 4, 4, 4, 5, 5, 7, 9: the population's is 2.00, the sample's (n-1) 2.14.
    assert standard_deviation([2, 4, 4, 4, 5, 5, 7, 9]) == Decimal("2.14")
    assert standard_deviation([3, 3, 3]) == Decimal("0.00")


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [("3.00", "3", True), ("2.99", "3", False), (None, "3", None), ("3.00", None, None)],
)
def test_achieved_from_the_target_on(value, target, expected):
    numbers = [Decimal(number) if number else None for number in (value, target)]
    assert mean_reaches_target(*numbers) is expected


@pytest.mark.parametrize(
    ("own", "seen", "wide"),
    [(5, 3, True), (3, 5, True), (5, 4, False), (4, 4, False), (None, 5, False), (5, None, False)],
)
def test_a_gap_of_two_levels_is_wide_either_way(own, seen, wide):
    assert wide_gap(own, seen) is wide


def test_a_mean_outside_all_bands_has_no_meaning():
    assert interpretation(Decimal("0.99"), MOST_TO_LEAST) == ""


@given(levels)
def test_every_mean_of_levels_has_exactly_one_meaning(given_levels):
    value = mean(given_levels)
    assert min(given_levels) <= value <= max(given_levels)
    assert sum(band.low <= value <= band.high for band in MOST_TO_LEAST) == 1


@given(levels)
def test_mean_is_within_half_a_cent_of_the_exact_one_and_never_below_at_the_tie(given_levels):
    doubled = 200 * sum(given_levels)  # exact: the mean in half cents, times n
    offset = Decimal(doubled) - 200 * mean(given_levels) * len(given_levels)
    assert -len(given_levels) <= offset < len(given_levels)


@given(answers)
def test_every_answer_is_counted_once(given_answers):
    found = score_levels(given_answers)
    assert found.n + found.unanswered == len(given_answers)
    assert (found.mean is None) == (found.n == 0)
    assert (found.sd is None) == (found.n < 2)


@given(levels, st.randoms())
def test_order_and_blanks_change_nothing(given_levels, random):
    shuffled = [*given_levels, None, None]
    random.shuffle(shuffled)
    before, after = score_levels(given_levels), score_levels(shuffled)
    assert (before.mean, before.sd, before.n) == (after.mean, after.sd, after.n)


# --- weights ---

weights = st.decimals("0.01", "99.99", places=2)
weighted = st.lists(st.tuples(st.none() | st.integers(0, 5), weights), max_size=40)


def test_a_heavier_indicator_pulls_the_mean_and_not_the_deviation():
    plain, heavy = score_levels([5, 3]), score_levels([5, 3], [Decimal(3), Decimal(1)])
    assert (plain.mean, heavy.mean) == (Decimal("4.00"), Decimal("4.50"))
    assert plain.sd == heavy.sd


def test_a_weighted_half_goes_up_too():
    # (4 x 1.01 + 5 x 0.99) / 2 is 4.495.
    assert mean([4, 5], [Decimal("1.01"), Decimal("0.99")]) == Decimal("4.50")


def test_a_blank_weighs_nothing():
    assert score_levels([5, None, 1], [1, 98, 1]).mean == Decimal("3.00")


@given(st.lists(st.none() | st.integers(1, 5), max_size=60), weights)
def test_equal_weights_change_nothing(given_levels, weight):
    same = [weight] * len(given_levels)
    assert score_levels(given_levels, same) == score_levels(given_levels)


@given(weighted, st.randoms())
def test_a_weighted_mean_lies_among_its_levels_in_any_order(pairs, random):
    found = score_levels([level for level, _ in pairs], [weight for _, weight in pairs])
    levels = [level for level, _ in pairs if level is not None]
    assert (found.mean is None) == (not levels)
    if levels:
        assert min(levels) <= found.mean <= max(levels)
    random.shuffle(pairs)
    assert score_levels([level for level, _ in pairs], [weight for _, weight in pairs]) == found


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20), st.data())
def test_a_whole_weight_is_as_many_indicators(given_levels, data):
    """Weight 3 counts as three indicators of that level would."""
    heavy = [data.draw(st.integers(1, 4)) for _ in given_levels]
    times = [lv for lv, weight in zip(given_levels, heavy, strict=True) for _ in range(weight)]
    assert mean(given_levels, heavy) == mean(times)


@pytest.mark.parametrize(
    ("level", "rule", "expected"),
    [(3, 3, True), (2, 3, False), (0, 0, True), (None, 3, None), (5, None, None)],
)
def test_an_indicator_is_achieved_from_its_level_on(level, rule, expected):
    assert level_reaches_threshold(level, rule) is expected


def test_weights_are_worth_showing_only_when_they_differ():
    assert not weights_differ([])
    assert not weights_differ([Decimal(2), Decimal("2.00")])
    assert weights_differ([Decimal(1), Decimal(2)])
