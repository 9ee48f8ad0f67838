"""Scans of the paper that was signed by hand, kept with the signed record of a visit."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.errors import ActionRefused
from schools.core.file_responses import file_response
from schools.core.forms import (
    PortalForm,
    ReasonForm,
    post_data,
    redirect_after_form,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.uploads import SanitizedFile, delete_files_on_rollback, sanitize_upload, sha256_of
from schools.models import User
from supervision.visits.access import confirm_visit_action, get_visit_or_404
from supervision.visits.models import SignedCopy, Visit

MAX_SIGNED_COPIES = 20
SIGNED_COPY_SUFFIXES = (".pdf", ".jpg")


class SignedCopyForm(PortalForm):
    """A scanned PDF, or a photo of a page, of the paper signed by hand."""

    file = forms.FileField(
        label="ไฟล์สำเนาที่ลงนาม",
        allow_empty_file=True,
        help_text="PDF ที่สแกน หรือภาพถ่ายของหน้าที่ลงนาม",
        error_messages={"required": "โปรดเลือกไฟล์สำเนาที่ลงนาม"},
    )

    def clean_file(self) -> SanitizedFile:
        safe = sanitize_upload(self.cleaned_data["file"])
        if safe.suffix not in SIGNED_COPY_SUFFIXES:
            raise ValidationError(f"“{safe.name}” ไม่ใช่ PDF หรือภาพถ่าย โปรดสแกนหรือถ่ายภาพหน้าที่ลงนาม")
        return safe


def attach_signed_copy(visit: Visit, safe: SanitizedFile, *, by: User) -> SignedCopy:
    """Attach one scanned page or PDF to a signed record.

    Raises ActionRefused before the record is signed, when the same content is kept already, or when
    full.
    """
    copy = SignedCopy(visit=visit, name=safe.name, size=safe.content.size, by=by, at=timezone.now())
    copy.sha256 = sha256_of(safe.content)
    with delete_files_on_rollback(copy.file):
        visit.refresh_from_db(from_queryset=Visit.objects.select_for_update())
        check_can_attach_signed_copy(visit)
        _check_is_new(copy)
        copy.file.save(f"{visit.pk}{safe.suffix}", safe.content, save=False)
        copy.save()
    return copy


def _check_is_new(copy: SignedCopy) -> None:
    """Raises ActionRefused where the same file is attached already."""
    same = copy.visit.signed_copies.present().filter(sha256=copy.sha256).first()
    if same:
        raise ActionRefused(
            f"ไฟล์นี้แนบไว้แล้วในชื่อ “{same.name}” จึงไม่แนบซ้ำ โปรดตรวจรายการสำเนาในหน้าการนิเทศ"
        )


def check_can_attach_signed_copy(visit: Visit) -> None:
    """Raises ActionRefused before the record is signed, and where there are too many copies."""
    if not visit.is_signed:
        raise ActionRefused("แนบสำเนาที่ลงนามได้เมื่อบันทึกการนิเทศลงนามในระบบแล้ว")
    if visit.signed_copies.present().count() >= MAX_SIGNED_COPIES:
        raise ActionRefused(
            f"มีสำเนาครบ {MAX_SIGNED_COPIES} ไฟล์แล้ว โปรดรวมหลายหน้าเป็น PDF ไฟล์เดียว หรือนำไฟล์ที่แนบผิดออก"
        )


def can_remove_signed_copy(copy: SignedCopy, person: User) -> bool:
    """Whether the person may remove it: supervisors any, the school's director only own ones."""
    school = copy.visit.round.school_id
    is_own = copy.by_id == person.pk and can(person, Permission.ACKNOWLEDGE_VISIT, school)
    return is_own or can(person, Permission.RECORD_VISIT, school)


@transaction.atomic
def remove_signed_copy(copy: SignedCopy, *, by: User, reason: str) -> None:
    """Remove a copy attached by mistake: the row stays and says who and why, the file is deleted.

    Raises ActionRefused without a reason, and when somebody has removed it meanwhile.
    """
    copy.refresh_from_db(from_queryset=SignedCopy.objects.select_for_update())
    check_signed_copy_is_present(copy)
    if not reason.strip():
        raise ActionRefused("โปรดระบุเหตุผลที่นำสำเนาออก")
    file, copy.file = str(copy.file.name), ""
    copy.removed_at, copy.removed_by, copy.removal_reason = timezone.now(), by, reason.strip()
    copy.save(update_fields=["file", "removed_at", "removed_by", "removal_reason"])
    transaction.on_commit(partial(default_storage.delete, file))


def check_signed_copy_is_present(copy: SignedCopy) -> None:
    """Raises ActionRefused once it was removed."""
    if copy.removed_at:
        raise ActionRefused(f"{copy.removed_by} นำสำเนานี้ออกไปแล้ว โปรดกลับไปที่หน้าการนิเทศ")


def visit_copy_add(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk)
    _check_signs_here(request.user, visit)
    check_can_attach_signed_copy(visit)
    form = (
        SignedCopyForm(request.POST, request.FILES)
        if request.method == "POST"
        else SignedCopyForm()
    )
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            copy = attach_signed_copy(visit, form.cleaned_data["file"], by=request.user)
            messages.success(request, f"แนบสำเนา “{copy.name}” แล้ว")
            return redirect_after_form(request, visit)
    return render(request, "visits/signed_copy_form.html", {"visit": visit, "form": form})


def _check_signs_here(user: User, visit: Visit) -> None:
    """Let only supervisors of the school and its director attach copies."""
    signing = (Permission.RECORD_VISIT, Permission.ACKNOWLEDGE_VISIT)
    if not any(can(user, permission, visit.round.school_id) for permission in signing):
        raise PermissionDenied


def visit_copy_file(request: SignedInRequest, pk: int) -> FileResponse:
    copy = get_object_or_404(SignedCopy.objects.visible_to(request.user).present(), pk=pk)
    return file_response(copy.file, copy.name)


def visit_copy_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = SignedCopy.objects.visible_to(request.user)
    copy = get_object_or_404(rows.select_related("visit__round__school", "removed_by"), pk=pk)
    if not can_remove_signed_copy(copy, request.user):
        raise PermissionDenied
    check_signed_copy_is_present(copy)
    return confirm_visit_action(
        request,
        copy.visit,
        partial(remove_signed_copy, copy, by=request.user),
        form=ReasonForm(
            post_data(request),
            help_text="เช่น แนบผิดโรงเรียน หน้าไม่ครบ ผู้อ่านบันทึกนี้เห็นเหตุผล",
            required="โปรดระบุเหตุผลที่นำสำเนาออก ผู้อ่านบันทึกนี้จะเห็นเหตุผล",
        ),
        success_message=f"นำสำเนา “{copy.name}” ออกแล้ว",
        here="นำสำเนาออก",
        heading=f"นำสำเนา “{copy.name}” ออก",
        effects=[
            "ไม่มีผู้ใดเปิดไฟล์นี้ได้อีก บันทึกที่ลงนามในระบบคงเดิม",
            "รายการสำเนาแสดงว่าใครนำออกเมื่อใด เพราะเหตุใด",
        ],
        irreversible="ไฟล์ถูกลบ หากต้องการใช้อีกต้องแนบใหม่",
        danger=True,
        submit_label="นำสำเนาออก",
    )
