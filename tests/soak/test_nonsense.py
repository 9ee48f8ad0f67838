"""Nonsense sent to every form: a page of ours in answer, never an error, and nothing half saved."""

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from tests.soak.conftest import LONG
from tests.soak.posting import POSTS, address, allowed, form_at, spoiled

pytestmark = pytest.mark.django_db
ATTEMPTS = LONG or 1
COUNTS_REFUSALS = {"SignInTries", "AccessEvent"}  # a wrong password is to be remembered


def rows_of_all() -> dict[str, int]:
    """How many rows each of our tables has."""
    ours = [apps.get_app_config(app) for app in ("schools", "supervision", "reports")]
    models = [model for app in ours for model in app.get_models()]
    counted = [model for model in models if model.__name__ not in COUNTS_REFUSALS]
    return {model.__name__: model._base_manager.count() for model in counted}


def is_refused(response) -> bool:
    form = (response.context or {}).get("form") if response.status_code == 200 else None
    return response.status_code >= 400 or bool(form is not None and form.errors)


def test_no_nonsense_breaks_a_form(cast, things, chance):
    failed = []
    for _, name, about, signs in POSTS:
        url, person = address(name, things.get(about, {})), cast[chance.choice(allowed(signs))]
        for _ in range(ATTEMPTS):
            failed += told_of(url, person, chance)
    assert failed == []


def told_of(url, person, chance) -> list[tuple]:
    """What went wrong at one nonsense form, which leaves no trace behind."""
    client = Client()
    if person:
        client.force_login(person)
    with transaction.atomic():
        sent = spoiled(form_at(client, url).filled(), chance)
        before = rows_of_all()
        client.raise_request_exception = False
        response = client.post(url, sent)
        half_saved = is_refused(response) and rows_of_all() != before
        transaction.set_rollback(True)
    failed = response.status_code >= 500 or half_saved
    return [(url, response.status_code, half_saved, shortened(sent))] if failed else []


def shortened(sent) -> dict:
    return {name: [str(value)[:60] for value in values] for name, values in sent.items()}
