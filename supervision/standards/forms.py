from typing import Any

from django import forms

from schools.core.forms import ConflictCheckedForm
from supervision.standards.models import StepSheet


class StepSheetForm(ConflictCheckedForm):
    """What the office knows of a step where the manual is unreadable or has changed."""

    detail = forms.CharField(label="รายละเอียดงาน", max_length=2000, widget=forms.Textarea)

    class Meta:
        model = StepSheet
        fields = ("detail", "timing", "quality_standard", "responsible", "note")
        widgets = {
            "quality_standard": forms.Textarea,
            "responsible": forms.Textarea,
            "note": forms.Textarea,
        }
        help_texts = {
            "timing": "เว้นว่างไว้เมื่อยังอ่านไม่ได้ในคู่มือ",
            "quality_standard": "เว้นว่างไว้เมื่อยังอ่านไม่ได้ในคู่มือ",
            "responsible": "เว้นวรรคระหว่างแต่ละฝ่าย เช่น กลุ่มงานนิเทศฯ ก.ต.ป.น.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.timing_suggested and not self.instance.timing:
            self.fields["timing"].help_text += f" · เสนอ: {self.instance.timing_suggested}"
