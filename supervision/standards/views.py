from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, can, require
from schools.core.forms import clear_draft_tag, lock_rows_on_post, post_data
from schools.core.history import set_history_author
from schools.core.http import SignedInRequest
from supervision.standards.forms import StepSheetForm
from supervision.standards.models import ManualForm, PrintedSheetRow, StepSheet
from supervision.standards.queries import step_sheets, work_groups


def standards_list(request: SignedInRequest) -> HttpResponse:
    context = {
        "groups": work_groups(),
        "sheets": step_sheets(),
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
        set_history_author(sheet, by=request.user)
        form.save()
        done = f"บันทึกมาตรฐานงานขั้นที่ {number} แล้ว"
        messages.success(request, done, extra_tags=clear_draft_tag(request))
        return redirect("standards")
    return render(request, "standards/edit_step.html", {"sheet": sheet, "form": form})
