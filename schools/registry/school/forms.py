from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, PortalForm
from schools.core.thai import search_key, sort_key
from schools.enums import Grade, Internet
from schools.models import Cluster, School
from schools.registry.school import name_normalization
from schools.registry.school.fields import PositionField, SchoolCodeField

OBEC_CODE_LABEL, MINISTRY_CODE_LABEL = "รหัสโรงเรียน 8 หลัก", "รหัสสถานศึกษา 10 หลัก"
UNKNOWN_CHOICE = ("", "ยังไม่มีข้อมูล")


class SchoolForm(ConflictCheckedForm):
    """What an office knows of a school; all but the name may still be unknown."""

    obec_code = SchoolCodeField(
        label=OBEC_CODE_LABEL,
        length=8,
        other_length=10,
        other_label=MINISTRY_CODE_LABEL,
        required=False,
    )
    ministry_code = SchoolCodeField(
        label=MINISTRY_CODE_LABEL,
        length=10,
        other_length=8,
        other_label=OBEC_CODE_LABEL,
        required=False,
    )
    position = PositionField(
        label="พิกัด (ละติจูด, ลองจิจูด)",
        max_length=60,
        required=False,
        help_text="คัดลอกจากแผนที่ในโทรศัพท์มาวางได้ เช่น 17.276400, 101.148600",
    )
    has_electricity = forms.NullBooleanField(
        label="ไฟฟ้า",
        required=False,
        widget=forms.Select(choices=[UNKNOWN_CHOICE, ("True", "มีไฟฟ้าใช้"), ("False", "ไม่มีไฟฟ้าใช้")]),
    )

    class Meta:
        model = School
        fields = (
            "name",
            "obec_code",
            "ministry_code",
            "sub_district",
            "district",
            "first_grade",
            "last_grade",
            "internet",
            "has_electricity",
            "phone",
            "email",
            "data_note",
        )
        help_texts = {
            "name": "พิมพ์ชื่อเต็ม ถ้าไม่มีคำว่าโรงเรียนนำหน้า ระบบเติมให้",
            "data_note": "สิ่งที่ยังต้องตรวจสอบเกี่ยวกับข้อมูลของโรงเรียนนี้",
        }

    field_order = (
        "name",
        "obec_code",
        "ministry_code",
        "sub_district",
        "district",
        "position",
        "first_grade",
        "last_grade",
        "internet",
        "has_electricity",
        "phone",
        "email",
        "data_note",
    )

    def __init__(self, *args, instance: School, **kwargs) -> None:
        kwargs["initial"] = {"position": (instance.latitude, instance.longitude)}
        super().__init__(*args, instance=instance, **kwargs)
        for name in ("first_grade", "last_grade"):
            self.fields[name].choices = [UNKNOWN_CHOICE, *Grade.choices]
        self.fields["internet"].choices = [UNKNOWN_CHOICE, *Internet.choices]
        for name in ("sub_district", "district"):
            self.fields[name].widget.attrs["list"] = f"{name}s"

    def compared_fields(self) -> Iterable[str]:
        return [*super().compared_fields(), "position"]

    def clean_name(self) -> str:
        """With its prefix, and not the name of another school however that is spelt."""
        name = name_normalization.normalize_school_name(" ".join(self.cleaned_data["name"].split()))
        if not search_key(name):
            raise ValidationError("โปรดกรอกชื่อโรงเรียนต่อจากคำว่าโรงเรียน", code="empty")
        if len(name) > self.fields["name"].max_length:
            raise ValidationError(self.fields["name"].error_messages["max_length"])
        if other := self._another(sort_key=sort_key(name)):
            raise ValidationError(
                f"มี{other}อยู่ในทะเบียนแล้ว โปรดตรวจชื่อ หรือแก้ไขที่โรงเรียนนั้น", code="taken"
            )
        return name

    def clean_obec_code(self) -> str | None:
        return self._not_taken("obec_code")

    def clean_ministry_code(self) -> str | None:
        return self._not_taken("ministry_code")

    def _not_taken(self, name: str) -> str | None:
        code = self.cleaned_data[name]
        if code and (other := self._another(**{name: code})):
            raise ValidationError(f"รหัส {code} เป็นของ{other}แล้ว โปรดตรวจรหัส", code="taken")
        return code

    def _another(self, **facts: str) -> School | None:
        return School.objects.exclude(pk=self.instance.pk).filter(**facts).first()

    def clean_sub_district(self) -> str:
        return name_normalization.normalize_sub_district(self.cleaned_data["sub_district"])

    def clean_district(self) -> str:
        return name_normalization.normalize_district(self.cleaned_data["district"])

    def clean(self) -> dict:
        first, last = self.cleaned_data.get("first_grade"), self.cleaned_data.get("last_grade")
        if (first is None) != (last is None) and not {"first_grade", "last_grade"} & {*self.errors}:
            empty = "first_grade" if first is None else "last_grade"
            self.add_error(empty, "โปรดเลือกชั้นต่ำสุดและชั้นสูงสุดให้ครบทั้งสองช่อง หรือเว้นว่างทั้งสองช่อง")
        elif first is not None and last is not None and last < first:
            self.add_error("last_grade", "ชั้นสูงสุดต้องไม่ต่ำกว่าชั้นต่ำสุด โปรดเลือกใหม่")
        if "position" in self.cleaned_data:
            self.instance.latitude, self.instance.longitude = self.cleaned_data["position"]
        return super().clean()


