"""Why a school stands where it does: the medians it is compared with, and what would move it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from supervision.quality_drive.ranking.figures import ListRule
from supervision.quality_drive.ranking.inputs import RankedIndicator, RankedSchool
from supervision.quality_drive.ranking.placing import Figures, score_of

MOVES_SHOWN = 3


@dataclass(frozen=True)
class RankingMove:
    """What one indicator a level higher would bring the school, all else as it is."""

    indicator: int
    level: int
    raised: int
    score: int
    place: int


@dataclass(frozen=True)
class ListExplanation:
    """Explains the places of one list; `figures` are those of the schools that it places."""

    rule: ListRule
    figures: Mapping[int, Figures]

    @cached_property
    def medians(self) -> dict[str, int]:
        """Of each dimension, over the schools placed; half up."""
        return {
            one.code: _median([found[one.code] for found in self.figures.values()])
            for one in self.rule.counted_dimensions
        }

    @cached_property
    def _scores(self) -> list[int]:
        dimensions = self.rule.counted_dimensions
        return sorted(score_of(dimensions, found) for found in self.figures.values())

    def moves(self, school: RankedSchool) -> list[RankingMove]:
        """Of a school that is placed: the few that raise its score most, then its place."""
        own = score_of(self.rule.counted_dimensions, self.figures[school.pk])
        found = [
            self._move(school, one, raised)
            for dimension in self.rule.counted_dimensions
            for one in self.rule.known(school, dimension.code)
            if (raised := one.next_level(school.levels[one.pk])) is not None
        ]
        rising = [move for move in found if move.score > own]
        return sorted(rising, key=lambda move: (-move.score, move.place))[:MOVES_SHOWN]

    def _move(self, school: RankedSchool, one: RankedIndicator, raised: int) -> RankingMove:
        levels = {**school.levels, one.pk: raised}
        figure = self.rule.figure(school, one.dimension, levels)
        figures = {**self.figures[school.pk], one.dimension: figure or 0}
        score = score_of(self.rule.counted_dimensions, figures)
        above = len(self._scores) - bisect_right(self._scores, score)
        return RankingMove(one.pk, school.levels[one.pk], raised, score, above + 1)


def _median(values: Sequence[int]) -> int:
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle] + 1) // 2
