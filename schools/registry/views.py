from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.registry.directory.queries import gaps_on
from schools.registry.queries import the_office


def registry(request: HttpRequest) -> HttpResponse:
    """Where the keeper of the registry begins: what can be kept, and what is still unknown."""
    require(request.user, Permission.KEEP_REGISTRY)
    context = {
        "area": the_office(),
        "gaps": gaps_on(timezone.localdate()),
        "may_read_access_log": can(request.user, Permission.ADMINISTER),
    }
    return render(request, "schools/registry/registry.html", context)
