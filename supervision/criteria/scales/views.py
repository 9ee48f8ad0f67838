"""The rating scales: who holds a post reads them, who prepares criteria keeps them."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.forms import clear_draft_tag, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.criteria.models import IndicatorSet, Scale
from supervision.criteria.scales import actions
from supervision.criteria.scales.forms import ScaleForm


def scale_list(request: SignedInRequest) -> HttpResponse:
    scales = Scale.objects.visible_to(request.user).prefetch_related("levels")
    context = {
        "scales": scales.annotate(level_count=Count("levels")).order_by("pk"),
        "may_prepare": can(request.user, Permission.PREPARE_CRITERIA),
    }
    return render(request, "criteria/scales.html", context)


def scale_page(request: SignedInRequest, pk: int) -> HttpResponse:
    scale = get_object_or_404(Scale.objects.visible_to(request.user), pk=pk)
    context = {
        "scale": scale,
        "levels": scale.levels.all(),
        "bands": scale.bands.all(),
        "sets": IndicatorSet.objects.visible_to(request.user).filter(scale=scale),
        "may_prepare": can(request.user, Permission.PREPARE_CRITERIA),
        "is_frozen": scale.is_frozen,
        "is_used": scale.indicator_sets.exists(),
    }
    return render(request, "criteria/scale_detail.html", context)


def scale_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    return _editor(request, _form(request), heading="เพิ่มมาตราส่วน")


def scale_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page of a new scale with all that stands in this one, to be changed and saved."""
    source = _scale(request, pk)
    form = _form(
        request,
        levels=source.levels.all(),
        bands=source.bands.all(),
        initial={"name": f"{source.name} (ฉบับสำนักงาน)", "provenance": f"ปรับจาก {source.name}"},
    )
    return _editor(request, form, heading=f"คัดลอก {source} เป็นมาตราส่วนใหม่", cancel=source)


@transaction.atomic
def scale_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    scale = _scale(request, pk, lock=request.method == "POST")
    actions.check_scale_is_editable(scale)
    form = _form(request, instance=scale, levels=scale.levels.all(), bands=scale.bands.all())
    return _editor(request, form, heading="แก้ไขมาตราส่วน", cancel=scale)


def scale_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    scale = _scale(request, pk)
    actions.check_scale_is_unused(scale)

    def act() -> str:
        actions.delete_scale(scale)
        return "scales"

    return confirm_action(
        request,
        act,
        success_message=f"ลบมาตราส่วน {scale} แล้ว",
        heading=f"ลบมาตราส่วน {scale}",
        effects=["ระดับและช่วงการแปลผลของมาตราส่วนนี้หายไป", "ไม่มีชุดใดใช้มาตราส่วนนี้"],
        irreversible="ลบแล้วนำกลับมาไม่ได้",
        danger=True,
        submit_label="ลบมาตราส่วน",
        cancel_url=scale.get_absolute_url(),
    )


def _form(request: SignedInRequest, **about: Any) -> ScaleForm:
    """What was typed comes back unjudged where only more rows were asked for."""
    if "more" in request.POST:
        return ScaleForm(typed=request.POST.dict(), **about)
    return ScaleForm(post_data(request), **about)


def _scale(request: SignedInRequest, pk: int, *, lock: bool = False) -> Scale:
    """With `lock` it is held until the transaction ends, so that nobody changes it meanwhile."""
    scales = Scale.objects.visible_to(request.user)
    scale = get_object_or_404(scales.select_for_update() if lock else scales, pk=pk)
    require(request.user, Permission.PREPARE_CRITERIA)
    return scale


def _editor(
    request: SignedInRequest, form: ScaleForm, *, heading: str, cancel: Scale | None = None
) -> HttpResponse:
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_scale(form.instance, levels=form.levels, bands=form.bands)
            messages.success(
                request, f"บันทึกมาตราส่วน {form.instance} แล้ว", extra_tags=clear_draft_tag(request)
            )
            return redirect(form.instance)
    context = {"form": form, "heading": heading, "scale": cancel}
    return render(request, "criteria/scale_edit.html", context)
