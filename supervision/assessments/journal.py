"""The field-by-field journal of an answer sheet: the one way in which answers are written.

An edit is acknowledged only after it is stored here; sending it again changes nothing. The
newest edit of a field wins, and a value that its author had not seen stays in the journal and
is shown beside it until somebody chooses.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import strip_invisible
from schools.models import User
from supervision.assessments.enums import INDICATOR_FIELDS, NOT_APPLICABLE, AnswerField
from supervision.assessments.models import (
    Answer,
    AnswerEdit,
    AnswerSheet,
    LateEdit,
    SheetText,
)
from supervision.assessments.queries import sheet_scale_levels


class AuthorAnnotation(TypedDict):
    """What `field_states` loads with an edit: its author's name."""

    author: str


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    EditWithAuthor = WithAnnotations[AnswerEdit, AuthorAnnotation]
else:
    EditWithAuthor = AnswerEdit

FieldKey = tuple[int | None, str]
MAX_EDIT_AGE = timedelta(days=60)
MAX_ANSWER_TEXT_LENGTH = 5_000
SMALLEST_INTERVAL = timedelta(microseconds=1)
EDIT_ID_CLASH = "ระบบแยกการแก้ไขนี้จากการแก้ไขก่อนหน้าไม่ได้ โปรดแก้ไขช่องนี้อีกครั้ง"


@dataclass(frozen=True)
class SubmittedEdit:
    """One edit as a page sends it; `age` is how long ago it was typed."""

    id: UUID
    indicator_id: int | None
    field: AnswerField
    value: str
    base: UUID | None = None
    age: timedelta = timedelta()

    @property
    def place(self) -> FieldKey:
        return self.indicator_id, self.field


@dataclass(frozen=True)
class FieldState:
    """The state of one field: the edit that stands, and the values its author had not seen."""

    edit: EditWithAuthor
    others: list[EditWithAuthor]


@transaction.atomic
def record_edits(
    sheet: AnswerSheet, edits: Iterable[SubmittedEdit], *, by: User
) -> dict[UUID, str]:
    """Store edits not stored before and bring the answers up to date.

    Returns the edits that cannot be taken, each with its Thai reason; all others are saved.
    Raises ActionRefused when the sheet is frozen.
    """
    lock_open_sheet(sheet)
    wanted = {edit.id: edit for edit in edits}
    stored = stored_edits(wanted.values())
    rejected = _too_long(wanted.values()) | rejection_reasons(sheet, wanted.values(), stored)
    taken = [e for e in wanted.values() if e.id not in stored and e.id not in rejected]
    rows = _rows(sheet, taken, stored, by)
    winners = _winning_values(sheet, rows)
    AnswerEdit.objects.bulk_create(rows)
    of_indicators, texts = {}, {}
    for (indicator, field), value in winners.items():
        if indicator is None:
            texts[field] = value
        else:
            of_indicators[indicator, field] = value
    _project_answers(sheet, of_indicators)
    _project_texts(sheet, texts)
    return rejected


def lock_open_sheet(sheet: AnswerSheet) -> None:
    """Hold the sheet until the transaction ends. Raises ActionRefused when it is frozen."""
    sheet.lock()
    ensure_sheet_open(sheet)


def ensure_sheet_open(sheet: AnswerSheet) -> None:
    """Raises ActionRefused when it is frozen."""
    if sheet.frozen_at:
        raise ActionRefused(
            "แบบประเมินนี้ปิดแล้ว เพราะยืนยัน ลงนาม ส่ง หรือยกเลิกไปแล้ว จึงแก้ไขไม่ได้ โปรดเปิดหน้านี้ใหม่"
        )


def stored_edits(edits: Collection[SubmittedEdit]) -> dict[UUID, AnswerEdit]:
    """What the journal knows already of these edits and of those they were made upon."""
    bases = {edit.base for edit in edits if edit.base}
    return AnswerEdit.objects.in_bulk([*{edit.id for edit in edits} | bases]) if edits else {}


