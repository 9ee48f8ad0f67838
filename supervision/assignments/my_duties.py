"""The page on which everybody sees their own duties."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.http import SignedInRequest
from supervision.assignments.own_duties import load_own_duties


def my_duties(request: SignedInRequest) -> HttpResponse:
    """Everybody's own; the orders themselves are read by the office."""
    today = timezone.localdate()
    context = {
        "own": load_own_duties(request.user, today),
        "today": today,
        "reads_orders": can(request.user, Permission.VIEW_AREA),
    }
    return render(request, "assignments/my_duties.html", context)
