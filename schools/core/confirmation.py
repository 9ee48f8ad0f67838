"""The page that asks before an action."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from schools.core.errors import Outdated
from schools.core.forms import clear_draft_tag
from schools.core.refusals import refusal_as_form_error


def confirm_action(
    request: HttpRequest,
    action: Callable[..., Any],
    *,
    success_message: str,
    cancel_url: str,
    form: Form | None = None,
    template: str = "components/confirm.html",
    get_extra_context: Callable[[], dict[str, Any]] = dict,
    **page: Any,
) -> HttpResponse:
    """Show what will happen; a POST does it, with what was typed in the form if there is one.

    The person goes on to the record that the action returns, else back to `cancel_url`. Refused
    stays at the form, where nothing typed is lost; without a form it is a page of its own.
    What only the page needs and costs a query comes from `get_extra_context`. Where the record
    moved on since the page was made, it is shown anew and says so (`outdated`).
    """
    outdated = None
    try:
        if form is None and request.method == "POST":
            return _go_on(request, action() or cancel_url, success_message)
        if form is not None and form.is_valid():
            with refusal_as_form_error(form):
                return _go_on(request, action(**form.cleaned_data) or cancel_url, success_message)
    except Outdated as error:
        outdated = error
    context = {
        "form": form,
        "cancel_url": cancel_url,
        "outdated": outdated,
        **page,
        **get_extra_context(),
    }
    return render(request, template, context, status=409 if outdated else 200)


def _go_on(request: HttpRequest, to: Any, success_message: str) -> HttpResponse:
    messages.success(request, success_message, extra_tags=clear_draft_tag(request))
    return redirect(to)
