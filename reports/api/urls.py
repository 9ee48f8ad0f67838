from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, include, path

from reports.api import reference, token_pages
from reports.api.operations import api_view, portal_api


def _unknown_address(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404


operations = [
    *(
        URLPattern(one.pattern, api_view(one.callback), name=one.name)
        for one in portal_api.urls[0]
        if isinstance(one, URLPattern)
    ),
    path("<path:rest>", api_view(_unknown_address), name="unknown"),
]

urlpatterns = [
    path("api/", reference.api_reference, name="api_reference"),
    path("api/tokens/", token_pages.token_list, name="api_tokens"),
    path("api/tokens/open/", token_pages.token_open, name="api_token_open"),
    path("api/tokens/<int:pk>/revoke/", token_pages.token_revoke, name="api_token_revoke"),
    path("api/v1/", include((operations, "api"))),
]
