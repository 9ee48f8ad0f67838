"""The manual's standards of work: read by everybody, put right by the office where unreadable."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, require
from schools.core.forms import (
    ConflictCheckedForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.standards.models import (
    ManualForm,
    ManualPassage,
    StepSheet,
    WorkGroup,
    WorkProcess,
)
from supervision.standards.processes import passage_groups


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


def standards_list(request: SignedInRequest) -> HttpResponse:
    context = {
        "groups": WorkGroup.objects.prefetch_related("works"),
        "processes": WorkProcess.objects.all(),
        "forms": ManualForm.objects.all(),
    }
    return render(request, "standards/standards.html", context)


def manual_texts(request: SignedInRequest) -> HttpResponse:
    """The manual's texts that belong to no process, from its foreword on."""
    groups = passage_groups(ManualPassage.objects.filter(process=""))
    return render(request, "standards/manual_texts.html", {"groups": groups})


@transaction.atomic
def step_sheet_edit(request: SignedInRequest, process: str, number: int) -> HttpResponse:
    rows = lock_rows_on_post(request, StepSheet.objects)
    sheet = get_object_or_404(rows, process=process, number=number)
    require(request.user, Permission.EDIT_STANDARDS)
    form = StepSheetForm(post_data(request), instance=sheet)
    if form.is_valid():
        update_step_sheet(sheet, by=request.user, fields=form.cleaned_data)
        done = f"บันทึกมาตรฐานงานขั้นที่ {number} แล้ว"
        return redirect_with_message(request, done, "work_process", process)
    of = get_object_or_404(WorkProcess, code=process)
    context = {"process": of, "title": f"มาตรฐานงาน {sheet}", "form": form}
    return render(request, "standards/edit.html", context)
