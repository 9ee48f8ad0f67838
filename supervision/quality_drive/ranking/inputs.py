"""The figures that an order of schools is computed from: plain values, as they stand frozen.

Levels and scores are whole hundredths (340 is 3.40), weights hundredths of a per cent, so that
every comparison is exact and a tie is a true tie. Nothing here asks database or clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schools.core.errors import ActionRefused

METHOD = (
    1  # raised when the rules of placing change, so that an old order says by which it was made
)
WHOLE = 100_00  # the weights of all dimensions together


@dataclass(frozen=True)
class RankedDimension:
    """A dimension of the drive with the weight that ก.ต.ป.น. endorsed."""

    code: str
    name: str
    weight: int


@dataclass(frozen=True)
class RankedIndicator:
    """An indicator of the drive: its weight in its dimension, and the levels of its scale."""

    pk: int
    code: str
    title: str
    dimension: str
    weight: int
    scale: Sequence[int]

    def next_level(self, level: int) -> int | None:
        """The level above this one; None at the top of the scale."""
        return min((one for one in self.scale if one > level), default=None)


@dataclass(frozen=True)
class RankedSchool:
    """What is known of one school: levels that a signed visit gave, and those before the work.

    Both stand by indicator; `levels` are levels of the scale, `baselines` hundredths. `why_not`
    says why the school is in no list whatever its levels: closed, merged, opened late. `visit`
    and `visit_on` name the signed visit, so that the frozen figures can be traced.
    """

    pk: int
    name: str
    size_group: str
    levels: Mapping[int, int]
    baselines: Mapping[int, int]
    why_not: str = ""
    visit: int | None = None
    visit_on: str = ""


@dataclass(frozen=True)
class RankingInputs:
    """All that an order depends on. Raises ActionRefused unless the weights sum to 100."""

    dimensions: Sequence[RankedDimension]
    indicators: Sequence[RankedIndicator]
    schools: Sequence[RankedSchool]

    def __post_init__(self) -> None:
        total = sum(one.weight for one in self.dimensions)
        if total != WHOLE:
            raise ActionRefused(
                f"น้ำหนักของทุกด้านรวมกันได้ร้อยละ {as_decimal(total)} ต้องรวมเป็น 100 พอดี "
                "โปรดเปิดแก้ไขการขับเคลื่อนและเสนอ ก.ต.ป.น. เห็นชอบน้ำหนักใหม่ก่อนคำนวณ"
            )


def as_hundredths(value: Decimal) -> int:
    return int(value * 100)


def as_decimal(hundredths: int) -> Decimal:
    """The value as it is printed: two decimals."""
    return Decimal(hundredths).scaleb(-2)


# --- As they stand frozen in Ranking.inputs ---


def inputs_to_json(inputs: RankingInputs) -> dict[str, Any]:
    return {
        "method": METHOD,
        "dimensions": [[one.code, one.name, one.weight] for one in inputs.dimensions],
        "indicators": [
            [one.pk, one.code, one.title, one.dimension, one.weight, list(one.scale)]
            for one in inputs.indicators
        ],
        "schools": [_school_to_json(one) for one in inputs.schools],
    }


def _school_to_json(school: RankedSchool) -> dict[str, Any]:
    return {
        "pk": school.pk,
        "name": school.name,
        "size_group": school.size_group,
        "levels": sorted(school.levels.items()),
        "baselines": sorted(school.baselines.items()),
        "why_not": school.why_not,
        "visit": school.visit,
        "visit_on": school.visit_on,
    }


def inputs_from_json(stored: Mapping[str, Any]) -> RankingInputs:
    """The same inputs again, from what an order keeps."""
    return RankingInputs(
        dimensions=[RankedDimension(*facts) for facts in stored["dimensions"]],
        indicators=[
            RankedIndicator(pk, code, title, dimension, weight, tuple(scale))
            for pk, code, title, dimension, weight, scale in stored["indicators"]
        ],
        schools=[
            RankedSchool(**facts | {name: dict(facts[name]) for name in ("levels", "baselines")})
            for facts in stored["schools"]
        ],
    )
