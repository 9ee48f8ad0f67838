"""Indicator sets at the table of a meeting: those before ก.ต.ป.น., endorsed together."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, form_field, post_data
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.committees.models import Meeting
from supervision.criteria.actions import endorse_indicator_set
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet
from supervision.resolutions.meeting_table import area_meeting


class SetsToEndorseForm(PortalForm):
    """Which of the sets before ก.ต.ป.น. the meeting endorses; none is ticked beforehand."""

    indicator_sets = forms.ModelMultipleChoiceField(
        IndicatorSet.objects.none(),
        label="ชุดตัวชี้วัดที่เห็นชอบ",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "โปรดเลือกชุดตัวชี้วัดอย่างน้อย 1 ชุด",
            "invalid_choice": "มีชุดที่ไม่ได้รอพิจารณาแล้ว โปรดเปิดหน้านี้ใหม่แล้วเลือกอีกครั้ง",
        },
    )

    def __init__(self, *args: Any, sets: QuerySet[IndicatorSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_field(self, "indicator_sets", forms.ModelMultipleChoiceField).queryset = sets


@transaction.atomic
def endorse_sets(meeting: Meeting, *, by: User, indicator_sets: QuerySet[IndicatorSet]) -> None:
    """Endorse each of the sets in the meeting. Raises ActionRefused when one cannot be."""
    for indicator_set in indicator_sets:
        endorse_indicator_set(indicator_set, by=by, meeting=meeting)


def meeting_sets(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sets before ก.ต.ป.น., for who endorses."""
    meeting = area_meeting(request, pk)
    require(request.user, Permission.ENDORSE_CRITERIA)
    if not meeting.is_open:
        raise ActionRefused("ประชุมนี้ไม่ได้เปิดอยู่ จึงเห็นชอบชุดตัวชี้วัดที่โต๊ะประชุมไม่ได้ โปรดเปิดประชุมก่อน")
    waiting = IndicatorSet.objects.visible_to(request.user).filter(state=SetState.IN_REVIEW)
    if not waiting:
        raise ActionRefused("ไม่มีชุดตัวชี้วัดที่รอ ก.ต.ป.น. เห็นชอบ")
    return confirm_action(
        request,
        partial(endorse_sets, meeting, by=request.user),
        form=SetsToEndorseForm(post_data(request), sets=waiting),
        success_message="บันทึกความเห็นชอบของ ก.ต.ป.น. แล้ว",
        heading=f"เห็นชอบชุดตัวชี้วัด ประชุม{meeting.label_with_day}",
        effects=["ใช้ชุดที่เลือกเป็นเกณฑ์ของรอบการนิเทศได้ ชุดที่ไม่เลือกยังรอพิจารณา"],
        irreversible="ชุดที่เห็นชอบแล้วแก้ไขไม่ได้ หากต้องปรับปรุงให้จัดทำฉบับใหม่",
        submit_label="บันทึกความเห็นชอบ",
        cancel_url=reverse("meeting_table", args=[pk]),
    )
