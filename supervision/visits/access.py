"""How the pages of a visit find it, and ask before an action on it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.http import SignedInRequest
from supervision.visits.models import Visit
from supervision.visits.queries import ReadableVisit, visits_visible_to


def get_visit_or_404(
    request: SignedInRequest, pk: int, permission: Permission | None = None
) -> ReadableVisit:
    """The visit, if the person sees it and, where a permission is named, may act on it."""
    visit = get_object_or_404(visits_visible_to(request.user), pk=pk)
    if permission:
        require(request.user, permission, visit.round.school_id)
    return visit


def confirm_visit_action(
    request: SignedInRequest,
    visit: Visit,
    act: Callable[..., Any],
    *,
    cancel_url: str = "",
    **page: Any,
) -> HttpResponse:
    """The page that asks before an act on the visit; `here` names the act in a word or two.

    It leads back to the visit unless `cancel_url` names another page.
    """
    return confirm_action(
        request,
        act,
        template="visits/confirm_action.html",
        visit=visit,
        cancel_url=cancel_url or visit.get_absolute_url(),
        **page,
    )
