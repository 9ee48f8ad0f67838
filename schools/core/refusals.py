"""How a refused action (ActionRefused) is shown: as a page of its own, or in the form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from schools.core.errors import ActionRefused, Outdated


class ActionRefusedMiddleware:
    """Middleware that shows an ActionRefused which a view let pass as a page of status 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ActionRefused):
            return None
        context = {
            "refused": exception,
            "back": _page_before(request),
            "typed": [text for text in request.POST.dict().values() if _is_words(str(text))],
            "files": [file.name for _, files in request.FILES.lists() for file in files],
        }
        return render(request, "workflow/action_refused.html", context, status=409)


def _page_before(request: HttpRequest) -> str:
    """Where the person came from; home if unknown, or if it is the page that refuses."""
    url = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    if not known or urlsplit(url).path == request.path:
        return reverse("home")
    return url


def _is_words(text: str) -> bool:
    """What a person typed; ids, dates and choices have neither a space nor a Thai letter."""
    return any(sign.isspace() or "ก" <= sign <= "๛" for sign in text.strip())


@contextmanager
def refusal_as_form_error(form: BaseForm) -> Iterator[None]:
    """Add the reasons of an action refused inside to the form, where nothing typed is lost.

    A reason for a field that the form has is shown at that field. Outdated passes: its page is
    made anew.
    """
    try:
        yield
    except Outdated:
        raise
    except ActionRefused as refused:
        for field, reason in refused.field_errors.items():
            form.add_error(field if field in form.fields else None, reason)
        if not refused.field_errors or refused.missing:
            form.add_error(None, [str(refused), *map(str, refused.missing)])
