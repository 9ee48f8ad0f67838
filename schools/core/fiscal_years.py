"""Which fiscal year a page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schools.core.thai import FIRST_BE_YEAR, fiscal_year

YEARS_OFFERED = 6


@dataclass(frozen=True)
class FiscalYearChoice:
    """A fiscal year (BE) and those to choose from, newest first."""

    year: int
    offered: Sequence[int]


def choose_fiscal_year(asked: str, today: date) -> FiscalYearChoice:
    """The year that the address asks for, else that of today; an older one is offered as well."""
    this_year = fiscal_year(today)
    offered = list(range(this_year + 1, this_year + 1 - YEARS_OFFERED, -1))
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else this_year
    if FIRST_BE_YEAR <= year < offered[-1]:
        offered.append(year)
    return FiscalYearChoice(year if year in offered else this_year, offered)
