"""The page that asks before an action, and the action once it is confirmed."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from schools.core.errors import Outdated
from schools.core.forms import redirect_with_message
from schools.core.refusals import refusal_as_form_error


def confirm_action(
    request: HttpRequest,
    action: Callable[..., Any],
    *,
    success_message: str | Callable[[], str],
    cancel_url: str,
    form: BaseForm | None = None,
    template: str = "components/confirm.html",
    get_extra_context: Callable[[], dict[str, Any]] = dict,
    **page: Any,
) -> HttpResponse:
    """Show what will happen; a POST does it, with what was typed in the form if there is one.

    The action gets the form's cleaned data as keywords. The person goes on to the record or
    address that it returns, else back to `cancel_url`, with the `success_message`; one that
    tells what the action has brought about is a function. A refused action (ActionRefused)
    stands in the form, where nothing typed is lost; without a form it is a page of its own.
    Where the record moved on since the page was made (Outdated), the page is made anew, says so
    (`outdated`) and has status 409.

    `page` is the context of the template, see components/confirm.html; what only the page needs
    and costs a query comes from `get_extra_context`.
    """
    outdated = None
    try:
        if form is None and request.method == "POST":
            target = action() or cancel_url
            return redirect_with_message(request, _as_text(success_message), target)
        if form is not None and form.is_valid():
            with refusal_as_form_error(form):
                target = action(**form.cleaned_data) or cancel_url
                return redirect_with_message(request, _as_text(success_message), target)
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


def _as_text(message: str | Callable[[], str]) -> str:
    return message if isinstance(message, str) else message()
