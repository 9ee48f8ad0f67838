"""Pages on which the standards and indicators of a draft are written and put in order."""

from functools import partial

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, require
from schools.forms import typed
from supervision.criteria.drafting import actions
from supervision.criteria.drafting.forms import IndicatorForm, RubricForm, StandardForm
from supervision.criteria.drafting.views import draft_of, editor, saved, visible_rows
from supervision.criteria.models import Indicator, IndicatorSet, ScaleLevel, Standard
from supervision.criteria.views import ask_about
from supervision.workflow.refusals import refusal_shown_in


def _standard(request: HttpRequest, pk: int) -> Standard:
    """A standard of a draft, read once its set is held where it will be changed."""
    rows = visible_rows(request, Standard.objects, "indicator_set")
    rows = rows.select_related("indicator_set__scale")
    standard = get_object_or_404(rows, pk=pk)
    _may_change(request, standard.indicator_set)
    return get_object_or_404(rows, pk=pk) if request.method == "POST" else standard


def _indicator(request: HttpRequest, pk: int) -> Indicator:
    rows = visible_rows(request, Indicator.objects, "standard__indicator_set")
    rows = rows.select_related("standard__indicator_set__scale")
    indicator = get_object_or_404(rows, pk=pk)
    _may_change(request, indicator.standard.indicator_set)
    return get_object_or_404(rows, pk=pk) if request.method == "POST" else indicator


def _may_change(request: HttpRequest, indicator_set: IndicatorSet) -> None:
    require(request.user, Permission.PREPARE_CRITERIA)
    if request.method == "POST":
        actions.lock_draft(indicator_set)
    else:
        actions.check_draft(indicator_set)


def _levels(indicator_set: IndicatorSet) -> list[ScaleLevel]:
    return list(indicator_set.scale.levels.all())


# --- Standards ---


@transaction.atomic
def add_standard(request: HttpRequest, pk: int) -> HttpResponse:
    indicator_set = draft_of(request, pk)
    last = indicator_set.standards.order_by("number").last()
    new = Standard(indicator_set=indicator_set, number=last.number + 1 if last else 1)
    form = StandardForm(typed(request), instance=new, levels=_levels(indicator_set))
    return _standard_page(request, form, heading="เพิ่มมาตรฐาน")


@transaction.atomic
def edit_standard(request: HttpRequest, pk: int) -> HttpResponse:
    standard = _standard(request, pk)
    levels = _levels(standard.indicator_set)
    form = StandardForm(typed(request), instance=standard, levels=levels)
    return _standard_page(request, form, heading=f"แก้ไขมาตรฐานที่ {standard.number}")


def _standard_page(request: HttpRequest, form: StandardForm, heading: str) -> HttpResponse:
    standard = form.instance
    if form.is_valid():
        with refusal_shown_in(form):
            actions.write_standard(standard, facts=_facts(form))
            return saved(request, standard.indicator_set, f"บันทึกมาตรฐานที่ {standard.number} แล้ว")
    return editor(
        request,
        standard.indicator_set,
        form,
        heading=heading,
        submit_label="บันทึกมาตรฐาน",
        delete=("standard_delete", "ลบมาตรฐานนี้"),
    )


@transaction.atomic
def delete_standard(request: HttpRequest, pk: int) -> HttpResponse:
    standard = _standard(request, pk)
    return ask_about(
        request,
        standard.indicator_set,
        partial(actions.remove_standard, standard),
        done=f"ลบมาตรฐานที่ {standard.number} แล้ว",
        heading=f"ลบมาตรฐานที่ {standard.number} {standard.name}",
        effects=[f"ตัวชี้วัดในมาตรฐานนี้ {standard.indicators.count()} ข้อ และคำอธิบายระดับ หายไปด้วย"],
        irreversible="ลบแล้วนำกลับมาไม่ได้",
        danger=True,
        submit_label="ลบมาตรฐาน",
    )


