"""The rules by which schools are put in order, whatever the figures are."""

import random
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schools.core.errors import ActionRefused
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.ranking.enums import RankingList
from supervision.quality_drive.ranking.figures import NO_SIZE, ListRule
from supervision.quality_drive.ranking.inputs import (
    RankedDimension,
    RankedIndicator,
    RankedSchool,
    RankingInputs,
    inputs_from_json,
    inputs_to_json,
)
from supervision.quality_drive.ranking.lists import compute_lists
from tests.ranking_reference import reference_places
from tests.supervision.quality_drive.ranking_plans import SCALE, SIZES, ranking_plans

# An example is a whole order of schools in 243 weightings, and many are put in order twice.
OFTEN = settings(max_examples=settings.default.max_examples // 3)
EACH_LIST = pytest.mark.parametrize("kind", list(RankingList))


def lines_of(inputs, kind):
    return {line.school.pk: line for line in compute_lists(inputs) if line.kind == kind}


def placings_of(inputs, kind):
    return {pk: line.placing for pk, line in lines_of(inputs, kind).items() if line.placing}


def as_reference(placing):
    return placing.place, placing.highest, placing.lowest, placing.group, placing.score


# --- Against the naive reference ---


@EACH_LIST
@OFTEN
@given(inputs=ranking_plans())
def test_places_are_those_of_the_reference(kind, inputs):
    placed = {pk: as_reference(found) for pk, found in placings_of(inputs, kind).items()}
    assert placed == reference_places(inputs, kind)


def random_area(seed, schools=130):
    chance = random.Random(seed)
    dimensions = [RankedDimension(code, code.label, 2000) for code in DimensionCode]
    indicators = [
        RankedIndicator(
            pk, f"{pk}", "ก", list(DimensionCode)[pk % 5], chance.choice([1000, 2500]), SCALE
        )
        for pk in range(26)
    ]

    def school(pk):
        base = chance.gauss(3.4, 0.5)
        levels = {
            one: max(1, min(5, round(chance.gauss(base, 0.7))))
            for one in range(26)
            if chance.random() > 0.03
        }
        before = {
            one: max(100, level * 100 - chance.choice([0, 50, 100]))
            for one, level in levels.items()
        }
        size = chance.choice((*SIZES, "ขนาดใหญ่"))
        return RankedSchool(pk, f"โรงเรียน {pk}", size, levels, before)

    return RankingInputs(dimensions, indicators, [school(pk) for pk in range(schools)])


@EACH_LIST
@pytest.mark.parametrize("seed", range(3))
def test_an_area_of_130_schools_is_ordered_as_by_the_reference(kind, seed):
    """Places and scores of all; the ranges of an area a fifth of the size."""
    inputs = random_area(seed)
    placed = {pk: (one.place, one.score) for pk, one in placings_of(inputs, kind).items()}
    expected = reference_places(inputs, kind, ranges=False)
    assert placed == {pk: (found[0], found[4]) for pk, found in expected.items()}
    small = random_area(seed, schools=26)
    placed = {pk: as_reference(found) for pk, found in placings_of(small, kind).items()}
    assert placed == reference_places(small, kind)


# --- Properties ---


@EACH_LIST
@OFTEN
@given(inputs=ranking_plans(complete=True, least=2), data=st.data())
def test_a_higher_level_never_harms_its_school(kind, inputs, data):
    school = data.draw(st.sampled_from(inputs.schools))
    indicator = data.draw(st.sampled_from(sorted(school.levels)))
    assume(school.levels[indicator] < max(SCALE))
    levels = school.levels | {indicator: school.levels[indicator] + 1}
    raised = [replace(one, levels=levels) if one == school else one for one in inputs.schools]
    before = placings_of(inputs, kind)[school.pk]
    after = placings_of(replace(inputs, schools=raised), kind)[school.pk]
    assert after.score >= before.score
    assert after.place <= before.place
    assert after.highest <= before.highest
    assert after.lowest <= before.lowest


@EACH_LIST
@OFTEN
@given(inputs=ranking_plans(), data=st.data())
def test_the_order_of_the_figures_changes_nothing(kind, inputs, data):
    mixed = replace(
        inputs,
        schools=data.draw(st.permutations(inputs.schools)),
        indicators=data.draw(st.permutations(inputs.indicators)),
    )
    assert placings_of(mixed, kind) == placings_of(inputs, kind)


@EACH_LIST
@OFTEN
@given(inputs=ranking_plans(), factor=st.integers(2, 9))
def test_weights_of_indicators_scaled_alike_change_nothing(kind, inputs, factor):
    scaled = [replace(one, weight=one.weight * factor) for one in inputs.indicators]
    assert placings_of(replace(inputs, indicators=scaled), kind) == placings_of(inputs, kind)


@EACH_LIST
@OFTEN
@given(inputs=ranking_plans())
def test_places_are_shared_by_ties_and_lie_within_their_range(kind, inputs):
    for group in SIZES if kind == RankingList.SIZE_GROUP else (None,):
        lines = [
            line
            for line in lines_of(inputs, kind).values()
            if line.placing and group in (None, line.school.size_group)
        ]
        scores = [line.placing.score for line in lines]
        for line in lines:
            found = line.placing
            assert found.place == 1 + sum(score > found.score for score in scores)
            assert 1 <= found.highest <= found.place <= found.lowest <= line.out_of == len(lines)


@EACH_LIST
@OFTEN
@given(inputs=ranking_plans())
def test_groups_follow_the_places_and_hold_whom_their_first_meets(kind, inputs):
    by_size = {}
    for line in lines_of(inputs, kind).values():
        if line.placing:
            key = line.school.size_group if kind == RankingList.SIZE_GROUP else ""
            by_size.setdefault(key, []).append(line.placing)
    for placings in by_size.values():
        placings.sort(key=lambda one: one.place)
        numbers = [one.group for one in placings]
        assert numbers == sorted(numbers)
        assert set(numbers) == set(range(1, max(numbers) + 1))
        firsts = {}
        for one in placings:
            first = firsts.setdefault(one.group, placings[0].place if one.group == 1 else one.place)
            assert (one.place == first) or one.place > first
        for place in {one.place for one in placings}:
            assert len({one.group for one in placings if one.place == place}) == 1


@EACH_LIST
@OFTEN
@given(inputs=ranking_plans(least=2))
def test_places_depend_on_nobody_who_is_not_placed(kind, inputs):
    placed = placings_of(inputs, kind)
    only = [one for one in inputs.schools if one.pk in placed]
    assert placings_of(replace(inputs, schools=only), kind) == placed


@OFTEN
@given(inputs=ranking_plans())
def test_whoever_is_not_placed_is_told_why(inputs):
    for line in compute_lists(inputs):
        assert (line.placing is None) == bool(line.why_not)


@OFTEN
@given(inputs=ranking_plans(complete=True, least=2), data=st.data())
def test_within_a_size_group_size_changes_nothing(inputs, data):
    """More pupils, the same group: size enters nowhere but as the group's word."""
    same = [replace(one, size_group=SIZES[0]) for one in inputs.schools]
    in_group = placings_of(replace(inputs, schools=same), RankingList.SIZE_GROUP)
    assert in_group == placings_of(inputs, RankingList.LEVEL)


@OFTEN
@given(inputs=ranking_plans())
def test_frozen_figures_give_the_same_order_again(inputs):
    again = inputs_from_json(inputs_to_json(inputs))
    assert compute_lists(again) == compute_lists(inputs)


@EACH_LIST
@OFTEN
@given(inputs=ranking_plans(least=2))
def test_each_move_brings_what_it_says(kind, inputs):
    for line in lines_of(inputs, kind).values():
        for move in line.moves:
            levels = line.school.levels | {move.indicator: move.raised}
            raised = [
                replace(one, levels=levels) if one == line.school else one for one in inputs.schools
            ]
            after = placings_of(replace(inputs, schools=raised), kind)[line.school.pk]
            assert (after.score, after.place) == (move.score, move.place)
            assert move.score > line.placing.score


@OFTEN
@given(inputs=ranking_plans(complete=True))
def test_no_other_indicator_moves_a_school_more_than_those_named(inputs):
    for line in lines_of(inputs, RankingList.LEVEL).values():
        rule = ListRule(inputs, RankingList.LEVEL)
        named = {move.indicator for move in line.moves}
        least = min((move.score for move in line.moves), default=line.placing.score)
        for one in inputs.indicators:
            raised = one.next_level(line.school.levels[one.pk])
            if one.pk in named or raised is None:
                continue
            levels = line.school.levels | {one.pk: raised}
            higher = replace(line.school, levels=levels)
            alone = replace(inputs, schools=[higher])
            assert placings_of(alone, rule.kind)[higher.pk].score <= least


# --- Who is not placed ---


def a_school(pk=1, **facts):
    usual = {"name": "ก", "size_group": SIZES[0], "levels": dict.fromkeys(range(10), 3)}
    return RankedSchool(pk, **usual | {"baselines": dict.fromkeys(range(10), 200)} | facts)


def inputs_of(*schools, weights=(2000,) * 5):
    dimensions = [
        RankedDimension(code, code.label, weight)
        for code, weight in zip(DimensionCode, weights, strict=True)
    ]
    indicators = [
        RankedIndicator(pk, f"{pk}", "ก", list(DimensionCode)[pk // 2], 5000, SCALE)
        for pk in range(10)
    ]
    return RankingInputs(dimensions, indicators, schools)


def why_not(school, kind=RankingList.LEVEL, **more):
    return lines_of(inputs_of(school, **more), kind)[school.pk].why_not


def without(*indicators):
    return {pk: 3 for pk in range(10) if pk not in indicators}


def test_a_dimension_without_signed_results_is_named():
    assert why_not(a_school(levels=without(4, 5))) == "ยังไม่มีผลการนิเทศที่ลงนามแล้ว: ห้องเรียนคุณภาพ"


def test_a_dimension_that_weighs_nothing_is_not_waited_for():
    weights = (2500, 2500, 0, 2500, 2500)
    assert why_not(a_school(levels=without(4, 5)), weights=weights) == ""


def test_half_of_the_weight_is_enough_to_be_placed():
    assert why_not(a_school(levels=without(4))) == ""


def test_less_than_half_of_the_weight_is_too_little():
    inputs = inputs_of(a_school(levels=without(4)))
    heavy = [replace(one, weight=5001) if one.pk == 4 else one for one in inputs.indicators]
    line = lines_of(replace(inputs, indicators=heavy), RankingList.LEVEL)[1]
    assert line.why_not == "มีผลไม่ถึงร้อยละ 50 ของน้ำหนักตัวชี้วัด: ห้องเรียนคุณภาพ"


def test_progress_waits_for_the_baseline_and_the_level_reached_does_not():
    school = a_school(baselines={})
    assert why_not(school) == ""
    assert why_not(school, RankingList.PROGRESS).startswith("ยังไม่มีข้อมูลฐานที่เทียบกับผลการนิเทศได้")


def test_a_school_of_unknown_size_is_only_missing_within_size_groups():
    school = a_school(size_group="")
    assert why_not(school) == ""
    assert why_not(school, RankingList.SIZE_GROUP) == NO_SIZE


@EACH_LIST
def test_a_school_that_closed_is_in_no_list(kind):
    assert why_not(a_school(why_not="เลิกเมื่อ 1 ส.ค. 2569"), kind) == "เลิกเมื่อ 1 ส.ค. 2569"


def test_a_school_on_top_of_the_scale_has_nothing_left_to_move():
    line = lines_of(inputs_of(a_school(levels=dict.fromkeys(range(10), 5))), RankingList.LEVEL)[1]
    assert not line.moves


def test_ties_share_the_place_and_the_next_is_skipped():
    levels = {1: 4, 2: 3, 3: 3, 4: 2}
    schools = [a_school(pk, levels=dict.fromkeys(range(10), level)) for pk, level in levels.items()]
    placed = placings_of(inputs_of(*schools), RankingList.LEVEL)
    assert [placed[pk].place for pk in levels] == [1, 2, 2, 4]


def test_progress_is_what_the_school_gained_since_its_baseline():
    line = lines_of(inputs_of(a_school()), RankingList.PROGRESS)[1]
    assert set(line.figures.values()) == {100}
    assert line.placing.score == 100


@pytest.mark.parametrize("weights", [(2000, 2000, 2000, 2000, 1999), (2000,) * 4 + (2001,)])
def test_weights_that_do_not_sum_to_100_are_refused(weights):
    with pytest.raises(ActionRefused, match="รวมเป็น 100"):
        inputs_of(a_school(), weights=weights)
