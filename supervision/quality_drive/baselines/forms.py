"""The forms in which a school's baseline is collected: its levels, and what is made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import Max, Min

from schools.core.forms import ConflictCheckedForm, apply_portal_style
from schools.models import School
from supervision.criteria.models import ScaleLevel
from supervision.profiles.learning.entry_form import ScoreField
from supervision.quality_drive.baselines.enums import BaselineSource
from supervision.quality_drive.baselines.queries import BASELINE_TEXTS, Baseline, as_baseline
from supervision.quality_drive.models import DriveDimension, DriveIndicator, SchoolDrive
from supervision.quality_drive.scores import DriveDesign, SignedLevel

LONGEST_SOURCE = 300
LevelRange = tuple[int, int]  # lowest and highest level of a scale


def load_level_ranges(indicators: Iterable[DriveIndicator]) -> dict[int, LevelRange]:
    """By Scale (pk) the levels between which an indicator is judged, in one query."""
    scales = {one.indicator.standard.indicator_set.scale_id for one in indicators}
    rows = ScaleLevel.objects.filter(scale__in=scales).order_by().values_list("scale")
    return {
        scale: (lowest, highest)
        for scale, lowest, highest in rows.annotate(Min("value"), Max("value"))
    }


@dataclass(frozen=True)
class BaselineBoxes:
    """The boxes of one indicator, beside what last year's visit said and what is kept now."""

    indicator: DriveIndicator
    level: forms.BoundField
    source: forms.BoundField
    last_year: Baseline | None
    stored: Baseline | None

    @property
    def kept_source(self) -> str:
        """Where the level comes from that was taken and not typed; else empty."""
        is_taken = self.stored and self.stored.source == BaselineSource.LAST_YEAR
        return self.stored.source_words if self.stored and is_taken else ""


@dataclass(frozen=True)
class DimensionBoxes:
    """The indicators of one dimension, a row each."""

    dimension: DriveDimension
    rows: Sequence[BaselineBoxes]


