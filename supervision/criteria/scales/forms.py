from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from schools.core.forms import apply_portal_style
from schools.core.tables.reading import normalize_cell_text as one_line
from supervision.criteria.drafting.forms import DraftTextForm
from supervision.criteria.models import Scale, ScaleBand, ScaleLevel
from supervision.criteria.scales.actions import ScaleBandData, ScaleLevelData
from supervision.criteria.scales.bands import band_problems

USUAL_ROWS, SPARE_ROWS, MOST_ROWS = 5, 2, 12
HIGHEST_LEVEL = 10
DECIMALS = {"max_digits": 4, "decimal_places": 2, "min_value": 0, "max_value": HIGHEST_LEVEL}


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
        *args,
        levels: Sequence[ScaleLevel] = (),
        bands: Sequence[ScaleBand] = (),
        typed: Mapping[str, str] | None = None,
        **kwargs,
    ) -> None:
        stored = dict(_stored("level", levels, ("value", "label", "description")))
        stored |= dict(_stored("band", bands, ("low", "high", "label")))
        self.rows_stored = tuple(stored)
        super().__init__(*args, initial=stored | kwargs.pop("initial", {}), **kwargs)
        self.initial |= typed or {}
        for kind, add in (("level", self._level), ("band", self._band)):
            for number in range(self._count(kind)):
                add(f"{kind}_{number}", number + 1)
        apply_portal_style(self)

    def compared_fields(self) -> Iterable[str]:
        return [*self._meta.fields, *self.rows_stored]

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
            field = forms.DecimalField(label=f"{number}. {word}", required=False, **DECIMALS)
            self.fields[f"{name}_{end}"] = field
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
        name = one_line(self.cleaned_data["name"])
        if Scale.objects.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("มีมาตราส่วนชื่อนี้แล้ว โปรดใช้ชื่ออื่น", code="taken")
        return name

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
        for problem in band_problems(self.bands, min(values), max(values)):
            self.add_error(None, problem)


def _stored(kind: str, rows: Sequence[Any], parts: Sequence[str]) -> Iterator[tuple[str, Any]]:
    for number, row in enumerate(rows):
        for part in parts:
            yield f"{kind}_{number}_{part}", getattr(row, part)
