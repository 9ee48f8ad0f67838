"""What a school learns of others: enough of them, roughly, and nothing of any one."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.data.other_schools import MIN_OTHERS, spans_of_bands, summarise_other_schools
from reports.data.public import MIN_SCHOOLS_PER_RESULT
from supervision.results.scores import OVERALL, ScoreTable
from supervision.results.standards import (
    ResultBand,
    ResultScale,
    ResultStandard,
    StandardIndex,
)

LABELS = ("กำลังพัฒนา", "ปานกลาง", "ดี", "ดีเลิศ", "ยอดเยี่ยม")
ENDS = ((100, 149), (150, 249), (250, 349), (350, 449), (450, 500))
BANDS = tuple(ResultBand(low, high, label) for (low, high), label in zip(ENDS, LABELS, strict=True))
STANDARD = ResultStandard(1, "", 1, "มาตรฐานทดสอบ", ResultScale(1, 1, 5, BANDS))
OWN, TERM = 1, 7
MEANS = st.lists(st.integers(100, 500), max_size=40)


def table(others, own=300):
    """Our school's mean and those of others, in hundredths, on one standard and over all."""
    rows = [
        (TERM, school, place, 0, mean)
        for school, mean in enumerate([own, *others], start=OWN)
        for place in (0, OVERALL)
    ]
    frame = pd.DataFrame(rows, columns=["term", "school", "standard", "of_standard", "visit"])
    return ScoreTable(frame, StandardIndex((STANDARD,), {}))


def summary(others, own=300, readable=(OWN,), followed=(TERM,)):
    return summarise_other_schools(table(others, own), set(readable), set(followed))


def counted(*schools):
    return spans_of_bands(dict(zip(BANDS, schools, strict=True)))


def said(spans):
    return [(*[band.label for band in span.bands], span.tenths) for span in spans]


@pytest.mark.parametrize(("others", "shown"), [(9, False), (10, True), (11, True)])
def test_ten_others_are_enough(others, shown):
    assert bool(summary([300] * others)) is shown
    assert MIN_OTHERS == 10


def test_it_says_a_rough_mean_of_each_standard_and_of_all_together():
    found = summary([301] * 5 + [388] * 7)
    assert set(found) == {(TERM, STANDARD), (TERM, None)}
    assert found[TERM, STANDARD].mean == Decimal("3.5")  # 3.5175, told as 3.5


def test_a_term_that_no_other_has_followed_is_left_out():
    assert summary([300] * 20, followed=()) == {}


def test_all_schools_the_reader_may_read_are_left_out():
    assert summary([300] * 12, readable=(1, 2, 3)) != {}
    assert summary([300] * 12, readable=(1, 2, 3, 4)) == {}


@given(MEANS, st.integers(100, 500), st.integers(100, 500))
def test_the_readers_own_result_changes_nothing(others, own, other_own):
    assert summary(others, own) == summary(others, other_own)


@given(MEANS.flatmap(lambda means: st.tuples(st.just(means), st.permutations(means))))
def test_others_may_swap_their_results(pair):
    means, swapped = pair
    assert summary(means) == summary(swapped)


@given(MEANS)
def test_no_span_rests_on_a_few_schools(others):
    for found in summary(others).values():
        assert len(others) >= MIN_OTHERS
        assert found.mean == round(found.mean, 1)
        for span in found.spans:
            low, high = span.bands[0].low, span.bands[-1].high
            schools = sum(low <= mean <= high for mean in others)
            assert schools >= MIN_SCHOOLS_PER_RESULT
            assert span.tenths >= 1
        assert sum(span.tenths for span in found.spans) in (0, 10)


@given(st.tuples(*[st.integers(0, 60)] * 5))
def test_spans_take_every_band_once_in_order(schools):
    spans = counted(*schools)
    assert [band for span in spans for band in span.bands] == (list(BANDS) if spans else [])
    assert len(spans) != 1


def test_small_neighbours_are_taken_together():
    assert said(counted(0, 2, 18, 60, 20)) == [
        ("กำลังพัฒนา", "ปานกลาง", "ดี", 2),
        ("ดีเลิศ", 6),
        ("ยอดเยี่ยม", 2),
    ]
    assert said(counted(4, 4, 4, 1, 1)) == [
        ("กำลังพัฒนา", 3),
        ("ปานกลาง", 3),
        ("ดี", "ดีเลิศ", "ยอดเยี่ยม", 4),
    ]


def test_where_all_are_alike_no_span_says_so():
    assert counted(0, 0, 0, 12, 0) == []
    assert counted(0, 0, 2, 10, 0) == []
    assert counted(0, 0, 0, 0, 0) == []


def test_a_span_knows_which_means_lie_in_it():
    low, high = counted(0, 0, 5, 5, 0)
    assert low.contains(Decimal("3.49"))
    assert not low.contains(Decimal("3.50"))
    assert high.contains(Decimal("5.00"))
    assert not high.contains(None)
    assert (low.is_lowest, low.is_highest, high.is_highest) == (True, False, True)
