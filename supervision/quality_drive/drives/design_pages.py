"""The pages on which a draft of a drive gets its weights, indicators, targets and results."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from schools.core.confirmation import confirm_action
from schools.core.fields import ListedRowsField
from schools.core.forms import PortalForm, form_field, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.criteria.enums import SetState, SetUse
from supervision.criteria.indicator_ticks import IndicatorTicks, ticks_by_standard
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.quality_drive.drives import actions, design_actions
from supervision.quality_drive.drives.completeness import scale_of, scale_ranges
from supervision.quality_drive.drives.queries import get_drive_to_edit
from supervision.quality_drive.drives.row_forms import (
    DimensionWeightsForm,
    ExpectedResultsForm,
    IndicatorDesignForm,
)
from supervision.quality_drive.models import CrosswalkLine, DriveDimension, QualityDrive


def _get_draft(request: SignedInRequest, year: int) -> QualityDrive:
    """The year's drive to who manages it. Raises ActionRefused where it is no draft."""
    drive = get_drive_to_edit(request, year)
    actions.check_drive_is_draft(drive)
    return drive


def _get_dimension(request: SignedInRequest, year: int, code: str) -> DriveDimension:
    drive = _get_draft(request, year)
    dimension = get_object_or_404(drive.dimensions.all(), code=code)
    dimension.drive = drive
    return dimension


@transaction.atomic
def drive_weights(request: SignedInRequest, year: int) -> HttpResponse:
    """What each dimension weighs."""
    drive = _get_draft(request, year)
    form = DimensionWeightsForm(post_data(request), rows=list(drive.dimensions.all()))
    if form.is_valid():
        with refusal_as_form_error(form):
            design_actions.save_dimension_weights(drive, by=request.user, weights=form.weights())
            return redirect_with_message(request, "บันทึกน้ำหนักของด้านแล้ว", drive)
    return render(request, "quality_drive/weights.html", {"drive": drive, "form": form})


@require_POST
@transaction.atomic
def drive_weights_share(request: SignedInRequest, year: int) -> HttpResponse:
    drive = _get_draft(request, year)
    design_actions.share_dimension_weights(drive, by=request.user)
    return redirect_with_message(request, "แบ่งน้ำหนักของด้านเท่ากันแล้ว", "drive_weights", year)


@transaction.atomic
def drive_dimension(request: SignedInRequest, year: int, code: str) -> HttpResponse:
    """Weight and target of each indicator of a dimension."""
    dimension = _get_dimension(request, year, code)
    found = dimension.indicators.select_related("indicator__standard__indicator_set")
    rows = list(found.order_by("position", "pk"))
    if not rows:
        return redirect("drive_choose_indicators", year, code)
    scales = scale_ranges(rows)
    ranges = [scales[scale_of(row)] for row in rows]
    form = IndicatorDesignForm(post_data(request), rows=rows, ranges=ranges)
    if form.is_valid():
        with refusal_as_form_error(form):
            designs = form.designs()
            design_actions.save_indicator_designs(dimension, by=request.user, designs=designs)
            done = f"บันทึกน้ำหนักและค่าเป้าหมาย{dimension}แล้ว"
            return redirect_with_message(request, done, dimension.drive)
    context = {"drive": dimension.drive, "dimension": dimension, "form": form}
    return render(request, "quality_drive/dimension.html", context)


@require_POST
@transaction.atomic
def drive_dimension_share(request: SignedInRequest, year: int, code: str) -> HttpResponse:
    dimension = _get_dimension(request, year, code)
    design_actions.share_indicator_weights(dimension, by=request.user)
    done = "แบ่งน้ำหนักของตัวชี้วัดเท่ากันแล้ว"
    return redirect_with_message(request, done, "drive_dimension", year, code)


class ChooseIndicatorsForm(PortalForm):
    """The indicators that measure a dimension: of the sets in use, and those chosen before."""

    indicators = ListedRowsField(
        Indicator.objects.none(),
        label="ตัวชี้วัดของด้านนี้",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, dimension: DriveDimension, **kwargs: Any) -> None:
        chosen = [row.indicator_id for row in dimension.indicators.all()]
        super().__init__(*args, initial={"indicators": chosen}, **kwargs)
        in_use = Q(
            standard__indicator_set__state=SetState.APPROVED,
            standard__indicator_set__use=SetUse.ROUND,
        )
        rows = Indicator.objects.filter(in_use | Q(pk__in=chosen))
        rows = rows.select_related("standard__indicator_set__scale").order_by(
            "-standard__indicator_set__level",
            "standard__indicator_set",
            "standard__number",
            "position",
        )
        field = form_field(self, "indicators", ListedRowsField)
        field.queryset = rows
        self.offered = list(rows)
        field.choices = [(row.pk, str(row)) for row in self.offered]

    def standards(self) -> list[IndicatorTicks]:
        """The boxes by set and standard, for the page."""
        return ticks_by_standard(self.offered, self["indicators"])


