"""The rating scales: who holds a post reads them, who prepares criteria keeps them."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, can, require
from schools.forms import saved_tag, typed
from supervision.criteria.models import IndicatorSet, Scale
from supervision.criteria.scales import actions
from supervision.criteria.scales.forms import ScaleForm
from supervision.workflow.asking import ask
from supervision.workflow.refusals import refusal_shown_in


def scale_list(request: HttpRequest) -> HttpResponse:
    scales = Scale.objects.visible_to(request.user).prefetch_related("levels")
    context = {
        "scales": scales.annotate(level_count=Count("levels")).order_by("pk"),
        "may_prepare": can(request.user, Permission.PREPARE_CRITERIA),
    }
    return render(request, "criteria/scales.html", context)


def scale_page(request: HttpRequest, pk: int) -> HttpResponse:
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
    return render(request, "criteria/scale_page.html", context)


def add_scale(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    return _editor(request, _form(request), heading="เพิ่มมาตราส่วน")


def copy_scale(request: HttpRequest, pk: int) -> HttpResponse:
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
def edit_scale(request: HttpRequest, pk: int) -> HttpResponse:
    scale = _scale(request, pk, lock=request.method == "POST")
    actions.check_open(scale)
    form = _form(request, instance=scale, levels=scale.levels.all(), bands=scale.bands.all())
    return _editor(request, form, heading="แก้ไขมาตราส่วน", cancel=scale)


def delete_scale(request: HttpRequest, pk: int) -> HttpResponse:
    scale = _scale(request, pk)
    actions.check_unused(scale)

    def act() -> str:
        actions.delete_scale(scale)
        return "scales"

    return ask(
        request,
        act,
        done=f"ลบมาตราส่วน {scale} แล้ว",
        heading=f"ลบมาตราส่วน {scale}",
        effects=["ระดับและช่วงการแปลผลของมาตราส่วนนี้หายไป", "ไม่มีชุดใดใช้มาตราส่วนนี้"],
        irreversible="ลบแล้วนำกลับมาไม่ได้",
        danger=True,
        submit_label="ลบมาตราส่วน",
        cancel_url=scale.get_absolute_url(),
    )


def _form(request: HttpRequest, **about: Any) -> ScaleForm:
    """What was typed comes back unjudged where only more rows were asked for."""
    if "more" in request.POST:
        return ScaleForm(typed=request.POST.dict(), **about)
    return ScaleForm(typed(request), **about)


def _scale(request: HttpRequest, pk: int, *, lock: bool = False) -> Scale:
    """With `lock` it is held until the transaction ends, so that nobody changes it meanwhile."""
    scales = Scale.objects.visible_to(request.user)
    scale = get_object_or_404(scales.select_for_update() if lock else scales, pk=pk)
    require(request.user, Permission.PREPARE_CRITERIA)
    return scale


def _editor(
    request: HttpRequest, form: ScaleForm, *, heading: str, cancel: Scale | None = None
) -> HttpResponse:
    if form.is_valid():
        with refusal_shown_in(form):
            actions.write_scale(form.instance, levels=form.levels, bands=form.bands)
            messages.success(
                request, f"บันทึกมาตราส่วน {form.instance} แล้ว", extra_tags=saved_tag(request)
            )
            return redirect(form.instance)
    context = {"form": form, "heading": heading, "scale": cancel}
    return render(request, "criteria/scale_edit.html", context)
