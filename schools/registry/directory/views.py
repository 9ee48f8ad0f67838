from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can
from schools.registry.directory.queries import directory_of
from schools.registry.queries import require_reader

PER_PAGE = 50


def directory(request: HttpRequest) -> HttpResponse:
    """The schools that the person may read, as the filters ask."""
    require_reader(request.user)
    found = directory_of(request.user, request.GET.dict(), timezone.localdate())
    context = {
        "directory": found,
        "form": found.form,
        "page": Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_keep": can(request.user, Permission.KEEP_REGISTRY),
    }
    return render(request, "schools/registry/directory.html", context)
