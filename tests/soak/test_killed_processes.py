"""The portal is killed while people type: what it acknowledged is kept, and its work goes on."""

import http.client
import json
import subprocess
import sys
import threading
import time
from uuid import uuid4

import pytest

from tests.soak.conftest import SOAK_TURNS
from tests.supervision.assessments.demo_server import ROOT, DemoServer

pytestmark = pytest.mark.db_agnostic
WRITERS, KILLS = 3, max(1, SOAK_TURNS // 2)
TOKEN = "a" * 32
FIND_SHEET = """
import json
import django
django.setup()
from schools.models import User
from supervision.assessments.models import AnswerSheet
from supervision.assessments.queries import sheet_indicators
sheet = AnswerSheet.objects.get()
teacher = User.objects.get(username="teacher")
print(json.dumps([teacher.pk, [i.pk for i in sheet_indicators(sheet)]]))
"""

UPLOAD_IMPORT = """
import django
django.setup()
from django.core.files.base import ContentFile
from schools.enums import Role
from schools.imports.actions import upload_import_file
from tests.personas import user_with_role
clerk = user_with_role(Role.CLERK, "clerk")
rows = "".join(f"42{n:06},บ้านที่ {n}\\n" for n in range(2000))
table = ("รหัสโรงเรียน,ชื่อโรงเรียน\\n" + rows).encode()
upload_import_file(ContentFile(table, "a.csv"), kind="schools", by=clerk)
"""
IMPORT_STATE = """
import django
django.setup()
from schools.models import Import
import_ = Import.objects.get()
print(import_.state, import_.report.get("new"))
"""
TIMEOUT_SECONDS = 120  # seconds


class ServerWithWorker(DemoServer):
    """With its worker, as an office runs it."""

    def serve(self) -> None:
        where = ["--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run_portal", *where],
            env=self.environ,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_up()


class Writer(threading.Thread):
    """Somebody who types on while the portal dies, and remembers what was acknowledged."""

    def __init__(self, portal, sheet, session, user, indicators) -> None:
        super().__init__()
        self.portal, self.indicators, self.user = portal, indicators, user
        self.path = f"/sheets/{sheet}/edits/"
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/json",
        }
        self.acknowledged: set[str] = set()
        self.stopped = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.stopped.is_set():
            number += 1
            at = self.indicators[number % len(self.indicators)]
            edit = {"id": str(uuid4()), "indicator": at, "field": "note", "value": f"คำที่ {number}"}
            self.send(edit)

    def send(self, edit: dict) -> None:
        """Once; an edit that was not acknowledged may be kept or not."""
        connection = http.client.HTTPConnection("127.0.0.1", self.portal.port, timeout=30)
        try:
            page = {"user": self.user, "edits": [edit]}
            connection.request("POST", self.path, json.dumps(page), self.headers)
            answer = connection.getresponse()
            said = json.loads(answer.read()) if answer.status == 200 else {}
            if edit["id"] in said.get("saved", ()):
                self.acknowledged.add(edit["id"])
        except (OSError, http.client.HTTPException, ValueError):
            time.sleep(0.05)  # it is down just now
        finally:
            connection.close()


def test_no_acknowledged_edit_is_lost_when_the_portal_is_killed(tmp_path, rng):
    portal = ServerWithWorker(tmp_path)
    seeded = portal.prepare()
    portal.run("manage.py", "createcachetable", "--verbosity", "0")
    portal.run("-c", UPLOAD_IMPORT)
    user, indicators = json.loads(portal.run("-c", FIND_SHEET))
    writers = [
        Writer(portal, seeded["sheet"], seeded["session"], user, indicators) for _ in range(WRITERS)
    ]
    try:
        portal.serve()
        for writer in writers:
            writer.start()
        for _ in range(KILLS):
            time.sleep(rng.uniform(0.5, 2))
            portal.kill()
            portal.serve()
        assert wait_for_checked_import(portal) == "checked 2000"
    finally:
        for writer in writers:
            writer.stopped.set()
        for writer in writers:
            if writer.is_alive():
                writer.join()
        portal.kill()
    acknowledged = set().union(*(writer.acknowledged for writer in writers))
    assert len(acknowledged) > WRITERS
    assert acknowledged <= set(portal.stored_answers()["edits"])


def wait_for_checked_import(portal) -> str:
    """How the worker has left the import, once it has ended what the kills interrupted."""
    until = time.monotonic() + TIMEOUT_SECONDS
    while (state := portal.run("-c", IMPORT_STATE).strip()).startswith("reading"):
        if time.monotonic() > until:
            break
        time.sleep(0.5)
    return state
