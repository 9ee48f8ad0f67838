from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.core.fields import BuddhistDateField, ListedRowsField
from schools.core.forms import PortalForm
from supervision.criteria.models import IndicatorSet


class MeetingForm(PortalForm):
    """At which meeting ก.ต.ป.น. decided."""

    meeting_no = forms.CharField(
        label="ประชุม ก.ต.ป.น. ครั้งที่",
        help_text="เช่น 1/2569",
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={
            "required": "โปรดกรอกครั้งที่ประชุม ตามรายงานการประชุม ก.ต.ป.น.",
            "max_length": "ครั้งที่ประชุมยาวเกิน 20 ตัวอักษร โปรดกรอกเฉพาะเลขครั้งที่ เช่น 1/2569",
        },
    )
    meeting_on = BuddhistDateField(label="วันที่ประชุม")

    def clean_meeting_on(self) -> date:
        meeting_on = self.cleaned_data["meeting_on"]
        if meeting_on > timezone.localdate():
            raise ValidationError("วันที่ประชุมยังมาไม่ถึง โปรดตรวจสอบวันที่ตามรายงานการประชุม")
        return meeting_on


class ApprovedSetsField(ListedRowsField):
    """A choice among the sets in use, each with what distinguishes it.

    `notes` says more of a set, by its pk: for whom it is, or why it is recommended.
    """

    widget = forms.CheckboxSelectMultiple
    notes: Mapping[int, str] = {}

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {
            "label": "ชุดตัวชี้วัด",
            "help_text": "เลือกได้ระดับการศึกษาละ 1 ชุด",
            "queryset": IndicatorSet.objects.none(),
        } | kwargs
        super().__init__(**kwargs)
        self.error_messages["invalid_choice"] = (
            "ชุดที่เลือกใช้ไม่ได้แล้ว โปรดเลือกจากชุดที่ ก.ต.ป.น. เห็นชอบในรายการ"
        )

    def label_from_instance(self, indicator_set: IndicatorSet) -> str:
        sample = "ตัวอย่าง · " if indicator_set.is_sample else ""
        level = indicator_set.get_level_display()
        return (
            f"{indicator_set} · ระดับ{level} · {sample}ก.ต.ป.น. ครั้งที่ {indicator_set.meeting_no}"
            f" · {indicator_set.indicator_count} ตัวชี้วัด{self.notes.get(indicator_set.pk, '')}"
        )
