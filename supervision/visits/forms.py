import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from schools.forms import PortalForm, PortalModelForm
from schools.uploads import Safe, made_safe
from supervision.criteria.enums import SetUse
from supervision.criteria.models import IndicatorSet
from supervision.visits.models import Observation

TITLES = r"^\s*(นาย|นาง|น\.\s*ส\.|ว่าที่|ด\.\s*[ชญ]\.|ดร\.|mr|ms|mrs|miss)"
SCANNED = (".pdf", ".jpg")
FULL_NAME = re.compile(TITLES, re.IGNORECASE)


class ObservationForm(PortalModelForm):
    """Which lesson is seen, and on which form; the teacher by post or initials only."""

    form = forms.ModelChoiceField(
        IndicatorSet.objects.none(),
        label="แบบสังเกตชั้นเรียน",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "โปรดเลือกแบบสังเกตชั้นเรียน"},
    )
    field_order = ("form", "teacher", "grade", "subject", "lesson")

    class Meta:
        model = Observation
        fields = ("teacher", "grade", "subject", "lesson")
        labels = {"teacher": "ครูผู้รับการสังเกต"}
        help_texts = {"teacher": "ใช้ตำแหน่งหรืออักษรย่อ เช่น ครูประจำชั้น ป.4 หรือ ก.ข. ไม่ใช้ชื่อ-นามสกุล"}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        forms_in_use = IndicatorSet.objects.approved(SetUse.OBSERVATION)
        self.fields["form"].queryset = forms_in_use
        self.initial.setdefault("form", _only(forms_in_use))

    def clean_teacher(self) -> str:
        teacher = self.cleaned_data["teacher"]
        if FULL_NAME.match(teacher):
            raise ValidationError("โปรดใช้ตำแหน่งหรืออักษรย่อแทนชื่อครู เช่น ครูประจำชั้น ป.4 หรือ ก.ข.")
        return teacher

    def lesson(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}


def _only(rows: QuerySet) -> object | None:
    """The one there is, so that nobody chooses from a list of one."""
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


class AcknowledgeForm(PortalForm):
    """The school's director has read the record and may add a word."""

    comment = forms.CharField(
        label="ความเห็นของโรงเรียน (ถ้ามี)",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"max_length": "ความเห็นยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )


class CopyForm(PortalForm):
    """A scanned PDF, or a photo of a page, of the paper signed by hand."""

    file = forms.FileField(
        label="ไฟล์สำเนาที่ลงนาม",
        allow_empty_file=True,
        help_text="PDF ที่สแกน หรือภาพถ่ายของหน้าที่ลงนาม",
        error_messages={"required": "โปรดเลือกไฟล์สำเนาที่ลงนาม"},
    )

    def clean_file(self) -> Safe:
        safe = made_safe(self.cleaned_data["file"])
        if safe.suffix not in SCANNED:
            raise ValidationError(f"“{safe.name}” ไม่ใช่ PDF หรือภาพถ่าย โปรดสแกนหรือถ่ายภาพหน้าที่ลงนาม")
        return safe
