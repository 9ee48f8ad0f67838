import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from tests.supervision.operations.portal_process import PortalProcess

ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A portal set up once, on the kind of database of the run; each test starts from a copy."""
    with own_database() as url:
        portal = PortalProcess(tmp_path_factory.mktemp("prepared") / "var", url)
        portal.migrate()
        yield portal


@pytest.fixture
def portal(prepared, tmp_path):
    shutil.copytree(prepared.var, tmp_path / "var")
    with own_database(template=prepared.database_url) as url:
        portal = PortalProcess(tmp_path / "var", url)
        yield portal
        portal.stop()


@contextmanager
def own_database(template: str = "") -> Iterator[str]:
    """Its address on the server of the run; empty for SQLite, which lies in the folder."""
    if not ON_POSTGRESQL:
        yield ""
        return
    name, url = f"portal_{uuid4().hex[:8]}", os.environ["DATABASE_URL"]
    before, _, query = url.partition("?")
    copied = f"TEMPLATE {database_name(template)}" if template else ""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} {copied}")
        yield f"{before.rpartition('/')[0]}/{name}?{query}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def database_name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]
