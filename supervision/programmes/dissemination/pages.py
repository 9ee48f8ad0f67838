"""The pages of the register of dissemination."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField, BuddhistYearField
from schools.core.file_responses import file_response
from schools.core.forms import (
    ConflictCheckedForm,
    ReasonForm,
    clear_draft_tag,
    form_field,
    lock_rows_on_post,
    post_data,
    redirect_after_form,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import fiscal_year
from schools.core.uploads import SanitizedFile, sanitize_upload
from schools.models import Term
from supervision.programmes.dissemination import actions
from supervision.programmes.dissemination.enums import DisseminationAction
from supervision.programmes.dissemination.register import (
    PROCESS_CHOICES,
    DisseminationFilter,
    register_lines,
)
from supervision.programmes.models.dissemination import Dissemination
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

PAGE_SIZE = 50


class DisseminationForm(ConflictCheckedForm):
    """A line of the register: what, to whom, when, how, by which letter."""

    disseminated_on = BuddhistDateField(label="เผยแพร่เมื่อวันที่")
    letter_on = BuddhistDateField(label="ลงวันที่ (ถ้ามีหนังสือ)", required=False)
    link = forms.URLField(label="ลิงก์ (ถ้ามี)", max_length=500, required=False, assume_scheme="https")
    process = forms.ChoiceField(
        label="เป็นผลของกระบวนงาน",
        required=False,
        choices=[("", "ไม่ระบุ"), *PROCESS_CHOICES],
        help_text="ใช้แสดงว่าขั้นเผยแพร่ของกระบวนงานนั้นทำแล้ว (P1 ขั้นที่ 6 P2 ขั้นที่ 4 P3 ขั้นที่ 7)",
    )
    fiscal_year = BuddhistYearField(
        label="ผลของปีงบประมาณ", required=False, help_text="ต้องระบุเมื่อเป็นผลของ P1 หรือ P2"
    )
    file = forms.FileField(
        label="ไฟล์ (ถ้ามี)",
        required=False,
        max_length=None,
        help_text="PDF เอกสาร หรือภาพถ่าย 1 ไฟล์",
    )
    reason = forms.CharField(label="เหตุผลที่แก้ไข", max_length=500, widget=forms.Textarea)

    class Meta:
        model = Dissemination
        fields = (
            *("kind", "title", "audience", "receivers", "channel", "disseminated_on"),
            *("letter_number", "letter_on", "link", "process", "fiscal_year", "term"),
        )
        widgets = {
            "kind": forms.RadioSelect,
            "audience": forms.RadioSelect,
            "channel": forms.RadioSelect,
        }
        help_texts = {
            "receivers": "เช่น สพฐ. โรงเรียนในสังกัดทุกโรงเรียน",
            "letter_number": "ตามทะเบียนหนังสือส่งของสำนักงาน เว้นว่างไว้ถ้าไม่มีหนังสือ",
            "term": "ระบุเมื่อเป็นผลการนิเทศ (P3) ขั้นที่ 7 ของภาคเรียนนั้นแสดงการเผยแพร่นี้",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        term = form_field(self, "term", forms.ModelChoiceField)
        term.queryset = Term.objects.select_related("academic_year")
        term.empty_label = "ไม่ระบุ"
        today = timezone.localdate()
        self.initial.setdefault("disseminated_on", today)
        if not self.instance.pk:
            del self.fields["reason"]
        if self.initial.get("process"):
            self.initial.setdefault("fiscal_year", fiscal_year(today))

    def clean_file(self) -> SanitizedFile | None:
        upload = self.cleaned_data["file"]
        return sanitize_upload(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("process") in ("P1", "P2") and not cleaned.get("fiscal_year"):
            self.add_error("fiscal_year", "โปรดระบุปีงบประมาณของผลการดำเนินงานที่เผยแพร่")
        if bool(cleaned.get("letter_number")) != bool(cleaned.get("letter_on")):
            raise ValidationError("โปรดระบุทั้งเลขที่และวันที่ของหนังสือ หรือเว้นว่างทั้งสองช่อง")
        return cleaned

    def sent(self) -> dict[str, Any]:
        """The keywords of the actions, except the reason."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {"fields": fields, "file": self.cleaned_data["file"]}


def dissemination_register(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.VIEW_AREA)
    form = DisseminationFilter(request.GET)
    lines = register_lines(form)
    context = {
        "form": form,
        "page": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_filtered": bool(request.GET),
        "may_record": can(request.user, Permission.RECORD_DISSEMINATION),
    }
    return render(request, "programmes/dissemination/register.html", context)


def dissemination_page(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.VIEW_AREA)
    line = _line(pk)
    may_record = can(request.user, Permission.RECORD_DISSEMINATION)
    context = {
        "line": line,
        "may_record": may_record and not line.is_withdrawn,
        "history": workflow_history(line),
    }
    return render(request, "programmes/dissemination/line.html", context)


def _line(pk: int) -> Dissemination:
    rows = Dissemination.objects.select_related("term__academic_year", "recorded_by")
    return get_object_or_404(rows, pk=pk)


def dissemination_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.RECORD_DISSEMINATION)
    asked = {name: request.GET.get(name) for name in ("process", "fiscal_year", "title", "kind")}
    initial = {name: value for name, value in asked.items() if value}
    form = DisseminationForm(post_data(request), request.FILES or None, initial=initial)
    if form.is_valid():
        with refusal_as_form_error(form):
            line = actions.record_dissemination(by=request.user, **form.sent())
            return _saved(request, "บันทึกในทะเบียนเผยแพร่แล้ว", line)
    context = {"form": form, "line": None}
    return render(request, "programmes/dissemination/form.html", context)


@transaction.atomic
def dissemination_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a line right, with the reason."""
    line = get_object_or_404(lock_rows_on_post(request, Dissemination.objects), pk=pk)
    require(request.user, Permission.RECORD_DISSEMINATION)
    ensure_allowed(line, DisseminationAction.CORRECT)
    form = DisseminationForm(post_data(request), request.FILES or None, instance=line)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with refusal_as_form_error(form):
            actions.correct_dissemination(line, by=request.user, reason=reason, **form.sent())
            return _saved(request, "แก้ไขรายการเผยแพร่แล้ว", line)
    return render(request, "programmes/dissemination/form.html", {"form": form, "line": line})


def _saved(request: SignedInRequest, message: str, line: Dissemination) -> HttpResponse:
    messages.success(request, message, extra_tags=clear_draft_tag(request))
    return redirect_after_form(request, line)


def dissemination_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    line = _line(pk)
    require(request.user, Permission.RECORD_DISSEMINATION)
    ensure_allowed(line, DisseminationAction.WITHDRAW)
    return confirm_action(
        request,
        partial(actions.withdraw_dissemination, line, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ถอนรายการเผยแพร่แล้ว",
        heading=f"ถอนรายการเผยแพร่ “{line}”",
        effects=["ไม่นับเป็นการเผยแพร่อีก รายการ เหตุผล และผู้ถอนยังอยู่ในทะเบียน"],
        submit_label="ถอนรายการ",
        cancel_url=line.get_absolute_url(),
        danger=True,
    )


def dissemination_file(request: SignedInRequest, pk: int) -> FileResponse:
    require(request.user, Permission.VIEW_AREA)
    line = get_object_or_404(Dissemination.objects.exclude(file=""), pk=pk)
    return file_response(line.file, line.file_name)
