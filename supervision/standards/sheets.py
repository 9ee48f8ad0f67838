"""The standard-of-work sheet of a process by fiscal year: what holds, and filling it in.

A year's sheet is that of the year before until the office writes anew; what is over stays as it
was.
"""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.errors import ActionRefused
from schools.core.forms import (
    ConflictCheckedForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.thai import fiscal_year
from schools.models import User
from supervision.standards.models import (
    MANUAL_FISCAL_YEAR,
    DocumentCode,
    StepSheet,
    WorkProcess,
)


def fiscal_year_today() -> int:
    return fiscal_year(timezone.localdate())


def sheet_years() -> list[int]:
    """The fiscal years whose sheets can be read: from the manual's to the next, newest first."""
    return list(range(fiscal_year_today() + 1, MANUAL_FISCAL_YEAR - 1, -1))


def check_sheet_is_open(year: int) -> None:
    """Raises ActionRefused for a fiscal year that is over."""
    if year < fiscal_year_today():
        raise ActionRefused(
            f"ปีงบประมาณ {year} สิ้นสุดแล้ว แบบสรุปมาตรฐานงานของปีนั้นจึงคงเดิม โปรดแก้ไขของปีปัจจุบันหรือปีถัดไป"
        )


class StepSheetForm(ConflictCheckedForm):
    """What the office knows of a step where the manual is unreadable or has changed."""

    detail = forms.CharField(label="รายละเอียดงาน", max_length=2000, widget=forms.Textarea)

    class Meta:
        model = StepSheet
        fields = ("detail", "timing", "quality_standard", "responsible", "note")
        widgets = {
            "quality_standard": forms.Textarea,
            "responsible": forms.Textarea,
            "note": forms.Textarea,
        }
        help_texts = {
            "timing": "เว้นว่างไว้เมื่อยังอ่านไม่ได้ในคู่มือ",
            "quality_standard": "เว้นว่างไว้เมื่อยังอ่านไม่ได้ในคู่มือ",
            "responsible": "เว้นวรรคระหว่างแต่ละฝ่าย เช่น กลุ่มงานนิเทศฯ ก.ต.ป.น.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.timing_suggested and not self.instance.timing:
            self.fields["timing"].help_text += f" · เสนอ: {self.instance.timing_suggested}"


def update_step_sheet(
    sheet: StepSheet, *, by: User, fiscal_year: int, fields: Mapping[str, str]
) -> StepSheet:
    """Write down what the office knows of a step from a fiscal year (BE) on.

    A year without a row of its own gets one beside that of the year before. The history keeps what
    stood there. Raises ActionRefused for a year that is over.
    """
    check_sheet_is_open(fiscal_year)
    if sheet.fiscal_year != fiscal_year:
        sheet = StepSheet(
            process=sheet.process,
            number=sheet.number,
            fiscal_year=fiscal_year,
            timing_suggested=sheet.timing_suggested,
        )
    for name, value in fields.items():
        setattr(sheet, name, value)
    save_with_history(sheet, by=by)
    return sheet


@transaction.atomic
def step_sheet_edit(request: SignedInRequest, process: str, year: int, number: int) -> HttpResponse:
    of = _process_in_year(request, process, year)
    sheets = StepSheet.objects.of_year(year)
    sheet = get_object_or_404(sheets, process=process, number=number)
    require(request.user, Permission.EDIT_STANDARDS)
    check_sheet_is_open(year)
    form = StepSheetForm(post_data(request), instance=sheet)
    if form.is_valid():
        update_step_sheet(sheet, by=request.user, fiscal_year=year, fields=form.cleaned_data)
        done = f"บันทึกมาตรฐานงานขั้นที่ {number} ปีงบประมาณ {year} แล้ว"
        return redirect_with_message(request, done, "work_process_year", process, year)
    context = {"process": of, "year": year, "title": f"มาตรฐานงาน {sheet}", "form": form}
    return render(request, "standards/edit.html", context)


def _process_in_year(request: SignedInRequest, code: str, year: int) -> WorkProcess:
    """The process, if its sheet of that year can be read; who sends a form holds it until saved."""
    if year not in sheet_years():
        raise Http404
    return get_object_or_404(lock_rows_on_post(request, WorkProcess.objects), code=code)


class DocumentCodeForm(ConflictCheckedForm):
    """The document code of a process's sheet, a cell that the manual leaves empty."""

    class Meta:
        model = DocumentCode
        fields = ("code",)
        help_texts = {"code": "ตามที่สำนักงานกำหนด เว้นว่างไว้เมื่อยังไม่มี"}


def update_document_code(
    process: WorkProcess, *, by: User, fiscal_year: int, code: str
) -> DocumentCode:
    """Write down the office's code from a fiscal year (BE) on; the history keeps what stood there.

    Raises ActionRefused for a year that is over.
    """
    check_sheet_is_open(fiscal_year)
    key = {"process": process.code, "fiscal_year": fiscal_year}
    row = DocumentCode.objects.filter(**key).first() or DocumentCode(**key)
    row.code = code
    save_with_history(row, by=by)
    return row


def printed_sheets(year: int) -> dict[str, list[StepSheet]]:
    """The rows of the sheets that are printed for a fiscal year (BE), by process, in their order.

    Without a process whose cells are all empty: of P2 the manual has the steps, but no sheet.
    """
    by_process = groupby(StepSheet.objects.of_year(year), key=lambda row: row.process)
    found = {process: list(rows) for process, rows in by_process}
    return {process: rows for process, rows in found.items() if any(r.is_filled for r in rows)}


def document_codes(year: int) -> dict[str, str]:
    """The document codes that hold in a fiscal year (BE), by the process's code."""
    rows = DocumentCode.objects.filter(fiscal_year__lte=year).order_by("fiscal_year")
    return {row.process: row.code for row in rows}


@transaction.atomic
def document_code_edit(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    process = _process_in_year(request, code, year)
    require(request.user, Permission.EDIT_STANDARDS)
    check_sheet_is_open(year)
    earlier = DocumentCode.objects.filter(process=code, fiscal_year__lte=year)
    form = DocumentCodeForm(post_data(request), instance=earlier.order_by("fiscal_year").last())
    if form.is_valid():
        update_document_code(process, by=request.user, fiscal_year=year, **form.cleaned_data)
        done = f"บันทึกรหัสเอกสารปีงบประมาณ {year} แล้ว"
        return redirect_with_message(request, done, "work_process_year", code, year)
    context = {"process": process, "year": year, "title": "รหัสเอกสาร", "form": form}
    return render(request, "standards/edit.html", context)
