"""One order on its page: readable as the paper, with who holds what since when."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.http import SignedInRequest
from supervision.assignments.drafting.pages import get_order_or_404
from supervision.assignments.issuing import order_missing_to_issue, preview_issue
from supervision.assignments.listing import order_period, order_pill
from supervision.assignments.models import OfficialOrder
from supervision.assignments.queries import officers_with_duties, supersessions_of
from supervision.workflow.queries import workflow_history


@dataclass(frozen=True)
class OrderActs:
    """Which acts the page of an order offers to one person."""

    edit: bool
    issue: bool
    copy: bool
    revise: bool
    end_duties: bool
    file_scan: bool


def order_acts(request: SignedInRequest, order: OfficialOrder) -> OrderActs:
    """What this person may do with the order as it stands."""
    drafts = can(request.user, Permission.DRAFT_ORDER)
    signs = can(request.user, Permission.ISSUE_ORDER)
    return OrderActs(
        edit=drafts and order.is_draft,
        issue=signs and order.is_draft,
        copy=drafts,
        revise=drafts and not order.is_draft and order.ends_on is None,
        end_duties=drafts and not order.is_draft,
        file_scan=drafts and not order.is_draft,
    )


def order_page(request: SignedInRequest, pk: int) -> HttpResponse:
    order = get_order_or_404(request, pk)
    acts = order_acts(request, order)
    officers = officers_with_duties(order)
    context = {
        "order": order,
        "kind": order_pill(order),
        "period": order_period(order),
        "officers": officers,
        "supersessions": supersessions_of(order),
        "superseded_by": _newer_orders(order),
        "missing": order_missing_to_issue(order, officers) if acts.edit or acts.issue else [],
        "acts": acts,
        "history": workflow_history(order),
        "today": timezone.localdate(),
    }
    return render(request, "assignments/order.html", context)


def _newer_orders(order: OfficialOrder) -> list[OfficialOrder]:
    """Signed orders that replaced this one, as a whole or in part."""
    newer = OfficialOrder.objects.signed().filter(supersessions__superseded=order)
    return list(newer.order_by("effective_on", "pk").distinct())


def order_rights(request: SignedInRequest, pk: int) -> HttpResponse:
    """What signing the draft would do to rights, for who writes it."""
    order = get_order_or_404(request, pk)
    require(request.user, Permission.DRAFT_ORDER)
    effective_on = order.effective_on or timezone.localdate()
    preview = preview_issue(order, effective_on=effective_on) if order.is_draft else None
    context = {"order": order, "preview": preview, "effective_on": effective_on}
    return render(request, "assignments/rights_page.html", context)
