"""The field-by-field journal of an answer sheet (DESIGN rule 7).

An edit is acknowledged only after it is stored here; sending it again changes nothing. The
newest edit of a field wins, and another person's value that the winner had not seen stays
in the journal and is shown beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from schools.models import User
from supervision.assessments.enums import INDICATOR_FIELDS, NOT_APPLICABLE, Field
from supervision.assessments.models import Answer, AnswerEdit, AnswerSheet, SheetText
from supervision.criteria.models import Indicator, ScaleLevel
from supervision.workflow.errors import Refused

Place = tuple[int | None, str]
MAX_AGE = timedelta(days=60)


@dataclass(frozen=True)
class Edit:
    """One edit as a page sends it; `age` is how long ago it was typed."""

    id: UUID
    indicator_id: int | None
    field: Field
    value: str
    base: UUID | None = None
    age: timedelta = timedelta()


@dataclass(frozen=True)
class Standing:
    """Where one field stands: the winning edit and the values it had not seen."""

    edit: AnswerEdit
    others: list[AnswerEdit]


@transaction.atomic
def record_edits(sheet: AnswerSheet, edits: Iterable[Edit], *, by: User) -> dict[UUID, str]:
    """Store edits not stored before and bring the answers up to date.

    Returns the edits that cannot be taken, each with its Thai reason; all others are saved.
    Raises Refused when the sheet is frozen.
    """
    sheet.refresh_from_db(from_queryset=AnswerSheet.objects.select_for_update())
    if sheet.frozen_at:
        raise Refused("แบบประเมินนี้ยืนยันหรือลงนามแล้ว จึงแก้ไขไม่ได้ โปรดเปิดหน้านี้ใหม่")
    wanted = {edit.id: edit for edit in edits}
    known = AnswerEdit.objects.in_bulk(list(wanted))
    fresh = [edit for edit in wanted.values() if edit.id not in known]
    rejected = _rejected(sheet, fresh)
    taken = [edit for edit in fresh if edit.id not in rejected]
    AnswerEdit.objects.bulk_create([_row(sheet, edit, by) for edit in taken])
    _project(sheet, {(edit.indicator_id, edit.field) for edit in taken})
    return rejected


def standings(sheet: AnswerSheet, indicators: Iterable[int] | None = None) -> dict[Place, Standing]:
    """Winner and unseen values of every edited field, of some indicators or of all."""
    rows = sheet.edits.select_related("by")
    if indicators is not None:
        rows = rows.filter(indicator__in=list(indicators))
    by_place = defaultdict(list)
    for edit in rows:
        by_place[edit.indicator_id, edit.field].append(edit)
    return {place: _standing(edits) for place, edits in by_place.items()}


def _standing(edits: list[AnswerEdit]) -> Standing:
    winner = edits[-1]
    seen = _ancestors(winner, {edit.id: edit for edit in edits})
    unseen = {e.by_id: e for e in edits if e.id not in seen and e.by_id != winner.by_id}
    return Standing(winner, [e for e in unseen.values() if e.value != winner.value])


def _ancestors(edit: AnswerEdit, by_id: Mapping[UUID, AnswerEdit]) -> set[UUID]:
    seen = {edit.id}
    while edit.base in by_id and edit.base not in seen:
        edit = by_id[edit.base]
        seen.add(edit.id)
    return seen


def _row(sheet: AnswerSheet, edit: Edit, by: User) -> AnswerEdit:
    now = timezone.now()
    age = min(max(edit.age, timedelta()), MAX_AGE)
    return AnswerEdit(
        id=edit.id,
        sheet=sheet,
        indicator_id=edit.indicator_id,
        field=edit.field,
        value=edit.value,
        base=edit.base,
        by=by,
        made_at=now - age,
        received_at=now,
    )


def _rejected(sheet: AnswerSheet, edits: list[Edit]) -> dict[UUID, str]:
    indicators = set(
        Indicator.objects.filter(standard__indicator_set=sheet.indicator_set_id).values_list(
            "pk", flat=True
        )
    )
    levels = ScaleLevel.objects.filter(scale=sheet.indicator_set.scale_id)
    values = {str(value) for value in levels.values_list("value", flat=True)}
    reasons = {edit.id: _problem(edit, indicators, values) for edit in edits}
    return {id_: reason for id_, reason in reasons.items() if reason}


def _problem(edit: Edit, indicators: set[int], values: set[str]) -> str:
    if (edit.field in INDICATOR_FIELDS) != (edit.indicator_id in indicators):
        return "ตัวชี้วัดนี้ไม่อยู่ในชุดที่ใช้ประเมิน โปรดเปิดหน้านี้ใหม่"
    if edit.field == Field.LEVEL and edit.value not in values | {"", NOT_APPLICABLE}:
        return "ระดับที่เลือกไม่มีในมาตราส่วนของชุดตัวชี้วัดนี้ โปรดเลือกระดับที่แสดง"
    return ""


def _project(sheet: AnswerSheet, places: set[Place]) -> None:
    """Set the touched answers and texts to the newest edit of each touched field."""
    if not places:
        return
    newest = {}
    for edit in sheet.edits.filter(field__in={field for _, field in places}):
        newest[edit.indicator_id, edit.field] = edit.value
    _project_answers(sheet, {p: newest[p] for p in places if p[0] is not None})
    _project_texts(sheet, {p[1]: newest[p] for p in places if p[0] is None})


def _project_answers(sheet: AnswerSheet, values: Mapping[Place, str]) -> None:
    touched = {indicator for indicator, _ in values}
    answers = {a.indicator_id: a for a in sheet.answers.filter(indicator__in=touched)}
    for (indicator, field), value in values.items():
        answer = answers.setdefault(indicator, Answer(sheet=sheet, indicator_id=indicator))
        _set(answer, field, value)
    Answer.objects.bulk_create(
        answers.values(),
        update_conflicts=True,
        unique_fields=["sheet", "indicator"],
        update_fields=["level", "not_applicable", "na_reason", "evidence", "note"],
    )


def _set(answer: Answer, field: str, value: str) -> None:
    if field == Field.LEVEL:
        answer.not_applicable = value == NOT_APPLICABLE
        answer.level = int(value) if value not in ("", NOT_APPLICABLE) else None
    else:
        setattr(answer, field, value)


def _project_texts(sheet: AnswerSheet, values: Mapping[str, str]) -> None:
    SheetText.objects.bulk_create(
        [SheetText(sheet=sheet, field=field, text=text) for field, text in values.items()],
        update_conflicts=True,
        unique_fields=["sheet", "field"],
        update_fields=["text"],
    )
