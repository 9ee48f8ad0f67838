from collections.abc import Iterator, Sequence

from supervision.assessments.history import edits_of
from supervision.visits.models import Visit
from supervision.visits.ratings import Rater
from supervision.workflow.queries import HistoryLine, history_of


def history_with_edits(
    visit: Visit, raters: Sequence[Rater], *, to_school: bool
) -> list[HistoryLine]:
    """Who did what to the visit, newest first; the record's journal is told by person and day.

    Who may not read the record yet does not learn who writes it either, and a school never
    learns who rated.
    """
    told = history_of(visit, to_school=to_school)
    if not to_school:
        told += _handed_in(raters)
    if visit.record_seen:
        told += edits_of(visit.sheet)
    return sorted(told, key=lambda line: line.when, reverse=True)


def _handed_in(raters: Sequence[Rater]) -> Iterator[HistoryLine]:
    for rater in raters:
        if rater.handed_in_at:
            yield HistoryLine("ส่งคะแนนของตนเอง", str(rater.person), rater.handed_in_at)


def reason_of(history: Sequence[HistoryLine], verb: str) -> str:
    """Why this was last done; empty if it never was."""
    return next((line.reason for line in history if line.verb == verb), "")
