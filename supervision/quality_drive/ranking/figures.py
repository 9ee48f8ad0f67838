"""What each school brings into a list: one figure a dimension, or the reason why it has none.

For the level reached it is the dimension's score as `scores.dimension_score` has it. For progress
it is that score less the baseline's, both over the indicators that have a level now and before.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from supervision.quality_drive.ranking.enums import RankingList
from supervision.quality_drive.ranking.inputs import (
    RankedDimension,
    RankedIndicator,
    RankedSchool,
    RankingInputs,
)

# Of the weight of a dimension's indicators, what must be known for a school to be placed.
LEAST_KNOWN = 50  # per cent
NO_SIZE = "ยังไม่มีจำนวนนักเรียนของปีการศึกษานี้ หรือยังไม่ได้กำหนดเกณฑ์ขนาดโรงเรียน จึงไม่ทราบกลุ่มขนาด"

# A school's levels now, by indicator: the school's own, or with one of them raised.
Levels = Mapping[int, int]
Numbers = NDArray[np.int64]
Whole = TypeVar("Whole", int, Numbers)


def mean_in_hundredths(weighted: Whole, weight: Whole) -> Whole:
    """Σ(weight × hundredths) ÷ Σ(weight), half up; of whole columns of numbers as well."""
    return (2 * weighted + weight) // (2 * weight)


@dataclass(frozen=True)
class ListRule:
    """How one list reads a school: its figure in a dimension, and which indicators make it."""

    inputs: RankingInputs
    kind: RankingList

    @cached_property
    def counted_dimensions(self) -> list[RankedDimension]:
        """Those with a weight: a dimension that weighs nothing is waited for in vain."""
        return [one for one in self.inputs.dimensions if one.weight]

    @cached_property
    def _indicators_of(self) -> dict[str, list[RankedIndicator]]:
        found: dict[str, list[RankedIndicator]] = {one.code: [] for one in self.inputs.dimensions}
        for one in self.inputs.indicators:
            found[one.dimension].append(one)
        return found

    def known(self, school: RankedSchool, dimension: str) -> list[RankedIndicator]:
        """The dimension's indicators of which the list knows enough at the school."""
        before = school.baselines if self.kind == RankingList.PROGRESS else school.levels
        return [
            one
            for one in self._indicators_of[dimension]
            if one.pk in school.levels and one.pk in before
        ]

    def figure(self, school: RankedSchool, dimension: str, levels: Levels) -> int | None:
        """Hundredths; None where nothing is known."""
        known = self.known(school, dimension)
        if not known:
            return None
        now = _mean(known, lambda one: levels[one.pk] * 100)
        if self.kind != RankingList.PROGRESS:
            return now
        return now - _mean(known, lambda one: school.baselines[one.pk])

    def figures(self, school: RankedSchool) -> dict[str, int]:
        """By dimension, those that are known."""
        found = {
            one.code: self.figure(school, one.code, school.levels) for one in self.inputs.dimensions
        }
        return {code: figure for code, figure in found.items() if figure is not None}

    def why_not(self, school: RankedSchool) -> str:
        """Why the school is not in the list; empty where it is."""
        if school.why_not:
            return school.why_not
        if self.kind == RankingList.SIZE_GROUP and not school.size_group:
            return NO_SIZE
        return self._why_without(school) or self._why_too_little(school)

    def _why_without(self, school: RankedSchool) -> str:
        without = [one for one in self.counted_dimensions if not self.known(school, one.code)]
        if not without:
            return ""
        if self.kind == RankingList.PROGRESS:
            return f"ยังไม่มีข้อมูลฐานที่เทียบกับผลการนิเทศได้: {_listed(without)}"
        return f"ยังไม่มีผลการนิเทศที่ลงนามแล้ว: {_listed(without)}"

    def _why_too_little(self, school: RankedSchool) -> str:
        few = [one for one in self.counted_dimensions if not self._is_enough(school, one.code)]
        if not few:
            return ""
        return f"มีผลไม่ถึงร้อยละ {LEAST_KNOWN} ของน้ำหนักตัวชี้วัด: {_listed(few)}"

    def _is_enough(self, school: RankedSchool, dimension: str) -> bool:
        whole = sum(one.weight for one in self._indicators_of[dimension])
        known = sum(one.weight for one in self.known(school, dimension))
        return 100 * known >= LEAST_KNOWN * whole


def _mean(indicators: list[RankedIndicator], hundredths: Callable[[RankedIndicator], int]) -> int:
    weighted = sum(one.weight * hundredths(one) for one in indicators)
    return mean_in_hundredths(weighted, sum(one.weight for one in indicators))


def _listed(dimensions: list[RankedDimension]) -> str:
    return ", ".join(one.name for one in dimensions)
