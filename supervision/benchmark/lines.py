"""What the benchmark prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measured thing, its number, and whether it keeps its budget (None: no budget)."""

    what: str
    number: str
    budget: str
    kept: bool | None
