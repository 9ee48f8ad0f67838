"""Nonsense sent to every form: a page of ours in answer, never an error, and nothing half saved."""

import pytest
from django.db import transaction
from django.test import Client

from tests.portal_models import portal_models
from tests.soak.conftest import SOAK_TURNS
from tests.soak.form_posts import (
    POST_ROWS,
    allowed_personas,
    parse_form,
    url_of_row,
    with_invalid_values,
)

pytestmark = pytest.mark.django_db
ATTEMPTS = SOAK_TURNS or 1
MODELS_THAT_LOG_REFUSALS = {"FailedSignIns", "AccessEvent"}  # a wrong password is to be remembered


def row_counts() -> dict[str, int]:
    """How many rows each of our tables has."""
    counted = [model for model in portal_models() if model.__name__ not in MODELS_THAT_LOG_REFUSALS]
    return {model.__name__: model._base_manager.count() for model in counted}


def is_refused(response) -> bool:
    form = (response.context or {}).get("form") if response.status_code == 200 else None
    return response.status_code >= 400 or bool(form is not None and form.errors)


def test_no_nonsense_breaks_a_form(personas, records, rng):
    failed = []
    for _, name, subject, signs in POST_ROWS:
        url, person = (
            url_of_row(name, records.get(subject, {})),
            personas[rng.choice(allowed_personas(signs))],
        )
        for _ in range(ATTEMPTS):
            failed += failures_at(url, person, rng)
    assert failed == []


def failures_at(url, person, rng) -> list[tuple]:
    """What went wrong at one nonsense form, which leaves no trace behind."""
    client = Client()
    if person:
        client.force_login(person)
    with transaction.atomic():
        sent = with_invalid_values(parse_form(client, url).filled(), rng)
        before = row_counts()
        client.raise_request_exception = False
        response = client.post(url, sent)
        half_saved = is_refused(response) and row_counts() != before
        transaction.set_rollback(True)
    failed = response.status_code >= 500 or half_saved
    return [(url, response.status_code, half_saved, shortened(sent))] if failed else []


def shortened(sent) -> dict:
    return {name: [str(value)[:60] for value in values] for name, values in sent.items()}
