"""The scan of the order as it was signed on paper, which is the original."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from schools.core.errors import ActionRefused
from schools.core.file_responses import file_response
from schools.core.forms import PortalForm, redirect_after_form
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.uploads import SanitizedFile, delete_files_on_rollback, sanitize_upload
from schools.models import User
from supervision.assignments.drafting.pages import get_order_for_drafter, get_order_or_404
from supervision.assignments.enums import OrderAction, OrderState
from supervision.assignments.models import OfficialOrder
from supervision.workflow.actions import transition

SCAN_SUFFIXES = (".pdf", ".jpg")


class OrderScanForm(PortalForm):
    """A scanned PDF, or a photo, of the signed order; why, where it takes the place of another."""

    file = forms.FileField(
        label="ไฟล์คำสั่งที่ลงนาม",
        allow_empty_file=True,
        help_text="PDF ที่สแกน หรือภาพถ่าย",
        error_messages={"required": "โปรดเลือกไฟล์คำสั่งที่ลงนาม"},
    )
    reason = forms.CharField(
        label="เหตุที่เก็บไฟล์ใหม่แทนไฟล์เดิม", max_length=500, widget=forms.Textarea, required=False
    )

    def __init__(self, *args: Any, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not replaces:
            del self.fields["reason"]

    def clean_file(self) -> SanitizedFile:
        safe = sanitize_upload(self.cleaned_data["file"])
        if safe.suffix not in SCAN_SUFFIXES:
            raise ValidationError(f"“{safe.name}” ไม่ใช่ PDF หรือภาพถ่าย โปรดสแกนหรือถ่ายภาพคำสั่งที่ลงนาม")
        return safe


def file_order_scan(
    order: OfficialOrder, *, by: User, file: SanitizedFile, reason: str = ""
) -> None:
    """Keep the scan of a signed order; another takes its place only for a reason.

    Raises ActionRefused for a draft, and without the reason that is needed.
    """
    new = FieldFile(order, OfficialOrder.scan.field, "")
    with delete_files_on_rollback(new):
        order.refresh_from_db(from_queryset=OfficialOrder.objects.select_for_update())
        check_can_file_scan(order)
        before = str(order.scan.name or "")
        if before and not reason.strip():
            raise ActionRefused(field_errors={"reason": "โปรดระบุเหตุที่เก็บไฟล์ใหม่แทนไฟล์เดิม"})
        action = (
            OrderAction.FILE_SCAN
            if order.state == OrderState.ISSUED
            else OrderAction.FILE_SCAN_OF_SUPERSEDED
        )
        said = f"{file.name} {reason.strip()}".strip()
        new.save(f"{order.pk}{file.suffix}", file.content, save=False)
        transition(order, action, by=by, reason=said, scan=str(new.name), scan_name=file.name)
        if before:
            transaction.on_commit(partial(default_storage.delete, before))


def check_can_file_scan(order: OfficialOrder) -> None:
    """Raises ActionRefused while the order is a draft."""
    if order.is_draft:
        raise ActionRefused("เก็บสำเนาได้เมื่อคำสั่งลงนามในพอร์ทัลแล้ว")


def order_scan_add(request: SignedInRequest, pk: int) -> HttpResponse:
    order = get_order_for_drafter(request, pk)
    check_can_file_scan(order)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OrderScanForm(*sent, replaces=bool(order.scan))
    if form.is_valid():
        with refusal_as_form_error(form):
            file_order_scan(order, by=request.user, **form.cleaned_data)
            return redirect_after_form(request, order)
    return render(request, "assignments/scan_form.html", {"order": order, "form": form})


def order_scan(request: SignedInRequest, pk: int) -> FileResponse:
    order = get_order_or_404(request, pk)
    if not order.scan:
        raise Http404
    return file_response(order.scan, order.scan_name)