@transaction.atomic
def order_standards(request: HttpRequest, pk: int) -> HttpResponse:
    """Each press moves one standard one place; the numbers are exchanged."""
    indicator_set = draft_of(request, pk)
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
def add_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    standard = _standard(request, pk)
    last = standard.indicators.order_by("position").last()
    new = Indicator(
        standard=standard,
        group=last.group if last else "",
        is_local=standard.indicator_set.is_borrowed,
    )
    levels = _levels(standard.indicator_set)
    form = IndicatorForm(typed(request), instance=new, levels=levels)
    return _indicator_page(request, form, heading=f"เพิ่มตัวชี้วัดในมาตรฐานที่ {standard.number}")


@transaction.atomic
def edit_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = _indicator(request, pk)
    levels = _levels(indicator.standard.indicator_set)
    form = IndicatorForm(typed(request), instance=indicator, levels=levels)
    return _indicator_page(request, form, heading=f"แก้ไขตัวชี้วัด {indicator.code}")


def _indicator_page(request: HttpRequest, form: IndicatorForm, heading: str) -> HttpResponse:
    indicator = form.instance
    indicator_set = indicator.standard.indicator_set
    if form.is_valid():
        with refusal_shown_in(form):
            actions.write_indicator(indicator, facts=_facts(form))
            return saved(request, indicator_set, f"บันทึกตัวชี้วัด {indicator.code} แล้ว")
    return editor(
        request,
        indicator_set,
        form,
        heading=heading,
        lead=f"มาตรฐานที่ {indicator.standard.number} {indicator.standard.name}",
        submit_label="บันทึกตัวชี้วัด",
        delete=("indicator_delete", "ลบตัวชี้วัดนี้"),
    )


@transaction.atomic
def edit_rubrics(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = _indicator(request, pk)
    indicator_set = indicator.standard.indicator_set
    rubrics = indicator.rubrics.select_related("level")
    texts = {rubric.level.value: rubric.text for rubric in rubrics}
    levels = _levels(indicator_set)
    form = RubricForm(typed(request), instance=indicator, levels=levels, texts=texts)
    if form.is_valid():
        with refusal_shown_in(form):
            actions.write_rubrics(indicator, texts=form.texts())
            done = f"บันทึกคำอธิบายระดับของตัวชี้วัด {indicator.code} แล้ว"
            return saved(request, indicator_set, done)
    return editor(
        request,
        indicator_set,
        form,
        heading=f"คำอธิบายระดับของตัวชี้วัด {indicator.code}",
        lead=f"{indicator.text} · ระดับที่เว้นว่างใช้คำอธิบายของมาตราส่วน",
        submit_label="บันทึกคำอธิบายระดับ",
    )


@transaction.atomic
def delete_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = _indicator(request, pk)
    return ask_about(
        request,
        indicator.standard.indicator_set,
        partial(actions.remove_indicator, indicator),
        done=f"ลบตัวชี้วัด {indicator.code} แล้ว",
        heading=f"ลบตัวชี้วัด {indicator}",
        effects=["คำอธิบายระดับของตัวชี้วัดนี้หายไปด้วย"],
        irreversible="ลบแล้วนำกลับมาไม่ได้",
        danger=True,
        submit_label="ลบตัวชี้วัด",
    )


@transaction.atomic
def order_indicators(request: HttpRequest, pk: int) -> HttpResponse:
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
    return {name: form.cleaned_data[name] for name in form.shared_names()}


def _moved(request: HttpRequest) -> int:
    """Which row the button stands at; what is no number, or was deleted since, is none."""
    row = request.POST.get("row", "")
    return int(row) if row.isdecimal() and len(row) < 10 else 0


def _back_to_row(request: HttpRequest) -> HttpResponse:
    """The same page at the row that was moved, for the next press."""
    return redirect(f"{request.path}#row-{_moved(request)}")


def _is_up(request: HttpRequest) -> bool:
    return request.POST.get("to") == "up"
