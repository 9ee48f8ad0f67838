"""The categories in which a drive honours schools: added, edited, deleted."""

from functools import partial

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    ConflictCheckedForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.honours import actions
from supervision.quality_drive.models import HonourCategory, QualityDrive


class HonourCategoryForm(ConflictCheckedForm):
    """A category with its criteria."""

    class Meta:
        model = HonourCategory
        fields = ("name", "criteria")
        widgets = {"criteria": forms.Textarea}


def honour_category_add(request: SignedInRequest, year: int) -> HttpResponse:
    drive = get_drive(request.user, year)
    require(request.user, Permission.MANAGE_DRIVE)
    form = HonourCategoryForm(post_data(request))
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.create_honour_category(drive, **form.cleaned_data)
            return redirect_with_message(request, "เพิ่มประเภทรางวัลแล้ว", "drive_honours", year)
    return _form_page(request, drive, form, "เพิ่มประเภทรางวัล")


@require_POST
def honour_category_samples(request: SignedInRequest, year: int) -> HttpResponse:
    """Begin with the sample categories, which the office then edits."""
    drive = get_drive(request.user, year)
    require(request.user, Permission.MANAGE_DRIVE)
    count = actions.add_sample_categories(drive)
    done = f"เพิ่มประเภทรางวัลตัวอย่าง {count} ประเภทแล้ว โปรดแก้ไขให้เป็นของสำนักงาน"
    return redirect_with_message(request, done, "drive_honours", year)


@transaction.atomic
def honour_category_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    drive = _category(request, pk).drive
    category = get_object_or_404(lock_rows_on_post(request, HonourCategory.objects), pk=pk)
    actions.check_category_is_undecided(category)
    form = HonourCategoryForm(post_data(request), instance=category)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.update_honour_category(category, **form.cleaned_data)
            year = drive.academic_year.year
            return redirect_with_message(request, "แก้ไขประเภทรางวัลแล้ว", "drive_honours", year)
    return _form_page(request, drive, form, "แก้ไขประเภทรางวัล")


def honour_category_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    category = _category(request, pk)
    return confirm_action(
        request,
        partial(actions.delete_honour_category, category),
        success_message="ลบประเภทรางวัลแล้ว",
        heading=f"ลบประเภทรางวัล “{category}”",
        effects=["ลบได้เฉพาะประเภทที่ยังไม่มีการเสนอชื่อโรงเรียน"],
        submit_label="ลบประเภทรางวัล",
        cancel_url=reverse("drive_honours", args=[category.drive.academic_year.year]),
        danger=True,
    )


def _category(request: SignedInRequest, pk: int) -> HonourCategory:
    """The category of a drive that the person sees, for who may manage the drive."""
    drives = QualityDrive.objects.visible_to(request.user)
    rows = HonourCategory.objects.filter(drive__in=drives).select_related("drive__academic_year")
    category = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.MANAGE_DRIVE)
    return category


def _form_page(
    request: SignedInRequest, drive: QualityDrive, form: HonourCategoryForm, here: str
) -> HttpResponse:
    context = {"drive": drive, "form": form, "here": here}
    return render(request, "quality_drive/honours/category_form.html", context)
