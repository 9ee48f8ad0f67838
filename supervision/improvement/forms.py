from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.fields import BuddhistDateField
from schools.forms import PortalForm, SharedWordsForm
from supervision.improvement.enums import Owner
from supervision.improvement.models import Recommendation, Summary

LONGEST = 4000


class SummaryForm(SharedWordsForm):
    """The summary's three texts; any may stay empty while it is a draft."""

    class Meta:
        model = Summary
        fields = ("strengths", "improvement_points", "guidelines")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in self._meta.fields:
            self.fields[name].widget.attrs["rows"] = 6

    def clean(self) -> dict:
        for name in self._meta.fields:
            if len(self.cleaned_data.get(name) or "") > LONGEST:
                self.add_error(name, f"ข้อความยาวเกิน {LONGEST:,} ตัวอักษร โปรดย่อให้สั้นลง")
        return super().clean()


class RecommendationForm(PortalForm):
    """One piece of advice, who sees it through, and by when."""

    text = forms.CharField(
        label="ข้อเสนอแนะ",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"max_length": "ข้อเสนอแนะยาวเกิน 2,000 ตัวอักษร โปรดแยกเป็นหลายข้อ"},
    )
    owner = forms.ChoiceField(
        label="ผู้รับผิดชอบ",
        choices=Owner,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "โปรดเลือกผู้รับผิดชอบจากรายการ"},
    )
    due_on = BuddhistDateField(label="กำหนดเสร็จ")

    def __init__(self, *args, recommendation: Recommendation | None = None, **kwargs) -> None:
        if recommendation:
            names = ("text", "owner", "due_on")
            kwargs["initial"] = {name: getattr(recommendation, name) for name in names}
        super().__init__(*args, **kwargs)

    def clean_due_on(self) -> date:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise ValidationError("กำหนดเสร็จผ่านมาแล้ว โปรดระบุวันนี้หรือวันต่อไป")
        return due_on


class ProofForm(PortalForm):
    """What was done about a recommendation, and how one can see it."""

    proof = forms.CharField(
        label="หลักฐานการดำเนินการ",
        max_length=2000,
        widget=forms.Textarea,
        help_text="ทำอะไรไปแล้ว ดูได้จากที่ใด เช่น แผนนิเทศภายใน ภาพกิจกรรม รายงานการประชุม",
        error_messages={
            "required": "โปรดระบุหลักฐานการดำเนินการก่อนปิดข้อเสนอแนะ",
            "max_length": "หลักฐานยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง",
        },
    )
