from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from schools.core.forms import PortalForm, PortalModelForm
from schools.core.uploads import SanitizedFile, sanitize_upload
from supervision.criteria.enums import SetUse
from supervision.criteria.models import IndicatorSet
from supervision.visits.enums import TeacherPosition
from supervision.visits.models import Observation

SIGNED_COPY_SUFFIXES = (".pdf", ".jpg")
INITIALS_PATTERN = r"^([ก-ฮA-Za-z]\.\s*){1,3}$"


class ObservationForm(PortalModelForm):
    """Which lesson is seen, and on which form; the teacher by post or initials only."""

    form = forms.ModelChoiceField(
        IndicatorSet.objects.none(),
        label="แบบสังเกตชั้นเรียน",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "โปรดเลือกแบบสังเกตชั้นเรียน"},
    )
    post = forms.ChoiceField(
        label="ครูผู้รับการสังเกต",
        choices=[("", "เลือกตำแหน่ง"), *TeacherPosition.choices],
        help_text="บันทึกเป็นตำแหน่ง ไม่ใช้ชื่อ-นามสกุล",
    )
    initials = forms.RegexField(
        INITIALS_PATTERN,
        strip=True,
        label="อักษรย่อของครู (ถ้ามี)",
        required=False,
        help_text="ใช้เมื่อมีครูตำแหน่งเดียวกันหลายคน เช่น ก.ข.",
        error_messages={
            "invalid": "อักษรย่อของครูต้องเป็นตัวอักษรเดี่ยวตามด้วยจุด ไม่เกิน 3 ตัว เช่น ก.ข. โปรดแก้ไขหรือเว้นว่าง"
        },
    )
    field_order = ("form", "post", "initials", "grade", "subject", "lesson")

    class Meta:
        model = Observation
        fields = ("grade", "subject", "lesson")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        forms_in_use = IndicatorSet.objects.approved(SetUse.OBSERVATION)
        self.fields["form"].queryset = forms_in_use
        self.initial.setdefault("form", _only(forms_in_use))

    def lesson(self) -> dict:
        """The facts of an Observation."""
        facts = {name: self.cleaned_data[name] for name in self._meta.fields}
        return facts | {"teacher": self._teacher()}

    def _teacher(self) -> str:
        post = TeacherPosition(self.cleaned_data["post"]).label
        initials = "".join(self.cleaned_data["initials"].split())
        return f"{post} ({initials})" if initials else str(post)


def _only(rows: QuerySet) -> object | None:
    """The one there is, so that nobody chooses from a list of one."""
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


class VisitAcknowledgeForm(PortalForm):
    """The school's director has read the record and may add a word."""

    comment = forms.CharField(
        label="ความเห็นของโรงเรียน (ถ้ามี)",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"max_length": "ความเห็นยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )


class SignedCopyForm(PortalForm):
    """A scanned PDF, or a photo of a page, of the paper signed by hand."""

    file = forms.FileField(
        label="ไฟล์สำเนาที่ลงนาม",
        allow_empty_file=True,
        help_text="PDF ที่สแกน หรือภาพถ่ายของหน้าที่ลงนาม",
        error_messages={"required": "โปรดเลือกไฟล์สำเนาที่ลงนาม"},
    )

    def clean_file(self) -> SanitizedFile:
        safe = sanitize_upload(self.cleaned_data["file"])
        if safe.suffix not in SIGNED_COPY_SUFFIXES:
            raise ValidationError(f"“{safe.name}” ไม่ใช่ PDF หรือภาพถ่าย โปรดสแกนหรือถ่ายภาพหน้าที่ลงนาม")
        return safe
