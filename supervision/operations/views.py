import platform

import django
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from schools.access import Permission, require
from schools.core.http import SignedInRequest
from supervision.operations.backup import portal_version
from supervision.operations.health import HealthStatus, run_health_checks, worst_status


def system_health(request: SignedInRequest) -> HttpResponse:
    """How the portal is, for the administrator."""
    require(request.user, Permission.ADMINISTER)
    database = ".".join(map(str, connection.get_database_version()))
    versions = [
        ("นิเทศ", portal_version()),
        ("Django", django.get_version()),
        ("Python", platform.python_version()),
        (connection.display_name, database),
    ]
    context = {"checks": run_health_checks(), "versions": versions}
    return render(request, "operations/system_health.html", context)


@never_cache
@login_not_required
def health(request: SignedInRequest) -> JsonResponse:
    """The same for a monitor: 503 while something failed; words and no more, for all to read."""
    found = run_health_checks()
    status = worst_status(found)
    content = {"status": status, "checks": {check.key: check.health for check in found}}
    return JsonResponse(content, status=503 if status == HealthStatus.FAILED else 200)
