"""What every test stands on: its own database and folders, one day, no network, no N+1."""

import ipaddress
import socket
from datetime import UTC, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

pytest_plugins = ["tests.browser", "tests.personas"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, one for each process: the live server's threads share it."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session", autouse=True)
def no_midnight_during_run():
    """A run that midnight would fall into begins after it: a test may ask twice what today is.

    Only then, so that the suite is still tried at every other hour of the day.
    """
    now = timezone.localtime()
    if now.hour < 23:
        yield
        return
    with time_machine.travel((now + timedelta(hours=1)).astimezone(UTC)):
        yield


@pytest.fixture(autouse=True)
def uploads_in_tmp(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


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
