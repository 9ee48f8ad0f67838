"""Forms with a box or two for each row of a drive, which several people may change at once."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from schools.core.forms import LONGEST_TEXT, PortalForm, apply_portal_style
from schools.core.version_token import version_token
from supervision.quality_drive.drives.design_actions import IndicatorDesign
from supervision.quality_drive.drives.weights import CENT
from supervision.quality_drive.models import DriveDimension, DriveIndicator, ExpectedResult


class DriveRowsForm(PortalForm):
    """The boxes of some rows. Where somebody saved meanwhile, what was typed stays to compare."""

    version = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-draft-with": True}), required=False
    )

    def add_boxes(self, boxes: dict[str, tuple[forms.Field, Any]]) -> None:
        """Each box by its name, with the stored value; called once by the form that knows them."""
        for name, (field, value) in boxes.items():
            self.fields[name] = field
            self.initial[name] = value
        self.stored_version = version_token([(name, str(v)) for name, (_, v) in boxes.items()])
        self.initial["version"] = self.stored_version
        apply_portal_style(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.pop("version", "") != self.stored_version:
            posted = QueryDict(mutable=True)
            posted.update(self.data)
            posted["version"] = self.stored_version
            self.data = posted
            raise ValidationError(
                "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์ จึงยังไม่บันทึก โปรดตรวจอีกครั้งแล้วกดบันทึก",
                code="overtaken",
            )
        return cleaned


def number_box(label: str, *, lowest: Decimal, highest: Decimal) -> forms.DecimalField:
    """The box of a weight or a level with two decimals."""
    return forms.DecimalField(
        label=label,
        min_value=lowest,
        max_value=highest,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "form-control short"}),
    )


class DimensionWeightLine(NamedTuple):
    """A dimension with the box of its weight."""

    row: DriveDimension
    weight: BoundField


class DimensionWeightsForm(DriveRowsForm):
    """What each dimension weighs in per cent of the whole."""

    def __init__(self, *args: Any, rows: Sequence[DriveDimension], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.add_boxes(
            {
                f"weight_{row.pk}": (
                    number_box(f"น้ำหนัก {row}", lowest=Decimal(), highest=Decimal(100)),
                    row.weight,
                )
                for row in rows
            }
        )

    def lines(self) -> list[DimensionWeightLine]:
        """The boxes by dimension, for the page."""
        return [DimensionWeightLine(row, self[f"weight_{row.pk}"]) for row in self.rows]

    def weights(self) -> dict[int, Decimal]:
        """What was typed, by dimension (pk)."""
        return {row.pk: self.cleaned_data[f"weight_{row.pk}"] for row in self.rows}


class IndicatorDesignLine(NamedTuple):
    """An indicator of a dimension with the boxes of its weight and target, and its scale's ends."""

    row: DriveIndicator
    weight: BoundField
    target: BoundField
    lowest: int
    highest: int


class IndicatorDesignForm(DriveRowsForm):
    """Weight and target of each indicator of a dimension; `ranges` are the ends of its scale."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[DriveIndicator],
        ranges: Sequence[tuple[int, int]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.ranges = rows, ranges
        boxes: dict[str, tuple[forms.Field, Any]] = {}
        for row, (lowest, highest) in zip(rows, ranges, strict=True):
            code = row.indicator.code
            weight = number_box(f"น้ำหนัก {code}", lowest=CENT, highest=Decimal(100))
            target = number_box(
                f"ค่าเป้าหมาย {code}", lowest=Decimal(lowest), highest=Decimal(highest)
            )
            boxes[f"weight_{row.pk}"] = (weight, row.weight)
            boxes[f"target_{row.pk}"] = (target, row.target)
        self.add_boxes(boxes)

    def lines(self) -> list[IndicatorDesignLine]:
        """The boxes by indicator, for the page."""
        return [
            IndicatorDesignLine(row, self[f"weight_{row.pk}"], self[f"target_{row.pk}"], *ends)
            for row, ends in zip(self.rows, self.ranges, strict=True)
        ]

    def designs(self) -> dict[int, IndicatorDesign]:
        """What was typed, by DriveIndicator (pk)."""
        typed = self.cleaned_data
        return {
            row.pk: IndicatorDesign(typed[f"weight_{row.pk}"], typed[f"target_{row.pk}"])
            for row in self.rows
        }


class ExpectedResultsForm(DriveRowsForm):
    """What is expected, or what came of it: one long text for each of the results."""

    def __init__(
        self, *args: Any, rows: Sequence[ExpectedResult], column: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        is_result = column == "result"
        self.add_boxes(
            {
                f"text_{row.pk}": (
                    forms.CharField(
                        label=f"{row.code} ผลที่เกิดขึ้น" if is_result else f"{row.code} ผลที่คาดหวัง",
                        help_text=row.text if is_result else "",
                        required=not is_result,
                        max_length=LONGEST_TEXT,
                        widget=forms.Textarea,
                    ),
                    getattr(row, column),
                )
                for row in rows
            }
        )

    def texts(self) -> dict[int, str]:
        """What was typed, by ExpectedResult (pk)."""
        return {row.pk: self.cleaned_data[f"text_{row.pk}"] for row in self.rows}
