"""Somebody of another school asks for every address with every number there is, and reads nothing.

What they may open by links is read in tests/supervision/test_privacy_links.py.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.converters import IntConverter

from schools.enums import Role
from supervision.assessments.models import Evidence
from tests import leak_canaries, scenarios
from tests.personas import user_with_role
from tests.soak.conftest import SOAK_TURNS
from tests.test_access_table import url_names

pytestmark = [pytest.mark.django_db, pytest.mark.soak]
NUMBERS = range(1, 2 * SOAK_TURNS + 1)


@pytest.fixture
def canary_round(request, round_):
    people = leak_canaries.participants(request)
    leak_canaries.fill_round_with_canaries(round_, people)
    scenarios.report_prepared(round_, by=people.group_director)
    return round_


@pytest.fixture
def strangers(other_school):
    cluster = other_school.memberships.get().cluster
    return [
        user_with_role(Role.SCHOOL_DIRECTOR, "stranger1", school=other_school),
        user_with_role(Role.ACADEMIC_TEACHER, "stranger2", school=other_school),
        user_with_role(Role.CLUSTER_CHAIR, "stranger3", cluster=cluster),
    ]


def guessed_addresses():
    """Every address of ours with one number in it, for each number; each piece of evidence."""
    converters = get_resolver().reverse_dict
    for name in sorted(set(url_names(get_resolver().url_patterns))):
        parts = converters[name][3]
        if len(parts) == 1 and isinstance(next(iter(parts.values())), IntConverter):
            for number in NUMBERS:
                yield reverse(name, kwargs={next(iter(parts)): number})
    for piece in Evidence.objects.all():
        for name in ("evidence", "evidence_small", "evidence_edit", "evidence_remove"):
            yield reverse(name, args=[piece.pk])


def test_no_guessed_number_opens_another_schools_records(canary_round, strangers):
    leaks = []
    for stranger in strangers:
        client = Client(raise_request_exception=False)
        client.force_login(stranger)
        for url in guessed_addresses():
            leaks += [(url, *what) for what in leaks_at(client, url)]
    assert leaks == []


def leaks_at(client, url) -> list[tuple]:
    """Secret words in what is answered there, and errors."""
    found = []
    for method in ("get", "post"):
        with transaction.atomic():
            response = getattr(client, method)(url)
            content = response.getvalue() if response.streaming else response.content
            transaction.set_rollback(True)
        text = content.decode(errors="replace")
        words = [word for word in leak_canaries.SECRET_CANARIES if word in text]
        if words or response.status_code >= 500:
            found.append((method, response.status_code, words))
    return found
