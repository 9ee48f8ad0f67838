"""How urgent each area's need is, as pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from supervision.criteria.scoring import Score, half_up, score_levels
from supervision.needs.enums import NeedsLevel

# The scale's highest level plus its lowest: what turns a problem level into a present state.
REVERSED_LEVEL_SUM = max(NeedsLevel) + min(NeedsLevel)
# The problem level and the need level that one school gave one area.
ProblemAndNeed = tuple[int, int]


@dataclass(frozen=True)
class AreaNeed:
    """One area over the schools that answered; the highest priority index has rank 1."""

    name: str
    problem: Score
    need: Score
    index: Decimal | None
    rank: int | None

    @property
    def n(self) -> int:
        return self.need.n


def rank_area_needs(areas: Mapping[str, Sequence[ProblemAndNeed]]) -> list[AreaNeed]:
    """Every area with its figures, most urgent first; where ranks tie, in the order given."""
    indexes = {name: priority_index(levels) for name, levels in areas.items()}
    found = [
        AreaNeed(
            name=name,
            problem=score_levels(problem for problem, _ in levels),
            need=score_levels(need for _, need in levels),
            index=indexes[name],
            rank=rank_of(indexes[name], list(indexes.values())),
        )
        for name, levels in areas.items()
    ]
    return sorted(found, key=lambda area: area.rank or len(found) + 1)


def priority_index(levels: Sequence[ProblemAndNeed]) -> Decimal | None:
    """PNI modified = (I - D) / D at two decimals, rounded half-up once, at the end.

    I is the mean need level. D, the state there is now, is 6 less the mean problem level,
    because form 7.1 asks how severe the problem is (5 = most), not how good the state is.
    Written over the sums of n schools it is (ΣI + ΣP - 6n) / (6n - ΣP): exact to the last step.
    """
    if not levels:
        return None
    problems = sum(problem for problem, _ in levels)
    needs = sum(need for _, need in levels)
    state = REVERSED_LEVEL_SUM * len(levels) - problems
    return half_up(Decimal(needs - state) / state)


def rank_of(index: Decimal | None, indexes: Sequence[Decimal | None]) -> int | None:
    """1 for the highest; equal indexes share a rank and the next one is left out (1, 1, 3)."""
    if index is None:
        return None
    return 1 + sum(other > index for other in indexes if other is not None)
