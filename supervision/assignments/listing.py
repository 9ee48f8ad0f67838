"""The list of the office's orders as its filters ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.forms import PortalForm, form_field
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.core.thai import BE_OFFSET, arabic_digits, be_year, long_date
from supervision.assignments.enums import OrderState
from supervision.assignments.models import OfficialOrder

ORDERS_PER_PAGE = 30


class OrderFilterForm(PortalForm):
    """What the list shows; a value nobody offered is named as an error and left out."""

    q = forms.CharField(
        label="เลขที่ เรื่อง หรือชื่อผู้ปฏิบัติ",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *OrderState.choices]
    )
    year = forms.ChoiceField(label="ปี พ.ศ. ของคำสั่ง", required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "ทุกปี"), *((str(year), str(year)) for year in years)]
        form_field(self, "year", forms.ChoiceField).choices = choices


@dataclass(frozen=True)
class OrderRow:
    """One order of the list with the sign of its state and how long it holds."""

    order: OfficialOrder
    officers: int

    @property
    def pill(self) -> StatusKind:
        return order_pill(self.order)

    @property
    def period(self) -> str:
        return order_period(self.order)


def order_pill(order: OfficialOrder) -> StatusKind:
    """The sign of an order's state: yours while it is a draft, idle once it is over."""
    if order.is_draft:
        return StatusKind.YOURS
    today = timezone.localdate()
    if order.effective_on and order.effective_on > today:
        return StatusKind.WAITING
    return StatusKind.IDLE if order.ends_on and order.ends_on < today else StatusKind.DONE


def order_period(order: OfficialOrder) -> str:
    """From when and, if known, until when the order holds."""
    if order.effective_on is None:
        return "ยังไม่กำหนดวันที่มีผล"
    until = f" ถึง {long_date(order.ends_on)}" if order.ends_on else ""
    return f"มีผลตั้งแต่ {long_date(order.effective_on)}{until}"


def order_list(request: SignedInRequest) -> HttpResponse:
    """Orders that the person may read, drafts first, then the newest."""
    require(request.user, Permission.VIEW_AREA)
    orders = OfficialOrder.objects.visible_to(request.user)
    form = OrderFilterForm(request.GET, years=_years(orders))
    form.is_valid()
    found = _matching_orders(orders, form.cleaned_data)
    page = Paginator(found, ORDERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [OrderRow(order, order.officer_count) for order in page],
        "is_filtered": any(form.cleaned_data.values()),
        "may_draft": can(request.user, Permission.DRAFT_ORDER),
    }
    return render(request, "assignments/list.html", context)


def _years(orders: QuerySet[OfficialOrder]) -> list[int]:
    """The years of the Buddhist Era in which orders were made, newest first."""
    days = orders.exclude(ordered_on=None).dates("ordered_on", "year", order="DESC")
    return [be_year(day) for day in days]


def _matching_orders(orders: QuerySet[OfficialOrder], wanted: Mapping[str, Any]) -> Any:
    """With `officer_count`; a name finds the orders in which it is printed."""
    found = Q()
    if words := arabic_digits(wanted.get("q", "")).strip():
        found &= (
            Q(number__icontains=words)
            | Q(subject__icontains=words)
            | Q(officers__printed_name__icontains=words)
            | Q(officers__user__full_name__icontains=words)
        )
    if state := wanted.get("state"):
        found &= Q(state=state)
    if year := wanted.get("year"):
        found &= Q(ordered_on__year=int(year) - BE_OFFSET)
    matching = orders.filter(pk__in=orders.filter(found).values("pk"))
    counted = matching.annotate(officer_count=Count("officers"))
    is_signed = Case(When(state=OrderState.DRAFT, then=0), default=1)
    return counted.order_by(is_signed, "-effective_on", "-pk")
