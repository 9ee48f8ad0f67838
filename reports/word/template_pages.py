"""The pages on which the office takes Word templates away, edits them and puts them in.

Who prepares reports answers for their look; whoever reads reports may see by which template.
"""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from reports.word.enums import WordTemplateKind
from reports.word.models import OfficeWordTemplate
from reports.word.office_templates import (
    check_office_template_is_used,
    save_office_template,
    template_in_use,
    use_default_template,
)
from reports.word.rendering import default_word_template
from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.file_responses import bytes_response, file_response
from schools.core.forms import PortalForm, redirect_after_form
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.uploads import SanitizedFile, sanitize_upload


class WordTemplateForm(PortalForm):
    """A template that was edited in Word."""

    file = forms.FileField(
        label="แม่แบบที่แก้ไขแล้ว",
        allow_empty_file=True,
        help_text="ไฟล์ Word (.docx) ระบบลองทำรายงานจากแม่แบบก่อนรับ และบอกบรรทัดที่ต้องแก้ถ้าใช้ไม่ได้",
        error_messages={"required": "โปรดเลือกไฟล์แม่แบบ"},
    )

    def clean_file(self) -> SanitizedFile:
        safe = sanitize_upload(self.cleaned_data["file"])
        if safe.suffix != ".docx":
            raise ValidationError(f"“{safe.name}” ไม่ใช่ไฟล์ Word (.docx) โปรดบันทึกเป็น .docx แล้วส่งใหม่")
        return safe


def word_templates(request: SignedInRequest) -> HttpResponse:
    """The kinds of reports with the template that each uses."""
    require(request.user, Permission.VIEW_REPORTS)
    kinds = [(kind, template_in_use(kind)) for kind in WordTemplateKind]
    return render(request, "reports/word/templates.html", {"kinds": kinds})


def word_template(request: SignedInRequest, kind: WordTemplateKind) -> HttpResponse:
    """One kind: its template, who changed it when, and the form that puts a new one in."""
    require(request.user, Permission.VIEW_REPORTS)
    form = WordTemplateForm()
    if request.method == "POST":
        require(request.user, Permission.PREPARE_REPORT)
        form = WordTemplateForm(request.POST, request.FILES)
        if form.is_valid():
            with refusal_as_form_error(form):
                save_office_template(kind, form.cleaned_data["file"], by=request.user)
                return _saved(request, kind)
    context = {
        "kind": kind,
        "used": template_in_use(kind),
        "versions": OfficeWordTemplate.objects.filter(kind=kind).select_related("created_by"),
        "form": form,
        "may_change": can(request.user, Permission.PREPARE_REPORT),
    }
    return render(request, "reports/word/template.html", context)


def _saved(request: SignedInRequest, kind: WordTemplateKind) -> HttpResponse:
    messages.success(request, f"ใช้แม่แบบใหม่กับ{kind.label}แล้ว")
    return redirect_after_form(request, "word_template", kind)


def word_template_default(request: SignedInRequest, kind: WordTemplateKind) -> HttpResponse:
    """The template that the portal brings, to begin with."""
    require(request.user, Permission.VIEW_REPORTS)
    return bytes_response(default_word_template(kind), f"แม่แบบของระบบ {kind.label}.docx")


def word_template_file(request: SignedInRequest, pk: int) -> FileResponse:
    """A version of the office's own template."""
    require(request.user, Permission.VIEW_REPORTS)
    template = get_object_or_404(OfficeWordTemplate.objects.exclude(file=""), pk=pk)
    return file_response(template.file, template.name)


def word_template_reset(request: SignedInRequest, kind: WordTemplateKind) -> HttpResponse:
    """Ask, then go back to the portal's template."""
    require(request.user, Permission.PREPARE_REPORT)
    check_office_template_is_used(kind)
    return confirm_action(
        request,
        partial(use_default_template, kind, by=request.user),
        cancel_url=reverse("word_template", args=[kind]),
        success_message=f"กลับไปใช้แม่แบบของระบบกับ{kind.label}แล้ว",
        heading=f"ใช้แม่แบบของระบบกับ{kind.label}",
        effects=[
            "ไฟล์ Word ที่ดาวน์โหลดต่อจากนี้ใช้แม่แบบของระบบ",
            "แม่แบบของสำนักงานทุกฉบับยังเก็บไว้ และนำกลับมาใช้ได้โดยดาวน์โหลดแล้วส่งเข้าระบบใหม่",
            "รายงานที่ลงนามแล้วและไฟล์ PDF ไม่เปลี่ยน",
        ],
        submit_label="ใช้แม่แบบของระบบ",
    )
