"""The area director signs an order, with its number of the register, seeing what that does."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from schools.access import Permission, capacity_of, require
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, post_data
from schools.core.http import SignedInRequest
from supervision.assignments.drafting.pages import confirm_order_action, get_order_or_404
from supervision.assignments.enums import OrderAction
from supervision.assignments.issuing import (
    check_order_complete,
    issue_order,
    parse_order_number,
    preview_issue,
)
from supervision.assignments.models import OfficialOrder
from supervision.workflow.actions import ensure_allowed


class IssueOrderForm(PortalForm):
    """The number of the office's register, and the order's two days."""

    number = forms.CharField(
        label="คำสั่งที่",
        max_length=30,
        help_text="เลขที่จากทะเบียนคำสั่งของสำนักงาน เช่น 195/2567 พอร์ทัลไม่ออกเลขให้",
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    ordered_on = BuddhistDateField(label="สั่ง ณ วันที่")
    effective_on = BuddhistDateField(label="ทั้งนี้ ตั้งแต่วันที่")

    def clean_number(self) -> str:
        return parse_order_number(self.cleaned_data["number"])


def order_issue(request: SignedInRequest, pk: int) -> HttpResponse:
    order = get_order_or_404(request, pk)
    require(request.user, Permission.ISSUE_ORDER)
    ensure_allowed(order, OrderAction.ISSUE)
    today = timezone.localdate()
    usual = order.effective_on or today
    initial = {"number": order.number, "ordered_on": order.ordered_on or today}
    form = IssueOrderForm(post_data(request), initial={**initial, "effective_on": usual})

    def act(**facts: Any) -> OfficialOrder:
        shown = request.POST.get("shown_version", "")
        return issue_order(order, by=request.user, shown_version=shown, **facts)

    def preview() -> dict[str, Any]:
        effective_on = _chosen_day(form, usual)
        if form.is_bound:
            order.refresh_from_db()  # without what a refused action had set
        shown = preview_issue(order, effective_on=effective_on)
        check_order_complete(shown)
        return {"preview": shown, "effective_on": effective_on}

    return confirm_order_action(
        request,
        order,
        act,
        form=form,
        template="assignments/issue.html",
        success_message="ลงนามคำสั่งแล้ว หน้าที่และสิทธิเป็นไปตามที่แสดง",
        get_extra_context=preview,
        heading="ลงนามคำสั่ง",
        capacity=capacity_of(request.user, Permission.ISSUE_ORDER),
        irreversible="คำสั่งที่ลงนามแล้วแก้ไขไม่ได้ หากต้องแก้ไข ให้ออกคำสั่งใหม่ที่แก้ไขฉบับนี้",
        submit_label="ลงนามคำสั่ง",
    )


def _chosen_day(form: IssueOrderForm, usual: date) -> date:
    """The day that was typed, once it can be read."""
    if form.is_bound:
        form.is_valid()
        return form.cleaned_data.get("effective_on") or usual
    return usual
