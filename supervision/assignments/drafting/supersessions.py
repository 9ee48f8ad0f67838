"""The orders that a draft replaces: chosen, as a whole or for named officers."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from schools.core.errors import ActionRefused
from schools.core.fields import ListedRowsField
from schools.core.forms import PortalForm, form_field, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.assignments.drafting import actions
from supervision.assignments.drafting.pages import (
    confirm_order_action,
    get_order_draft,
    redirect_to_order,
    render_order_form,
)
from supervision.assignments.models import OfficialOrder, OrderOfficer, OrderSupersession
from supervision.assignments.queries import replaceable_orders


class SupersessionForm(PortalForm):
    """An order of the portal, or the words for one that the portal does not know."""

    superseded = forms.ModelChoiceField(
        label="คำสั่งในพอร์ทัล",
        queryset=OfficialOrder.objects.none(),
        required=False,
        empty_label="ไม่มีในพอร์ทัล",
    )
    text = forms.CharField(
        label="คำสั่งที่ไม่มีในพอร์ทัล (ถ้ามี)",
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text="พิมพ์ตามที่จะอ้างในคำสั่ง เช่น คำสั่งสำนักงานเขตพื้นที่… ที่ 54/2567 ลงวันที่ 22 มกราคม 2567",
    )

    def __init__(self, *args: Any, order: OfficialOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = replaceable_orders().exclude(pk__in=order.supersessions.values("superseded"))
        form_field(self, "superseded", forms.ModelChoiceField).queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["superseded"] and not cleaned["text"].strip():
            self.add_error("superseded", "โปรดเลือกคำสั่งที่ยกเลิก หรือพิมพ์เลขที่ของคำสั่งที่ไม่มีในพอร์ทัล")
        return cleaned


class SupersededOfficersForm(PortalForm):
    """The officers whose duties end; none chosen means the whole order."""

    officers = ListedRowsField(
        label="ยกเลิกเฉพาะราย",
        queryset=OrderOfficer.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="ไม่เลือกผู้ใด คือยกเลิกทั้งฉบับ",
    )

    def __init__(self, *args: Any, supersession: OrderSupersession, **kwargs: Any) -> None:
        named = supersession.officers.values_list("pk", flat=True)
        super().__init__(*args, initial={"officers": list(named)}, **kwargs)
        officers = OrderOfficer.objects.filter(order=supersession.superseded)
        form_field(self, "officers", ListedRowsField).queryset = officers.select_related("user")


@transaction.atomic
def supersession_add(request: SignedInRequest, pk: int) -> HttpResponse:
    order = get_order_draft(request, pk)
    form = SupersessionForm(post_data(request), order=order)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.add_supersession(order, by=request.user, **form.cleaned_data)
            done = "บันทึกคำสั่งที่ยกเลิกแล้ว"
            return redirect_to_order(request, order, done, "#supersessions")
    return render_order_form(
        request, order, form, heading="คำสั่งที่ยกเลิก", submit_label="บันทึกคำสั่งที่ยกเลิก"
    )


def _get_supersession(request: SignedInRequest, pk: int) -> OrderSupersession:
    orders = OfficialOrder.objects.visible_to(request.user)
    rows = OrderSupersession.objects.select_related("superseded").filter(order__in=orders)
    supersession = get_object_or_404(rows, pk=pk)
    supersession.order = get_order_draft(request, supersession.order_id)
    return supersession


@transaction.atomic
def supersession_officers(request: SignedInRequest, pk: int) -> HttpResponse:
    supersession = _get_supersession(request, pk)
    if supersession.superseded is None:
        raise ActionRefused("พอร์ทัลไม่มีคำสั่งนี้ จึงไม่มีรายชื่อให้เลือก โปรดระบุชื่อในข้อความแทน")
    form = SupersededOfficersForm(post_data(request), supersession=supersession)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.name_superseded_officers(supersession, by=request.user, **form.cleaned_data)
            done = "บันทึกผู้ที่คำสั่งเดิมสิ้นสุดแล้ว"
            return redirect_to_order(request, supersession.order, done, "#supersessions")
    return render_order_form(
        request,
        supersession.order,
        form,
        heading=f"ยกเลิก{supersession.superseded} ทั้งฉบับหรือเฉพาะราย",
        submit_label="บันทึก",
    )


@transaction.atomic
def supersession_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    supersession = _get_supersession(request, pk)
    return confirm_order_action(
        request,
        supersession.order,
        partial(actions.delete_supersession, supersession, by=request.user),
        success_message="นำออกจากคำสั่งที่ยกเลิกแล้ว",
        heading="นำออกจากคำสั่งที่ยกเลิก",
        effects=[f"{supersession} มีผลต่อไปตามเดิม"],
        submit_label="นำออก",
    )
