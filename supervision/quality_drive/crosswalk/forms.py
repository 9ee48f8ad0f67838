"""The filters of the crosswalk, and the form of one line."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property

from schools.core.forms import ConflictCheckedForm, PortalForm, form_field
from supervision.criteria.models import Indicator
from supervision.profiles.models import EducationStandard
from supervision.quality_drive.crosswalk.lines import CrosswalkRow, IndicatorAnswers
from supervision.quality_drive.enums import DimensionCode

NO_DIMENSION = "none"
DIMENSION_CHOICES = [("", "ไม่ตอบด้านใด"), *DimensionCode.choices]


class CrosswalkFilterForm(PortalForm):
    """Which lines are shown; a value nobody offered is named as an error and left out."""

    indicator_set = forms.ChoiceField(label="ชุดตัวชี้วัด", required=False)
    dimension = forms.ChoiceField(
        label="ด้านคุณภาพ",
        required=False,
        choices=[("", "ทุกด้าน"), *DimensionCode.choices, (NO_DIMENSION, "ยังไม่ตอบด้านใด")],
    )
    unanswered = forms.ChoiceField(
        label="แสดง",
        required=False,
        choices=[
            ("", "ทุกตัวชี้วัด"),
            ("yes", "ที่ยังไม่ตอบด้านหรือมาตรฐาน"),
            ("sample", "ที่เป็นตัวอย่าง ยังไม่มีผู้ตรวจ"),
        ],
    )

    def __init__(self, *args: Any, sets: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = form_field(self, "indicator_set", forms.ChoiceField)
        field.choices = [("", "ทุกชุดที่ใช้อยู่"), *((str(pk), name) for pk, name in sets)]

    def filtered(self, rows: Iterable[CrosswalkRow]) -> list[CrosswalkRow]:
        """The rows that the filters leave."""
        asked = self.cleaned_data
        return [row for row in rows if _is_wanted(row, asked)]


def _is_wanted(row: CrosswalkRow, asked: dict[str, Any]) -> bool:
    chosen, dimension = asked.get("indicator_set"), asked.get("dimension")
    code = row.answers.dimension_code
    shown = asked.get("unanswered")
    return (
        (not chosen or chosen == str(row.indicator.standard.indicator_set_id))
        and (not dimension or dimension == (code or NO_DIMENSION))
        and (shown != "yes" or row.is_unanswered)
        and (shown != "sample" or row.is_sample)
    )


class CrosswalkLineForm(ConflictCheckedForm):
    """What one indicator answers, as an older version of its set says while it has no line."""

    dimension_code = forms.ChoiceField(
        label="ด้านคุณภาพที่ตอบ",
        required=False,
        choices=DIMENSION_CHOICES,
        widget=forms.RadioSelect,
    )
    standards = forms.TypedMultipleChoiceField(
        label="มาตรฐานการศึกษาที่ตอบ",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="ตามประกาศที่ใช้อยู่ เลือกได้มากกว่าหนึ่งข้อ",
        error_messages={"invalid_choice": "โปรดเลือกมาตรฐานการศึกษาจากรายการ"},
    )
    note = forms.CharField(label="หมายเหตุ", required=False, max_length=300)

    class Meta:
        model = Indicator
        fields = ()

    def __init__(
        self,
        *args: Any,
        answers: IndicatorAnswers,
        offered: Sequence[EducationStandard],
        **kwargs: Any,
    ) -> None:
        self.offered = offered
        initial = {
            "dimension_code": answers.dimension_code,
            "standards": [one.pk for one in answers.standards],
            "note": answers.line.note if answers.line else "",
        }
        super().__init__(*args, initial=initial, **kwargs)
        field = form_field(self, "standards", forms.TypedMultipleChoiceField)
        field.choices = [(one.pk, str(one)) for one in offered]

    def compared_fields(self) -> Iterable[str]:
        return "dimension_code", "standards", "note"

    def _display_value(self, name: str) -> str:
        if name != "standards":
            return super()._display_value(name)
        stored = self.stored[name] or []
        return ", ".join(str(one) for one in self.offered if one.pk in stored) or "ว่าง"

    @cached_property
    def chosen_standards(self) -> list[EducationStandard]:
        """The standards that were ticked."""
        return [one for one in self.offered if one.pk in self.cleaned_data["standards"]]


class BulkDimensionForm(PortalForm):
    """The dimension that all ticked indicators answer."""

    dimension_code = forms.ChoiceField(label="ด้านคุณภาพ", choices=DimensionCode.choices)
