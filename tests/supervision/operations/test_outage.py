"""The portal outlives its database and starts again after any kill."""

import os
import socket
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.postgres import started_server, url_of
from tests.supervision.operations.portal_process import PortalProcess, wait_until

pytestmark = pytest.mark.db_agnostic

PAGE = "/accounts/login/"
ENQUEUE = """
from reports.rendering import render_document
render_document.enqueue(0)
"""
TASKS_WAITING = """
from django_tasks_db.models import DBTaskResult
print(DBTaskResult.objects.filter(finished_at=None).count())
"""


@pytest.fixture
def server():
    with TemporaryDirectory(prefix="nithet-pg-") as folder:
        os.chmod(folder, 0o755)
        with started_server(Path(folder)) as server:
            yield server


@pytest.fixture
def portal_there(server, tmp_path):
    portal = PortalProcess(tmp_path / "var", url_of(server))
    portal.migrate()
    yield portal
    portal.stop()


def test_the_portal_outlives_its_database(portal_there, server):
    portal = portal_there
    server.stop()
    portal.start()  # it starts while the database is down
    portal.wait_for(PAGE, 503)
    answer = portal.get(PAGE)
    assert "ฐานข้อมูลไม่พร้อมใช้งานชั่วคราว" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    server.start()
    portal.wait_for(PAGE, 200)
    portal.shell(ENQUEUE)
    wait_until(lambda: portal.shell(TASKS_WAITING) == "0", "the worker returned")
    server.stop()  # and it goes on while the database is away
    portal.wait_for(PAGE, 503)
    assert portal.process.poll() is None
    server.start()
    portal.wait_for(PAGE, 200)
    portal.shell(ENQUEUE)
    wait_until(lambda: portal.shell(TASKS_WAITING) == "0", "the worker returned again")


def test_a_killed_portal_leaves_nothing_behind_and_starts_again(portal):
    portal.start()
    portal.wait_for(PAGE, 200)
    portal.kill()
    portal.wait_for(PAGE, None)
    portal.start()
    portal.wait_for(PAGE, 200)


def test_a_web_server_that_was_killed_is_started_again(portal):
    portal.start()
    portal.wait_for(PAGE, 200)
    (web,) = portal.children("gunicorn")
    os.kill(web, 9)
    wait_until(lambda: portal.children("gunicorn") not in ([], [web]), "another")
    portal.wait_for(PAGE, 200)
    assert portal.process.poll() is None


def test_unfinished_connections_do_not_block_the_others(portal):
    portal.start()
    portal.wait_for(PAGE, 200)
    unfinished = [socket.create_connection(("127.0.0.1", portal.port)) for _ in range(11)]
    for connection in unfinished:
        connection.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le")
    assert portal.status(PAGE) == 200
    for connection in unfinished:
        connection.close()


def test_a_second_portal_names_the_port_that_is_taken(portal):
    portal.start()
    portal.wait_for(PAGE, 200)
    done = portal.manage("run_portal", "--port", str(portal.port))
    assert done.returncode != 0
    assert done.stderr.strip().endswith("is in use; choose another with PORT=")
