from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.http import SignedInRequest
from schools.registry.directory.queries import registry_gaps
from schools.registry.queries import get_area


def registry(request: SignedInRequest) -> HttpResponse:
    """Where the keeper of the registry begins: what can be kept, and what is still unknown."""
    require(request.user, Permission.EDIT_REGISTRY)
    context = {
        "area": get_area(),
        "gaps": registry_gaps(timezone.localdate()),
        "may_read_access_log": can(request.user, Permission.ADMINISTER),
    }
    return render(request, "schools/registry/registry.html", context)
