"""The manual's standards of work: read by everybody, put right by the office where unreadable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, can, require
from schools.core.forms import (
    ConflictCheckedForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.standards.models import ManualForm, PrintedSheetRow, StepSheet, WorkGroup


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


def update_step_sheet(sheet: StepSheet, *, by: User, fields: Mapping[str, str]) -> None:
    """Write down what the office knows of a step; the history keeps what stood there before."""
    for name, value in fields.items():
        setattr(sheet, name, value)
    save_with_history(sheet, by=by, fields=[*fields])


@dataclass(frozen=True)
class StepSheetRow:
    """A row of the standard-of-work sheet, and who of the office changed it last and when."""

    sheet: StepSheet
    changed_at: datetime | None = None
    changed_by: User | None = None


def step_sheet_rows() -> list[StepSheetRow]:
    """The seven rows in their order, in two queries."""
    changes = StepSheet.history.filter(history_type="~").select_related("history_user")
    latest = {change.number: change for change in changes.order_by("history_date")}
    return [_with_last_change(sheet, latest.get(sheet.number)) for sheet in StepSheet.objects.all()]


def _with_last_change(sheet: StepSheet, change: Any) -> StepSheetRow:
    if change is None:
        return StepSheetRow(sheet)
    return StepSheetRow(sheet, change.history_date, change.history_user)


def standards_list(request: SignedInRequest) -> HttpResponse:
    context = {
        "groups": WorkGroup.objects.prefetch_related("works"),
        "rows": step_sheet_rows(),
        "printed_rows": PrintedSheetRow.objects.select_related("step"),
        "forms": ManualForm.objects.all(),
        "may_edit": can(request.user, Permission.EDIT_STANDARDS),
    }
    return render(request, "standards/standards.html", context)


@transaction.atomic
def step_sheet_edit(request: SignedInRequest, number: int) -> HttpResponse:
    sheet = get_object_or_404(lock_rows_on_post(request, StepSheet.objects), number=number)
    require(request.user, Permission.EDIT_STANDARDS)
    form = StepSheetForm(post_data(request), instance=sheet)
    if form.is_valid():
        update_step_sheet(sheet, by=request.user, fields=form.cleaned_data)
        done = f"บันทึกมาตรฐานงานขั้นที่ {number} แล้ว"
        return redirect_with_message(request, done, "standards")
    return render(request, "standards/edit_step.html", {"sheet": sheet, "form": form})
