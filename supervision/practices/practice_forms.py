"""Forms in which a good practice is told, of a school and of the supervision unit."""

from django import forms

from schools.core.forms import ConflictCheckedForm, PortalForm
from supervision.practices.enums import PracticeKind
from supervision.practices.models import GoodPractice
from supervision.standards.models import Work

MAX_PART_LENGTH = 4000


def _long_text(label: str, *, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=MAX_PART_LENGTH,
        widget=forms.Textarea,
    )


class PracticeForm(PortalForm):
    """A good practice as its school describes it, in the usual parts of such papers."""

    title = forms.CharField(label="ชื่อผลงาน", max_length=200)
    background = _long_text("ความเป็นมา", help_text="ปัญหาหรือโอกาสที่ทำให้เริ่ม")
    objectives = _long_text("วัตถุประสงค์")
    process = _long_text(
        "กระบวนการ", required=True, help_text="ทำอย่างไร ทีละขั้น เพื่อให้โรงเรียนอื่นทำตามได้"
    )
    outcome = _long_text("ผลที่เกิดขึ้น", required=True, help_text="เกิดผลอย่างไรกับผู้เรียน ครู หรือโรงเรียน")
    success_factors = _long_text("ปัจจัยความสำเร็จ")
    lessons = _long_text("บทเรียนที่ได้รับ")
    dissemination = _long_text("การเผยแพร่", help_text="เผยแพร่ที่ใดแล้วบ้าง ใครนำไปใช้")


class UnitPracticeForm(PracticeForm):
    """What the supervision unit made that others can use: its kind and the work it belongs to."""

    kind = forms.ChoiceField(
        label="ประเภท",
        choices=[one for one in PracticeKind.choices if one[0] != PracticeKind.SCHOOL],
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกประเภทของผลงาน"},
    )
    work = forms.ModelChoiceField(
        Work.objects.all(),
        label="งานตามขอบข่ายภารกิจ (4.1–4.7)",
        empty_label="เลือกงาน",
        error_messages={"required": "โปรดเลือกงานที่ผลงานนี้อยู่ในขอบข่าย"},
    )
    process = _long_text("กระบวนการ", required=True, help_text="ทำอย่างไร ทีละขั้น เพื่อให้ผู้อื่นนำไปใช้ได้")

    field_order = ("kind", "work")


class PracticeEditForm(ConflictCheckedForm, PracticeForm):
    """The texts of a nominated practice, which school and supervisor may both change."""

    class Meta:
        model = GoodPractice
        fields = tuple(PracticeForm.base_fields)


class UnitPracticeEditForm(UnitPracticeForm, PracticeEditForm):
    """The same of a practice of the unit, with its kind and work."""

    class Meta:
        model = GoodPractice
        fields = tuple(UnitPracticeForm.base_fields)
