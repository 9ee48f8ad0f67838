import platform

import django
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from schools.access import Permission, require
from supervision.operations.backup import portal_version
from supervision.operations.health import Health, checks, worst


def system_health(request: HttpRequest) -> HttpResponse:
    """How the portal is, for the administrator."""
    require(request.user, Permission.ADMINISTER)
    database = ".".join(map(str, connection.get_database_version()))
    versions = [
        ("นิเทศ", portal_version()),
        ("Django", django.get_version()),
        ("Python", platform.python_version()),
        (connection.display_name, database),
    ]
    context = {"checks": checks(), "versions": versions}
    return render(request, "operations/system_health.html", context)


@never_cache
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """The same for a monitor: 503 while something failed; words and no more, for all to read."""
    found = checks()
    status = worst(found)
    content = {"status": status, "checks": {check.key: check.health for check in found}}
    return JsonResponse(content, status=503 if status == Health.FAILED else 200)
