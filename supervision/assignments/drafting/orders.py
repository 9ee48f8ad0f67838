"""An order is drafted: its texts and days, begun from nothing or from an older order."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpResponse

from schools.access import Permission, require
from schools.core.fields import BuddhistDateField
from schools.core.forms import post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.assignments.drafting import actions
from supervision.assignments.drafting.pages import (
    OrderDraftForm,
    confirm_order_action,
    get_order_draft,
    get_order_for_drafter,
    redirect_to_order,
    render_order_form,
)
from supervision.assignments.issuing import parse_order_number
from supervision.assignments.models import OfficialOrder
from supervision.assignments.supersession import check_can_be_superseded

USUAL_TEXTS = {
    "closing": "ให้ใช้กำหนดหน้าที่ความรับผิดชอบ ดังรายละเอียดแนบท้ายคำสั่งนี้",
    "annex_title": "รายละเอียดการกำหนดหน้าที่ความรับผิดชอบให้ข้าราชการ",
}
TEXTS = ("subject", "reason", "legal_basis", "closing", "annex_title")
NUMBER_AND_DAYS = ("effective_on", "number", "ordered_on")
NUMBER_HELP = "ตามทะเบียนคำสั่งของสำนักงาน เช่น 195/2567 เว้นว่างได้จนกว่าจะออกเลข"


class OrderTextForm(OrderDraftForm):
    """What an order says, and its number and days as far as they are known."""

    effective_on = BuddhistDateField(label="ทั้งนี้ ตั้งแต่วันที่ (ถ้ามี)", required=False)
    ordered_on = BuddhistDateField(label="สั่ง ณ วันที่ (ถ้ามี)", required=False)

    class Meta:
        model = OfficialOrder
        fields = (*TEXTS, *NUMBER_AND_DAYS)
        help_texts = {
            "reason": "เริ่มด้วย “ด้วย” หรือ “เพื่อให้” ตามที่พิมพ์ในคำสั่ง",
            "legal_basis": "ข้อความหลังคำว่า “อาศัยอำนาจตามความใน” เช่น มาตราและชื่อพระราชบัญญัติ",
            "closing": "สิ่งที่สั่ง ต่อจากคำสั่งที่ยกเลิก",
            "number": NUMBER_HELP,
        }

    def clean_number(self) -> str:
        typed = self.cleaned_data["number"].strip()
        return parse_order_number(typed) if typed else ""


def order_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.DRAFT_ORDER)
    form = OrderTextForm(post_data(request), initial=USUAL_TEXTS)
    if form.is_valid():
        with refusal_as_form_error(form):
            order = actions.create_order_draft(form.instance, by=request.user)
            done = "เริ่มร่างคำสั่งแล้ว ต่อไประบุคำสั่งที่ยกเลิกและเพิ่มผู้ปฏิบัติ"
            return redirect_to_order(request, order, done)
    words: dict[str, Any] = {"heading": "ร่างคำสั่งใหม่", "submit_label": "เริ่มร่าง"}
    return render_order_form(request, None, form, **words)


@transaction.atomic
def order_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    order = get_order_draft(request, pk)
    form = OrderTextForm(post_data(request), instance=order)
    if form.is_valid():
        with refusal_as_form_error(form):
            facts = {name: form.cleaned_data[name] for name in form.compared_fields()}
            actions.update_order_draft(order, by=request.user, facts=facts)
            return redirect_to_order(request, order, "บันทึกข้อความของคำสั่งแล้ว")
    return render_order_form(request, order, form, heading="แก้ไขข้อความของคำสั่ง", submit_label="บันทึก")


def order_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    order = get_order_for_drafter(request, pk)
    actions.check_order_is_draft(order)

    def act() -> str:
        actions.delete_order_draft(order, by=request.user)
        return "orders"

    return confirm_order_action(
        request,
        order,
        act,
        success_message="ลบร่างคำสั่งแล้ว",
        heading="ลบร่างคำสั่ง",
        effects=["ข้อความ ผู้ปฏิบัติ และหน้าที่ทุกข้อในร่างนี้หายไป", "คำสั่งที่ลงนามแล้วไม่เปลี่ยน"],
        irreversible="ลบแล้วนำกลับมาไม่ได้",
        danger=True,
        submit_label="ลบร่าง",
    )


def order_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    source = get_order_for_drafter(request, pk)
    effects = ["ได้ร่างใหม่ที่มีข้อความ ผู้ปฏิบัติ และหน้าที่เหมือนคำสั่งนี้ทุกข้อ แก้ไขต่อได้"]
    if not source.is_draft and source.ends_on is None:
        effects.append(f"ร่างใหม่ระบุว่ายกเลิก{source} ทั้งฉบับ เปลี่ยนเป็นเฉพาะรายหรือนำออกได้")
    return confirm_order_action(
        request,
        source,
        partial(actions.copy_order, source, by=request.user),
        success_message="เริ่มร่างจากคำสั่งเดิมแล้ว",
        heading="ร่างคำสั่งใหม่จากคำสั่งนี้",
        effects=effects,
        submit_label="เริ่มร่าง",
    )


def order_revise(request: SignedInRequest, pk: int) -> HttpResponse:
    source = get_order_for_drafter(request, pk)
    check_can_be_superseded(source, by=OfficialOrder())
    return confirm_order_action(
        request,
        source,
        partial(actions.revise_order, source, by=request.user),
        success_message="เริ่มร่างคำสั่งที่แก้ไขแล้ว",
        heading="แก้ไขคำสั่งที่ลงนามแล้ว",
        effects=[
            f"{source} คงเดิมทุกตัวอักษร ได้ร่างคำสั่งใหม่ที่ระบุว่าแก้ไขและยกเลิกฉบับนี้",
            "คำสั่งใหม่มีเลขที่ของตนเอง และมีผลตั้งแต่วันหลังวันที่คำสั่งเดิมมีผล",
        ],
        submit_label="เริ่มร่างคำสั่งแก้ไข",
    )
