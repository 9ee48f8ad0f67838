"""Sums over schools say what a naive count of single pupils says."""

from decimal import Decimal
from fractions import Fraction
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.profiles.learning.entries import shares_of_levels
from supervision.profiles.learning.sums import NO_RESULTS, CountedResult, sum_results

SCORES = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
SHARES = st.sampled_from([{}, {1: Decimal(60), 2: Decimal(40)}, {1: Decimal(0), 2: Decimal(100)}])
RESULTS = st.lists(
    st.builds(
        CountedResult,
        tested=st.integers(0, 40),
        mean=st.none() | SCORES,
        sd=st.none() | st.integers(0, 3_000).map(lambda hundredths: Decimal(hundredths) / 100),
        shares=SHARES,
    ),
    max_size=8,
)


def weighted(pairs):
    """In hundredths, half up; None of nobody."""
    pairs = [(n, Fraction(value)) for n, value in pairs if value is not None]
    pupils = sum(n for n, _ in pairs)
    if not pupils:
        return None
    exact = sum(n * value for n, value in pairs) / pupils
    return Decimal(int(exact * 100 + Fraction(1, 2))) / 100


def pupils_of(result):
    """As many pupils with the mean and S.D. (n-1): two stand apart, the rest are at the mean."""
    apart = float(result.sd) * ((result.tested - 1) / 2) ** 0.5
    at_mean = [float(result.mean)] * (result.tested - 2)
    return [float(result.mean) - apart, float(result.mean) + apart, *at_mean]


@given(RESULTS)
def test_a_sum_is_that_of_all_pupils_of_the_schools_with_three_or_more(results):
    found = sum_results(results)
    counted = [one for one in results if one.tested >= 3]
    assert (found.schools, found.left_out) == (len(counted), len(results) - len(counted))
    assert found.tested == sum(one.tested for one in counted)
    assert found.mean == weighted((one.tested, one.mean) for one in counted)
    deviating = [one for one in counted if one.mean is not None and one.sd is not None]
    pupils = [score for one in deviating for score in pupils_of(one)]
    assert found.sd_schools == len(deviating)
    if pupils:
        assert float(found.sd) == pytest.approx(stdev(pupils), abs=0.006)
    else:
        assert found.sd is None
    sharing = [one for one in counted if one.shares]
    for level in (1, 2):
        share = weighted((one.tested, one.shares[level]) for one in sharing)
        assert found.shares.get(level) == share


@given(RESULTS, RESULTS)
def test_schools_of_fewer_than_three_pupils_change_nothing_but_their_number(results, others):
    small = [one._replace(tested=one.tested % 3) for one in others]
    alone, together = sum_results(results), sum_results([*results, *small])
    assert together.left_out - alone.left_out == len(small)
    assert (together.mean, together.sd, together.shares) == (alone.mean, alone.sd, alone.shares)
    assert (together.schools, together.tested) == (alone.schools, alone.tested)


def test_nothing_is_summed_of_no_school():
    assert sum_results([]) == NO_RESULTS


@pytest.mark.parametrize(
    ("typed", "tested", "shares"),
    [
        ({1: None, 2: None}, 20, {}),
        ({1: Decimal("62.5"), 2: Decimal("37.5")}, 8, {1: Decimal("62.5"), 2: Decimal("37.5")}),
        ({1: Decimal(5), 2: Decimal(3)}, 8, {1: Decimal("62.50"), 2: Decimal("37.50")}),
        ({1: Decimal(8), 2: None}, 8, {1: Decimal("100.00"), 2: Decimal("0.00")}),
        ({1: Decimal(60), 2: Decimal(40)}, 100, {1: Decimal(60), 2: Decimal(40)}),
        ({1: Decimal(5), 2: Decimal(4)}, 8, {1: Decimal(5), 2: Decimal(4)}),
    ],
)
def test_shares_may_be_typed_as_numbers_of_pupils(typed, tested, shares):
    assert shares_of_levels(typed, tested) == shares
