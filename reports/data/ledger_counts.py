"""The recommendation ledger of a report in brief: who is responsible for how much, and how far."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reports.data.schema import RecommendationRow
from reports.data.term import OVERDUE
from supervision.improvement.enums import RecommendationState

LEDGER_STATES = (*reversed(RecommendationState.labels), OVERDUE)


@dataclass(frozen=True)
class OwnerCounts:
    """How many lines one post is responsible for: by state, in the order of the table's heads."""

    owner: str
    by_state: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.by_state)


@dataclass(frozen=True)
class LedgerCounts:
    """A ledger's lines by who is responsible and by state; only states that occur."""

    states: Sequence[str]
    owners: Sequence[OwnerCounts]
    total: OwnerCounts


def count_ledger(lines: Sequence[RecommendationRow]) -> LedgerCounts:
    """Who has most comes first."""
    found = Counter((line["owner"], line["state"]) for line in lines)
    states = [state for state in LEDGER_STATES if any(key[1] == state for key in found)]
    owners = Counter(line["owner"] for line in lines)
    rows = [
        OwnerCounts(owner, [found[owner, state] for state in states])
        for owner, _ in owners.most_common()
    ]
    by_state = Counter(line["state"] for line in lines)
    return LedgerCounts(states, rows, OwnerCounts("รวม", [by_state[state] for state in states]))
