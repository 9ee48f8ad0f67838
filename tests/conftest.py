"""What every test stands on: its own database and folders, no network, no N+1."""

import ipaddress
import socket

import pytest
from django.db import connection

pytest_plugins = ["tests.browser", "tests.cast"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, one for each process: the live server's threads share it."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(autouse=True)
def uploads_in_tmp(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session", autouse=True)
def network_off():
    """Refuse every connection that leaves this machine."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", only_loopback(socket.socket.connect))
    yield
    patch.undo()


def only_loopback(connect):
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            raise PermissionError(f"tests may not use the network: {address[0]}")
        return connect(self, address)

    return guarded


def is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback
