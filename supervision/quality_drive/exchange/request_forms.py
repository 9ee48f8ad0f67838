"""What is typed of a study request: what a school asks for, its appointment, what it learned."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, form_field
from schools.models import School
from schools.models.dated import not_over_q
from supervision.practices.models import GoodPractice
from supervision.programmes.models import NetworkMember
from supervision.programmes.networks.forms import check_no_private_data
from supervision.programmes.networks.published_practices import published_practices
from supervision.quality_drive.exchange.enums import StudyRequestKind

LONGEST_REQUEST = 2000


class PracticeChoiceField(forms.ModelChoiceField):
    """A published practice by its title and school."""

    def label_from_instance(self, practice: GoodPractice) -> str:
        return f"{practice} · {practice.owner_name}"


class StudyRequestForm(PortalForm):
    """What a school asks for: a visit to a practice's school, or a mentor from the networks."""

    kind = forms.ChoiceField(
        label="คำขอ", choices=StudyRequestKind.choices, widget=forms.RadioSelect
    )
    practice = PracticeChoiceField(
        GoodPractice.objects.none(),
        label="ผลงานที่ขอไปศึกษา",
        required=False,
        empty_label="เลือกผลงานที่เผยแพร่แล้ว",
        help_text="เลือกเมื่อขอไปศึกษาดูงาน",
    )
    member = forms.ModelChoiceField(
        NetworkMember.objects.none(),
        label="พี่เลี้ยงจากเครือข่าย (ถ้ามี)",
        required=False,
        empty_label="ให้สำนักงานเลือกให้",
        help_text="เลือกเมื่อขอพี่เลี้ยง แสดงเฉพาะตำแหน่งและโรงเรียนหรือหน่วยงาน",
    )
    text = forms.CharField(
        label="สิ่งที่ต้องการเรียนรู้",
        max_length=LONGEST_REQUEST,
        widget=forms.Textarea,
        help_text="สำนักงานอ่านข้อความนี้ โรงเรียนที่ไปศึกษาดูงานไม่เห็น โปรดไม่ใส่ชื่อบุคคล",
    )
    preferred_on = BuddhistDateField(label="วันที่สะดวก (ถ้ามี)", required=False)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practice = form_field(self, "practice", PracticeChoiceField)
        published = [one.pk for one in published_practices() if one.school_id != school.pk]
        rows = GoodPractice.objects.filter(pk__in=published, round__isnull=False)
        practice.queryset = rows.select_related("round__school").order_by("-pk")
        today = timezone.localdate()
        members = NetworkMember.objects.in_force(today).filter(not_over_q(today, "network__"))
        member = form_field(self, "member", forms.ModelChoiceField)
        member.queryset = members.exclude(school=school).select_related("school")
        for field in (practice, member):
            field.widget.attrs["class"] = "form-select"

    def clean_text(self) -> str:
        return check_no_private_data(self.cleaned_data["text"])

    def clean_preferred_on(self) -> date | None:
        day = self.cleaned_data["preferred_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("วันที่สะดวกผ่านไปแล้ว โปรดเลือกวันนี้หรือหลังจากนี้")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        visits = cleaned.get("kind") == StudyRequestKind.VISIT
        if visits and not cleaned.get("practice") and "practice" not in self.errors:
            self.add_error("practice", "โปรดเลือกผลงานที่ขอไปศึกษา")
        return cleaned

    def asked(self) -> dict[str, Any]:
        """The keywords of send_study_request; what its kind does not ask is left out."""
        sent = self.cleaned_data
        visits = sent["kind"] == StudyRequestKind.VISIT
        chosen = {"practice": sent["practice"]} if visits else {"member": sent["member"]}
        return {"text": sent["text"], "preferred_on": sent["preferred_on"], **chosen}


class ArrangementForm(PortalForm):
    """The day of a visit or of a mentor, and what both schools read of it."""

    arranged_on = BuddhistDateField(label="วันที่นัดหมาย")
    arrangement = forms.CharField(
        label="รายละเอียดการนัดหมาย",
        max_length=LONGEST_REQUEST,
        widget=forms.Textarea,
        help_text=(
            "เช่น เวลา สถานที่ จำนวนผู้ไป โรงเรียนที่ขอและโรงเรียนที่รับอ่านข้อความนี้ "
            "โปรดไม่เขียนปัญหาหรือผลของโรงเรียนใด"
        ),
    )
    is_agreed = forms.BooleanField(
        label="ประสานโรงเรียนหรือหน่วยงานที่รับแล้ว",
        error_messages={"required": "โปรดประสานผู้รับก่อน แล้วทำเครื่องหมายในช่องนี้"},
    )

    def clean_arrangement(self) -> str:
        return check_no_private_data(self.cleaned_data["arrangement"])


class LearnedForm(PortalForm):
    """What a school learned from a visit or a mentor."""

    learned = forms.CharField(
        label="สิ่งที่ได้เรียนรู้",
        max_length=4000,
        widget=forms.Textarea,
        help_text="ได้เรียนรู้อะไร และจะนำไปใช้อย่างไร โปรดไม่ใส่ชื่อบุคคล",
    )

    def clean_learned(self) -> str:
        return check_no_private_data(self.cleaned_data["learned"])
