"""Edits that arrive after their sheet was closed: kept with the record, and no part of it.

A phone without a signal may still hold words when the record is signed on another device. The
signed record never changes; its author reads these words on the record's page and uses them in
the record's next version, or dismisses them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.assessments.enums import NOT_APPLICABLE, AnswerField, LateEditAction
from supervision.assessments.journal import (
    EDIT_ID_CLASH,
    SubmittedEdit,
    edit_made_at,
    field_states,
    is_same_edit,
    record_edits,
    rejection_reasons,
    stored_edits,
)
from supervision.assessments.models import AnswerSheet, LateEdit
from supervision.workflow.actions import transition


class NextSheetAnnotation(TypedDict):
    """What `with_next_sheet` loads with a late edit: a sheet by its pk, None if there is none."""

    next_sheet: int | None


class PendingEditsAnnotation(TypedDict):
    """What `sheets_with_late_edits` loads with a sheet: how many edits wait for their author."""

    pending_edits: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    LateEditWithNextSheet = WithAnnotations[LateEdit, NextSheetAnnotation]
    SheetWithPendingEdits = WithAnnotations[AnswerSheet, PendingEditsAnnotation]
else:
    LateEditWithNextSheet, SheetWithPendingEdits = LateEdit, AnswerSheet


@dataclass(frozen=True)
class LateEditReceipt:
    """What became of edits sent to a closed sheet; `rejected` gives each its Thai reason."""

    recorded: list[UUID]
    kept: list[UUID]
    rejected: dict[UUID, str]


@transaction.atomic
def store_late_edits(
    sheet: AnswerSheet, edits: Iterable[SubmittedEdit], *, by: User
) -> LateEditReceipt:
    """Keep what the journal had not received before the sheet was closed; of any length."""
    wanted = {edit.id: edit for edit in edits}
    journal = stored_edits(wanted.values())
    late = {row.edit_id: row for row in LateEdit.objects.filter(edit_id__in=wanted)}
    rejected = rejection_reasons(sheet, wanted.values(), journal) | _clashes(sheet, wanted, late)
    kept = [id_ for id_ in wanted if id_ not in rejected and id_ not in journal]
    rows = [_row(sheet, wanted[id_], by) for id_ in kept if id_ not in late]
    # Sent twice at the same moment, the second finds the first stored.
    LateEdit.objects.bulk_create(rows, ignore_conflicts=True)
    recorded = [id_ for id_ in wanted if id_ not in rejected and id_ in journal]
    return LateEditReceipt(recorded, kept, rejected)


def _clashes(
    sheet: AnswerSheet, wanted: Mapping[UUID, SubmittedEdit], late: Mapping[UUID, LateEdit]
) -> dict[UUID, str]:
    """Edits whose id was used before for other words or another place."""
    return {
        id_: EDIT_ID_CLASH for id_, row in late.items() if not is_same_edit(sheet, wanted[id_], row)
    }


def _row(sheet: AnswerSheet, edit: SubmittedEdit, by: User) -> LateEdit:
    now = timezone.now()
    return LateEdit(
        edit_id=edit.id,
        sheet=sheet,
        indicator_id=edit.indicator_id,
        field=edit.field,
        value=edit.value,
        by=by,
        made_at=edit_made_at(edit, now),
        received_at=now,
    )


@transaction.atomic
def use_late_edit(late: LateEdit, *, by: User) -> AnswerSheet:
    """Write it into the record's next version as an edit made now; returns that sheet.

    Raises ActionRefused while there is no open version that the person may write, or with the
    reason why the words cannot stand there.
    """
    sheet = _next_sheet(late)
    if sheet is None or not sheet.can_be_written_by(by):
        raise ActionRefused("ยังไม่มีฉบับใหม่ที่คุณแก้ไขได้ จึงยังนำข้อความนี้ไปใส่ไม่ได้ โปรดคัดลอกเก็บไว้ก่อน")
    transition(late, LateEditAction.USE, by=by)
    field_state = field_states(sheet, [late.indicator_id]).get((late.indicator_id, late.field))
    edit = SubmittedEdit(
        id=uuid5(late.edit_id, str(sheet.pk)),
        indicator_id=late.indicator_id,
        field=AnswerField(late.field),
        value=late.value,
        base=field_state.edit.id if field_state else None,
    )
    if rejected := record_edits(sheet, [edit], by=by):
        raise ActionRefused(f"นำไปใส่ไม่ได้ เพราะ{rejected[edit.id]}")
    return sheet


def _next_sheet(late: LateEdit) -> AnswerSheet | None:
    next_sheet = with_next_sheet(LateEdit.objects.filter(pk=late.pk)).get().next_sheet
    if next_sheet is None:
        return None
    return AnswerSheet.objects.select_related("round").get(pk=next_sheet)


@transaction.atomic
def dismiss_late_edit(late: LateEdit, *, by: User) -> None:
    """Its author has read it and does not use it; it stays on the record's page."""
    transition(late, LateEditAction.DISMISS, by=by)


