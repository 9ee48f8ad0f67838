"""What schools fill in when they report progress: a card for each indicator, or one project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms

from schools.core.forms import PortalForm, form_field
from schools.core.uploads import SanitizedFile, sanitize_upload
from schools.templatetags.ui import FormError, form_errors
from supervision.assessments.evidence import CONSENT_HELP_TEXT
from supervision.criteria.models import ScaleLevel
from supervision.quality_drive.models import DriveIndicator, DriveProgress, SchoolProject
from supervision.quality_drive.progress.reporting import NewProgress


class ProgressForm(PortalForm):
    """What was done, how one can see it, and a file that shows it."""

    text = forms.CharField(
        label="สิ่งที่ดำเนินการ",
        max_length=2000,
        widget=forms.Textarea,
        help_text="ทำอะไรแล้ว เมื่อใด ผลเป็นอย่างไร ไม่ใส่ชื่อนักเรียน",
    )
    evidence = forms.CharField(
        label="ร่องรอยหลักฐาน (ถ้ามี)",
        max_length=300,
        required=False,
        help_text="ดูได้จากที่ใด เช่น บันทึกหลังสอน แฟ้มผลงานนักเรียน",
    )
    file = forms.FileField(
        label="ไฟล์หลักฐาน (ถ้ามี)",
        required=False,
        max_length=None,
        help_text="ภาพถ่าย PDF หรือเอกสาร 1 ไฟล์ ภาพถ่ายถูกย่อก่อนส่ง",
    )
    has_consent = forms.BooleanField(
        label=DriveProgress._meta.get_field("has_consent").verbose_name,
        required=False,
        help_text=CONSENT_HELP_TEXT,
    )

    def clean_file(self) -> SanitizedFile | None:
        upload = self.cleaned_data["file"]
        return sanitize_upload(upload) if upload else None


class IndicatorReportForm(ProgressForm):
    """The card of one indicator: its level on the scale; one left empty reports nothing."""

    level = forms.ChoiceField(
        label="ระดับที่โรงเรียนทำได้ในขณะนี้", widget=forms.RadioSelect, required=True
    )
    field_order = ("level", "text", "evidence", "file", "has_consent")
    use_required_attribute = False

    def __init__(
        self, *args: Any, drive_indicator: DriveIndicator, levels: Sequence[ScaleLevel], **kw: Any
    ) -> None:
        super().__init__(*args, prefix=f"i{drive_indicator.pk}", empty_permitted=True, **kw)
        self.drive_indicator = drive_indicator
        field = form_field(self, "level", forms.ChoiceField)
        field.choices = [(str(one.value), str(one)) for one in levels]

    def report(self) -> NewProgress:
        """What the filled card says."""
        facts = dict(self.cleaned_data)
        return NewProgress(self.drive_indicator, Decimal(facts.pop("level")), **facts)


class ProjectReportForm(ProgressForm):
    """Progress of a school's own project, in the project's own unit."""

    value = forms.DecimalField(label="ค่าที่ได้ในขณะนี้", max_digits=9, decimal_places=2)
    field_order = ("value", "text", "evidence", "file", "has_consent")

    def __init__(self, *args: Any, project: SchoolProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = f"ค่าที่ได้ในขณะนี้ ({project.unit})"


@dataclass(frozen=True)
class IndicatorCards:
    """The cards of one dimension as they were sent, or empty."""

    forms: Sequence[IndicatorReportForm]

    @property
    def filled(self) -> list[IndicatorReportForm]:
        return [one for one in self.forms if one.has_changed()]

    @property
    def errors(self) -> list[FormError]:
        """All of them, each naming its indicator; none before they were checked."""
        return [
            replace(error, label=f"{one.drive_indicator.indicator.code} {error.label}".strip())
            for one in self.forms
            if one.is_bound
            for error in form_errors(one)
        ]

    def is_valid(self) -> bool:
        """Whether something is filled in, and all of that is right; says so where it is not."""
        wrong = [one for one in self.forms if not one.is_valid()]
        if not wrong and not self.filled:
            self.forms[0].add_error(None, "โปรดรายงานอย่างน้อยหนึ่งตัวชี้วัด เลือกระดับและเขียนสิ่งที่ดำเนินการ")
            return False
        return not wrong


def drive_indicator_cards(
    indicators: Sequence[DriveIndicator],
    levels: Mapping[int, Sequence[ScaleLevel]],
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
) -> IndicatorCards:
    """A card for each indicator; `levels` are those of scales, by pk."""
    return IndicatorCards(
        [
            IndicatorReportForm(
                data,
                files,
                drive_indicator=one,
                levels=levels[one.indicator.standard.indicator_set.scale_id],
            )
            for one in indicators
        ]
    )
