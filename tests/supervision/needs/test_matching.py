"""Stated needs laid beside results, against a plain reading of the rule and by its properties."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.needs.matching import (
    Comparison,
    NeedsMatch,
    StatedNeeds,
    match_needs,
    topics_about,
    why_low,
)
from supervision.needs.models import NeedsFactsRule, NeedsTopic
from supervision.needs.scoring import rank_area_needs

AREAS = ("วิชาการ", "งบประมาณ")
TOPICS = [
    NeedsTopic(pk=1, name="คณิตศาสตร์", words=["คณิต"], learning_area_id=7),
    NeedsTopic(pk=2, name="การสอน", words=["สื่อการสอน"], area_names=["วิชาการ"]),
    NeedsTopic(pk=3, name="การบริหาร", area_names=["งบประมาณ"], standard_names=["การบริหาร"]),
]


@dataclass(frozen=True)
class Fact:
    """A figure about some topics."""

    topics: frozenset
    is_low: bool
    words: str = "ผล"
    low_word: str = "ต่ำ"


levels = st.integers(1, 5)
surveys = st.builds(
    lambda pairs, wants: StatedNeeds(
        rank_area_needs({area: [pair] for area, pair in zip(AREAS, pairs, strict=True)}), wants
    ),
    st.tuples(*[st.tuples(levels, levels)] * 2),
    st.lists(st.sampled_from(["ครูคณิตศาสตร์", "สื่อการสอน", "ถนน"]), max_size=3),
)
facts = st.lists(
    st.builds(Fact, st.frozensets(st.sampled_from([1, 2, 3]), min_size=1), st.booleans())
)
rules = st.builds(NeedsFactsRule, stated_level=levels)


def naive_groups(stated, figures, rule):
    """By topic, read off word for word."""
    found = {}
    for topic in TOPICS:
        says = False
        for area in stated.areas if stated else ():
            if area.name in topic.area_names:
                says |= area.problem.mean >= rule.stated_level
                says |= area.need.mean >= rule.stated_level
        for want in stated.wants if stated else ():
            says |= any(word in want for word in topic.words)
        seen = any(fact.is_low for fact in figures if topic.pk in fact.topics)
        if says and seen:
            found[topic.pk] = NeedsMatch.STATED_AND_SEEN
        elif seen:
            found[topic.pk] = NeedsMatch.SEEN_ONLY
        elif says:
            found[topic.pk] = NeedsMatch.STATED_ONLY
    return found


@given(st.none() | surveys, facts, rules)
def test_matching_is_what_the_rule_says(stated, figures, rule):
    found = match_needs(TOPICS, stated, figures, rule)
    assert {match.topic.pk: match.group for match in found} == naive_groups(stated, figures, rule)
    for match in found:
        assert all(match.topic.pk in fact.topics for fact in match.facts)
        assert [*match.low_facts, *match.other_facts] or not match.facts


@given(surveys, facts, rules)
def test_a_silent_school_states_nothing_and_keeps_what_is_seen(stated, figures, rule):
    asked = {match.topic.pk: match.group for match in match_needs(TOPICS, stated, figures, rule)}
    silent = {match.topic.pk: match.group for match in match_needs(TOPICS, None, figures, rule)}
    assert set(silent.values()) <= {NeedsMatch.SEEN_ONLY}
    assert set(silent) == {pk for pk, group in asked.items() if group != NeedsMatch.STATED_ONLY}


@given(surveys, facts)
def test_a_stricter_level_states_no_more(stated, figures):
    def count(level):
        found = match_needs(TOPICS, stated, figures, NeedsFactsRule(stated_level=level))
        return sum(match.group != NeedsMatch.SEEN_ONLY for match in found)

    assert count(5) <= count(4) <= count(1)


means = st.decimals(0, 100, places=2)


@given(means, means, means, st.decimals(0, 20, places=2))
def test_a_lower_mean_is_never_less_low(mean, lower, area, sd):
    against, rule = Comparison(area, sd), NeedsFactsRule()
    low, high = sorted((mean, lower))
    assert bool(why_low(low, against, rule)) >= bool(why_low(high, against, rule))


@pytest.mark.parametrize(
    ("mean", "against", "low"),
    [
        ("40.00", Comparison(Decimal(50), Decimal(10)), True),
        ("40.01", Comparison(Decimal(50), Decimal(10)), False),
        ("49.99", Comparison(nation_mean=Decimal(50)), True),
        ("50.00", Comparison(nation_mean=Decimal(50)), False),
        ("10.00", Comparison(Decimal(50), None), False),  # one school: no deviation
        ("50.00", Comparison(Decimal(50), Decimal(0)), False),  # all the same: nobody is low
        ("10.00", Comparison(), False),
    ],
)
def test_low_is_a_deviation_below_the_area_or_below_the_country(mean, against, low):
    assert bool(why_low(Decimal(mean), against, NeedsFactsRule(sd_below=Decimal(1)))) is low


def test_a_rule_may_leave_the_country_out():
    rule = NeedsFactsRule(counts_below_nation=False)
    assert why_low(Decimal(10), Comparison(nation_mean=Decimal(50)), rule) == ""


def test_it_says_below_what():
    against = Comparison(Decimal(50), Decimal(10), Decimal(45))
    assert why_low(Decimal(44), against, NeedsFactsRule()) == "ต่ำกว่าประเทศ"
    assert why_low(Decimal(40), against, NeedsFactsRule()) == "ต่ำกว่าเขต 1 S.D. และต่ำกว่าประเทศ"


def test_a_figure_is_about_a_topic_by_area_standard_or_words():
    assert topics_about(TOPICS, ("ผลรวม",), learning_area_id=7) == {1}
    assert topics_about(TOPICS, ("ค่าเฉลี่ย",), standard_name="การบริหาร") == {3}
    assert topics_about(TOPICS, ("NT", "คณิตศาสตร์")) == {1}
    assert topics_about(TOPICS, ("ถนน",)) == frozenset()
