from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.fields import BuddhistDateField
from schools.forms import PortalForm
from supervision.practices.enums import Result


class DecisionForm(PortalForm):
    """บรรลุ or ไม่บรรลุ, never chosen beforehand; only ไม่บรรลุ asks what will change."""

    result = forms.ChoiceField(
        label="ผลการพิจารณา",
        choices=Result,
        widget=forms.RadioSelect,
        error_messages={
            "required": "โปรดเลือกบรรลุหรือไม่บรรลุ",
            "invalid_choice": "โปรดเลือกบรรลุหรือไม่บรรลุ",
        },
    )
    will_change = forms.CharField(
        label="สิ่งที่จะปรับในรอบถัดไป",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="กรอกเมื่อผลเป็นไม่บรรลุ เช่น ตัวชี้วัด เครื่องมือ หรือวิธีการนิเทศที่จะปรับ",
        error_messages={"max_length": "ข้อความยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )
    reason = forms.CharField(
        label="เหตุผล",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={
            "required": "โปรดระบุเหตุผลของผลการพิจารณา",
            "max_length": "เหตุผลยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง",
        },
    )
    meeting_no = forms.CharField(
        label="ประชุม ก.ต.ป.น. ครั้งที่",
        max_length=20,
        help_text="เช่น 3/2569",
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={
            "required": "โปรดกรอกครั้งที่ประชุม ตามรายงานการประชุม ก.ต.ป.น.",
            "max_length": "ครั้งที่ประชุมยาวเกิน 20 ตัวอักษร โปรดกรอกเฉพาะเลขครั้งที่ เช่น 3/2569",
        },
    )
    meeting_on = BuddhistDateField(label="วันที่ประชุม")

    def clean_meeting_on(self) -> date:
        meeting_on = self.cleaned_data["meeting_on"]
        if meeting_on > timezone.localdate():
            raise ValidationError("วันที่ประชุมยังไม่ถึง โปรดตรวจวันที่ หรือบันทึกผลหลังการประชุม")
        return meeting_on

    def clean(self) -> dict:
        cleaned = super().clean()
        needed = cleaned.get("result") == Result.NOT_ACHIEVED
        if needed and not cleaned.get("will_change") and "will_change" not in self.errors:
            self.add_error("will_change", "ผลไม่บรรลุต้องระบุสิ่งที่จะปรับ เพื่อให้รอบถัดไปเริ่มได้ถูกจุด")
        return cleaned


class PracticeForm(PortalForm):
    """A good practice as its school would tell it."""

    title = forms.CharField(
        label="ชื่อผลงาน",
        max_length=200,
        error_messages={"max_length": "ชื่อผลงานยาวเกิน 200 ตัวอักษร โปรดย่อให้สั้นลง"},
    )
    process = forms.CharField(
        label="กระบวนการ",
        max_length=4000,
        widget=forms.Textarea,
        help_text="ทำอย่างไร ทีละขั้น เพื่อให้โรงเรียนอื่นทำตามได้",
        error_messages={"max_length": "กระบวนการยาวเกิน 4,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )
    outcome = forms.CharField(
        label="ผลที่เกิดขึ้น",
        max_length=4000,
        widget=forms.Textarea,
        help_text="เกิดผลอย่างไรกับผู้เรียน ครู หรือโรงเรียน",
        error_messages={"max_length": "ผลที่เกิดขึ้นยาวเกิน 4,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )
