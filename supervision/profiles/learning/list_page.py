"""The page of the area's learning results."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from schools.access import Permission, can, require
from schools.core.http import SignedInRequest
from supervision.profiles.learning.listing import learning_listing

PAGE_SIZE = 50


def learning_list(request: SignedInRequest) -> HttpResponse:
    """Schools by subjects, with clusters, area and country above them."""
    require(request.user, Permission.VIEW_AREA)
    listing = learning_listing(request.user, request.GET.dict())
    context = {
        "listing": listing,
        "page": Paginator(listing.rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_enter": can(request.user, Permission.EDIT_LEARNING_RESULTS),
        "may_manage": can(request.user, Permission.MANAGE_PROFILES),
    }
    return render(request, "profiles/learning/list.html", context)