@dataclass(frozen=True)
class LateEditRow:
    """A late edit as the record's page shows it: a level by its name, and what the reader may do.

    `may_use` means that the record's next version is open and the reader writes in it.
    """

    edit: LateEdit
    text: str
    may_decide: bool
    may_use: bool


def late_edit_rows(sheets: Q, *, reader: User) -> list[LateEditRow]:
    """The late edits of these sheets that the reader may see, oldest first; one query."""
    rows = with_next_sheet(LateEdit.objects.visible_to(reader).filter(sheets))
    edits = rows.select_related("by", "indicator", "sheet__round")
    return [_row_for(edit, edit.is_waiting and edit.by_id == reader.pk, reader) for edit in edits]


def _row_for(edit: LateEditWithNextSheet, may_decide: bool, reader: User) -> LateEditRow:
    may_use = may_decide and edit.next_sheet is not None and edit.sheet.is_assigned_to(reader)
    return LateEditRow(edit, _text(edit), may_decide, may_use)


def _text(edit: LateEdit) -> str:
    if edit.value == "":
        return "(ลบข้อความเดิม)"
    if edit.field == AnswerField.LEVEL:
        return "ไม่ประเมิน" if edit.value == NOT_APPLICABLE else f"ระดับ {edit.value}"
    return edit.value


def with_next_sheet(edits: QuerySet[LateEdit]) -> QuerySet[LateEditWithNextSheet]:
    """Late edits with the open sheet of their record's next version (NextSheetAnnotation)."""
    of_assessment = Q(self_assessment__version__gt=OuterRef("sheet__self_assessment__version"))
    of_visit = Q(
        visit__number=OuterRef("sheet__visit__number"),
        visit__version__gt=OuterRef("sheet__visit__version"),
    )
    later = AnswerSheet.objects.filter(of_assessment | of_visit, frozen_at=None)
    later = later.filter(round=OuterRef("sheet__round"))
    return edits.annotate(next_sheet=Subquery(later.values("pk")[:1]))


def has_late_edits(sheets: Q) -> Exists:
    """For a record's page, which then asks for them only where there are any."""
    return Exists(LateEdit.objects.filter(sheets))


def sheets_with_late_edits(user: User) -> QuerySet[SheetWithPendingEdits]:
    """Closed sheets with edits that this person has to use or dismiss, and how many."""
    own = LateEdit.objects.waiting_for(user).filter(sheet=OuterRef("pk")).order_by()
    counted = own.values("sheet").annotate(count=Count("pk")).values("count")
    sheets = AnswerSheet.objects.visible_to(user).annotate(pending_edits=Subquery(counted))
    related = ("round__school", "self_assessment", "visit", "rating__visit")
    return sheets.filter(pending_edits__gt=0).select_related(*related).order_by("pk")


# --- Views ---


@require_POST
def late_edit_use(request: SignedInRequest, pk: int) -> HttpResponse:
    late = _own_late_edit(request, pk)
    sheet = use_late_edit(late, by=request.user)
    messages.success(request, f"นำไปใส่ใน{sheet.get_kind_display()}ฉบับใหม่แล้ว: {late}")
    return redirect(late.sheet.get_record_url())


@require_POST
def late_edit_dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    late = _own_late_edit(request, pk)
    dismiss_late_edit(late, by=request.user)
    messages.success(request, f"บันทึกว่าไม่นำไปใช้แล้ว: {late}")
    return redirect(late.sheet.get_record_url())


def _own_late_edit(request: SignedInRequest, pk: int) -> LateEdit:
    related = ("indicator", "sheet__round", "sheet__visit", "sheet__self_assessment")
    rows = LateEdit.objects.visible_to(request.user).select_related(*related)
    late = get_object_or_404(rows, pk=pk)
    if late.by_id != request.user.pk:
        raise PermissionDenied
    return late
