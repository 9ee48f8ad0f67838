"""Figures of schools made up by hypothesis, to be put in order."""

from hypothesis import strategies as st

from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.ranking.inputs import (
    RankedDimension,
    RankedIndicator,
    RankedSchool,
    RankingInputs,
)

SCALE = (1, 2, 3, 4, 5)
SIZES = ("ขนาดเล็ก", "ขนาดกลาง")


@st.composite
def dimension_weights(draw):
    """Five weights in hundredths of a per cent that sum to 100; some of them may be nothing."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=4, max_size=4)))
    return [100 * (high - low) for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]


@st.composite
def designs(draw):
    weights = draw(dimension_weights())
    dimensions = [
        RankedDimension(code, code.label, weight)
        for code, weight in zip(DimensionCode, weights, strict=True)
    ]
    indicators = [
        RankedIndicator(pk, f"{pk}", "ตัวชี้วัด", code, weight, SCALE)
        for pk, (code, weight) in enumerate(
            (code, draw(st.integers(1, 100))) for code in DimensionCode for _ in range(2)
        )
    ]
    return dimensions, indicators


@st.composite
def ranked_schools(draw, pk, *, complete=False):
    part = {} if complete else {"optional": True}
    indicators = range(2 * len(DimensionCode))

    def some(values):
        chosen = indicators
        if part and draw(st.integers(0, 3)) == 0:
            chosen = draw(st.sets(st.sampled_from(list(indicators))))
        return {one: draw(values) for one in chosen}

    return RankedSchool(
        pk=pk,
        name=f"โรงเรียน {pk}",
        size_group=draw(st.sampled_from(SIZES if complete else ("", *SIZES))),
        levels=some(st.sampled_from(SCALE)),
        baselines=some(st.integers(100, 500)),
        why_not="" if complete else draw(st.sampled_from(("", "", "", "เลิกเมื่อ 1 ส.ค. 2569"))),
    )


@st.composite
def ranking_plans(draw, *, complete=False, least=1, most=6):
    dimensions, indicators = draw(designs())
    count = draw(st.integers(least, most))
    schools = [draw(ranked_schools(pk, complete=complete)) for pk in range(count)]
    return RankingInputs(dimensions, indicators, schools)
