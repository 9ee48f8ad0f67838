"""How means changed from one term to another."""

from dataclasses import dataclass
from decimal import Decimal

from supervision.criteria.scoring import signed_text
from supervision.results.scores import ScoreTable
from supervision.results.standards import ResultStandard


@dataclass(frozen=True)
class MeanChange:
    """A mean in two terms over the same schools: those that have one in both."""

    before: Decimal
    after: Decimal
    schools: int

    @property
    def difference(self) -> Decimal:
        """Above 0 the schools do better than before."""
        return self.after - self.before

    @property
    def text(self) -> str | None:
        return signed_text(self.difference)


def mean_change(
    scores: ScoreTable, before: int, after: int, standard: ResultStandard | None
) -> MeanChange | None:
    """From one term to another, of a standard or of all together; None without such schools."""
    first, last = scores.trend([before, after], standard)
    if first.same_schools_mean is None or last.same_schools_mean is None:
        return None
    return MeanChange(first.same_schools_mean, last.same_schools_mean, last.same_schools)
