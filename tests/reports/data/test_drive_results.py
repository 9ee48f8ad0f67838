"""Means of a drive by group: what is shown, and that nothing shown tells of a school."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reports.data.drive_results import shown_means
from supervision.criteria.scoring import mean
from supervision.results.scores import FEW_SCHOOLS

SCORES = st.lists(st.decimals("1", "5", places=2), max_size=8)
GROUPS = st.dictionaries(st.sampled_from("กขคงจ"), SCORES, min_size=1)


@given(GROUPS)
def test_a_mean_is_shown_only_of_enough_schools(groups):
    for name, shown in shown_means(groups).items():
        assert shown is None or (len(groups[name]) >= FEW_SCHOOLS and shown == mean(groups[name]))


@given(GROUPS)
def test_what_is_left_out_is_of_nobody_or_of_enough_schools(groups):
    """Else the area's mean less the shown groups' would tell of one or two schools."""
    shown = shown_means(groups)
    left_out = sum(len(scores) for name, scores in groups.items() if shown[name] is None)
    assert left_out == 0 or left_out >= FEW_SCHOOLS or all(one is None for one in shown.values())


@given(GROUPS)
def test_no_more_is_left_out_than_must_be(groups):
    few = [scores for scores in groups.values() if 0 < len(scores) < FEW_SCHOOLS]
    hidden = [n for n, one in shown_means(groups).items() if one is None and len(groups[n]) >= 3]
    assert len(hidden) <= (1 if 0 < sum(map(len, few)) < FEW_SCHOOLS else 0)


def test_the_smallest_of_the_others_goes_with_a_single_school():
    four, three = [Decimal(4)] * 4, [Decimal(3)] * 3
    assert shown_means({"ก": four, "ข": three, "ค": [Decimal(5)]}) == {"ก": 4, "ข": None, "ค": None}
    assert shown_means({"ก": four, "ข": three, "ค": []}) == {"ก": 4, "ข": 3, "ค": None}
