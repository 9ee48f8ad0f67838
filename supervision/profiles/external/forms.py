"""How an external assessment is entered, with its results aspect by aspect."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, form_field
from schools.core.thai import academic_year
from schools.core.uploads import SanitizedFile, sanitize_upload
from schools.models import AcademicYear
from supervision.profiles.external.actions import AspectAndLevel, AssessmentContent
from supervision.profiles.models import ExternalAssessment, ExternalResult

LEAST_ROWS, SPARE_ROWS = 4, 2


class ExternalAssessmentForm(ConflictCheckedForm):
    """Who assessed the school, when, with which results; the reason where it is a correction."""

    assessed_on = BuddhistDateField(label="ประเมินเมื่อวันที่ (ถ้าทราบ)", required=False)
    file = forms.FileField(
        label="ไฟล์รายงานการประเมิน (ถ้ามี)",
        required=False,
        max_length=None,
        help_text="PDF เอกสาร Word หรือภาพถ่าย 1 ไฟล์ ไฟล์ใหม่ใช้แทนไฟล์เดิม",
    )
    reason = forms.CharField(label="เหตุผลที่แก้ไข", max_length=500, widget=forms.Textarea)

    class Meta:
        model = ExternalAssessment
        fields = ("agency", "round_name", "academic_year", "assessed_on", "summary")
        help_texts = {
            "agency": "เช่น สมศ. หรือชื่อหน่วยงานอื่น",
            "round_name": "ตามที่หน่วยงานเรียก เว้นว่างไว้ถ้าไม่ทราบ",
            "summary": "ข้อเสนอแนะของผู้ประเมินบันทึกแยกทีละข้อ หลังบันทึกหน้านี้แล้ว",
        }

    def __init__(
        self, *args: Any, instance: ExternalAssessment | None = None, **kwargs: Any
    ) -> None:
        results = list(instance.results.all()) if instance else []
        self.row_count = max(len(results) + SPARE_ROWS, LEAST_ROWS)
        super().__init__(*args, instance=instance, initial=_result_values(results), **kwargs)
        years = form_field(self, "academic_year", forms.ModelChoiceField)
        years.queryset = AcademicYear.objects.filter(year__lte=academic_year(timezone.localdate()))
        years.empty_label = "ไม่ทราบ"
        if instance is None:
            del self.fields["reason"]
        for row in self._row_numbers():
            self.fields[aspect_field_name(row)] = _result_field("aspect", row)
            self.fields[level_field_name(row)] = _result_field("level", row)

    def compared_fields(self) -> Iterable[str]:
        names = (aspect_field_name, level_field_name)
        return [*self.Meta.fields, *(name(row) for row in self._row_numbers() for name in names)]

    def _row_numbers(self) -> range:
        return range(1, self.row_count + 1)

    @property
    def result_rows(self) -> list[tuple[BoundField, BoundField]]:
        """The boxes of the results: an aspect, and what was found in it."""
        return [
            (self[aspect_field_name(row)], self[level_field_name(row)])
            for row in self._row_numbers()
        ]

    @property
    def fields_before_results(self) -> list[BoundField]:
        return [self[name] for name in ("agency", "round_name", "academic_year", "assessed_on")]

    @property
    def fields_after_results(self) -> list[BoundField]:
        names = ("summary", "file", "reason")
        return [self[name] for name in names if name in self.fields]

    def clean_file(self) -> SanitizedFile | None:
        upload = self.cleaned_data["file"]
        return sanitize_upload(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for row in self._row_numbers():
            aspect, level = aspect_field_name(row), level_field_name(row)
            if cleaned.get(aspect) and not cleaned.get(level):
                self.add_error(level, f"โปรดกรอกผลการประเมินของ “{cleaned[aspect]}” หรือลบชื่อด้าน")
            if cleaned.get(level) and not cleaned.get(aspect):
                self.add_error(aspect, f"โปรดกรอกว่า “{cleaned[level]}” เป็นผลของด้านใด")
        return cleaned

    def content(self) -> AssessmentContent:
        """What was typed, for the action."""
        return AssessmentContent(
            fields={name: self.cleaned_data[name] for name in self.Meta.fields},
            results=self._results(),
            file=self.cleaned_data["file"],
        )

    def _results(self) -> list[AspectAndLevel]:
        rows = [
            (self.cleaned_data[aspect_field_name(row)], self.cleaned_data[level_field_name(row)])
            for row in self._row_numbers()
        ]
        return [(aspect, level) for aspect, level in rows if aspect]


def aspect_field_name(row: int) -> str:
    return f"aspect_{row}"


def level_field_name(row: int) -> str:
    return f"level_{row}"


def _result_field(name: str, row: int) -> forms.CharField:
    column = ExternalResult._meta.get_field(name)
    label = f"{getattr(column, 'verbose_name', name)} แถวที่ {row}"
    longest = getattr(column, "max_length", None)
    too_long = f"{label}ยาวเกิน {longest} ตัวอักษร โปรดย่อให้สั้นลง"
    field = forms.CharField(label=label, max_length=longest, required=False)
    field.error_messages["max_length"] = too_long
    field.widget.attrs["class"] = "form-control"
    field.widget.attrs["aria-label"] = label
    return field


def _result_values(results: Sequence[ExternalResult]) -> dict[str, str]:
    aspects = {aspect_field_name(row): one.aspect for row, one in enumerate(results, 1)}
    return aspects | {level_field_name(row): one.level for row, one in enumerate(results, 1)}
