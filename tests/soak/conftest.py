"""The short forms run with the suite; `make soak` sets SOAK and asks for much more of the same."""

import os
import random

import pytest

from tests.test_access_table import personas, records  # noqa: F401

SOAK_TURNS = int(os.environ.get("SOAK", "0"))
SEED = int(os.environ.get("SEED", "1"))


@pytest.fixture
def rng(request):
    """The same rolls of the dice for the same test and SEED."""
    return random.Random(f"{SEED} {request.node.name}")


def pytest_collection_modifyitems(items):
    """What has no short form waits for `make soak`."""
    for item in items:
        if item.get_closest_marker("soak") and not SOAK_TURNS:
            item.add_marker(pytest.mark.skip(reason="make soak"))
