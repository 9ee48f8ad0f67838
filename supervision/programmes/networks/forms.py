"""What is typed of networks, members and learning sources; nothing that leads to a person."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.core.fields import BuddhistDateField, ListedRowsField
from schools.core.forms import ConflictCheckedForm, PortalForm, form_field
from supervision.assignments.models import LearningArea
from supervision.programmes.models.networks import (
    NETWORK_WORK,
    LearningSource,
    Network,
    NetworkMember,
)
from supervision.programmes.school_choices import SchoolTicksField, schools_to_choose
from supervision.standards.models import Work

# In lists of what is ended and never deleted: what is at work, or all there ever was.
SHOW_ALL = "all"
SHOWN_CHOICES = [("", "ที่ดำเนินการอยู่"), (SHOW_ALL, "รวมที่สิ้นสุดแล้ว")]
PHONE_OR_MAIL = re.compile(r"@|(?:[0-9๐-๙][ -]?){9}")
PRIVATE_DATA_MESSAGE = "ไม่เก็บเบอร์โทรศัพท์ อีเมล หรือเลขประจำตัว โปรดลบออก ผู้สนใจติดต่อผ่านกลุ่มนิเทศฯ"


def check_no_private_data(text: str) -> str:
    """Raises ValidationError where a text looks like holding a telephone number or an address."""
    if PHONE_OR_MAIL.search(text):
        raise ValidationError(PRIVATE_DATA_MESSAGE)
    return text


class NetworkForm(ConflictCheckedForm):
    """A network, what it is for, since when, and its schools."""

    starts_on = BuddhistDateField(label="จัดตั้งเมื่อวันที่")
    schools = SchoolTicksField(label="โรงเรียนในเครือข่าย (ถ้ามี)", required=False)

    class Meta:
        model = Network
        fields = ("kind", "name", "purpose", "work", "starts_on")
        widgets = {"kind": forms.RadioSelect, "purpose": forms.Textarea}
        help_texts = {"work": "คู่มือกำหนดงานเครือข่ายไว้ที่งาน 4.5.2"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: list[int] = []
        if self.instance.pk:
            chosen = list(self.instance.schools.values_list("pk", flat=True))
        form_field(self, "schools", SchoolTicksField).offer_schools_of_today(chosen)
        self.initial["schools"] = chosen
        if not self.instance.pk:
            self.initial.setdefault("work", Work.objects.filter(code=NETWORK_WORK).first())

    def clean_name(self) -> str:
        return check_no_private_data(self.cleaned_data["name"])

    def clean_purpose(self) -> str:
        return check_no_private_data(self.cleaned_data["purpose"])


class LearningAreasField(ListedRowsField):
    """The learning areas of the core curriculum that somebody or something can help with."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        words = {"label": "กลุ่มสาระการเรียนรู้ (ถ้ามี)", "required": False}
        super().__init__(LearningArea.objects.all(), **words)


class NetworkMemberForm(ConflictCheckedForm):
    """A member by role, subject and place; post and school only."""

    starts_on = BuddhistDateField(label="เป็นสมาชิกตั้งแต่วันที่")
    learning_areas = LearningAreasField()
    works = ListedRowsField(
        Work.objects.all(),
        label="งานตามคู่มือที่ช่วยได้ (ถ้ามี)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = NetworkMember
        fields = ("role", "subject", "school", "organisation", "topics", "starts_on")
        widgets = {"role": forms.RadioSelect}
        help_texts = {
            "subject": "เช่น ภาษาไทย ระบบแสดงเป็น ครูแกนนำภาษาไทย โปรดไม่ใส่ชื่อบุคคล",
            "school": "ระบบแสดงตำแหน่งและโรงเรียนเท่านั้น",
            "organisation": "กรอกเมื่อไม่ใช่สมาชิกจากโรงเรียน",
            "topics": "คำที่ผู้อื่นใช้ค้นหา เช่น การอ่านออกเขียนได้ โครงงาน PLC",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school = form_field(self, "school", forms.ModelChoiceField)
        school.queryset = schools_to_choose(timezone.localdate(), _present_school(self))
        school.empty_label = "ไม่ใช่สมาชิกจากโรงเรียน"
        if not self.instance.pk:
            self.initial["starts_on"] = timezone.localdate()
        _keep_many(self, ("learning_areas", "works"))

    def clean_subject(self) -> str:
        return check_no_private_data(self.cleaned_data["subject"])

    def clean_organisation(self) -> str:
        return check_no_private_data(self.cleaned_data["organisation"])

    def clean_topics(self) -> str:
        return check_no_private_data(self.cleaned_data["topics"])


class LearningSourceForm(ConflictCheckedForm):
    """A learning source: what and where it is, since when, what one learns there."""

    starts_on = BuddhistDateField(label="พัฒนาเป็นแหล่งเรียนรู้ตั้งแต่วันที่")
    learning_areas = LearningAreasField()

    class Meta:
        model = LearningSource
        fields = ("kind", "name", "school", "network", "topics", "description", "starts_on")
        widgets = {"kind": forms.RadioSelect, "description": forms.Textarea}
        help_texts = {"topics": "คำที่ผู้อื่นใช้ค้นหา เช่น การทดลองวิทยาศาสตร์ เกษตรพอเพียง"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        school = form_field(self, "school", forms.ModelChoiceField)
        school.queryset = schools_to_choose(today, _present_school(self))
        network = form_field(self, "network", forms.ModelChoiceField)
        network.queryset = Network.objects.in_force(today)
        network.empty_label = "ไม่อยู่ในเครือข่าย"
        _keep_many(self, ("learning_areas",))

    def clean_topics(self) -> str:
        return check_no_private_data(self.cleaned_data["topics"])

    def clean_description(self) -> str:
        return check_no_private_data(self.cleaned_data["description"])


def _present_school(form: ConflictCheckedForm) -> list[int]:
    """The school of the row as it stands, if it has one: it may have closed since."""
    return [form.instance.school_id] if form.instance.school_id else []


def _keep_many(form: ConflictCheckedForm, names: Iterable[str]) -> None:
    """Show what a saved row has many of."""
    if form.instance.pk:
        for name in names:
            form.initial[name] = list(getattr(form.instance, name).values_list("pk", flat=True))


class EndForm(PortalForm):
    """From when on a network, a member's part or a learning source is over, and why."""

    ends_on = BuddhistDateField(label="สิ้นสุดเมื่อวันที่")
    reason = forms.CharField(label="เหตุผล", max_length=500, widget=forms.Textarea)