def _rows(
    sheet: AnswerSheet, edits: Sequence[SubmittedEdit], stored: Mapping[UUID, AnswerEdit], by: User
) -> list[AnswerEdit]:
    """An edit is never older than the one it was made upon, however late that one came in."""
    now = timezone.now()
    made = {row.id: row.made_at for row in stored.values() if row.sheet_id == sheet.pk}
    for edit in edits:
        made[edit.id] = _made_at(edit, now, made)
    received_at = max([now, *(made[edit.id] for edit in edits)])
    return [
        AnswerEdit(
            id=edit.id,
            sheet_id=sheet.pk,
            indicator_id=edit.indicator_id,
            field=edit.field,
            value=edit.value,
            base=edit.base,
            by_id=by.pk,
            made_at=made[edit.id],
            received_at=received_at,
        )
        for edit in edits
    ]


def edit_made_at(edit: SubmittedEdit, now: datetime) -> datetime:
    """When it was typed, by the server's clock; a page cannot make it newer than now."""
    return now - min(max(edit.age, timedelta()), MAX_EDIT_AGE)


def _made_at(edit: SubmittedEdit, now: datetime, made: Mapping[UUID, datetime]) -> datetime:
    made_at = edit_made_at(edit, now)
    base_made_at = made.get(edit.base) if edit.base else None
    return max(made_at, base_made_at + SMALLEST_INTERVAL) if base_made_at else made_at


# --- What cannot be taken ---


def rejection_reasons(
    sheet: AnswerSheet, edits: Iterable[SubmittedEdit], stored: Mapping[UUID, AnswerEdit]
) -> dict[UUID, str]:
    """Why some of the edits fit no place of this sheet, whatever their length."""
    levels = sheet_scale_levels(sheet)
    known = set(sheet.indicators().values_list("pk", flat=True))
    values = {"", NOT_APPLICABLE, *map(str, levels.values_list("value", flat=True))}
    reasons = {e.id: _clash(sheet, e, stored) or _problem(e, known, values) for e in edits}
    return {id_: reason for id_, reason in reasons.items() if reason}


def _clash(sheet: AnswerSheet, edit: SubmittedEdit, stored: Mapping[UUID, AnswerEdit]) -> str:
    """The same id may come twice, but only for the same words in the same place."""
    row = stored.get(edit.id)
    return "" if row is None or is_same_edit(sheet, edit, row) else EDIT_ID_CLASH


def is_same_edit(sheet: AnswerSheet, edit: SubmittedEdit, row: AnswerEdit | LateEdit) -> bool:
    return (row.sheet_id, *_words(row)) == (sheet.pk, *_words(edit))


def _words(edit: SubmittedEdit | AnswerEdit | LateEdit) -> tuple[int | None, str, str]:
    return edit.indicator_id, edit.field, edit.value


def _problem(edit: SubmittedEdit, indicators: Collection[int], values: Collection[str]) -> str:
    fits = edit.indicator_id in indicators
    if not (fits if edit.field in INDICATOR_FIELDS else edit.indicator_id is None):
        return "ตัวชี้วัดนี้ไม่อยู่ในชุดที่ใช้ประเมิน โปรดเปิดหน้านี้ใหม่"
    if edit.field == AnswerField.LEVEL and edit.value not in values:
        return "ระดับที่เลือกไม่มีในมาตราส่วนของชุดตัวชี้วัดนี้ โปรดเลือกระดับที่แสดง"
    return ""


def _too_long(edits: Iterable[SubmittedEdit]) -> dict[UUID, str]:
    return {
        edit.id: f"{AnswerField(edit.field).label}ยาว {len(edit.value):,} ตัวอักษร "
        f"โปรดย่อให้ไม่เกิน {MAX_ANSWER_TEXT_LENGTH:,} ตัวอักษร"
        for edit in edits
        if len(edit.value) > MAX_ANSWER_TEXT_LENGTH
    }


# --- The state of the fields ---


def field_states(
    sheet: AnswerSheet, indicators: Iterable[int | None]
) -> dict[FieldKey, FieldState]:
    """Winner and unseen values of every edited field of these indicators (None: the sheet)."""
    wanted = set(indicators)
    rows = sheet.edits.annotate(author=F("by__full_name"))  # 250 whole users would weigh more
    if None in wanted:
        rows = rows.filter(indicator=None) | rows.filter(indicator__in=wanted - {None})
    else:
        rows = rows.filter(indicator__in=wanted)
    by_place = defaultdict(list)
    for edit in rows:
        by_place[edit.indicator_id, edit.field].append(edit)
    return {place: _field_state(edits) for place, edits in by_place.items()}


