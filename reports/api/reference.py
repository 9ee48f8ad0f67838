"""The page on which developers of other offices' systems read what the API offers."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from schools.access import Permission, require
from schools.core.http import SignedInRequest


def api_reference(request: SignedInRequest) -> HttpResponse:
    """The operations with their parameters, drawn by Swagger UI from the API's description."""
    require(request.user, Permission.ADMINISTER)
    url = reverse("api:openapi")
    context = {
        "address": settings.SITE_URL + reverse("api:api-root"),
        "openapi_url": url,
        "swagger": {"url": url, "layout": "BaseLayout", "deepLinking": True},
    }
    return render(request, "reports/api/reference.html", context)
