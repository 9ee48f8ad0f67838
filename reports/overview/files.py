"""The page from which all data of a term is taken along: files, what each holds, one selection."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.overview.filters import select_for_overview
from schools.access import Permission, can, require
from schools.core.http import SignedInRequest
from supervision.cycle.term_gap import WHO_OPENS


def overview_files(request: SignedInRequest) -> HttpResponse:
    """The files of a term, for who sees the whole area."""
    require(request.user, Permission.VIEW_AREA)
    selection = select_for_overview(request.user, request.GET.dict(), timezone.localdate())
    if selection is None:
        may_add = can(request.user, Permission.EDIT_REGISTRY)
        context = {"title": "ไฟล์ข้อมูล", "text": WHO_OPENS, "may_add": may_add}
        return render(request, "reports/overview/no_term.html", context)
    context = {
        "selection": selection,
        "form": selection.form,
        "filters": selection.filters,
        "query": selection.filters.query.urlencode(),
    }
    return render(request, "reports/overview/files.html", context)
