from collections.abc import Sequence

from supervision.assessments.history import edits_of
from supervision.visits.models import Visit
from supervision.workflow.queries import HistoryLine, history_of


def history_with_edits(visit: Visit) -> list[HistoryLine]:
    """Who did what to the visit, newest first; the record's journal is told by person and day.

    Who may not read the record yet does not learn who writes it either.
    """
    edits = edits_of(visit.sheet) if visit.record_seen else []
    told = [*edits, *history_of(visit)]
    return sorted(told, key=lambda line: line.when, reverse=True)


def reason_of(history: Sequence[HistoryLine], verb: str) -> str:
    """Why this was last done; empty if it never was."""
    return next((line.reason for line in history if line.verb == verb), "")
