"""How the showroom writes many rows at once: records with their log, sheets with their journal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import uuid4

from django.db.models import Model

from schools.models import User
from supervision.assessments.enums import AnswerField
from supervision.assessments.models import Answer, AnswerEdit, AnswerSheet, SheetText
from supervision.criteria.models import Indicator
from supervision.workflow.actions import transition_entry
from supervision.workflow.enums import TransitionAction
from supervision.workflow.models import Transition, WorkflowModel

BATCH = 2000
Row = TypeVar("Row", bound=Model)


class LoggedAct(NamedTuple):
    """One line of a record's history: what was done, by whom, when and why."""

    action: TransitionAction
    by: User
    at: datetime
    reason: str = ""


class History(NamedTuple):
    """A saved record and what was done with it, first to last; `from_state` is where it began."""

    record: WorkflowModel
    acts: Sequence[LoggedAct]
    from_state: str = ""


@dataclass(frozen=True)
class FilledSheet:
    """A sheet with what one person wrote on it at one moment: answers, texts and their journal."""

    sheet: AnswerSheet
    answers: Sequence[Answer]
    by: User
    at: datetime
    texts: Mapping[str, str] = field(default_factory=dict)


def save_all(rows: Iterable[Row]) -> list[Row]:
    """Save new rows of one model in few queries, without their `save`."""
    every = list(rows)
    if every:
        type(every[0])._default_manager.bulk_create(every, batch_size=BATCH)
    return every


def save_histories(histories: Iterable[History]) -> None:
    """Write the log of saved records, in the order of time."""
    entries = [entry for history in histories for entry in _entries(history)]
    save_all(sorted(entries, key=lambda entry: entry.at))


def _entries(history: History) -> Iterator[Transition]:
    record, state = history.record, history.from_state
    for act in history.acts:
        yield transition_entry(
            record, act.action, from_state=state, by=act.by, at=act.at, reason=act.reason
        )
        state = record.TRANSITIONS[act.action].target


def save_sheets(filled: Sequence[FilledSheet]) -> None:
    """Save the sheets, their answers and texts, and each field as one edit of the journal."""
    save_all(one.sheet for one in filled)
    save_all(_of_sheet(one, answer) for one in filled for answer in one.answers)
    save_all(
        SheetText(sheet=one.sheet, field=name, text=text)
        for one in filled
        for name, text in one.texts.items()
    )
    save_all(edit for one in filled for edit in _edits(one))


def _of_sheet(filled: FilledSheet, answer: Answer) -> Answer:
    answer.sheet = filled.sheet
    return answer


def _edits(filled: FilledSheet) -> Iterator[AnswerEdit]:
    for answer in filled.answers:
        yield _edit(filled, AnswerField.LEVEL, str(answer.level), answer.indicator)
        for name in (AnswerField.EVIDENCE, AnswerField.NOTE):
            if text := getattr(answer, name):
                yield _edit(filled, name, text, answer.indicator)
    for field_name, text in filled.texts.items():
        yield _edit(filled, AnswerField(field_name), text, None)


def _edit(
    filled: FilledSheet,
    field_: AnswerField,
    value: str,
    indicator: Indicator | None,
) -> AnswerEdit:
    return AnswerEdit(
        id=uuid4(),
        sheet=filled.sheet,
        indicator=indicator,
        field=field_,
        value=value,
        by=filled.by,
        made_at=filled.at,
        received_at=filled.at,
    )
