from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from supervision.workflow.models import Transition, WorkflowModel


@dataclass(frozen=True)
class HistoryEntry:
    """One line of a record's history as people read it; of a move, `verb` says which."""

    what: str
    who: str
    when: datetime
    reason: str = ""
    verb: str = ""


def workflow_history(record: WorkflowModel, *, to_school: bool = False) -> list[HistoryEntry]:
    """Who did what to this record, newest first; a school is not told of the office's own acts."""
    return [
        HistoryEntry(
            record.TRANSITIONS[line.verb].label, str(line.by), line.at, line.reason, verb=line.verb
        )
        for line in _lines(record).reverse()
        if not (to_school and record.TRANSITIONS[line.verb].office_only)
    ]


def last_transition(record: WorkflowModel) -> Transition | None:
    return _lines(record).last()


def last_transition_at(model: type[WorkflowModel], pk: str, *verbs: str) -> Subquery:
    """For annotations: when the record of that key last made one of these moves."""
    lines = Transition.objects.filter(
        record_type=model._meta.label_lower, record_id=OuterRef(pk), verb__in=verbs
    )
    return Subquery(lines.order_by("-at").values("at")[:1])


def _lines(record: WorkflowModel) -> QuerySet[Transition]:
    lines = Transition.objects.filter(record_type=record._meta.label_lower, record_id=record.pk)
    return lines.select_related("by")
