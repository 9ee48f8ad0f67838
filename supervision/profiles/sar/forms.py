"""How a school's annual self-assessment report is filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, PortalForm
from schools.core.uploads import SanitizedFile, sanitize_upload
from schools.enums import EducationLevel
from supervision.profiles.models import AnnualReport, AnnualReportDeadline, EducationStandard
from supervision.profiles.sar.actions import AnnualReportContent
from supervision.profiles.sar.enums import QualityLevel
from supervision.profiles.sar.queries import overall_levels

LEVEL_CHOICES = [(level.value, level.label) for level in QualityLevel]


@dataclass(frozen=True)
class LevelQuestions:
    """The questions on early-childhood or basic education: each standard, and the whole."""

    name: str
    fields: Sequence[BoundField]
    provenance: str


class AnnualReportForm(ConflictCheckedForm):
    """A report as far as it has come: every field may stay empty in a draft."""

    file = forms.FileField(
        label="ไฟล์รายงาน (ถ้ามี)",
        required=False,
        max_length=None,
        help_text="PDF เอกสาร Word หรือภาพถ่าย 1 ไฟล์ ไฟล์ใหม่ใช้แทนไฟล์เดิม",
    )

    class Meta:
        model = AnnualReport
        fields = ("strengths", "improvement_points", "plan")
        help_texts = {
            "strengths": "สรุปจากเล่มรายงาน สิ่งที่โรงเรียนทำได้ดีและมีหลักฐาน",
            "improvement_points": "สรุปจากเล่มรายงาน สิ่งที่โรงเรียนเห็นว่าต้องพัฒนา",
            "plan": "โครงการหรือกิจกรรมที่จะทำ เพื่อให้ได้ระดับคุณภาพที่สูงขึ้น",
        }

    def __init__(
        self,
        *args: Any,
        instance: AnnualReport | None,
        standards: Sequence[EducationStandard],
        **kwargs: Any,
    ) -> None:
        self.standards = standards
        levels = _level_values(instance)
        super().__init__(*args, instance=instance, initial=levels, **kwargs)
        for name, label in self._level_labels().items():
            self.fields[name] = quality_level_field(label)

    def compared_fields(self) -> Iterable[str]:
        return [*self.Meta.fields, *self._level_labels()]

    def _level_labels(self) -> dict[str, str]:
        """The level fields by name, each as an error names it."""
        found = {}
        for one in self.standards:
            found[standard_field_name(one.level, one.number)] = str(one)
        for level in self._levels():
            found[overall_field_name(level)] = f"ภาพรวมระดับ{level.label}"
        return found

    def _levels(self) -> list[EducationLevel]:
        return [
            EducationLevel(level) for level in dict.fromkeys(one.level for one in self.standards)
        ]

    @property
    def questions(self) -> list[LevelQuestions]:
        """Level by level, in the order of the standards."""
        return [self._questions_of(level) for level in self._levels()]

    def _questions_of(self, level: EducationLevel) -> LevelQuestions:
        standards = [one for one in self.standards if one.level == level]
        names = [standard_field_name(level, one.number) for one in standards]
        return LevelQuestions(
            name=f"ระดับ{level.label}",
            fields=[self[name] for name in (*names, overall_field_name(level))],
            provenance=standards[0].provenance,
        )

    def clean_file(self) -> SanitizedFile | None:
        upload = self.cleaned_data["file"]
        return sanitize_upload(upload) if upload else None

    def content(self) -> AnnualReportContent:
        """What was typed, for the action."""
        given = self.cleaned_data
        return AnnualReportContent(
            standards={
                (one.level, one.number): given[standard_field_name(one.level, one.number)]
                for one in self.standards
            },
            overalls={level: given[overall_field_name(level)] for level in self._levels()},
            file=given["file"],
            **{name: given[name] for name in self.Meta.fields},
        )


def quality_level_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=LEVEL_CHOICES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": f"โปรดเลือกระดับคุณภาพของ{label} จาก 1 ถึง 5"},
    )


def _level_values(report: AnnualReport | None) -> dict[str, int]:
    """What the report gives, by the name of the field."""
    if report is None or report.pk is None:
        return {}
    standards = {
        standard_field_name(row.level, row.number): row.quality_level
        for row in report.standards.all()
    }
    overalls = {
        overall_field_name(level): given.value for level, given in overall_levels(report).items()
    }
    return standards | overalls


def standard_field_name(level: int, number: int) -> str:
    return f"standard_{level:d}_{number}"


def overall_field_name(level: int) -> str:
    return f"overall_{level:d}"


class PaperReceivedForm(PortalForm):
    """When the report came on paper."""

    received_on = BuddhistDateField(label="วันที่ได้รับเอกสาร")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received_on", timezone.localdate())


class AnnualReportDeadlineForm(ConflictCheckedForm):
    """Until when the office asks for the reports of a year."""

    due_on = BuddhistDateField(label="ส่งภายในวันที่")

    class Meta:
        model = AnnualReportDeadline
        fields = ("due_on",)
