"""The page from which all data of a term is taken along: files, what each holds, one selection."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.overview.filters import select_for_overview
from reports.overview.page import render_without_term
from schools.access import Permission, require
from schools.core.http import SignedInRequest


def overview_files(request: SignedInRequest) -> HttpResponse:
    """The files of a term, for who sees the whole area."""
    require(request.user, Permission.VIEW_AREA)
    selection = select_for_overview(request.user, request.GET.dict(), timezone.localdate())
    if selection is None:
        return render_without_term(request, "ไฟล์ข้อมูล")
    context = {
        "selection": selection,
        "form": selection.form,
        "filters": selection.filters,
        "query": selection.filters.query.urlencode(),
    }
    return render(request, "reports/overview/files.html", context)