class BaselineLevelsForm(ConflictCheckedForm):
    """A school's levels before the work, with where each that is typed was collected.

    An empty box means that nobody knows it. A level that last year's visit gave needs no words.
    """

    class Meta:
        model = School
        fields = ()

    def __init__(
        self,
        *args: Any,
        design: DriveDesign,
        stored: Mapping[int, Baseline],
        last_year: Mapping[int, SignedLevel],
        **kwargs: Any,
    ) -> None:
        self.design, self.stored_baselines = design, stored
        self.last_year = {pk: as_baseline(one) for pk, one in last_year.items()}
        self.ranges = load_level_ranges(design.indicators)
        super().__init__(*args, initial=self._stored_values(), **kwargs)
        for one in design.indicators:
            self._add_boxes(one)
        apply_portal_style(self)

    def _stored_values(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for pk, one in self.stored_baselines.items():
            values[f"level_{pk}"] = one.level
            if one.source == BaselineSource.ENTERED:
                values[f"source_{pk}"] = one.source_text
        return values

    def _add_boxes(self, one: DriveIndicator) -> None:
        lowest, highest = self._range_of(one)
        level = ScoreField(label=f"{one.indicator.code} ระดับก่อนพัฒนา", highest=Decimal(highest))
        message = f"ต้องไม่น้อยกว่า {lowest} ซึ่งเป็นระดับต่ำสุดของมาตราส่วน โปรดกรอกใหม่"
        level.validators.append(MinValueValidator(lowest, message))
        self.fields[f"level_{one.pk}"] = level
        self.fields[f"source_{one.pk}"] = forms.CharField(
            label=f"{one.indicator.code} เก็บข้อมูลจาก",
            required=False,
            max_length=LONGEST_SOURCE,
            widget=forms.TextInput(attrs={"class": "form-control"}),
        )

    def _range_of(self, one: DriveIndicator) -> LevelRange:
        return self.ranges[one.indicator.standard.indicator_set.scale_id]

    def compared_fields(self) -> Iterable[str]:
        names = (f"{name}_{one.pk}" for one in self.design.indicators for name in BOX_NAMES)
        return list(names)

    @property
    def dimensions(self) -> list[DimensionBoxes]:
        """The rows of the page, dimension by dimension."""
        return [
            DimensionBoxes(dimension, [self._boxes(one) for one in indicators])
            for dimension in self.design.dimensions
            if (indicators := self.design.indicators_of[dimension.code])
        ]

    def _boxes(self, one: DriveIndicator) -> BaselineBoxes:
        return BaselineBoxes(
            indicator=one,
            level=self[f"level_{one.pk}"],
            source=self[f"source_{one.pk}"],
            last_year=self.last_year.get(one.pk),
            stored=self.stored_baselines.get(one.pk),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.baselines: dict[int, Baseline] = {}
        for one in self.design.indicators:
            if f"level_{one.pk}" not in self.errors:
                self._take(one, cleaned.get(f"level_{one.pk}"), cleaned.get(f"source_{one.pk}", ""))
        return cleaned

    def _take(self, one: DriveIndicator, level: Decimal | None, source: str) -> None:
        if level is None:
            if source:
                message = "กรอกที่มาไว้แต่ยังไม่มีระดับ โปรดกรอกระดับ หรือลบที่มา"
                self.add_error(f"level_{one.pk}", message)
        elif source:
            self.baselines[one.pk] = Baseline(level, BaselineSource.ENTERED, source)
        elif taken := self._taken_baseline(one.pk, level):
            self.baselines[one.pk] = taken
        else:
            message = "โปรดระบุว่าเก็บข้อมูลจากที่ใด เช่น แบบประเมินของโรงเรียน ภาคเรียนที่ 2/2568"
            self.add_error(f"source_{one.pk}", message)

    def _taken_baseline(self, pk: int, level: Decimal) -> Baseline | None:
        """The level where it is the one kept from last year, or the one that last year gives."""
        kept = self.stored_baselines.get(pk)
        if kept and kept.source == BaselineSource.LAST_YEAR and kept.level == level:
            return kept
        offered = self.last_year.get(pk)
        return offered if offered and offered.level == level else None


BOX_NAMES = ("level", "source")


class BaselineTextsForm(ConflictCheckedForm):
    """Problems, needs and causes found at a school, and the plan that they lead to."""

    problems = forms.CharField(
        label="สภาพปัญหา",
        required=False,
        widget=forms.Textarea,
        help_text="สิ่งที่พบจากข้อมูลฐานแต่ละด้าน หนึ่งเรื่องต่อหนึ่งบรรทัด",
    )
    needs = forms.CharField(
        label="ความต้องการ",
        required=False,
        widget=forms.Textarea,
        help_text="สิ่งที่โรงเรียนต้องการเพื่อแก้ปัญหา",
    )
    causes = forms.CharField(
        label="สาเหตุ",
        required=False,
        widget=forms.Textarea,
        help_text="เหตุที่ทำให้เกิดสภาพปัญหา ตามที่โรงเรียนและศึกษานิเทศก์วิเคราะห์ร่วมกัน",
    )
    plan = forms.CharField(
        label="แผนการขับเคลื่อนของโรงเรียน",
        required=False,
        widget=forms.Textarea,
        help_text="จะทำอะไร เมื่อใด ใครรับผิดชอบ ตามสภาพปัญหาและความต้องการที่พบ",
    )

    class Meta:
        model = School
        fields = ()

    def __init__(self, *args: Any, school_drive: SchoolDrive | None, **kwargs: Any) -> None:
        texts = {name: getattr(school_drive, name, "") for name in BASELINE_TEXTS}
        super().__init__(*args, initial=texts, **kwargs)

    def compared_fields(self) -> Iterable[str]:
        return BASELINE_TEXTS
