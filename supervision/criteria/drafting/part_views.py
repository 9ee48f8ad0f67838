"""Pages on which the standards and indicators of a draft are written and put in order."""

from functools import partial

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, require
from schools.core.forms import post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.criteria.drafting import actions
from supervision.criteria.drafting.forms import IndicatorForm, RubricForm, StandardForm
from supervision.criteria.drafting.views import (
    get_draft_for_preparer,
    redirect_after_save,
    render_draft_form,
    rows_of_visible_sets,
)
from supervision.criteria.models import Indicator, IndicatorSet, ScaleLevel, Standard
from supervision.criteria.views import confirm_indicator_set_action


def _standard(request: SignedInRequest, pk: int) -> Standard:
    """A standard of a draft, read once its set is held where it will be changed."""
    rows = rows_of_visible_sets(request, Standard.objects, "indicator_set")
    rows = rows.select_related("indicator_set__scale")
    standard = get_object_or_404(rows, pk=pk)
    _may_change(request, standard.indicator_set)
    return get_object_or_404(rows, pk=pk) if request.method == "POST" else standard


def _indicator(request: SignedInRequest, pk: int) -> Indicator:
    rows = rows_of_visible_sets(request, Indicator.objects, "standard__indicator_set")
    rows = rows.select_related("standard__indicator_set__scale")
    indicator = get_object_or_404(rows, pk=pk)
    _may_change(request, indicator.standard.indicator_set)
    return get_object_or_404(rows, pk=pk) if request.method == "POST" else indicator


def _may_change(request: SignedInRequest, indicator_set: IndicatorSet) -> None:
    require(request.user, Permission.PREPARE_CRITERIA)
    if request.method == "POST":
        actions.lock_set_draft(indicator_set)
    else:
        actions.check_set_is_draft(indicator_set)


def _levels(indicator_set: IndicatorSet) -> list[ScaleLevel]:
    return list(indicator_set.scale.levels.all())


# --- Standards ---


