"""Indicator sets, and tools and methods, at the table of a meeting: endorsed together."""

from collections.abc import Iterable
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
from supervision.rounds.methods import endorse_methods, waiting_methods
from supervision.rounds.models import SupervisionMethods

GONE = "มีรายการที่ไม่ได้รอพิจารณาแล้ว โปรดเปิดหน้านี้ใหม่แล้วเลือกอีกครั้ง"


class SetsToEndorseForm(PortalForm):
    """Which of what is before ก.ต.ป.น. the meeting endorses; none is ticked beforehand."""

    indicator_sets = forms.ModelMultipleChoiceField(
        IndicatorSet.objects.none(),
        label="ชุดตัวชี้วัดที่เห็นชอบ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE},
    )
    methods = forms.ModelMultipleChoiceField(
        SupervisionMethods.objects.none(),
        label="เครื่องมือและวิธีการนิเทศที่เห็นชอบ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE},
    )

    def __init__(
        self,
        *args: Any,
        sets: QuerySet[IndicatorSet],
        methods: QuerySet[SupervisionMethods],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, waiting in (("indicator_sets", sets), ("methods", methods)):
            if waiting:
                form_field(self, name, forms.ModelMultipleChoiceField).queryset = waiting
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("โปรดเลือกสิ่งที่ที่ประชุมเห็นชอบอย่างน้อย 1 รายการ")
        return cleaned


@transaction.atomic
def endorse_sets(
    meeting: Meeting,
    *,
    by: User,
    indicator_sets: Iterable[IndicatorSet] = (),
    methods: Iterable[SupervisionMethods] = (),
) -> None:
    """Endorse each of them in the meeting. Raises ActionRefused when one cannot be."""
    for indicator_set in indicator_sets:
        endorse_indicator_set(indicator_set, by=by, meeting=meeting)
    for row in methods:
        endorse_methods(row, by=by, meeting=meeting)


def meeting_sets(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sets, tools and methods before ก.ต.ป.น., for who endorses."""
    meeting = area_meeting(request, pk)
    require(request.user, Permission.ENDORSE_CRITERIA)
    if not meeting.is_open:
        raise ActionRefused("ประชุมนี้ไม่ได้เปิดอยู่ จึงบันทึกความเห็นชอบที่โต๊ะประชุมไม่ได้ โปรดเปิดประชุมก่อน")
    waiting = IndicatorSet.objects.visible_to(request.user).filter(state=SetState.IN_REVIEW)
    methods = waiting_methods(request.user)
    if not waiting and not methods:
        raise ActionRefused("ไม่มีชุดตัวชี้วัด เครื่องมือ หรือวิธีการนิเทศที่รอ ก.ต.ป.น. เห็นชอบ")
    return confirm_action(
        request,
        partial(endorse_sets, meeting, by=request.user),
        form=SetsToEndorseForm(post_data(request), sets=waiting, methods=methods),
        success_message="บันทึกความเห็นชอบของ ก.ต.ป.น. แล้ว",
        heading=f"เห็นชอบชุดเกณฑ์ เครื่องมือ และวิธีการ ประชุม{meeting.label_with_day}",
        effects=[
            "ใช้ชุดที่เลือกเป็นเกณฑ์ของรอบการนิเทศได้",
            "โรงเรียนเห็นเครื่องมือและวิธีการที่เลือกในขั้นที่ 2 และพิมพ์ในรายงาน",
            "รายการที่ไม่เลือกยังรอพิจารณา",
        ],
        irreversible="ชุดที่เห็นชอบแล้วแก้ไขไม่ได้ หากต้องปรับปรุงให้จัดทำฉบับใหม่ "
        "เครื่องมือและวิธีการแก้ไขได้เมื่อเปิดแก้ไขพร้อมเหตุผล",
        submit_label="บันทึกความเห็นชอบ",
        cancel_url=reverse("meeting_table", args=[pk]),
    )
