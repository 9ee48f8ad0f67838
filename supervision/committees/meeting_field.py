"""How a form asks at which meeting of ก.ต.ป.น. something was decided."""

from typing import Any

from django import forms
from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.html import format_html

from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, form_field
from schools.core.thai import long_date
from supervision.committees.enums import CommitteeKind, MeetingState
from supervision.committees.models import Meeting, MeetingQuerySet

WHO_OPENS_ONE = (
    "เลือกการประชุมที่เปิดอยู่หรือประชุมแล้ว หากไม่มีในรายการ ผู้อำนวยการกลุ่มนิเทศฯ หรือเจ้าหน้าที่งานธุรการ"
    'เปิดประชุมได้ที่หน้า<a href="{}">การประชุม</a>'
)
OPEN_FIRST = Case(When(state=MeetingState.OPEN, then=Value(0)), default=Value(1))


def choosable_meetings() -> MeetingQuerySet:
    """Meetings of ก.ต.ป.น. that a decision may name: those open now first, then the newest."""
    meetings = Meeting.objects.held().of_area_committee().select_related("committee")
    return meetings.order_by(OPEN_FIRST, "-held_on", "-pk")


def check_meeting_decides(meeting: Meeting) -> None:
    """Raises ActionRefused unless ก.ต.ป.น. holds the meeting now, or has held it."""
    if meeting.committee.kind != CommitteeKind.AREA:
        raise ActionRefused("เรื่องนี้ต้องเป็นมติของ ก.ต.ป.น. โปรดเลือกการประชุม ก.ต.ป.น.")
    if not (meeting.is_open or meeting.is_closed):
        raise ActionRefused(f"การประชุม{meeting} ยังไม่เปิด จึงยังบันทึกมติไม่ได้ โปรดเปิดประชุมก่อน")


class MeetingField(forms.ModelChoiceField):
    """The choice of a meeting by its number and day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {
            "label": "การประชุม ก.ต.ป.น.",
            "queryset": Meeting.objects.none(),
            "empty_label": "เลือกการประชุม",
            "error_messages": {
                "required": "โปรดเลือกการประชุม ก.ต.ป.น. ที่มีมติเรื่องนี้",
                "invalid_choice": "การประชุมที่เลือกยังไม่เปิดหรือไม่มีแล้ว โปรดเลือกจากรายการ",
            },
        } | kwargs
        super().__init__(**kwargs)

    def label_from_instance(self, meeting: Meeting) -> str:
        state = f" · {meeting.get_state_display()}" if meeting.is_open else ""
        sample = " · ตัวอย่าง" if meeting.is_sample else ""
        return f"{meeting} · {long_date(meeting.held_on)}{state}{sample}"


class MeetingForm(PortalForm):
    """At which meeting ก.ต.ป.น. decided; the only one that is open just now is chosen already."""

    meeting = MeetingField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = choosable_meetings()
        field = form_field(self, "meeting", MeetingField)
        field.queryset = meetings
        field.help_text = format_html(WHO_OPENS_ONE, reverse("meetings"))
        open_now = [] if self.is_bound else list(meetings.filter(state=MeetingState.OPEN)[:2])
        if len(open_now) == 1:
            self.initial.setdefault("meeting", open_now[0])
