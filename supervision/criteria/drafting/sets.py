"""A draft set: begun, called, copied, revised, and thrown away; one decision a page."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, require
from schools.core.forms import (
    ConflictCheckedForm,
    PortalForm,
    form_field,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.tables.reading import normalize_cell_text as one_line
from supervision.criteria import actions
from supervision.criteria.enums import IndicatorSetAction
from supervision.criteria.models import IndicatorSet, Scale
from supervision.criteria.views import confirm_indicator_set_action

NAME_HELP = "ชื่อเดียวกันทุกฉบับ ไม่ต้องใส่เลขฉบับหรือปีที่เห็นชอบ"
PROVENANCE_HELP = "เอกสารหรือประกาศที่นำมา หรือผู้จัดทำ พิมพ์ให้ผู้อื่นตรวจย้อนได้"


class DraftTextForm(ConflictCheckedForm):
    """Words of a draft: on one line each and spelt with plain letters, as in a table's cells."""

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned |= {n: one_line(v) for n, v in cleaned.items() if isinstance(v, str)}
        return cleaned


class OneLineField(forms.CharField):
    """The same for one field of a form that changes no draft."""

    def to_python(self, value: str | None) -> str:
        return one_line(super().to_python(value) or "")


class IndicatorSetForm(DraftTextForm):
    """What a set is called, for whom it is, and by which scale it judges."""

    class Meta:
        model = IndicatorSet
        fields = ("name", "level", "use", "scale", "provenance")
        widgets = {
            "level": forms.RadioSelect,
            "use": forms.RadioSelect,
            "scale": forms.RadioSelect,
            "provenance": forms.Textarea,
        }
        help_texts = {"name": NAME_HELP, "provenance": PROVENANCE_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = form_field(self, "scale", forms.ModelChoiceField)
        scale.queryset = Scale.objects.complete()
        scale.empty_label = None
        if self.instance.pk is None:
            self.initial["level"] = None  # chosen, never guessed
        if self.instance.previous_id:
            for name in ("name", "level", "use"):
                del self.fields[name]

    def compared_fields(self) -> Iterable[str]:
        return [name for name in super().compared_fields() if name in self.fields]

    def clean_name(self) -> str:
        return clean_set_name(self.cleaned_data["name"], but=self.instance)


def clean_set_name(typed: str, *, but: IndicatorSet | None = None) -> str:
    """A name that no other set has; versions of one set share theirs."""
    name = one_line(typed)
    others = IndicatorSet.objects.filter(name=name)
    if but is not None and but.pk is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise ValidationError("มีชุดชื่อนี้แล้ว โปรดใช้ชื่ออื่น หรือเปิดชุดนั้นแล้วเลือก “จัดทำฉบับใหม่”", code="taken")
    return name


class IndicatorSetCopyForm(PortalForm):
    """The name of a set that begins as a copy, and where its words come from."""

    name = forms.CharField(label="ชื่อชุดใหม่", max_length=200, help_text=NAME_HELP)
    provenance = OneLineField(
        label="ที่มา",
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text=PROVENANCE_HELP,
    )

    def clean_name(self) -> str:
        return clean_set_name(self.cleaned_data["name"])


class RemoveSampleFlagForm(PortalForm):
    """Why a set is no sample any more."""

    verb = forms.TypedChoiceField(
        coerce=IndicatorSetAction,
        label="เหตุที่นำเครื่องหมายตัวอย่างออก",
        choices=(
            (IndicatorSetAction.CHECK, "ตรวจกับประกาศแล้ว ถ้อยคำและค่าเป้าหมายถูกต้อง"),
            (IndicatorSetAction.ADOPT, "ปรับเป็นของสำนักงานแล้ว ใช้ถ้อยคำและค่าเป้าหมายที่สำนักงานกำหนด"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกเหตุที่นำเครื่องหมายตัวอย่างออก"},
    )
    provenance = OneLineField(
        label="ที่มา",
        max_length=300,
        widget=forms.Textarea,
        help_text="แก้ให้ตรงกับความจริงในตอนนี้ เช่น ชื่อประกาศและวันที่ หรือมติที่ประชุม",
    )


def get_set_for_preparer(request: SignedInRequest, pk: int) -> IndicatorSet:
    """The set, for somebody who prepares criteria."""
    sets = IndicatorSet.objects.visible_to(request.user).select_related("scale", "previous")
    indicator_set = get_object_or_404(sets, pk=pk)
    require(request.user, Permission.PREPARE_CRITERIA)
    return indicator_set


def get_draft_for_preparer(request: SignedInRequest, pk: int) -> IndicatorSet:
    """The same while it may be changed; held until the transaction ends where it will be."""
    indicator_set = get_set_for_preparer(request, pk)
    if request.method == "POST":
        actions.lock_set_draft(indicator_set)
    else:
        actions.check_set_is_draft(indicator_set)
    return indicator_set


def render_draft_form(
    request: SignedInRequest, indicator_set: IndicatorSet | None, form: BaseForm, **words: Any
) -> HttpResponse:
    """The page of one form on a draft."""
    cancel = indicator_set.get_absolute_url() if indicator_set else reverse("criteria")
    context = {"set": indicator_set, "form": form, "cancel_url": cancel, **words}
    return render(request, "criteria/edit.html", context)


def redirect_after_save(
    request: SignedInRequest, indicator_set: IndicatorSet, message: str
) -> HttpResponse:
    return redirect_with_message(request, message, indicator_set)


def indicator_set_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    form = IndicatorSetForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.create_set_draft(form.instance, by=request.user)
            return redirect_after_save(
                request, form.instance, "เริ่มร่างชุดตัวชี้วัดแล้ว ต่อไปเพิ่มมาตรฐานและตัวชี้วัด"
            )
    heading = "จัดทำชุดตัวชี้วัดใหม่"
    return render_draft_form(request, None, form, heading=heading, submit_label="เริ่มร่าง")


@transaction.atomic
def indicator_set_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator_set = get_draft_for_preparer(request, pk)
    form = IndicatorSetForm(post_data(request), instance=indicator_set)
    if form.is_valid():
        with refusal_as_form_error(form):
            facts = {name: form.cleaned_data[name] for name in form.compared_fields()}
            actions.update_set_draft(indicator_set, facts=facts)
            return redirect_after_save(request, indicator_set, "บันทึกข้อมูลชุดแล้ว")
    return render_draft_form(
        request, indicator_set, form, heading="แก้ไขข้อมูลชุด", submit_label="บันทึก"
    )


def indicator_set_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    source = get_set_for_preparer(request, pk)
    provenance = f"คัดลอกจาก {source} · {source.provenance}".removesuffix(" · ")
    form = IndicatorSetCopyForm(post_data(request), initial={"provenance": provenance[:300]})
    if form.is_valid():
        with refusal_as_form_error(form):
            new = actions.copy_indicator_set(source, by=request.user, **form.cleaned_data)
            return redirect_after_save(request, new, "คัดลอกเป็นชุดใหม่แล้ว")
    return render_draft_form(
        request,
        source,
        form,
        heading="คัดลอกเป็นชุดใหม่",
        lead="ชุดใหม่เป็นร่างที่มีมาตรฐาน ตัวชี้วัด และคำอธิบายระดับเหมือนชุดนี้ทุกข้อ",
        submit_label="คัดลอก",
    )


def indicator_set_revise(request: SignedInRequest, pk: int) -> HttpResponse:
    source = get_set_for_preparer(request, pk)
    actions.check_set_can_be_revised(source)
    return confirm_indicator_set_action(
        request,
        source,
        partial(actions.revise_indicator_set, source, by=request.user),
        success_message="เริ่มร่างฉบับใหม่แล้ว",
        heading="จัดทำฉบับใหม่",
        effects=[
            "ได้ร่างฉบับใหม่ที่มีเนื้อหาเหมือนฉบับนี้ แก้ไขแล้วเสนอ ก.ต.ป.น. ได้",
            "ข้อที่เพิ่มในฉบับใหม่ทำเครื่องหมาย “เขตพื้นที่เพิ่มเติม”",
            "รอบที่ใช้ฉบับนี้อยู่ใช้ฉบับนี้ต่อจนจบรอบ",
        ],
        submit_label="เริ่มร่างฉบับใหม่",
    )


def indicator_set_unmark(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator_set = get_set_for_preparer(request, pk)
    actions.check_set_is_sample(indicator_set)
    form = RemoveSampleFlagForm(
        post_data(request), initial={"provenance": indicator_set.provenance}
    )
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.remove_sample_flag(indicator_set, by=request.user, **form.cleaned_data)
            return redirect_after_save(request, indicator_set, "นำเครื่องหมายตัวอย่างออกแล้ว")
    return render_draft_form(
        request,
        indicator_set,
        form,
        heading="นำเครื่องหมายตัวอย่างออก",
        lead="ทำเมื่อสำนักงานตรวจถ้อยคำและค่าเป้าหมายของชุดนี้ครบทุกข้อแล้ว ระบบบันทึกผู้ทำและวันเวลา",
        submit_label="นำเครื่องหมายตัวอย่างออก",
    )


def indicator_set_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator_set = get_set_for_preparer(request, pk)
    actions.check_set_is_draft(indicator_set)

    def act() -> str:
        actions.delete_set_draft(indicator_set, by=request.user)
        return "criteria"

    return confirm_indicator_set_action(
        request,
        indicator_set,
        act,
        success_message=f"ลบร่าง {indicator_set} แล้ว",
        heading="ลบร่างทั้งชุด",
        effects=["มาตรฐาน ตัวชี้วัด และคำอธิบายระดับทั้งหมดในร่างนี้หายไป", "ยังไม่มีรอบใดใช้ร่างนี้"],
        irreversible="ลบแล้วนำกลับมาไม่ได้ หากต้องการเก็บไว้ โปรดส่งออก Excel ก่อน",
        danger=True,
        submit_label="ลบร่าง",
    )


def rows_of_visible_sets(request: SignedInRequest, rows: QuerySet, path: str) -> QuerySet:
    """Rows of sets that the person sees."""
    return rows.filter(**{f"{path}__in": IndicatorSet.objects.visible_to(request.user)})
