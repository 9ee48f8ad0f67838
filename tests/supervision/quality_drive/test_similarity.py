"""How much schools are alike: properties of what is asked of facts alone."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from supervision.practices.enums import AwardLevel
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.exchange.similarity import (
    CIRCUMSTANCES,
    LearnablePractice,
    SchoolLikeness,
    rank_similar_practices,
    shared_facts,
)

SCHOOLS = st.integers(1, 6)


def likeness(school=SCHOOLS):
    return st.builds(
        SchoolLikeness,
        school=school,
        is_open=st.booleans(),
        size=st.sampled_from(["", "เล็ก", "กลาง"]),
        teaches_secondary=st.sampled_from([None, True, False]),
        circumstances=st.frozensets(st.sampled_from(CircumstanceKind)),
    )


def practice():
    return st.builds(
        LearnablePractice,
        pk=st.integers(1, 10_000),
        title=st.sampled_from(["ก", "ข"]),
        school=SCHOOLS,
        school_name=st.just("โรงเรียน"),
        level=st.sampled_from(AwardLevel),
        year=st.integers(2567, 2569),
        url=st.just("/"),
        is_sample=st.booleans(),
        dimensions=st.frozensets(st.sampled_from(DimensionCode)),
    )


AREAS = st.tuples(*(likeness(st.just(number)) for number in range(1, 7))).map(
    lambda rows: {row.school: row for row in rows}
)
PRACTICES = st.lists(practice(), max_size=8, unique_by=lambda one: one.pk)
WEAK = st.sets(st.sampled_from(DimensionCode))


@given(likeness(), likeness())
def test_schools_are_alike_both_ways(one, other):
    assert shared_facts(one, other) == shared_facts(other, one)


@given(AREAS, PRACTICES, WEAK, st.randoms())
def test_the_order_is_that_of_the_facts_and_not_of_the_rows(area, practices, weak, random):
    found = rank_similar_practices(area[1], area, practices, weak)
    shuffled = random.sample(practices, len(practices))
    assert rank_similar_practices(area[1], area, shuffled, weak) == found


@given(AREAS, PRACTICES, WEAK)
def test_own_practices_and_those_of_closed_schools_are_left_out(area, practices, weak):
    found = rank_similar_practices(area[1], area, practices, weak)
    assert all(one.practice.school != 1 for one in found)
    assert all(area[one.practice.school].is_open for one in found)
    assert all(one.reasons for one in found)
    if not area[1].is_open:
        assert found == []


@given(AREAS, PRACTICES, WEAK)
def test_reasons_are_true_of_both_schools_and_of_the_practice(area, practices, weak):
    for one in rank_similar_practices(area[1], area, practices, weak):
        shared = [word for word, _ in shared_facts(area[1], area[one.practice.school])]
        answered = {f"ตอบด้าน{code.label}" for code in weak & one.practice.dimensions}
        assert set(one.reasons) == {*shared, *answered}
        assert one.reason.endswith(one.practice.selected_words)


@given(AREAS, PRACTICES, WEAK)
def test_what_a_school_is_weak_in_changes_the_order_and_never_the_choice(area, practices, weak):
    with_weak = rank_similar_practices(area[1], area, practices, weak)
    without = rank_similar_practices(area[1], area, practices)
    assert {one.practice.pk for one in with_weak} == {one.practice.pk for one in without}


@given(AREAS, PRACTICES)
def test_more_in_common_never_stands_lower(area, practices):
    found = rank_similar_practices(area[1], area, practices)
    weights = [sum(w for _, w in shared_facts(area[1], area[x.practice.school])) for x in found]
    assert weights == sorted(weights, reverse=True)


def test_no_score_is_among_the_facts():
    """What is compared could not tell how a school was judged, whatever the order."""
    known = {field.name for field in fields(SchoolLikeness)}
    assert known == {"school", "is_open", "size", "teaches_secondary", "circumstances"}
    assert CircumstanceKind.INCLUSION not in CIRCUMSTANCES


def test_reasons_read_as_people_say_them():
    own = SchoolLikeness(1, True, "เล็ก", None, frozenset({CircumstanceKind.MIXED_CLASSES}))
    other = SchoolLikeness(2, True, "เล็ก", True, frozenset({CircumstanceKind.MIXED_CLASSES}))
    found = LearnablePractice(7, "มุมอ่าน", 2, "โรงเรียน", AwardLevel.AREA, 2568, "/", False)
    [one] = rank_similar_practices(own, {2: other}, [found])
    assert one.reason == "ขนาดเล็ก · คละชั้น · คัดเลือกระดับเขตพื้นที่การศึกษา 2568"
