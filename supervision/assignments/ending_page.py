"""The page on which the duties of an officer who leaves are ended."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import ReasonForm, post_data
from schools.core.http import SignedInRequest
from supervision.assignments.drafting.pages import confirm_order_action, get_order_for_drafter
from supervision.assignments.ending import (
    check_officer_has_open_duties,
    end_officer_duties,
    open_duties,
    rights_that_end,
)
from supervision.assignments.models import OfficialOrder, OrderOfficer


class EndDutiesForm(ReasonForm):
    """The last day of the duties, and why they end."""

    last_day = BuddhistDateField(label="ปฏิบัติหน้าที่ถึงวันที่")
    field_order = ("last_day", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        words = {
            "help_text": "เช่น ย้ายตามคำสั่งที่… เกษียณอายุราชการ ผู้อ่านคำสั่งนี้เห็นเหตุผล",
            "required": "โปรดระบุเหตุที่หน้าที่สิ้นสุด ผู้อ่านคำสั่งนี้จะเห็นเหตุผล",
        }
        super().__init__(*args, **words, **kwargs)


def officer_end_duties(request: SignedInRequest, pk: int) -> HttpResponse:
    orders = OfficialOrder.objects.visible_to(request.user)
    officer = get_object_or_404(OrderOfficer.objects.filter(order__in=orders), pk=pk)
    order = get_order_for_drafter(request, officer.order_id)
    check_officer_has_open_duties(officer)
    duties = open_duties(officer)
    codes = ", ".join(duty.code for duty in duties)
    rights = rights_that_end(duties, timezone.localdate())
    effects = [f"หน้าที่ข้อ {codes} สิ้นสุดในวันที่ระบุ คำสั่งคงเดิม"]
    effects += [
        f"สิทธิ {right.appointment.title_with_place} ของ {right.appointment.user} สิ้นสุดวันเดียวกัน"
        for right in rights
    ]
    return confirm_order_action(
        request,
        order,
        partial(end_officer_duties, officer, by=request.user),
        form=EndDutiesForm(post_data(request)),
        success_message=f"บันทึกวันสิ้นสุดหน้าที่ของ {officer} แล้ว",
        heading=f"สิ้นสุดหน้าที่ของ {officer}",
        effects=effects,
        irreversible="บันทึกแล้วเปลี่ยนวันไม่ได้ หากต้องมอบหน้าที่อีกให้ออกคำสั่งใหม่",
        danger=True,
        submit_label="สิ้นสุดหน้าที่",
    )