@transaction.atomic
def drive_choose_indicators(request: SignedInRequest, year: int, code: str) -> HttpResponse:
    """Choose what measures a dimension."""
    dimension = _get_dimension(request, year, code)
    form = ChooseIndicatorsForm(post_data(request), dimension=dimension)
    if form.is_valid():
        chosen = form.cleaned_data["indicators"].select_related("standard__indicator_set__scale")
        with refusal_as_form_error(form):
            design_actions.choose_indicators(dimension, by=request.user, indicators=chosen)
            done = f"เลือกตัวชี้วัดของ{dimension} {len(chosen)} ตัวชี้วัดแล้ว"
            return redirect_with_message(request, done, "drive_dimension", year, code)
    context = {
        "drive": dimension.drive,
        "dimension": dimension,
        "form": form,
        "suggested": _suggested(dimension),
    }
    return render(request, "quality_drive/choose_indicators.html", context)


def _suggested(dimension: DriveDimension) -> list[Indicator]:
    """What the crosswalk names for the dimension and is not chosen yet."""
    lines = CrosswalkLine.objects.filter(
        dimension_code=dimension.code,
        indicator__standard__indicator_set__state=SetState.APPROVED,
    )
    lines = lines.exclude(indicator__in=dimension.indicators.values("indicator"))
    return [line.indicator for line in lines.select_related("indicator")]


class SampleSetForm(PortalForm):
    """Of which endorsed set a sample of indicators is made."""

    indicator_set = forms.ModelChoiceField(
        label="ชุดตัวชี้วัดที่ใช้เป็นตัวอย่าง", queryset=IndicatorSet.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = form_field(self, "indicator_set", forms.ModelChoiceField)
        field.queryset = design_actions.sample_sets()


@transaction.atomic
def drive_sample_indicators(request: SignedInRequest, year: int) -> HttpResponse:
    """Deal out the indicators of an endorsed set, as a sample to begin with."""
    drive = _get_draft(request, year)
    return confirm_action(
        request,
        partial(design_actions.use_sample_indicators, drive, by=request.user),
        success_message="ใส่ตัวชี้วัดตัวอย่างแล้ว โปรดตรวจน้ำหนักและค่าเป้าหมายของแต่ละด้าน",
        heading="ใช้ตัวชี้วัดตัวอย่าง",
        form=SampleSetForm(post_data(request)),
        effects=[
            "ด้านที่ยังไม่มีตัวชี้วัดได้รับตัวชี้วัดของมาตรฐานการศึกษาที่ใกล้เคียง น้ำหนักเท่ากัน",
            "มาตรฐานที่ 1 ไปที่ด้านนักเรียน มาตรฐานที่ 2 แบ่งให้การบริหารจัดการและผู้อำนวยการ "
            "มาตรฐานที่ 3 แบ่งให้ครูและห้องเรียน ตารางเทียบตัวชี้วัดของสำนักงานใช้ก่อนเกณฑ์นี้",
            "ทุกตัวชี้วัดมีเครื่องหมายตัวอย่าง เพราะคู่มือไม่ได้กำหนดตัวชี้วัด แก้ไขได้จนกว่า ก.ต.ป.น. เห็นชอบ",
        ],
        submit_label="ใช้ตัวชี้วัดตัวอย่าง",
        cancel_url=drive.get_absolute_url(),
    )


@transaction.atomic
def drive_results(request: SignedInRequest, year: int) -> HttpResponse:
    """What is expected of a draft; what came of it once the drive is at work (E)."""
    drive = get_drive_to_edit(request, year)
    column, rows = actions.result_column(drive), list(drive.expected_results.all())
    if not rows:
        raise Http404
    form = ExpectedResultsForm(post_data(request), rows=rows, column=column)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_expected_results(drive, by=request.user, texts=form.texts())
            done = "บันทึกผลที่คาดหวังแล้ว" if drive.is_draft else "บันทึกผลที่เกิดขึ้นแล้ว"
            return redirect_with_message(request, done, drive)
    context = {"drive": drive, "form": form, "is_result": column == "result"}
    return render(request, "quality_drive/results.html", context)
