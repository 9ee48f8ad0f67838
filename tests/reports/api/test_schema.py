"""The API keeps what its description promises, whatever it is asked (schemathesis)."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from reports.api.operations import OPERATIONS
from tests import scenarios

pytestmark = pytest.mark.django_db

EXAMPLES = 15  # for each operation; the same at every run
# One of which at least comes back: whoever has no token would get 401 for everything.
EXPECTED = {GenerationMode.POSITIVE: {200, 404}, GenerationMode.NEGATIVE: {404, 422}}


@pytest.fixture
def kept_connection():
    """Requests come from outside the test client, and still share the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def described_api(kept_connection, open_token, external_system, round_, request):
    """The API by its own description, with a round that has something of everything."""
    people = {
        name: request.getfixturevalue(fixture)
        for name, fixture in (
            ("supervisor", "supervisor"),
            ("director", "school_director"),
            ("group_director", "group_director"),
        )
    }
    scenarios.round_until_summary_agreed(round_, **people)
    secret = open_token(external_system, rate_limit=30_000).secret
    headers = {"Authorization": f"Bearer {secret}"}
    application = WSGIHandler()
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", app=application, headers=headers
    )
    return schema, headers


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("address", [one.address for one in OPERATIONS])
def test_every_operation_answers_as_described(described_api, address, mode):
    """What fits the description is answered as it says; what does not is refused as it says."""
    schema, headers = described_api
    operation, answers = schema[f"/api/v1{address}"]["GET"], set()

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        answers.add(case.call_and_validate(headers=headers).status_code)

    ask()
    assert answers & EXPECTED[mode], answers
