"""The office's own emblem: sent once, printed on covers, letters and certificates."""

from functools import partial

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.file_responses import file_response
from schools.core.forms import PortalForm, redirect_after_form
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.uploads import (
    SanitizedFile,
    delete_files_on_rollback,
    sanitize_picture,
    sha256_of,
)
from schools.models import Area, Emblem, User
from schools.registry.queries import get_area

MAX_EMBLEM_PIXELS = 720  # printed at 3 cm, twice as fine as a printer draws


class EmblemForm(PortalForm):
    """A picture of the emblem."""

    file = forms.FileField(
        label="ภาพตราสำนักงาน",
        allow_empty_file=True,
        help_text="PNG หรือ JPEG พื้นหลังสีขาว กว้างและสูงอย่างน้อย 400 พิกเซล",
        error_messages={"required": "โปรดเลือกไฟล์ภาพตราสำนักงาน"},
    )

    def clean_file(self) -> SanitizedFile:
        return sanitize_picture(self.cleaned_data["file"], max_side=MAX_EMBLEM_PIXELS)


@transaction.atomic
def change_emblem(area: Area, picture: SanitizedFile, *, by: User) -> None:
    """Print this picture from now on; papers issued before keep the emblem they have."""
    digest = sha256_of(picture.content)
    known = Emblem.objects.filter(pk=digest).first()
    area.emblem = known or _create_emblem(digest, picture, by=by)
    save_with_history(area, by=by, fields=["emblem"])


def _create_emblem(digest: str, picture: SanitizedFile, *, by: User) -> Emblem:
    emblem = Emblem(sha256=digest, uploaded_by=by)
    with delete_files_on_rollback(emblem.file):
        emblem.file.save(f"{digest}.jpg", picture.content, save=False)
        emblem.save(force_insert=True)
    return emblem


@transaction.atomic
def remove_emblem(area: Area, *, by: User) -> None:
    """Leave empty room for the emblem from now on; papers issued before keep theirs."""
    area.emblem = None
    save_with_history(area, by=by, fields=["emblem"])


@transaction.atomic
def area_emblem(request: SignedInRequest) -> HttpResponse:
    """The emblem in use, and the form that sends another."""
    require(request.user, Permission.EDIT_REGISTRY)
    is_sent = request.method == "POST"
    area = get_area(locked=is_sent)
    form = EmblemForm(request.POST, request.FILES) if is_sent else EmblemForm()
    if is_sent and form.is_valid():
        change_emblem(area, form.cleaned_data["file"], by=request.user)
        messages.success(request, "บันทึกตราสำนักงานแล้ว")
        return redirect_after_form(request, "area_emblem")
    return render(request, "schools/registry/emblem.html", {"form": form, "area": area})


def area_emblem_remove(request: SignedInRequest) -> HttpResponse:
    """Asks, then leaves papers without an emblem."""
    require(request.user, Permission.EDIT_REGISTRY)
    return confirm_action(
        request,
        partial(remove_emblem, get_area(), by=request.user),
        success_message="นำตราสำนักงานออกแล้ว",
        cancel_url=reverse("area_emblem"),
        heading="นำตราสำนักงานออก",
        submit_label="นำออก",
        effects=["เอกสารที่ออกตั้งแต่นี้เว้นที่ว่างไว้สำหรับตรา", "เอกสารที่ออกแล้วคงตราเดิม"],
        danger=True,
    )


def emblem_file(request: SignedInRequest, sha256: str) -> FileResponse:
    """The picture, for everybody who has signed in: it stands on papers that all may see."""
    return file_response(get_object_or_404(Emblem, pk=sha256).file, "ตราสำนักงาน.jpg")
