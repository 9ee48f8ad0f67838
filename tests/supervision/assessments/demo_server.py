"""A real portal in a process and with a database of its own, that can be killed and come back."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CREATE_SHEET = """
import json
import django
django.setup()
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from schools.enums import Role
from supervision.assessments.actions import start_self_assessment
from tests.personas import user_with_role
from tests.factories import RoundFactory
round_ = RoundFactory()
teacher = user_with_role(Role.ACADEMIC_TEACHER, "teacher", school=round_.school)
session = SessionStore()
session[SESSION_KEY] = str(teacher.pk)
session[BACKEND_SESSION_KEY] = "schools.sign_in.backends.PortalBackend"
session[HASH_SESSION_KEY] = teacher.get_session_auth_hash()
session.save()
sheet = start_self_assessment(round_, by=teacher).sheet
print(json.dumps({"session": session.session_key, "sheet": sheet.pk}))
"""
READ_ANSWERS = """
import json
import django
django.setup()
from supervision.assessments.models import Answer, AnswerEdit
answers = list(Answer.objects.order_by("indicator").values("indicator", "level", "note"))
edits = [str(pk) for pk in AnswerEdit.objects.values_list("pk", flat=True)]
print(json.dumps({"answers": answers, "edits": edits}))
"""


class DemoServer:
    """The portal as `make demo` serves it, on a free port."""

    def __init__(self, var: Path) -> None:
        self.environ = os.environ | {
            "MODE": "demo",
            "NITHET_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "supervision.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        self.environ.pop("DATABASE_URL", None)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    def prepare(self) -> dict:
        self.run("-m", "django", "prepare")
        self.run("-m", "django", "migrate", "--verbosity", "0")
        return json.loads(self.run("-c", CREATE_SHEET))

    def stored_answers(self) -> dict:
        return json.loads(self.run("-c", READ_ANSWERS))

    def run(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, env=self.environ, cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout

    def serve(self) -> None:
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "supervision.config.wsgi",
            "--no-control-socket",
        ]
        command += ["--bind", f"127.0.0.1:{self.port}", "--threads", "4"]
        self.process = subprocess.Popen(
            command,
            env=self.environ,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/accounts/login/").close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("the portal did not come up")

    def kill(self) -> None:
        """Master and workers at once: nothing that was under way is finished."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