def _field_state(edits: list[EditWithAuthor]) -> FieldState:
    winner = edits[-1]
    seen = _edits_known_to(winner, edits)
    unseen = {edit.by_id: edit for edit in edits if edit.id not in seen}
    return FieldState(winner, [edit for edit in unseen.values() if edit.value != winner.value])


def _edits_known_to(winner: AnswerEdit, edits: Sequence[AnswerEdit]) -> set[UUID]:
    """The winner and all it was made upon. A choice between two values is two edits alike."""
    by_id = {edit.id: edit for edit in edits}
    alike = defaultdict(list)
    for edit in edits:
        alike[_submission_key(edit)].append(edit)
    seen, ahead = set(), [winner]
    while ahead:
        edit = ahead.pop()
        if edit.id not in seen:
            seen.add(edit.id)
            ahead += alike[_submission_key(edit)]
            ahead += [by_id[edit.base]] if edit.base in by_id else []
    return seen


def _submission_key(edit: AnswerEdit) -> tuple[int, datetime, str]:
    return edit.by_id, edit.received_at, edit.value


def resolve_conflict(field_state: FieldState, value: str, *, token: UUID) -> list[SubmittedEdit]:
    """Settle a field at `value`: an edit upon each value that its author had before them."""
    first = field_state.edit
    return [
        SubmittedEdit(
            uuid5(token, str(seen.id)), first.indicator_id, AnswerField(first.field), value, seen.id
        )
        for seen in [first, *field_state.others]
    ]


# --- The answers as they stand ---


def _winning_values(sheet: AnswerSheet, rows: Sequence[AnswerEdit]) -> dict[FieldKey, str]:
    """The values of the new rows that become the newest of their fields.

    Where a stored edit is newer, its value stands in the answers already.
    """
    newest = {(row.indicator_id, row.field): row for row in sorted(rows, key=_order_key)}
    for indicator, field, *age in _stored_order_keys(sheet, newest):
        row = newest.get((indicator, field))
        if row and tuple(age) > _order_key(row):
            del newest[indicator, field]
    return {place: row.value for place, row in newest.items()}


def _order_key(row: AnswerEdit) -> tuple[datetime, datetime, UUID]:
    """What the journal is ordered by."""
    return row.made_at, row.received_at, row.id


def _stored_order_keys(sheet: AnswerSheet, places: Collection[FieldKey]) -> Iterable[tuple]:
    """What is stored on these places: indicator, field, and what the journal is ordered by."""
    if not places:
        return []
    rows = sheet.edits.filter(field__in={field for _, field in places}).order_by()
    if None not in (indicators := {indicator for indicator, _ in places}):
        rows = rows.filter(indicator__in=indicators)
    return rows.values_list("indicator_id", "field", "made_at", "received_at", "id")


def _project_answers(sheet: AnswerSheet, values: Mapping[tuple[int, str], str]) -> None:
    if not values:
        return
    touched = {indicator for indicator, _ in values}
    answers = {a.indicator_id: a for a in sheet.answers.filter(indicator__in=touched)}
    for (indicator, field), value in values.items():
        if indicator not in answers:
            answers[indicator] = Answer(sheet_id=sheet.pk, indicator_id=indicator)
        _set(answers[indicator], field, value)
    Answer.objects.bulk_create(
        answers.values(),
        update_conflicts=True,
        unique_fields=["sheet", "indicator"],
        update_fields=["level", "not_applicable", "na_reason", "evidence", "note"],
    )


def _set(answer: Answer, field: str, value: str) -> None:
    if field == AnswerField.LEVEL:
        answer.not_applicable = value == NOT_APPLICABLE
        answer.level = int(value) if value not in ("", NOT_APPLICABLE) else None
    else:
        setattr(answer, field, value if strip_invisible(value).strip() else "")


def _project_texts(sheet: AnswerSheet, values: Mapping[str, str]) -> None:
    if not values:
        return
    SheetText.objects.bulk_create(
        [SheetText(sheet=sheet, field=field, text=text) for field, text in values.items()],
        update_conflicts=True,
        unique_fields=["sheet", "field"],
        update_fields=["text"],
    )
