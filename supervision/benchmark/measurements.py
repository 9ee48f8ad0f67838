"""What the benchmark prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """One measured thing, its number, and whether it keeps its budget (None: no budget)."""

    what: str
    number: str
    budget: str
    is_within_budget: bool | None
