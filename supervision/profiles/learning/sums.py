"""What many schools reached together, as pure functions: weighted by pupils tested.

Results of fewer than three pupils are in no sum, whoever reads it; the sum says how many were
left out. Means and shares weigh each school by its pupils tested and are rounded half-up to two
decimals at the end. The S.D. is that of all pupils (n-1) of the schools that give one, from
their numbers, means and deviations; `sd_schools` says how many these are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from supervision.criteria.scoring import half_up
from supervision.profiles.learning.visibility import is_small_group


class CountedResult(NamedTuple):
    """One school's result as a sum counts it; `shares` has the percentage of each level by key."""

    tested: int
    mean: Decimal | None = None
    sd: Decimal | None = None
    shares: Mapping[int, Decimal] = {}


@dataclass(frozen=True)
class ResultSum:
    """What the pupils of several schools reached together in one subject and year.

    `schools` are those counted, `tested` their pupils, `left_out` those with fewer than three.
    """

    schools: int = 0
    tested: int = 0
    mean: Decimal | None = None
    sd: Decimal | None = None
    sd_schools: int = 0
    shares: Mapping[int, Decimal] = field(default_factory=dict)
    left_out: int = 0


NO_RESULTS = ResultSum()


def sum_results(results: Collection[CountedResult]) -> ResultSum:
    """The sum over the results of several schools, in one subject and year."""
    counted = [one for one in results if not is_small_group(one.tested)]
    deviating = [one for one in counted if one.sd is not None and one.mean is not None]
    return ResultSum(
        schools=len(counted),
        tested=sum(one.tested for one in counted),
        mean=_weighted((one.tested, one.mean) for one in counted),
        sd=_pooled_deviation(deviating),
        sd_schools=len(deviating),
        shares=_weighted_shares(counted),
        left_out=len(results) - len(counted),
    )


def _weighted(values: Iterable[tuple[int, Decimal | None]]) -> Decimal | None:
    """The mean of the values that are given, each as heavy as its pupils."""
    given = [(tested, value) for tested, value in values if value is not None]
    pupils = sum(tested for tested, _ in given)
    if not pupils:
        return None
    return half_up(sum((tested * value for tested, value in given), Decimal()) / pupils)


def _weighted_shares(counted: Sequence[CountedResult]) -> dict[int, Decimal]:
    """Each level's share, over the schools that give any; a level that one leaves out is none."""
    sharing = [one for one in counted if one.shares]
    levels = {level for one in sharing for level in one.shares}
    shares = {
        level: _weighted((one.tested, one.shares.get(level, Decimal())) for one in sharing)
        for level in levels
    }
    return {level: share for level, share in shares.items() if share is not None}


def _pooled_deviation(results: Sequence[CountedResult]) -> Decimal | None:
    """The S.D. of all their pupils: within the schools, and of the schools' means about theirs."""
    pupils = sum(one.tested for one in results)
    if pupils < 2:
        return None
    total = squares = within = Decimal()
    for one in results:
        mean, sd = one.mean or Decimal(), one.sd or Decimal()
        total += one.tested * mean
        squares += one.tested * mean**2
        within += (one.tested - 1) * sd**2
    variance = (within + squares - total**2 / pupils) / (pupils - 1)
    return half_up(max(variance, Decimal()).sqrt())
