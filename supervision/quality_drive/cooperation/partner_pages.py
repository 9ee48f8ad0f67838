"""Partners of a drive: one of them, entered, put right, ended."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField
from schools.core.forms import (
    ConflictCheckedForm,
    form_field,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.registry.queries import registry_changes_among
from supervision.programmes.networks.forms import EndForm, check_no_private_data
from supervision.programmes.school_choices import SchoolTicksField
from supervision.quality_drive.cooperation import partner_actions
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import Partner, QualityDrive

PARTNER_FACTS = ("organisation", "sector", "is_outside", "gives", "starts_on", "ends_on")


class PartnerForm(ConflictCheckedForm):
    """An organisation, what it gives, since when, and the schools it works with."""

    starts_on = BuddhistDateField(label="ร่วมมือตั้งแต่วันที่")
    schools = SchoolTicksField(label="โรงเรียนที่ร่วมด้วย (ถ้ามี)", required=False)

    class Meta:
        model = Partner
        fields = ("organisation", "sector", "is_outside", "gives", "starts_on")
        widgets = {"gives": forms.Textarea}
        help_texts = {
            "organisation": "ชื่อหน่วยงานหรือองค์กรเท่านั้น โปรดไม่ใส่ชื่อบุคคล",
            "gives": "เช่น วิทยากร อุปกรณ์ ทุน สถานที่ โปรดไม่ใส่ชื่อบุคคลหรือเบอร์โทรศัพท์",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_field(self, "sector", forms.TypedChoiceField).widget.attrs["class"] = "form-select"
        chosen: list[int] = []
        if self.instance.pk:
            chosen = list(self.instance.schools.values_list("pk", flat=True))
        else:
            self.initial["starts_on"] = timezone.localdate()
        form_field(self, "schools", SchoolTicksField).offer_schools_of_today(chosen)
        self.initial["schools"] = chosen

    def clean_organisation(self) -> str:
        return check_no_private_data(self.cleaned_data["organisation"])

    def clean_gives(self) -> str:
        return check_no_private_data(self.cleaned_data["gives"])


def drive_partner(request: SignedInRequest, pk: int) -> HttpResponse:
    """One partner with its schools and what was changed of it, for who sees the area."""
    partner = get_object_or_404(_partners(), pk=pk)
    require(request.user, Permission.VIEW_AREA)
    records = Partner.history.filter(id=partner.pk)
    may_edit = can(request.user, Permission.MANAGE_DRIVE)
    context = {
        "partner": partner,
        "schools": partner.schools.all(),
        "may_edit": may_edit and partner.ends_on is None,
        "changes": registry_changes_among(records, *PARTNER_FACTS, called=lambda row: "ภาคีเครือข่าย"),
    }
    return render(request, "quality_drive/cooperation/partner.html", context)


def _partners() -> Any:
    return Partner.objects.select_related("drive__academic_year")


def drive_partner_add(request: SignedInRequest, year: int) -> HttpResponse:
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    return _edit(request, Partner(drive=drive), drive)


@transaction.atomic
def drive_partner_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.MANAGE_DRIVE)
    partner = get_object_or_404(lock_rows_on_post(request, _partners()), pk=pk)
    return _edit(request, partner, partner.drive)


def _edit(request: SignedInRequest, partner: Partner, drive: QualityDrive) -> HttpResponse:
    form = PartnerForm(post_data(request), instance=partner)
    if form.is_valid():
        fields: dict[str, Any] = dict(form.cleaned_data)
        with refusal_as_form_error(form):
            saved = partner_actions.save_partner(
                form.instance, by=request.user, schools=fields.pop("schools"), fields=fields
            )
            return redirect_with_message(request, f"บันทึก {saved} แล้ว", saved)
    context = {
        "form": form,
        "drive": drive,
        "title": f"แก้ไข {partner}" if partner.pk else "เพิ่มภาคีเครือข่าย",
        "back_url": (
            partner.get_absolute_url()
            if partner.pk
            else reverse("drive_cooperation", args=[drive.academic_year.year])
        ),
    }
    return render(request, "quality_drive/cooperation/edit.html", context)


def drive_partner_end(request: SignedInRequest, pk: int) -> HttpResponse:
    partner = get_object_or_404(_partners(), pk=pk)
    require(request.user, Permission.MANAGE_DRIVE)
    return confirm_action(
        request,
        partial(partner_actions.end_partner, partner, by=request.user),
        form=EndForm(post_data(request), initial={"ends_on": timezone.localdate()}),
        success_message="บันทึกการสิ้นสุดของความร่วมมือแล้ว",
        heading=f"สิ้นสุดความร่วมมือกับ {partner}",
        effects=["แสดงในรายการที่สิ้นสุดแล้ว ข้อมูลเดิมและเหตุผลเก็บไว้ดูย้อนหลังได้"],
        submit_label="บันทึกการสิ้นสุด",
        cancel_url=partner.get_absolute_url(),
        danger=True,
    )
