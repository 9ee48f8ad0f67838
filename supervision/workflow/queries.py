from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from supervision.workflow.models import Stated, Transition


@dataclass(frozen=True)
class HistoryLine:
    """One line of a record's history as people read it; of a move, `verb` says which."""

    what: str
    who: str
    when: datetime
    reason: str = ""
    verb: str = ""


def history_of(record: Stated, *, to_school: bool = False) -> list[HistoryLine]:
    """Who did what to this record, newest first; a school is not told of the office's own acts."""
    return [
        HistoryLine(
            record.MOVES[line.verb].label, str(line.by), line.at, line.reason, verb=line.verb
        )
        for line in _lines(record).reverse()
        if not (to_school and record.MOVES[line.verb].office_only)
    ]


def last_transition(record: Stated) -> Transition | None:
    return _lines(record).last()


def last_moved(model: type[Stated], pk: str, *verbs: str) -> Subquery:
    """For annotations: when the record of that key last made one of these moves."""
    lines = Transition.objects.filter(
        record_type=model._meta.label_lower, record_id=OuterRef(pk), verb__in=verbs
    )
    return Subquery(lines.order_by("-at").values("at")[:1])


def _lines(record: Stated) -> QuerySet[Transition]:
    lines = Transition.objects.filter(record_type=record._meta.label_lower, record_id=record.pk)
    return lines.select_related("by")
