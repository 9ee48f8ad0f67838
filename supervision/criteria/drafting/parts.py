"""The standards and indicators of a draft: written, and put in order."""

from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, require
from schools.core.errors import ActionRefused
from schools.core.forms import apply_portal_style, form_field, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.tables.reading import normalize_cell_text as one_line
from supervision.criteria import actions
from supervision.criteria.drafting.sets import (
    DraftTextForm,
    get_draft_for_preparer,
    redirect_after_save,
    render_draft_form,
    rows_of_visible_sets,
)
from supervision.criteria.models import Indicator, IndicatorSet, ScaleLevel, Standard
from supervision.criteria.views import confirm_indicator_set_action

MAX_RUBRIC_LENGTH = 400


class StandardForm(DraftTextForm):
    """One standard: number, name, and from which mean on it is achieved."""

    class Meta:
        model = Standard
        fields = ("number", "name", "target")

    def __init__(self, *args: Any, levels: list[ScaleLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = [level.value for level in levels]
        number, target = form_field(self, "number", forms.IntegerField), self.fields["target"]
        number.min_value = 1
        number.widget.attrs |= {"inputmode": "numeric", "class": "short"}
        target.widget.attrs |= {"inputmode": "decimal", "class": "short"}
        target.help_text = (
            f"อยู่ระหว่าง {min(values)}.00 ถึง {max(values)}.00 ตามมาตราส่วนของชุด "
            "เว้นว่างได้หากไม่ตัดสินด้วยค่าเฉลี่ย"
        )
        self.range = min(values), max(values)

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        if number < 1:
            raise ValidationError("เลขมาตรฐานต้องตั้งแต่ 1 ขึ้นไป", code="low")
        others = self.instance.indicator_set.standards.exclude(pk=self.instance.pk)
        if other := others.filter(number=number).first():
            raise ValidationError(f"มีมาตรฐานที่ {number} {other.name} แล้ว โปรดใช้เลขอื่น", code="taken")
        return number

    def clean_target(self) -> Decimal | None:
        target, (low, high) = self.cleaned_data["target"], self.range
        if target is not None and not low <= target <= high:
            raise ValidationError(
                f"ค่าเป้าหมายต้องอยู่ระหว่าง {low}.00 ถึง {high}.00 ตามมาตราส่วนของชุด โปรดแก้ไข",
                code="range",
            )
        return target


class IndicatorForm(DraftTextForm):
    """One indicator: its words, the evidence asked for, and how it counts."""

    achieved_from = forms.TypedChoiceField(
        label="บรรลุเมื่อระดับตั้งแต่",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="ใช้บอกว่าตัวชี้วัดข้อนี้ถึงเกณฑ์หรือไม่ ไม่เปลี่ยนค่าเฉลี่ยของมาตรฐาน",
    )
    weight = forms.DecimalField(
        label="น้ำหนัก",
        max_digits=4,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text="1 คือ นับเท่ากันทุกข้อ ใส่ 2 หากให้ข้อนี้นับเป็นสองเท่าในค่าเฉลี่ยของมาตรฐาน",
        error_messages={
            "min_value": "น้ำหนักต้องมากกว่า 0 หากไม่ให้นับข้อนี้ โปรดลบตัวชี้วัดออกจากชุด",
            "invalid": "น้ำหนักต้องเป็นตัวเลข เช่น 1 หรือ 1.5",
        },
    )

    class Meta:
        model = Indicator
        fields = (
            "code",
            "text",
            "group",
            "evidence_hint",
            "weight",
            "achieved_from",
            "is_local",
        )
        widgets = {"text": forms.Textarea, "evidence_hint": forms.Textarea}
        help_texts = {
            "code": "เช่น 1.1 หรือ 1.1.1 ไม่ซ้ำกันในชุด",
            "group": "หัวข้อย่อยที่ตัวชี้วัดอยู่ด้วยกัน ถ้ามี เช่น 1.1 ผลสัมฤทธิ์ทางวิชาการของผู้เรียน",
            "evidence_hint": "เอกสารหรือหลักฐานที่โรงเรียนควรเตรียม ถ้ามี",
            "is_local": "ทำเครื่องหมายเมื่อเขตพื้นที่เพิ่มข้อนี้เอง นอกเหนือจากประกาศหรือชุดต้นทาง",
        }

    def __init__(self, *args: Any, levels: list[ScaleLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(level.value, str(level)) for level in levels]
        achieved_from = form_field(self, "achieved_from", forms.ChoiceField)
        achieved_from.choices = [("", "ไม่กำหนด"), *choices]
        for name in ("code", "weight"):
            self.fields[name].widget.attrs["class"] = "short"
        self.fields["weight"].widget.attrs["inputmode"] = "decimal"

    def clean_code(self) -> str:
        self.instance.code = one_line(self.cleaned_data["code"])
        try:
            actions.check_indicator_code(self.instance)
        except ActionRefused as refused:
            raise ValidationError(str(refused), code="taken") from None
        return self.instance.code


class RubricForm(DraftTextForm):
    """What each level of the scale means for one indicator; empty leaves the scale's own words."""

    class Meta:
        model = Indicator
        fields = ()

    def __init__(
        self, *args: Any, levels: list[ScaleLevel], texts: dict[int, str], **kwargs: Any
    ) -> None:
        self.names = {level.value: f"level_{level.value}" for level in levels}
        initial = {self.names[value]: text for value, text in texts.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for level in levels:
            self.fields[self.names[level.value]] = forms.CharField(
                label=f"ระดับ {level}",
                help_text=level.description,
                max_length=MAX_RUBRIC_LENGTH,
                required=False,
                widget=forms.Textarea,
            )
        apply_portal_style(self)

    def compared_fields(self) -> Iterable[str]:
        return list(self.names.values())

    def texts(self) -> dict[int, str]:
        """By level value."""
        return {value: self.cleaned_data[name] for value, name in self.names.items()}


def _standard(request: SignedInRequest, pk: int) -> Standard:
    """A standard of a draft, read once its set is held where it will be changed."""
    rows = rows_of_visible_sets(request, Standard.objects.all(), "indicator_set")
    rows = rows.select_related("indicator_set__scale")
    standard = get_object_or_404(rows, pk=pk)
    _may_change(request, standard.indicator_set)
    return get_object_or_404(rows, pk=pk) if request.method == "POST" else standard


def _indicator(request: SignedInRequest, pk: int) -> Indicator:
    rows = rows_of_visible_sets(request, Indicator.objects.all(), "standard__indicator_set")
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
    """The row whose button was pressed; what is no number, or was deleted since, is none."""
    row = request.POST.get("row", "")
    return int(row) if row.isdecimal() and len(row) < 10 else 0


def _back_to_row(request: SignedInRequest) -> HttpResponse:
    """The same page at the row that was moved, for the next press."""
    return redirect(f"{request.path}#row-{_moved(request)}")


def _is_up(request: SignedInRequest) -> bool:
    return request.POST.get("to") == "up"
