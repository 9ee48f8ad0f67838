"""What is typed of a forum: its plan, then what came of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.core.fields import BuddhistDateField, ListedRowsField
from schools.core.forms import ConflictCheckedForm, PortalForm, apply_portal_style, form_field
from schools.core.thai import fiscal_year
from supervision.practices.enums import PracticeState
from supervision.practices.models import GoodPractice
from supervision.programmes.models.activities import Activity
from supervision.programmes.models.networks import Forum, Network
from supervision.programmes.networks.enums import ForumState, MemberRole
from supervision.programmes.networks.forms import check_no_private_data

MAX_PEOPLE = 10_000
PRACTICES_OFFERED = 30


class ForumForm(ConflictCheckedForm):
    """The plan of a forum: days, place, programme, the practices that are invited."""

    starts_on = BuddhistDateField(label="ตั้งแต่วันที่")
    ends_on = BuddhistDateField(label="ถึงวันที่", required=False, help_text="เว้นว่างไว้ถ้าจัดวันเดียว")
    practices = ListedRowsField(
        GoodPractice.objects.none(),
        label="วิธีปฏิบัติที่เป็นเลิศที่เชิญมานำเสนอ (ถ้ามี)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"ผลงานที่ได้รับคัดเลือกแล้ว {PRACTICES_OFFERED} เรื่องล่าสุด",
    )

    class Meta:
        model = Forum
        fields = (
            *("title", "programme", "starts_on", "ends_on"),
            *("place", "network", "activity"),
        )
        widgets = {"programme": forms.Textarea}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        network = form_field(self, "network", forms.ModelChoiceField)
        network.queryset, network.empty_label = Network.objects.in_force(today), "ไม่ระบุเครือข่าย"
        activity = form_field(self, "activity", forms.ModelChoiceField)
        years = (fiscal_year(today) - 1, fiscal_year(today), fiscal_year(today) + 1)
        activity.queryset = Activity.objects.not_cancelled().filter(plan__fiscal_year__in=years)
        activity.empty_label = "ไม่อยู่ในกิจกรรมของแผน"
        self._offer_practices()

    def _offer_practices(self) -> None:
        """The newest selected ones, and those that were invited before."""
        field = form_field(self, "practices", ListedRowsField)
        invited = list(self.instance.practices.all()) if self.instance.pk else []
        self.initial["practices"] = [one.pk for one in invited]
        field.queryset = GoodPractice.objects.filter(state=PracticeState.SELECTED)
        newest = field.queryset.order_by("-pk").only("title")[:PRACTICES_OFFERED]
        offered = {one.pk: str(one) for one in [*invited, *newest]}
        field.choices = list(offered.items())

    def clean_programme(self) -> str:
        return check_no_private_data(self.cleaned_data["programme"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("starts_on") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned["starts_on"]
        return cleaned


class ForumResultForm(PortalForm):
    """What was shared at a forum, and how many of each post came: one box for each."""

    shared = forms.CharField(
        label="สิ่งที่แลกเปลี่ยนเรียนรู้",
        max_length=4000,
        widget=forms.Textarea,
        help_text="ได้ความรู้หรือนวัตกรรมใด และจะนำไปใช้อย่างไร",
    )
    reason = forms.CharField(
        label="เหตุผลที่แก้ไข",
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผลที่แก้ไขผลที่บันทึกไว้แล้ว"},
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        came = {line.role: line.people for line in forum.attendance.all()}
        super().__init__(*args, initial={"shared": forum.shared} | came, **kwargs)
        for role in MemberRole:
            self.fields[role.value] = _people_field(role)
        apply_portal_style(self)
        if forum.state != ForumState.HELD:
            del self.fields["reason"]

    def clean_shared(self) -> str:
        return check_no_private_data(self.cleaned_data["shared"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self._attendance():
            raise ValidationError("โปรดกรอกจำนวนผู้เข้าร่วมอย่างน้อย 1 ตำแหน่ง")
        return cleaned

    def result(self) -> dict[str, Any]:
        """The keywords of record_forum."""
        return {
            "shared": self.cleaned_data["shared"],
            "attendance": self._attendance(),
            "reason": self.cleaned_data.get("reason", ""),
        }

    def _attendance(self) -> dict[str, int]:
        asked = {role.value: self.cleaned_data.get(role.value) for role in MemberRole}
        return {role: people for role, people in asked.items() if people}


def _people_field(role: MemberRole) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{role.label} (คน)",
        required=False,
        min_value=0,
        max_value=MAX_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
