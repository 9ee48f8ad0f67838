from collections.abc import Iterator, Sequence

from supervision.assessments.queries import sheet_edit_history
from supervision.visits.enums import VisitAction
from supervision.visits.models import Visit
from supervision.visits.ratings import Rater
from supervision.workflow.queries import HistoryEntry, workflow_history


def visit_history(visit: Visit, raters: Sequence[Rater], *, to_school: bool) -> list[HistoryEntry]:
    """Who did what to the visit, newest first; the record's journal is told by person and day.

    Who may not read the record yet does not learn who writes it either, and a school never
    learns who rated.
    """
    told = workflow_history(visit, to_school=to_school)
    if not to_school:
        told += _submitted_ratings(raters)
    if visit.is_record_visible:
        told += sheet_edit_history(visit.sheet)
    return sorted(told, key=lambda line: line.when, reverse=True)


def _submitted_ratings(raters: Sequence[Rater]) -> Iterator[HistoryEntry]:
    for rater in raters:
        if rater.submitted_at:
            yield HistoryEntry("ส่งคะแนนของตนเอง", str(rater.person), rater.submitted_at)


def last_reason_of(history: Sequence[HistoryEntry], action: VisitAction) -> str:
    """Why this was last done; empty if it never was."""
    return next((line.reason for line in history if line.verb == action), "")
