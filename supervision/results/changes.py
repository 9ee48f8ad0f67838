"""How means changed from one term to another."""

from dataclasses import dataclass
from decimal import Decimal

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
    def text(self) -> str:
        """+0.04, 0.00 or −0.07."""
        return f"{self.difference:+.2f}".replace("-", "−") if self.difference else "0.00"


def mean_change(
    scores: ScoreTable, before: int, after: int, standard: ResultStandard | None
) -> MeanChange | None:
    """From one term to another, of a standard or of all together; None without such schools."""
    first, last = scores.trend([before, after], standard)
    if first.same_schools_mean is None or last.same_schools_mean is None:
        return None
    return MeanChange(first.same_schools_mean, last.same_schools_mean, last.same_schools)
