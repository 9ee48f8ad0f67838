"""Issued reports that still say what a result was before a meeting changed it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from schools.core.registry import Registry
from schools.models import User
from supervision.practices.models import ResultCorrection
from supervision.rounds.models import Round


@dataclass(frozen=True)
class OutdatedReport:
    """An issued report that names the round's result, with its page."""

    text: str
    url: str


# The reports signed before that moment which tell of the round, as far as the reader sees them.
outdated_report_sources: Registry[str, Callable[[Round, User, datetime], list[OutdatedReport]]] = (
    Registry("reports of a round issued before its result was changed")
)


def outdated_reports(
    round_: Round, corrections: Sequence[ResultCorrection], reader: User
) -> list[OutdatedReport]:
    """Those that need a new version; none where no meeting changed the result."""
    if not corrections:
        return []
    changed_at = corrections[-1].corrected_at
    return [one for ask in outdated_report_sources for one in ask(round_, reader, changed_at)]
