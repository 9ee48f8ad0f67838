"""A school's facts in the register: entered, and put right."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from schools.access import Permission, require
from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, form_field, post_data, redirect_with_message
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.thai import search_key, sort_key
from schools.enums import Grade, Internet
from schools.models import Cluster, School, User
from schools.registry.queries import get_area, get_school_for_edit
from schools.registry.school_changes import new_membership
from schools.registry.school_fields import (
    PositionField,
    SchoolCodeField,
    normalize_district,
    normalize_school_name,
    normalize_sub_district,
)

OBEC_CODE_LABEL, MINISTRY_CODE_LABEL = "รหัสโรงเรียน 8 หลัก", "รหัสสถานศึกษา 10 หลัก"
UNKNOWN_CHOICE = ("", "ยังไม่มีข้อมูล")


class SchoolForm(ConflictCheckedForm):
    """What an office knows of a school; all but the name may still be unknown."""

    obec_code = SchoolCodeField(
        label=OBEC_CODE_LABEL,
        length=8,
        other_length=10,
        other_label=MINISTRY_CODE_LABEL,
        required=False,
    )
    ministry_code = SchoolCodeField(
        label=MINISTRY_CODE_LABEL,
        length=10,
        other_length=8,
        other_label=OBEC_CODE_LABEL,
        required=False,
    )
    position = PositionField(
        label="พิกัด (ละติจูด, ลองจิจูด)",
        max_length=60,
        required=False,
        help_text="คัดลอกจากแผนที่ในโทรศัพท์มาวางได้ เช่น 17.276400, 101.148600",
    )
    has_electricity = forms.NullBooleanField(
        label="ไฟฟ้า",
        required=False,
        widget=forms.Select(choices=[UNKNOWN_CHOICE, ("True", "มีไฟฟ้าใช้"), ("False", "ไม่มีไฟฟ้าใช้")]),
    )

    class Meta:
        model = School
        fields = (
            "name",
            "obec_code",
            "ministry_code",
            "sub_district",
            "district",
            "first_grade",
            "last_grade",
            "internet",
            "has_electricity",
            "phone",
            "email",
            "data_note",
        )
        help_texts = {
            "name": "พิมพ์ชื่อเต็ม ถ้าไม่มีคำว่าโรงเรียนนำหน้า ระบบเติมให้",
            "data_note": "สิ่งที่ยังต้องตรวจสอบเกี่ยวกับข้อมูลของโรงเรียนนี้",
        }

    field_order: Sequence[str] = (
        "name",
        "obec_code",
        "ministry_code",
        "sub_district",
        "district",
        "position",
        "first_grade",
        "last_grade",
        "internet",
        "has_electricity",
        "phone",
        "email",
        "data_note",
    )

    def __init__(self, *args: Any, instance: School, **kwargs: Any) -> None:
        kwargs["initial"] = {"position": (instance.latitude, instance.longitude)}
        super().__init__(*args, instance=instance, **kwargs)
        for name in ("first_grade", "last_grade"):
            form_field(self, name, forms.ChoiceField).choices = [UNKNOWN_CHOICE, *Grade.choices]
        internet = form_field(self, "internet", forms.ChoiceField)
        internet.choices = [UNKNOWN_CHOICE, *Internet.choices]
        for name in ("sub_district", "district"):
            self.fields[name].widget.attrs["list"] = f"{name}s"

    def compared_fields(self) -> Iterable[str]:
        return [*super().compared_fields(), "position"]

    def clean_name(self) -> str:
        """With its prefix, and not the name of another school however that is spelt."""
        name = normalize_school_name(" ".join(self.cleaned_data["name"].split()))
        if not search_key(name):
            raise ValidationError("โปรดกรอกชื่อโรงเรียนต่อจากคำว่าโรงเรียน", code="empty")
        field = form_field(self, "name", forms.CharField)
        if field.max_length and len(name) > field.max_length:
            raise ValidationError(field.error_messages["max_length"])
        if other := self._another(sort_key=sort_key(name)):
            raise ValidationError(
                f"มี{other}อยู่ในทะเบียนแล้ว โปรดตรวจชื่อ หรือแก้ไขที่โรงเรียนนั้น", code="taken"
            )
        return name

    def clean_obec_code(self) -> str | None:
        return self._not_taken("obec_code")

    def clean_ministry_code(self) -> str | None:
        return self._not_taken("ministry_code")

    def _not_taken(self, name: str) -> str | None:
        code = self.cleaned_data[name]
        if code and (other := self._another(**{name: code})):
            raise ValidationError(f"รหัส {code} เป็นของ{other}แล้ว โปรดตรวจรหัส", code="taken")
        return code

    def _another(self, **facts: str) -> School | None:
        return School.objects.exclude(pk=self.instance.pk).filter(**facts).first()

    def clean_sub_district(self) -> str:
        return normalize_sub_district(self.cleaned_data["sub_district"])

    def clean_district(self) -> str:
        return normalize_district(self.cleaned_data["district"])

    def clean(self) -> dict:
        first, last = self.cleaned_data.get("first_grade"), self.cleaned_data.get("last_grade")
        if (first is None) != (last is None) and not {"first_grade", "last_grade"} & {*self.errors}:
            empty = "first_grade" if first is None else "last_grade"
            self.add_error(empty, "โปรดเลือกชั้นต่ำสุดและชั้นสูงสุดให้ครบทั้งสองช่อง หรือเว้นว่างทั้งสองช่อง")
        elif first is not None and last is not None and last < first:
            self.add_error("last_grade", "ชั้นสูงสุดต้องไม่ต่ำกว่าชั้นต่ำสุด โปรดเลือกใหม่")
        if "position" in self.cleaned_data:
            self.instance.latitude, self.instance.longitude = self.cleaned_data["position"]
        return super().clean()


class NewSchoolForm(SchoolForm):
    """A school that comes into the register, with its cluster from a day on."""

    cluster = forms.ModelChoiceField(
        Cluster.objects.all(), label="กลุ่มโรงเรียน", required=False, empty_label="ยังไม่ระบุ"
    )
    since = BuddhistDateField(label="สังกัดกลุ่มตั้งแต่วันที่", required=False)

    field_order = (*SchoolForm.field_order[:6], "cluster", "since", *SchoolForm.field_order[6:])

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("cluster") and not cleaned.get("since") and "since" not in self.errors:
            self.add_error("since", "โปรดกรอกวันที่เริ่มสังกัดกลุ่มโรงเรียน")
        return cleaned


@transaction.atomic
def create_school(
    school: School, *, by: User, cluster: Cluster | None, since: date | None, reason: str = ""
) -> None:
    """Enter a school in the register, in its cluster from a day on where that is known."""
    save_with_history(school, by=by, reason=reason)
    if cluster and since:
        save_with_history(new_membership(school, cluster, since), by=by)


@transaction.atomic
def update_school(school: School, *, by: User) -> None:
    """Keep what was put right about a school in the register; the caller has locked it."""
    save_with_history(school, by=by)


@transaction.atomic
def school_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    office = get_area(locked=request.method == "POST")
    form = NewSchoolForm(post_data(request), instance=School(area=office))
    if form.is_valid():
        place = {name: form.cleaned_data[name] for name in ("cluster", "since")}
        create_school(form.instance, by=request.user, **place)
        return redirect_with_message(
            request, f"เพิ่ม{form.instance}ในทะเบียนแล้ว", "school_card", form.instance.pk
        )
    return _form_page(request, form, "", back=reverse("directory"))


@transaction.atomic
def school_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    get_area(locked=request.method == "POST")
    school = get_school_for_edit(request.user, pk, locked=request.method == "POST")
    name = school.short_name  # as stored: the form writes into its row
    form = SchoolForm(post_data(request), instance=school)
    if form.is_valid():
        update_school(form.instance, by=request.user)
        return redirect_with_message(request, "บันทึกข้อมูลโรงเรียนแล้ว", "school_card", school.pk)
    return _form_page(request, form, name, back=reverse("school_card", args=[pk]))


def _form_page(request: SignedInRequest, form: SchoolForm, name: str, *, back: str) -> HttpResponse:
    """Places typed before are offered, so that one place keeps one spelling."""
    places = {
        box: School.objects.exclude(**{box: ""}).values_list(box, flat=True).distinct()
        for box in ("sub_district", "district")
    }
    heading = f"แก้ไขข้อมูล {name}" if name else "เพิ่มโรงเรียน"
    context = {"form": form, "name": name, "heading": heading, "cancel_url": back}
    context["places"] = places
    return render(request, "schools/registry/school_form.html", context)
