"""A process of the manual on one page: its texts, forms, flow chart and standard-of-work sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, can, require, rights_of
from schools.core.forms import (
    ConflictCheckedForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.registry import Registry
from schools.models import User
from supervision.standards.enums import FlowSymbol, PassageKind
from supervision.standards.flow import flow_chart
from supervision.standards.models import (
    ManualForm,
    ManualPassage,
    PrintedSheetRow,
    StepSheet,
    WorkProcess,
)

SHEET_KINDS = (PassageKind.SHEET_OBJECTIVE, PassageKind.SHEET_REFERENCE)


class StepKey(NamedTuple):
    """A step of a process by its number in the sheet, or in the manual's table without a sheet."""

    process: str
    step: int


class StepPage(NamedTuple):
    """Where the portal does a step of a process, and who may open it."""

    key: StepKey
    url_name: str
    label: str
    permission: Permission


step_pages: Registry[StepKey, StepPage] = Registry("where a step is done")


class PassageGroup(NamedTuple):
    """The texts below one heading of the manual."""

    kind: PassageKind
    passages: list[ManualPassage]


@dataclass(frozen=True)
class StepSheetRow:
    """A row of a standard-of-work sheet, who changed it last and when, and where it is done."""

    sheet: StepSheet
    changed_at: datetime | None = None
    changed_by: User | None = None
    page: StepPage | None = None


def passage_groups(passages: Iterable[ManualPassage]) -> list[PassageGroup]:
    """Passages in the manual's order below their headings."""
    return [
        PassageGroup(PassageKind(kind), list(rows))
        for kind, rows in groupby(passages, key=lambda passage: passage.kind)
    ]


def step_sheet_rows(process: str, reader: User) -> list[StepSheetRow]:
    """The rows of a process in their order, in two queries."""
    changes = StepSheet.history.filter(process=process, history_type="~")
    latest = {
        change.number: change
        for change in changes.select_related("history_user").order_by("history_date")
    }
    pages = step_pages_of(process, reader)
    return [
        _sheet_row(sheet, latest.get(sheet.number), pages.get(sheet.number))
        for sheet in StepSheet.objects.filter(process=process)
    ]


def step_pages_of(process: str, reader: User) -> dict[int, StepPage]:
    """The pages that the reader may open, by the number of their step."""
    rights = rights_of(reader)
    return {
        page.key.step: page
        for page in step_pages
        if page.key.process == process and rights.allows_anywhere(page.permission)
    }


def _sheet_row(sheet: StepSheet, change: Any, page: StepPage | None) -> StepSheetRow:
    if change is None:
        return StepSheetRow(sheet, page=page)
    return StepSheetRow(sheet, change.history_date, change.history_user, page)


def work_process_page(request: SignedInRequest, code: str) -> HttpResponse:
    process = get_object_or_404(WorkProcess.objects.select_related("work"), code=code)
    groups = passage_groups(ManualPassage.objects.filter(process=code))
    context = {
        "process": process,
        "groups": [group for group in groups if group.kind not in SHEET_KINDS],
        "sheet_groups": [group for group in groups if group.kind in SHEET_KINDS],
        "forms": ManualForm.objects.filter(process=code),
        "chart": flow_chart(code),
        "symbols": FlowSymbol,
        "rows": step_sheet_rows(code, request.user),
        "pages": step_pages_of(code, request.user),
        "printed_rows": PrintedSheetRow.objects.filter(step__process=code).select_related("step"),
        "may_edit": can(request.user, Permission.EDIT_STANDARDS),
    }
    return render(request, "standards/process.html", context)


class DocumentCodeForm(ConflictCheckedForm):
    """The document code of a process's sheet, a cell that the manual leaves empty."""

    class Meta:
        model = WorkProcess
        fields = ("document_code",)
        help_texts = {"document_code": "ตามที่สำนักงานกำหนด เว้นว่างไว้เมื่อยังไม่มี"}


def update_document_code(process: WorkProcess, *, by: User, document_code: str) -> None:
    """Write down the office's code; the history keeps what stood there before."""
    process.document_code = document_code
    save_with_history(process, by=by, fields=["document_code"])


@transaction.atomic
def document_code_edit(request: SignedInRequest, code: str) -> HttpResponse:
    process = get_object_or_404(lock_rows_on_post(request, WorkProcess.objects), code=code)
    require(request.user, Permission.EDIT_STANDARDS)
    form = DocumentCodeForm(post_data(request), instance=process)
    if form.is_valid():
        update_document_code(process, by=request.user, **form.cleaned_data)
        return redirect_with_message(request, "บันทึกรหัสเอกสารแล้ว", "work_process", code)
    context = {"process": process, "title": "รหัสเอกสาร", "form": form}
    return render(request, "standards/edit.html", context)
