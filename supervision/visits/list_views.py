from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere
from supervision.visits.enums import PILLS
from supervision.visits.listing import listing_of

PER_PAGE = 50


def visit_list(request: HttpRequest) -> HttpResponse:
    """The visits of a term that the person may see, their own first."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    found = listing_of(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        return render(request, "visits/list_empty.html")
    page = Paginator(found.visits, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "listing": found,
        "form": found.form,
        "coverage": found.coverage,
        "page": page,
        "rows": [(visit, PILLS[visit.state]) for visit in page],
        "sees_area": can(request.user, Permission.VIEW_AREA),
    }
    return render(request, "visits/list.html", context)
