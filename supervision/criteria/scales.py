"""Rating scales: made and changed as a whole, while ก.ต.ป.น. has seen no set judged by them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.db import transaction
from django.db.models import Count
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.errors import (
    ActionRefused,
    deleted_record_as_refusal,
    unique_violation_as_refusal,
)
from schools.core.forms import apply_portal_style, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.tables.reading import normalize_cell_text as one_line
from supervision.criteria.drafting.sets import DraftTextForm
from supervision.criteria.models import IndicatorSet, Rubric, Scale, ScaleBand, ScaleLevel
from supervision.criteria.scoring import HIGHEST_LEVEL, band_problems


@dataclass(frozen=True)
class ScaleLevelData:
    """One level of a scale as it was typed: its number, its word, what it means."""

    value: int
    label: str
    description: str = ""


@dataclass(frozen=True)
class ScaleBandData:
    """How one span of means is to be read (การแปลผล), as it was typed."""

    low: Decimal
    high: Decimal
    label: str


def check_scale_is_editable(scale: Scale) -> None:
    """Raises ActionRefused once ก.ต.ป.น. has seen a set that is judged by this scale."""
    if scale.is_frozen:
        raise ActionRefused(
            "มาตราส่วนนี้ใช้ในชุดที่เสนอหรือได้รับความเห็นชอบจาก ก.ต.ป.น. แล้ว จึงแก้ไขไม่ได้ "
            "หากต้องการแบบอื่น โปรดคัดลอกเป็นมาตราส่วนใหม่"
        )


def lock_scale(pk: int) -> Scale:
    """Hold the scale until the transaction ends. Raises ActionRefused once it is deleted."""
    with deleted_record_as_refusal():
        return Scale.objects.select_for_update().get(pk=pk)


@transaction.atomic
def save_scale(
    scale: Scale, *, levels: Sequence[ScaleLevelData], bands: Sequence[ScaleBandData]
) -> None:
    """Save a scale as a whole: its name, its levels, and what means between them mean."""
    if scale.pk:
        lock_scale(scale.pk)
        check_scale_is_editable(scale)
    else:
        scale.key = f"office-{uuid4().hex[:12]}"
    values = [level.value for level in levels]
    problems = band_problems(bands, Decimal(min(values)), Decimal(max(values)))
    if problems:
        raise ActionRefused("ช่วงการแปลผลยังไม่ครบ", missing=problems)
    with unique_violation_as_refusal(f"มีมาตราส่วนชื่อ “{scale.name}” แล้ว โปรดใช้ชื่ออื่น"):
        scale.save()
    _write_levels(scale, levels)
    scale.bands.all().delete()
    ScaleBand.objects.bulk_create(ScaleBand(scale=scale, **asdict(band)) for band in bands)


def _write_levels(scale: Scale, levels: Sequence[ScaleLevelData]) -> None:
    """Rubric texts hang on the rows, so a level that stays is the same row."""
    values = [level.value for level in levels]
    gone = scale.levels.exclude(value__in=values)
    rubric = (
        Rubric.objects.filter(level__in=gone)
        .select_related("level", "indicator__standard__indicator_set")
        .first()
    )
    if rubric:
        holder = rubric.indicator.standard.indicator_set
        raise ActionRefused(
            f"ตัดระดับ {rubric.level.value} ออกไม่ได้ เพราะ {holder} มีคำอธิบายของระดับนี้ "
            "โปรดลบคำอธิบายนั้นก่อน"
        )
    gone.delete()
    ScaleLevel.objects.bulk_create(
        [ScaleLevel(scale=scale, **asdict(level)) for level in levels],
        update_conflicts=True,
        unique_fields=("scale", "value"),
        update_fields=("label", "description"),
    )


@transaction.atomic
def delete_scale(scale: Scale) -> None:
    """Throw a scale away, as long as no set, not even a draft, is judged by it."""
    lock_scale(scale.pk)
    check_scale_is_unused(scale)
    scale.delete()


def check_scale_is_unused(scale: Scale) -> None:
    """Raises ActionRefused while a set, even a draft, is judged by this scale."""
    using = scale.indicator_sets.first()
    if using:
        raise ActionRefused(f"ลบมาตราส่วนนี้ไม่ได้ เพราะ {using} ใช้อยู่")


USUAL_ROWS, SPARE_ROWS, MOST_ROWS = 5, 2, 12


class ScaleForm(DraftTextForm):
    """A whole scale: its name, a row for each level, a row for each band of means.

    Rows left empty do not count. `typed` shows again what was typed, with rows to spare.
    """

    class Meta:
        model = Scale
        fields = ("name", "provenance")
        help_texts = {
            "name": "เช่น ระดับคุณภาพ 5 ระดับ",
            "provenance": "ผู้กำหนดหรือเอกสารที่นำมา เพื่อให้ผู้อื่นตรวจย้อนได้",
        }

    def __init__(
        self,
        *args: Any,
        levels: Sequence[ScaleLevel] = (),
        bands: Sequence[ScaleBand] = (),
        typed: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        stored = dict(_stored("level", levels, ("value", "label", "description")))
        stored |= dict(_stored("band", bands, ("low", "high", "label")))
        self.rows_stored = tuple(stored)
        super().__init__(*args, initial=stored | kwargs.pop("initial", {}), **kwargs)
        self.initial.update(typed or {})
        for kind, add in (("level", self._level), ("band", self._band)):
            for number in range(self._count(kind)):
                add(f"{kind}_{number}", number + 1)
        apply_portal_style(self)

    def compared_fields(self) -> Iterable[str]:
        return [*super().compared_fields(), *self.rows_stored]

    def _count(self, kind: str) -> int:
        """As many rows as were sent; on a page to be filled in some more."""
        shown = self.data if self.is_bound else self.initial
        filled = sum(f"{kind}_{number}_label" in shown for number in range(MOST_ROWS))
        return filled if self.is_bound else min(max(filled + SPARE_ROWS, USUAL_ROWS), MOST_ROWS)

    def _level(self, name: str, number: int) -> None:
        self.fields[f"{name}_value"] = forms.IntegerField(
            label=f"{number}. ค่า", required=False, min_value=0, max_value=HIGHEST_LEVEL
        )
        self.fields[f"{name}_label"] = forms.CharField(
            label=f"{number}. ชื่อระดับ", required=False, max_length=50
        )
        self.fields[f"{name}_description"] = forms.CharField(
            label=f"{number}. คำอธิบาย (ถ้ามี)", required=False, max_length=300
        )

    def _band(self, name: str, number: int) -> None:
        for end, word in (("low", "ตั้งแต่"), ("high", "ถึง")):
            self.fields[f"{name}_{end}"] = forms.DecimalField(
                label=f"{number}. {word}",
                required=False,
                max_digits=4,
                decimal_places=2,
                min_value=0,
                max_value=HIGHEST_LEVEL,
            )
        self.fields[f"{name}_label"] = forms.CharField(
            label=f"{number}. แปลผลว่า", required=False, max_length=50
        )

    def rows(self, kind: str) -> Iterator[list[BoundField]]:
        """The boxes of each row, for the page."""
        parts = ("value", "label", "description") if kind == "level" else ("low", "high", "label")
        for number in range(MOST_ROWS):
            if f"{kind}_{number}_label" in self.fields:
                yield [self[f"{kind}_{number}_{part}"] for part in parts]

    def level_rows(self) -> list[list[BoundField]]:
        return list(self.rows("level"))

    def band_rows(self) -> list[list[BoundField]]:
        return list(self.rows("band"))

    # --- What was typed ---

    def clean(self) -> dict:
        cleaned = super().clean()
        self.levels = [ScaleLevelData(*row) for row in self._filled("level", needed=2)]
        self.bands = [ScaleBandData(*row) for row in self._filled("band", needed=3)]
        if not self.errors:
            self._check_levels()
        if not self.errors and self.bands:
            self._check_bands()
        return cleaned

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def _filled(self, kind: str, *, needed: int) -> Iterator[list[Any]]:
        """The rows with anything in them; their first boxes may not be left empty."""
        for boxes in self.rows(kind):
            values = [self.cleaned_data.get(box.name) for box in boxes]
            if all(value in (None, "") for value in values):
                continue
            for box, value in list(zip(boxes, values, strict=True))[:needed]:
                if value in (None, "") and not box.errors:
                    self.add_error(box.name, "โปรดกรอกให้ครบทั้งแถว หรือลบทั้งแถวให้ว่าง")
            yield values

    def _check_levels(self) -> None:
        values = [level.value for level in self.levels]
        if len(values) < 2:
            self.add_error(None, "มาตราส่วนต้องมีอย่างน้อย 2 ระดับ โปรดกรอกเพิ่ม")
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.add_error(None, f"ระดับ {value} มีมากกว่า 1 แถว โปรดเหลือไว้แถวเดียว")

    def _check_bands(self) -> None:
        values = [level.value for level in self.levels]
        for problem in band_problems(self.bands, Decimal(min(values)), Decimal(max(values))):
            self.add_error(None, problem)


def _stored(kind: str, rows: Sequence[Any], parts: Sequence[str]) -> Iterator[tuple[str, Any]]:
    for number, row in enumerate(rows):
        for part in parts:
            yield f"{kind}_{number}_{part}", getattr(row, part)


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
    """The page of a new scale with all that this one has, to be changed and saved."""
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
    check_scale_is_editable(scale)
    form = _form(request, instance=scale, levels=scale.levels.all(), bands=scale.bands.all())
    return _editor(request, form, heading="แก้ไขมาตราส่วน", cancel=scale)


def scale_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    scale = _scale(request, pk)
    check_scale_is_unused(scale)

    def act() -> str:
        delete_scale(scale)
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
            save_scale(form.instance, levels=form.levels, bands=form.bands)
            return redirect_with_message(
                request, f"บันทึกมาตราส่วน {form.instance} แล้ว", form.instance
            )
    context = {"form": form, "heading": heading, "scale": cancel}
    return render(request, "criteria/scale_edit.html", context)
