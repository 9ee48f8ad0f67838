from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from schools.core.errors import ActionRefused
from schools.core.forms import ConflictCheckedForm, PortalForm, ReasonForm
from schools.models import Term
from supervision.criteria.forms import MeetingForm
from supervision.practices.actions import check_will_change
from supervision.practices.enums import AwardLevel, DecisionResult, PracticeState
from supervision.practices.models import MAX_REVIEW_SCORE, GoodPractice


class DecisionForm(MeetingForm):
    """บรรลุ or ไม่บรรลุ, never chosen beforehand; only ไม่บรรลุ asks what will change."""

    result = forms.ChoiceField(
        label="ผลการพิจารณา",
        choices=DecisionResult,
        widget=forms.RadioSelect,
        error_messages={
            "required": "โปรดเลือกบรรลุหรือไม่บรรลุ",
            "invalid_choice": "โปรดเลือกบรรลุหรือไม่บรรลุ",
        },
    )
    planned_changes = forms.CharField(
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

    # Asked and checked on the page that confirms, and kept when one goes back from there.
    against_reason = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("result", "planned_changes", "reason")

    def clean_planned_changes(self) -> str:
        """The result stands before it and is known."""
        planned_changes = self.cleaned_data["planned_changes"]
        try:
            check_will_change(self.cleaned_data.get("result", ""), planned_changes)
        except ActionRefused as refused:
            raise ValidationError(str(refused)) from refused
        return planned_changes


class AgainstProposalForm(PortalForm):
    """Why people decide otherwise than the sets' rules propose."""

    against_reason = forms.CharField(
        label="เหตุผลที่พิจารณาต่างจากผลที่ระบบเสนอ",
        max_length=2000,
        widget=forms.Textarea,
        help_text="พิมพ์ในหน้ารอบ รายงานภาคเรียน และรายงานประจำปีของโรงเรียน",
        error_messages={
            "required": "ผลที่เลือกต่างจากผลที่ระบบเสนอตามเกณฑ์ โปรดระบุเหตุผลที่พิจารณาต่างออกไป",
            "max_length": "เหตุผลยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง",
        },
    )


class CorrectMeetingForm(ReasonForm, MeetingForm):
    """The meeting as it should read, and why it is corrected."""

    field_order = ("meeting_no", "meeting_on", "reason")


LONG_TEXT = {"max_length": 4000, "widget": forms.Textarea}


class PracticeForm(PortalForm):
    """A good practice as its school would tell it, in the parts such papers usually have."""

    title = forms.CharField(label="ชื่อผลงาน", max_length=200)
    background = forms.CharField(
        label="ความเป็นมา", required=False, help_text="ปัญหาหรือโอกาสที่ทำให้เริ่ม", **LONG_TEXT
    )
    objectives = forms.CharField(label="วัตถุประสงค์", required=False, **LONG_TEXT)
    process = forms.CharField(
        label="กระบวนการ",
        help_text="ทำอย่างไร ทีละขั้น เพื่อให้โรงเรียนอื่นทำตามได้",
        **LONG_TEXT,
    )
    outcome = forms.CharField(
        label="ผลที่เกิดขึ้น", help_text="เกิดผลอย่างไรกับผู้เรียน ครู หรือโรงเรียน", **LONG_TEXT
    )
    success_factors = forms.CharField(label="ปัจจัยความสำเร็จ", required=False, **LONG_TEXT)
    lessons = forms.CharField(label="บทเรียนที่ได้รับ", required=False, **LONG_TEXT)
    dissemination = forms.CharField(
        label="การเผยแพร่", required=False, help_text="เผยแพร่ที่ใดแล้วบ้าง ใครนำไปใช้", **LONG_TEXT
    )


class PracticeEditForm(ConflictCheckedForm, PracticeForm):
    """The same once it was put forward: school and supervisor may both put its words right."""

    class Meta:
        model = GoodPractice
        fields = tuple(PracticeForm.base_fields)


class PracticeReviewForm(PortalForm):
    """What a reviewer thinks of a nominated practice."""

    score = forms.IntegerField(
        label=f"คะแนน (0–{MAX_REVIEW_SCORE})",
        min_value=0,
        max_value=MAX_REVIEW_SCORE,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": "โปรดให้คะแนน",
            "invalid": f"คะแนนต้องเป็นจำนวนเต็ม 0 ถึง {MAX_REVIEW_SCORE}",
            "min_value": f"คะแนนต้องอยู่ระหว่าง 0 ถึง {MAX_REVIEW_SCORE}",
            "max_value": f"คะแนนต้องอยู่ระหว่าง 0 ถึง {MAX_REVIEW_SCORE}",
        },
    )
    comment = forms.CharField(label="ความเห็น", max_length=2000, widget=forms.Textarea)


class PracticeSelectForm(PortalForm):
    """At which level a practice is chosen."""

    level = forms.ChoiceField(label="ระดับที่คัดเลือก", choices=AwardLevel, widget=forms.RadioSelect)


class PracticeFilter(PortalForm):
    """Filters of the list of good practices."""

    state = forms.ChoiceField(
        label="สถานะ", choices=[("", "ทุกสถานะ"), *PracticeState.choices], required=False
    )
    level = forms.ChoiceField(
        label="ระดับ", choices=[("", "ทุกระดับ"), *AwardLevel.choices], required=False
    )
    term = forms.ModelChoiceField(
        Term.objects.none(), label="ภาคเรียนที่", required=False, empty_label="ทุกภาคเรียน"
    )

    def __init__(self, *args, terms: QuerySet[Term], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms
