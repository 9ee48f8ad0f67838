"""The page that asks before an act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from schools.forms import saved_tag
from supervision.workflow.errors import Outdated
from supervision.workflow.refusals import refusal_shown_in


def ask(
    request: HttpRequest,
    act: Callable[..., Any],
    *,
    done: str,
    cancel_url: str,
    form: Form | None = None,
    template: str = "components/confirm.html",
    look_up: Callable[[], dict[str, Any]] = dict,
    **page: Any,
) -> HttpResponse:
    """Show what will happen; a POST does it, with what was typed in the form if there is one.

    The person goes on to the record that the act returns, else back to `cancel_url`. Refused
    stays at the form, where nothing typed is lost; without a form it is a page of its own.
    What only the page needs and costs a query comes from `look_up`. Where the record moved on
    since the page was made, it is shown anew and says so (`outdated`).
    """
    outdated = None
    try:
        if form is None and request.method == "POST":
            return _go_on(request, act() or cancel_url, done)
        if form is not None and form.is_valid():
            with refusal_shown_in(form):
                return _go_on(request, act(**form.cleaned_data) or cancel_url, done)
    except Outdated as error:
        outdated = error
    context = {"form": form, "cancel_url": cancel_url, "outdated": outdated, **page, **look_up()}
    return render(request, template, context, status=409 if outdated else 200)


def _go_on(request: HttpRequest, to: Any, done: str) -> HttpResponse:
    messages.success(request, done, extra_tags=saved_tag(request))
    return redirect(to)
