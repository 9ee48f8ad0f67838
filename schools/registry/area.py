"""The area office itself: its names and letterhead, and how it calls schools small or large."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.forms import ConflictCheckedForm, post_data, redirect_with_message
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.thai import arabic_digits
from schools.models import Area, SizeScheme, User
from schools.registry.directory import registry_gaps
from schools.registry.queries import get_area, registry_changes


class AreaForm(ConflictCheckedForm):
    """The office: its names, its letterhead, and how it calls schools small or large."""

    size_scheme = forms.ModelChoiceField(
        SizeScheme.objects.order_by("pk"),
        label="เกณฑ์ขนาดโรงเรียนที่สำนักงานใช้",
        required=False,
        blank=True,
        empty_label="ยังไม่เลือก (ระบบยังไม่แสดงขนาดโรงเรียน)",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Area
        fields = (
            "name",
            "short_name",
            "group_name",
            "code",
            "letter_code",
            "address",
            "postal_code",
            "phone",
            "email",
            "parent_agencies",
            "size_scheme",
            "data_note",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent_agencies"].widget.attrs["rows"] = 3

    def clean_code(self) -> str:
        return arabic_digits(self.cleaned_data["code"]).strip()

    def clean_postal_code(self) -> str:
        code = arabic_digits(self.cleaned_data["postal_code"]).strip()
        if code and not re.fullmatch("[0-9]{5}", code):
            raise ValidationError("รหัสไปรษณีย์ต้องเป็นตัวเลข 5 หลัก โปรดตรวจ", code="postal_code")
        return code


@transaction.atomic
def update_area(area: Area, *, by: User) -> None:
    """Keep what was put right about the office and its size scheme; the caller has locked it."""
    save_with_history(area, by=by)


@transaction.atomic
def area_office(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    area = get_area(locked=request.method == "POST")
    form = AreaForm(post_data(request), instance=area)
    if form.is_valid():
        update_area(form.instance, by=request.user)
        return redirect_with_message(request, "บันทึกข้อมูลสำนักงานแล้ว", "area_office")
    schemes = SizeScheme.objects.order_by("pk").prefetch_related("bands")
    context = {"form": form, "heading": "สำนักงานและเกณฑ์ขนาด", "schemes": schemes}
    context |= {"cancel_url": reverse("registry"), "parent": "", "changes": registry_changes(area)}
    return render(request, "schools/registry/area.html", context)


def registry(request: SignedInRequest) -> HttpResponse:
    """Where the registrar begins: what there is in the registry, and what is still unknown."""
    require(request.user, Permission.EDIT_REGISTRY)
    context = {
        "area": get_area(),
        "gaps": registry_gaps(timezone.localdate()),
        "may_read_access_log": can(request.user, Permission.ADMINISTER),
    }
    return render(request, "schools/registry/registry.html", context)
