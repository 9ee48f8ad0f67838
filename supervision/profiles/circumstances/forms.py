"""What is typed of a school's circumstances, projects and teachers wanted; no pupil's name."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from schools.core.fields import BuddhistDateField, BuddhistYearField
from schools.core.forms import ConflictCheckedForm, PortalForm, apply_portal_style, form_field
from schools.core.thai import academic_year, academic_year_days
from schools.models import School, User
from supervision.profiles.circumstances.enums import CircumstanceKind, FactPart
from supervision.profiles.models import (
    Circumstance,
    ProjectKind,
    SchoolFact,
    SchoolProject,
    TeacherWanted,
)

SOURCE_HELP = "เช่น ข้อมูลของโรงเรียน ข้อมูล DMC 10 มิ.ย. ประกาศหรือคำสั่ง การนิเทศ"
NO_NAMES = "ไม่ใส่ชื่อนักเรียนหรือบุคคล"
UNSURE_DAY = "ถ้าไม่ทราบวันแน่ชัด ใช้วันแรกที่ทราบว่าเป็นเช่นนี้ พิมพ์ วัน/เดือน/ปี พ.ศ."
# Which fields a circumstance has, and what they ask of it.
DETAIL_WORDS = {
    CircumstanceKind.MIXED_CLASSES: ("ชั้นที่เรียนรวมกัน", "เช่น ป.1 กับ ป.2, ป.5 กับ ป.6"),
    CircumstanceKind.DLTV: ("ใช้กับชั้นหรือวิชาใด (ถ้ามี)", ""),
    CircumstanceKind.DLIT: ("ใช้กับชั้นหรือวิชาใด (ถ้ามี)", ""),
    CircumstanceKind.STAND_ALONE: ("รายละเอียด (ถ้ามี)", ""),
    CircumstanceKind.BRANCH: ("ชื่อโรงเรียนหลัก หากไม่ได้เลือกจากรายการ", ""),
    CircumstanceKind.SPECIAL_AREA: (
        "ลักษณะของพื้นที่",
        "เช่น บนภูเขา หน้าฝนเดินทางได้ด้วยรถขับเคลื่อนสี่ล้อเท่านั้น",
    ),
}
DETAIL_REQUIRED = (CircumstanceKind.MIXED_CLASSES, CircumstanceKind.SPECIAL_AREA)


class FactForm(ConflictCheckedForm):
    """A fact of a school; one that is recorded already is corrected with a reason.

    `user` is who fills it in: what it offers to choose from is what they may know.
    """

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk:
            self.fields["reason"] = forms.CharField(
                label="เหตุผลที่แก้ไข",
                max_length=100,
                help_text="หากสภาพเปลี่ยนไปจากเดิม ให้สิ้นสุดรายการเดิมแล้วเพิ่มรายการใหม่แทนการแก้ไข",
            )
        apply_portal_style(self)


class DatedFactForm(FactForm):
    """A fact that begins on a day, and may have ended on another."""

    starts_on = BuddhistDateField(label="เป็นเช่นนี้ตั้งแต่วันที่", help_text=UNSURE_DAY)
    ends_on = BuddhistDateField(label="ถึงวันที่", required=False, help_text="เว้นว่างไว้หากยังเป็นเช่นนี้อยู่")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.ends_on is None:
            del self.fields["ends_on"]


class CircumstanceForm(DatedFactForm):
    """One circumstance of the kind that its instance has, with what that kind asks."""

    class Meta:
        model = Circumstance
        fields = ("main_school", "detail", "pupils", "starts_on", "ends_on", "source")
        help_texts = {"source": SOURCE_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = CircumstanceKind(self.instance.kind)
        if kind in DETAIL_WORDS:
            detail = self.fields["detail"]
            detail.label, example = DETAIL_WORDS[kind]
            detail.help_text = f"{example} {NO_NAMES}".strip()
            detail.required = kind in DETAIL_REQUIRED
        else:
            del self.fields["detail"]
        self._ask_main_school(kind)
        self._ask_pupils(kind)

    def _ask_main_school(self, kind: CircumstanceKind) -> None:
        if kind != CircumstanceKind.BRANCH:
            del self.fields["main_school"]
            return
        known = School.objects.visible_to(self.user).open_on(timezone.localdate())
        offered = Q(pk__in=known.values("pk")) | Q(pk=self.instance.main_school_id)
        others = School.objects.filter(offered).exclude(pk=self.instance.school_id)
        if not others.exists():  # a school's own people know of no other: they type its name
            del self.fields["main_school"]
            return
        field = form_field(self, "main_school", forms.ModelChoiceField)
        field.queryset, field.empty_label = others, "ไม่มีในรายการ"

    def _ask_pupils(self, kind: CircumstanceKind) -> None:
        if kind != CircumstanceKind.INCLUSION:
            del self.fields["pupils"]
            return
        self.fields["pupils"].required = True
        self.fields[
            "pupils"
        ].help_text = "ระบุเฉพาะจำนวน ไม่เก็บชื่อหรือลักษณะของนักเรียน จำนวน 1–2 คนแสดงเฉพาะผู้ที่ดูแลโรงเรียน"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_branch = self.instance.kind == CircumstanceKind.BRANCH
        if is_branch and not (cleaned.get("main_school") or cleaned.get("detail")):
            self.add_error("detail", "โปรดเลือกโรงเรียนหลัก หรือพิมพ์ชื่อโรงเรียนหลัก")
        return cleaned


class SchoolProjectForm(FactForm):
    """A project of a school by academic years."""

    first_year = BuddhistYearField(label="เข้าร่วมตั้งแต่ปีการศึกษา", help_text="ปี พ.ศ. เช่น 2569")
    last_year = BuddhistYearField(
        label="ถึงปีการศึกษา (ถ้ามี)", required=False, help_text="เว้นว่างไว้หากยังเข้าร่วมอยู่"
    )

    class Meta:
        model = SchoolProject
        fields = ("kind", "detail", "source")
        help_texts = {"source": SOURCE_HELP, "detail": NO_NAMES}

    field_order = ("kind", "first_year", "last_year", "detail", "source", "reason")

    def __init__(self, *args: Any, instance: SchoolProject, **kwargs: Any) -> None:
        years = _years_of(instance)
        initial = years | (kwargs.pop("initial", None) or {})
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        kind = form_field(self, "kind", forms.ModelChoiceField)
        kind.queryset = ProjectKind.objects.filter(Q(is_active=True) | Q(pk=instance.kind_id))
        kind.empty_label = "เลือกโครงการ"

    def compared_fields(self) -> tuple[str, ...]:
        return ("kind", "detail", "source", "first_year", "last_year")

    def clean_first_year(self) -> int:
        year = self.cleaned_data["first_year"]
        if year > academic_year(timezone.localdate()):
            raise ValidationError("ปีการศึกษานี้ยังมาไม่ถึง โปรดบันทึกเมื่อเข้าร่วมแล้ว")
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.pop("first_year", None), cleaned.pop("last_year", None)
        if first and last and last < first:
            self.add_error("last_year", "ปีสุดท้ายต้องไม่ก่อนปีแรก โปรดแก้ไข")
        if first and not self.errors:
            cleaned["starts_on"] = academic_year_days(first)[0]
            cleaned["ends_on"] = academic_year_days(last)[1] if last else None
        return cleaned


def _years_of(project: SchoolProject) -> dict[str, int | None]:
    if not project.pk:
        return {"first_year": academic_year(timezone.localdate())}
    last = academic_year(project.ends_on) if project.ends_on else None
    return {"first_year": academic_year(project.starts_on), "last_year": last}


class TeacherWantedForm(DatedFactForm):
    """Teachers of a subject that a school wants."""

    class Meta:
        model = TeacherWanted
        fields = ("learning_area", "subject_text", "number", "starts_on", "ends_on", "source")
        help_texts = {
            "source": "เช่น แผนอัตรากำลังของโรงเรียน",
            "subject_text": "เมื่อต้องการวิชาเฉพาะ หรือไม่ใช่กลุ่มสาระ เช่น ภาษาอังกฤษ ปฐมวัย",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].label = "ต้องการตั้งแต่วันที่"
        field = form_field(self, "learning_area", forms.ModelChoiceField)
        field.empty_label = "ไม่ใช่กลุ่มสาระ"
        self.fields["subject_text"].label = "วิชาหรือสาขา (ถ้ามี)"


class EndFactForm(PortalForm):
    """Until which day a fact of a school holds."""

    ends_on = BuddhistDateField(label="เป็นเช่นนี้ถึงวันที่")
    reason = forms.CharField(label="หมายเหตุ (ถ้ามี)", max_length=100, required=False)

    def clean_ends_on(self) -> date:
        day = self.cleaned_data["ends_on"]
        if day > timezone.localdate():
            raise ValidationError("วันนี้ยังมาไม่ถึง โปรดบันทึกเมื่อสิ้นสุดแล้ว")
        return day


class EndProjectForm(PortalForm):
    """The last academic year in which a school takes part in a project."""

    ends_on = BuddhistYearField(label="เข้าร่วมถึงปีการศึกษา", help_text="ปี พ.ศ. เช่น 2569")
    reason = forms.CharField(label="หมายเหตุ (ถ้ามี)", max_length=100, required=False)

    def clean_ends_on(self) -> date:
        return academic_year_days(self.cleaned_data["ends_on"])[1]


class RemoveFactForm(PortalForm):
    """Why something that was recorded of a school never was so."""

    reason = forms.CharField(label="เหตุผล", max_length=100)


FORM_OF_PART: dict[str, type[FactForm]] = {
    FactPart.CIRCUMSTANCES: CircumstanceForm,
    FactPart.PROJECTS: SchoolProjectForm,
    FactPart.TEACHERS: TeacherWantedForm,
}
MODEL_OF_PART: dict[str, type[SchoolFact]] = {
    FactPart.CIRCUMSTANCES: Circumstance,
    FactPart.PROJECTS: SchoolProject,
    FactPart.TEACHERS: TeacherWanted,
}
