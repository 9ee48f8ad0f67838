"""The officers of a draft in the sequence of its annex."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.core.forms import form_field, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.assignments.drafting import sequence
from supervision.assignments.drafting.pages import (
    OrderDraftForm,
    confirm_order_action,
    get_order_draft,
    is_pressed_up,
    redirect_to_order,
    render_order_form,
)
from supervision.assignments.models import OfficialOrder, OrderOfficer
from supervision.assignments.queries import people_for_officer


class OrderOfficerForm(OrderDraftForm):
    """One officer as the paper prints them; what is left empty is taken from the account."""

    class Meta:
        model = OrderOfficer
        fields = ("user", "printed_name", "printed_post", "position_number", "academic_standing")
        help_texts = {
            "user": "ผู้ที่ไม่มีบัญชีก็อยู่ในคำสั่งได้ แต่หน้าที่จะไม่เปิดสิทธิในพอร์ทัล",
            "printed_name": "เว้นว่างไว้ ใช้ชื่อตามบัญชี",
            "printed_post": "เว้นว่างไว้ ใช้ตำแหน่งตามทะเบียน",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = form_field(self, "user", forms.ModelChoiceField)
        user.queryset = people_for_officer(self.instance, timezone.localdate())
        user.empty_label = "ไม่มีบัญชีในพอร์ทัล"
        self.fields["printed_post"].required = False
        self.fields["position_number"].widget.attrs["class"] = "short"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if user := cleaned.get("user"):
            for name, value in _facts_of_account(user).items():
                cleaned[name] = cleaned.get(name) or value
        elif not cleaned.get("printed_post"):
            self.add_error("printed_post", "โปรดกรอกตำแหน่ง เพราะผู้นี้ไม่มีบัญชีในพอร์ทัลให้อ่านตำแหน่ง")
        return cleaned


def _facts_of_account(user: User) -> dict[str, str]:
    """Name and post as the register has them today."""
    appointments = user.appointments.in_force(timezone.localdate()).select_related("school")
    post = appointments.exclude(title="", position_number="").first() or appointments.first()
    if post is None:
        return {"printed_name": user.full_name}
    return {
        "printed_name": user.full_name,
        "printed_post": post.title or post.get_role_display(),
        "position_number": post.position_number,
        "academic_standing": post.academic_standing,
    }


def get_officer_of_draft(request: SignedInRequest, pk: int) -> OrderOfficer:
    """An officer of an order that the person may write, while it is a draft."""
    orders = OfficialOrder.objects.visible_to(request.user)
    officer = get_object_or_404(OrderOfficer, pk=pk, order__in=orders)
    officer.order = get_order_draft(request, officer.order_id)
    return officer


@transaction.atomic
def order_officer_add(request: SignedInRequest, pk: int) -> HttpResponse:
    order = get_order_draft(request, pk)
    new = OrderOfficer(order=order, position=sequence.next_officer_position(order))
    return _officer_page(request, new, f"เพิ่มผู้ปฏิบัติลำดับที่ {new.position}")


@transaction.atomic
def order_officer_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    officer = get_officer_of_draft(request, pk)
    return _officer_page(request, officer, f"แก้ไขผู้ปฏิบัติลำดับที่ {officer.position}")


def _officer_page(request: SignedInRequest, officer: OrderOfficer, heading: str) -> HttpResponse:
    form = OrderOfficerForm(post_data(request), instance=officer)
    if form.is_valid():
        with refusal_as_form_error(form):
            for name in form.compared_fields():
                setattr(officer, name, form.cleaned_data[name])
            sequence.save_order_officer(officer, by=request.user)
            done = f"บันทึก {officer} แล้ว ต่อไปเพิ่มหน้าที่"
            return redirect_to_order(request, officer.order, done, f"#officer-{officer.pk}")
    return render_order_form(
        request,
        officer.order,
        form,
        heading=heading,
        submit_label="บันทึกผู้ปฏิบัติ",
        delete=("order_officer_delete", "ลบผู้ปฏิบัตินี้พร้อมหน้าที่"),
    )


def order_officer_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    officer = get_officer_of_draft(request, pk)
    return confirm_order_action(
        request,
        officer.order,
        partial(sequence.delete_order_officer, officer, by=request.user),
        success_message=f"ลบ {officer} ออกจากร่างแล้ว",
        heading=f"ลบ {officer} ออกจากร่างคำสั่ง",
        effects=[f"หน้าที่ของผู้นี้ {officer.duties.count()} ข้อหายไปจากร่าง"],
        danger=True,
        submit_label="ลบผู้ปฏิบัติ",
    )


@require_POST
@transaction.atomic
def order_officer_move(request: SignedInRequest, pk: int) -> HttpResponse:
    officer = get_officer_of_draft(request, pk)
    sequence.move_order_officer(officer, up=is_pressed_up(request), by=request.user)
    return redirect_to_order(
        request, officer.order, f"เลื่อนลำดับ {officer} แล้ว", f"#officer-{officer.pk}"
    )
