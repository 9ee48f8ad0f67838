from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from supervision.workflow.enums import TransitionAction
from supervision.workflow.models import Transition, WorkflowModel


@dataclass(frozen=True)
class HistoryEntry:
    """One line of a record's history as people read it.

    `verb` is the stored name of the record's action; empty for what is no transition.
    """

    what: str
    who: str
    when: datetime
    reason: str = ""
    verb: str = ""


def workflow_history(record: WorkflowModel, *, to_school: bool = False) -> list[HistoryEntry]:
    """Who did what to this record, newest first; to a school without the office's own actions."""
    return [
        HistoryEntry(
            record.TRANSITIONS[line.verb].label, str(line.by), line.at, line.reason, verb=line.verb
        )
        for line in _transitions_of(record).reverse()
        if not (to_school and record.TRANSITIONS[line.verb].office_only)
    ]


def last_transition(
    record: WorkflowModel, *actions: TransitionAction, until: datetime | None = None
) -> Transition | None:
    """What was last done to the record; where actions are named, the last of these.

    With `until`, what was done after that moment does not count.
    """
    lines = _transitions_of(record)
    lines = lines.filter(at__lte=until) if until else lines
    return (lines.filter(verb__in=actions) if actions else lines).last()


def last_transition_at(model: type[WorkflowModel], pk: str, *actions: TransitionAction) -> Subquery:
    """An expression for annotations: when one of these actions was last done to the record.

    `pk` is the path from the annotated rows to the record's key.
    """
    lines = Transition.objects.filter(
        record_type=model._meta.label_lower, record_id=OuterRef(pk), verb__in=actions
    )
    return Subquery(lines.order_by("-at").values("at")[:1])


def _transitions_of(record: WorkflowModel) -> QuerySet[Transition]:
    lines = Transition.objects.filter(record_type=record._meta.label_lower, record_id=record.pk)
    return lines.select_related("by")
