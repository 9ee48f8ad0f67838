from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.http import SignedInRequest
from schools.registry.directory.queries import load_directory
from schools.registry.queries import require_registry_reader

SCHOOLS_PER_PAGE = 50


def directory(request: SignedInRequest) -> HttpResponse:
    """The schools that the person may read, as the filters ask."""
    require_registry_reader(request.user)
    found = load_directory(request.user, request.GET.dict(), timezone.localdate())
    context = {
        "directory": found,
        "form": found.form,
        "page": Paginator(found.rows, SCHOOLS_PER_PAGE).get_page(request.GET.get("page")),
        "can_edit_registry": can(request.user, Permission.EDIT_REGISTRY),
    }
    return render(request, "schools/registry/directory.html", context)
