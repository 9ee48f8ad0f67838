"""What the pages of a draft have in common: who may write it, and how a form on it looks."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.errors import deleted_record_as_refusal
from schools.core.forms import ConflictCheckedForm, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.tables.reading import normalize_cell_text as one_line
from supervision.assignments.drafting.actions import check_order_is_draft
from supervision.assignments.models import OfficialOrder


class OrderDraftForm(ConflictCheckedForm):
    """Words of a draft: spelt with plain letters, and on one line where the box has one."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, field in self.fields.items():
            if isinstance(cleaned.get(name), str) and not isinstance(field.widget, forms.Textarea):
                cleaned[name] = one_line(cleaned[name])
        return cleaned


def get_order_or_404(request: SignedInRequest, pk: int) -> OfficialOrder:
    """The order, if the person may read it; a draft only who writes or signs orders."""
    orders = OfficialOrder.objects.visible_to(request.user).select_related("corrects", "signed_by")
    return get_object_or_404(orders, pk=pk)


def get_order_for_drafter(request: SignedInRequest, pk: int) -> OfficialOrder:
    """The order, for somebody who writes orders, whatever its state."""
    order = get_order_or_404(request, pk)
    require(request.user, Permission.DRAFT_ORDER)
    return order


def get_order_draft(request: SignedInRequest, pk: int) -> OfficialOrder:
    """The same while it may be changed; a POST holds it until it has saved."""
    order = get_order_for_drafter(request, pk)
    if request.method == "POST":
        with deleted_record_as_refusal():
            order.refresh_from_db(from_queryset=OfficialOrder.objects.select_for_update())
    check_order_is_draft(order)
    return order


def render_order_form(
    request: SignedInRequest, order: OfficialOrder | None, form: BaseForm, **words: Any
) -> HttpResponse:
    """The page of one form on a draft."""
    cancel = order.get_absolute_url() if order else reverse("orders")
    context = {"order": order, "form": form, "cancel_url": cancel, **words}
    return render(request, "assignments/edit.html", context)


def redirect_to_order(
    request: SignedInRequest, order: OfficialOrder, message: str, anchor: str = ""
) -> HttpResponse:
    """Back to the order's page, at the part that was changed."""
    return redirect_with_message(request, message, f"{order.get_absolute_url()}{anchor}")


def confirm_order_action(
    request: SignedInRequest, order: OfficialOrder, act: Callable[..., Any], **page: Any
) -> HttpResponse:
    """The page that asks before an act on an order."""
    page = {"order": order, "cancel_url": order.get_absolute_url(), **page}
    return confirm_action(request, act, **{"template": "assignments/confirm.html", **page})


def is_pressed_up(request: SignedInRequest) -> bool:
    return request.POST.get("to") == "up"
