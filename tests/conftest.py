"""What every test stands on: its own database and folders, one clock, no network, no N+1."""

import ipaddress
import socket
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, settings

# A Wednesday in the second term, 18 November 2569 of the Buddhist Era, 10.00 in Thailand.
MOMENT = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)

# What one example takes is the machine's matter. `make soak` tries far more of them.
settings.register_profile(
    "usual", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("soak", settings.get_profile("usual"), max_examples=1000)
settings.load_profile("usual")

pytest_plugins = ["tests.browser", "tests.imported_files", "tests.personas"]


def pytest_collection_modifyitems(items):
    """What drives a browser is tried once more when it fails, and the summary names it.

    On a busy machine a browser now and then takes longer than a test can know.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, one for each process: the live server's threads share it."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(autouse=True)
def fixed_clock(request):
    """Every test begins at the same moment, from which time goes on.

    Not where something outside this process tells the time too: a browser, a server of its own.
    """
    markers = ("browser", "real_clock", "soak")
    if any(request.node.get_closest_marker(name) for name in markers):
        yield
        return
    with time_machine.travel(MOMENT):
        yield


@pytest.fixture(autouse=True)
def uploads_in_tmp(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BOOK_PARTS_ROOT = tmp_path / "book-parts"


@pytest.fixture(scope="session", autouse=True)
def network_off():
    """Refuse every connection that leaves this machine."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", allow_only_loopback(socket.socket.connect))
    yield
    patch.undo()


def allow_only_loopback(connect):
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            raise PermissionError(f"tests may not use the network: {address[0]}")
        return connect(self, address)

    return guarded


def is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback
