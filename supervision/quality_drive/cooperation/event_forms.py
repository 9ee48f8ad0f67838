"""What is typed of an event of the drive: its plan, then what came of it."""

from typing import Any

from django import forms
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, PortalForm, apply_portal_style, form_field
from schools.models import School
from supervision.programmes.networks.forms import check_no_private_data
from supervision.programmes.networks.forum_forms import MAX_PEOPLE
from supervision.programmes.school_choices import SchoolTicksField
from supervision.quality_drive.cooperation.enums import DriveEventKind, DriveEventState
from supervision.quality_drive.models import DriveEvent


class DriveEventForm(ConflictCheckedForm):
    """The plan of an event: what kind, when, where, and which schools are invited."""

    held_on = BuddhistDateField(label="วันที่จัด")
    schools = SchoolTicksField(label="โรงเรียนที่เชิญ", required=False)

    class Meta:
        model = DriveEvent
        fields = ("kind", "title", "held_on", "place", "programme")
        widgets = {"kind": forms.RadioSelect, "programme": forms.Textarea}
        help_texts = {"programme": "เรื่องที่จะชี้แจงหรือร่วมกันดำเนินการ โรงเรียนที่เชิญอ่านข้อความนี้"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["schools"] = chosen = _invited(self.instance)
        form_field(self, "schools", SchoolTicksField).offer_schools_of_today(chosen)

    def clean_programme(self) -> str:
        return check_no_private_data(self.cleaned_data["programme"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == DriveEventKind.HEADS_MEETING and not cleaned.get("schools"):
            self.add_error("schools", "การประชุมผู้บริหารสถานศึกษาต้องเลือกโรงเรียนที่เชิญอย่างน้อย 1 แห่ง")
        return cleaned


def _invited(event: DriveEvent) -> list[int]:
    """Who is invited as it stands; a new meeting of school heads begins with all schools."""
    if event.pk:
        return list(event.schools.values_list("pk", flat=True))
    if event.kind == DriveEventKind.HEADS_MEETING:
        return list(School.objects.open_on(timezone.localdate()).values_list("pk", flat=True))
    return []


class DriveEventResultForm(PortalForm):
    """How many came to an event, from which schools, and what was agreed."""

    people = forms.IntegerField(
        label="จำนวนผู้เข้าร่วม (คน)",
        min_value=1,
        max_value=MAX_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    result = forms.CharField(
        label="ผลการจัดและข้อตกลง",
        max_length=4000,
        widget=forms.Textarea,
        help_text="โรงเรียนที่เชิญหรือเข้าร่วมอ่านข้อความนี้ โปรดไม่ใส่ชื่อบุคคลหรือผลของโรงเรียนใด",
    )
    attended = SchoolTicksField(label="โรงเรียนที่เข้าร่วม", required=False)
    reason = forms.CharField(
        label="เหตุผลที่แก้ไข",
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผลที่แก้ไขผลที่บันทึกไว้แล้ว"},
    )

    def __init__(self, *args: Any, event: DriveEvent, **kwargs: Any) -> None:
        is_held = event.state == DriveEventState.HELD
        came = event.attended if is_held else event.schools
        attended = list(came.values_list("pk", flat=True))
        stored = {"people": event.people, "result": event.result, "attended": attended}
        super().__init__(*args, initial=stored, **kwargs)
        form_field(self, "attended", SchoolTicksField).offer_schools_of_today(attended)
        apply_portal_style(self)
        if not is_held:
            del self.fields["reason"]

    def clean_result(self) -> str:
        return check_no_private_data(self.cleaned_data["result"])
