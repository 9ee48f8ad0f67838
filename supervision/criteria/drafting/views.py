"""Pages on which a draft set is made and changed; one decision each."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from schools.access import Permission, require
from schools.forms import saved_tag, typed
from supervision.criteria.drafting import actions
from supervision.criteria.drafting.forms import CopyForm, SetForm, UnmarkForm
from supervision.criteria.models import IndicatorSet
from supervision.criteria.views import ask_about
from supervision.workflow.refusals import refusal_shown_in


def set_of(request: HttpRequest, pk: int) -> IndicatorSet:
    """The set, for somebody who prepares criteria."""
    sets = IndicatorSet.objects.visible_to(request.user).select_related("scale", "previous")
    indicator_set = get_object_or_404(sets, pk=pk)
    require(request.user, Permission.PREPARE_CRITERIA)
    return indicator_set


def draft_of(request: HttpRequest, pk: int) -> IndicatorSet:
    """The same while it may be changed; held until the transaction ends where it will be."""
    indicator_set = set_of(request, pk)
    if request.method == "POST":
        actions.lock_draft(indicator_set)
    else:
        actions.check_draft(indicator_set)
    return indicator_set


def editor(
    request: HttpRequest, indicator_set: IndicatorSet | None, form: BaseForm, **words: Any
) -> HttpResponse:
    """The page of one form on a draft."""
    cancel = indicator_set.get_absolute_url() if indicator_set else reverse("criteria")
    context = {"set": indicator_set, "form": form, "cancel_url": cancel, **words}
    return render(request, "criteria/edit.html", context)


def saved(request: HttpRequest, indicator_set: IndicatorSet, message: str) -> HttpResponse:
    messages.success(request, message, extra_tags=saved_tag(request))
    return redirect(indicator_set)


def add_set(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    form = SetForm(typed(request))
    if form.is_valid():
        with refusal_shown_in(form):
            actions.begin_set(form.instance, by=request.user)
            return saved(request, form.instance, "เริ่มร่างชุดตัวชี้วัดแล้ว ต่อไปเพิ่มมาตรฐานและตัวชี้วัด")
    heading = "จัดทำชุดตัวชี้วัดใหม่"
    return editor(request, None, form, heading=heading, submit_label="เริ่มร่าง")


@transaction.atomic
def edit_set(request: HttpRequest, pk: int) -> HttpResponse:
    indicator_set = draft_of(request, pk)
    form = SetForm(typed(request), instance=indicator_set)
    if form.is_valid():
        with refusal_shown_in(form):
            facts = {name: form.cleaned_data[name] for name in form.shared_names()}
            actions.write_set(indicator_set, facts=facts)
            return saved(request, indicator_set, "บันทึกข้อมูลชุดแล้ว")
    return editor(request, indicator_set, form, heading="แก้ไขข้อมูลชุด", submit_label="บันทึก")


def copy_set(request: HttpRequest, pk: int) -> HttpResponse:
    source = set_of(request, pk)
    provenance = f"คัดลอกจาก {source} · {source.provenance}".removesuffix(" · ")
    form = CopyForm(typed(request), initial={"provenance": provenance[:300]})
    if form.is_valid():
        with refusal_shown_in(form):
            new = actions.copy(source, by=request.user, **form.cleaned_data)
            return saved(request, new, "คัดลอกเป็นชุดใหม่แล้ว")
    return editor(
        request,
        source,
        form,
        heading="คัดลอกเป็นชุดใหม่",
        lead="ชุดใหม่เป็นร่างที่มีมาตรฐาน ตัวชี้วัด และคำอธิบายระดับเหมือนชุดนี้ทุกข้อ",
        submit_label="คัดลอก",
    )


def revise_set(request: HttpRequest, pk: int) -> HttpResponse:
    source = set_of(request, pk)
    actions.check_can_revise(source)
    return ask_about(
        request,
        source,
        partial(actions.revise, source, by=request.user),
        done="เริ่มร่างฉบับใหม่แล้ว",
        heading="จัดทำฉบับใหม่",
        effects=[
            "ได้ร่างฉบับใหม่ที่มีเนื้อหาเหมือนฉบับนี้ แก้ไขแล้วเสนอ ก.ต.ป.น. ได้",
            "ข้อที่เพิ่มในฉบับใหม่ทำเครื่องหมาย “เขตพื้นที่เพิ่มเติม”",
            "รอบที่ใช้ฉบับนี้อยู่ใช้ฉบับนี้ต่อจนจบรอบ",
        ],
        submit_label="เริ่มร่างฉบับใหม่",
    )


def unmark_set(request: HttpRequest, pk: int) -> HttpResponse:
    indicator_set = set_of(request, pk)
    actions.check_is_sample(indicator_set)
    form = UnmarkForm(typed(request), initial={"provenance": indicator_set.provenance})
    if form.is_valid():
        with refusal_shown_in(form):
            actions.unmark(indicator_set, by=request.user, **form.cleaned_data)
            return saved(request, indicator_set, "นำเครื่องหมายตัวอย่างออกแล้ว")
    return editor(
        request,
        indicator_set,
        form,
        heading="นำเครื่องหมายตัวอย่างออก",
        lead="ทำเมื่อสำนักงานตรวจถ้อยคำและค่าเป้าหมายของชุดนี้ครบทุกข้อแล้ว ระบบบันทึกผู้ทำและวันเวลา",
        submit_label="นำเครื่องหมายตัวอย่างออก",
    )


def delete_set(request: HttpRequest, pk: int) -> HttpResponse:
    indicator_set = set_of(request, pk)
    actions.check_draft(indicator_set)

    def act() -> str:
        actions.discard(indicator_set, by=request.user)
        return "criteria"

    return ask_about(
        request,
        indicator_set,
        act,
        done=f"ลบร่าง {indicator_set} แล้ว",
        heading="ลบร่างทั้งชุด",
        effects=["มาตรฐาน ตัวชี้วัด และคำอธิบายระดับทั้งหมดในร่างนี้หายไป", "ยังไม่มีรอบใดใช้ร่างนี้"],
        irreversible="ลบแล้วนำกลับมาไม่ได้ หากต้องการเก็บไว้ โปรดส่งออก Excel ก่อน",
        danger=True,
        submit_label="ลบร่าง",
    )


def visible_rows(request: HttpRequest, rows: QuerySet, path: str) -> QuerySet:
    """Rows of sets that the person sees."""
    return rows.filter(**{f"{path}__in": IndicatorSet.objects.visible_to(request.user)})