class NewSchoolForm(SchoolForm):
    """A school that comes into the register, with its cluster from a day on."""

    cluster = forms.ModelChoiceField(
        Cluster.objects.all(), label="กลุ่มโรงเรียน", required=False, empty_label="ยังไม่ระบุ"
    )
    since = BuddhistDateField(label="สังกัดกลุ่มตั้งแต่วันที่", required=False)

    field_order = (*SchoolForm.field_order[:6], "cluster", "since", *SchoolForm.field_order[6:])

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("cluster") and not cleaned.get("since") and "since" not in self.errors:
            self.add_error("since", "โปรดกรอกวันที่เริ่มสังกัดกลุ่มโรงเรียน")
        return cleaned


class SchoolClusterForm(PortalForm):
    """To which cluster a school moves, and from which day on."""

    cluster = forms.ModelChoiceField(
        Cluster.objects.all(), label="กลุ่มโรงเรียนใหม่", empty_label="เลือก"
    )
    since = BuddhistDateField(label="สังกัดกลุ่มใหม่ตั้งแต่วันที่")


SCHOOL_CLOSING_HELP = f"วันแรกที่ไม่มีโรงเรียนนี้แล้ว {BuddhistDateField.hint}"
REFERENCE_LABEL = "ประกาศหรือคำสั่งที่อ้างอิง (ถ้ามี)"


class SchoolCloseForm(PortalForm):
    """From which day on a school is no more, and the announcement that says so."""

    on = BuddhistDateField(label="วันที่เลิก", help_text=SCHOOL_CLOSING_HELP)
    reference = forms.CharField(label=REFERENCE_LABEL, max_length=100, required=False)


class SchoolMergeForm(PortalForm):
    """The same for a school whose pupils go on in another."""

    into = forms.ModelChoiceField(
        School.objects.none(), label="โรงเรียนที่รับรวม", empty_label="เลือกโรงเรียน"
    )
    on = BuddhistDateField(label="วันที่รวม", help_text=SCHOOL_CLOSING_HELP)
    reference = forms.CharField(label=REFERENCE_LABEL, max_length=100, required=False)

    def __init__(self, *args, school: School, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = School.objects.open_on(today).exclude(pk=school.pk)


class SchoolReopenForm(PortalForm):
    """Why a school's closing is taken back."""

    reason = forms.CharField(label="เหตุผล", max_length=100)