@transaction.atomic
def standard_add(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator_set = get_draft_for_preparer(request, pk)
    last = indicator_set.standards.order_by("number").last()
    new = Standard(indicator_set=indicator_set, number=last.number + 1 if last else 1)
    form = StandardForm(post_data(request), instance=new, levels=_levels(indicator_set))
    return _standard_page(request, form, heading="เพิ่มมาตรฐาน")


@transaction.atomic
def standard_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    standard = _standard(request, pk)
    levels = _levels(standard.indicator_set)
    form = StandardForm(post_data(request), instance=standard, levels=levels)
    return _standard_page(request, form, heading=f"แก้ไขมาตรฐานที่ {standard.number}")


def _standard_page(request: SignedInRequest, form: StandardForm, heading: str) -> HttpResponse:
    standard = form.instance
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_standard(standard, facts=_facts(form))
            return redirect_after_save(
                request, standard.indicator_set, f"บันทึกมาตรฐานที่ {standard.number} แล้ว"
            )
    return render_draft_form(
        request,
        standard.indicator_set,
        form,
        heading=heading,
        submit_label="บันทึกมาตรฐาน",
        delete=("standard_delete", "ลบมาตรฐานนี้"),
    )


@transaction.atomic
def standard_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    standard = _standard(request, pk)
    return confirm_indicator_set_action(
        request,
        standard.indicator_set,
        partial(actions.delete_standard, standard),
        success_message=f"ลบมาตรฐานที่ {standard.number} แล้ว",
        heading=f"ลบมาตรฐานที่ {standard.number} {standard.name}",
        effects=[f"ตัวชี้วัดในมาตรฐานนี้ {standard.indicators.count()} ข้อ และคำอธิบายระดับ หายไปด้วย"],
        irreversible="ลบแล้วนำกลับมาไม่ได้",
        danger=True,
        submit_label="ลบมาตรฐาน",
    )


@transaction.atomic
def standard_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each press moves one standard one place; the numbers are exchanged."""
    indicator_set = get_draft_for_preparer(request, pk)
    if request.method == "POST":
        for standard in indicator_set.standards.filter(pk=_moved(request)):
            actions.move_standard(standard, up=_is_up(request))
        return _back_to_row(request)
    context = {
        "set": indicator_set,
        "heading": "จัดลำดับมาตรฐาน",
        "note": "เลื่อนแล้วเลขมาตรฐานสลับกัน เลขที่ของตัวชี้วัดคงเดิม โปรดตรวจให้ตรงกัน",
        "rows": [
            (standard.pk, f"มาตรฐานที่ {standard.number} {standard.name}")
            for standard in indicator_set.standards.all()
        ],
    }
    return render(request, "criteria/order.html", context)


# --- Indicators ---


@transaction.atomic
def indicator_add(request: SignedInRequest, pk: int) -> HttpResponse:
    standard = _standard(request, pk)
    last = standard.indicators.order_by("position").last()
    new = Indicator(
        standard=standard,
        group=last.group if last else "",
        is_local=standard.indicator_set.is_borrowed,
    )
    levels = _levels(standard.indicator_set)
    form = IndicatorForm(post_data(request), instance=new, levels=levels)
    return _indicator_page(request, form, heading=f"เพิ่มตัวชี้วัดในมาตรฐานที่ {standard.number}")


@transaction.atomic
def indicator_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator = _indicator(request, pk)
    levels = _levels(indicator.standard.indicator_set)
    form = IndicatorForm(post_data(request), instance=indicator, levels=levels)
    return _indicator_page(request, form, heading=f"แก้ไขตัวชี้วัด {indicator.code}")


def _indicator_page(request: SignedInRequest, form: IndicatorForm, heading: str) -> HttpResponse:
    indicator = form.instance
    indicator_set = indicator.standard.indicator_set
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_indicator(indicator, facts=_facts(form))
            return redirect_after_save(request, indicator_set, f"บันทึกตัวชี้วัด {indicator.code} แล้ว")
    return render_draft_form(
        request,
        indicator_set,
        form,
        heading=heading,
        lead=f"มาตรฐานที่ {indicator.standard.number} {indicator.standard.name}",
        submit_label="บันทึกตัวชี้วัด",
        delete=("indicator_delete", "ลบตัวชี้วัดนี้"),
    )


@transaction.atomic
def indicator_rubrics(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator = _indicator(request, pk)
    indicator_set = indicator.standard.indicator_set
    rubrics = indicator.rubrics.select_related("level")
    texts = {rubric.level.value: rubric.text for rubric in rubrics}
    levels = _levels(indicator_set)
    form = RubricForm(post_data(request), instance=indicator, levels=levels, texts=texts)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_rubrics(indicator, texts=form.texts())
            done = f"บันทึกคำอธิบายระดับของตัวชี้วัด {indicator.code} แล้ว"
            return redirect_after_save(request, indicator_set, done)
    return render_draft_form(
        request,
        indicator_set,
        form,
        heading=f"คำอธิบายระดับของตัวชี้วัด {indicator.code}",
        lead=f"{indicator.text} · ระดับที่เว้นว่างใช้คำอธิบายของมาตราส่วน",
        submit_label="บันทึกคำอธิบายระดับ",
    )


@transaction.atomic
def indicator_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator = _indicator(request, pk)
    return confirm_indicator_set_action(
        request,
        indicator.standard.indicator_set,
        partial(actions.delete_indicator, indicator),
        success_message=f"ลบตัวชี้วัด {indicator.code} แล้ว",
        heading=f"ลบตัวชี้วัด {indicator}",
        effects=["คำอธิบายระดับของตัวชี้วัดนี้หายไปด้วย"],
        irreversible="ลบแล้วนำกลับมาไม่ได้",
        danger=True,
        submit_label="ลบตัวชี้วัด",
    )


@transaction.atomic
def indicator_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each press moves one indicator one place within its standard."""
    standard = _standard(request, pk)
    if request.method == "POST":
        for indicator in standard.indicators.filter(pk=_moved(request)):
            actions.move_indicator(indicator, up=_is_up(request))
        return _back_to_row(request)
    context = {
        "set": standard.indicator_set,
        "heading": f"จัดลำดับตัวชี้วัดในมาตรฐานที่ {standard.number}",
        "note": "เลื่อนแล้วเลขที่ของตัวชี้วัดคงเดิม โปรดแก้เลขที่ภายหลังหากต้องการ",
        "rows": [(indicator.pk, str(indicator)) for indicator in standard.indicators.all()],
    }
    return render(request, "criteria/order.html", context)


def _facts(form: StandardForm | IndicatorForm) -> dict:
    return {name: form.cleaned_data[name] for name in form.compared_fields()}


def _moved(request: SignedInRequest) -> int:
    """Which row the button stands at; what is no number, or was deleted since, is none."""
    row = request.POST.get("row", "")
    return int(row) if row.isdecimal() and len(row) < 10 else 0


def _back_to_row(request: SignedInRequest) -> HttpResponse:
    """The same page at the row that was moved, for the next press."""
    return redirect(f"{request.path}#row-{_moved(request)}")


def _is_up(request: SignedInRequest) -> bool:
    return request.POST.get("to") == "up"
