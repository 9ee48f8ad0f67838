"""The one registry: each name once, and nothing missing in silence."""

import pytest

from schools.core.registry import Registry

pytestmark = pytest.mark.db_agnostic


@pytest.fixture
def todos() -> Registry[str, int]:
    return Registry("what waits")


def test_providers_come_in_the_order_of_registration(todos):
    todos.register("reports", 2)
    todos.register("health", 1)
    assert list(todos) == [2, 1]
    assert todos.get("health") == 1


def test_a_second_registration_of_a_name_is_refused(todos):
    todos.register("reports", 2)
    with pytest.raises(ValueError, match="what waits: 'reports' is registered already"):
        todos.register("reports", 2)
    assert list(todos) == [2]


def test_what_is_missing_is_said(todos):
    with pytest.raises(LookupError, match="what waits: 'reports' is not registered"):
        todos.get("reports")
