from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere
from schools.core.http import SignedInRequest
from supervision.visits.enums import VISIT_PILLS
from supervision.visits.listing import visit_listing

PAGE_SIZE = 50


def visit_list(request: SignedInRequest) -> HttpResponse:
    """The visits of a term that the person may see, their own first."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    found = visit_listing(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        return render(request, "visits/list_empty.html")
    page = Paginator(found.visits, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "listing": found,
        "form": found.form,
        "coverage": found.coverage,
        "page": page,
        "rows": [(visit, VISIT_PILLS[visit.state]) for visit in page],
        "sees_area": can(request.user, Permission.VIEW_AREA),
    }
    return render(request, "visits/list.html", context)
