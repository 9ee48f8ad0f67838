"""The whole portal as an office runs it, on a free port, to be killed and started again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[3]


class PortalProcess:
    """Its processes, folder and database; `database_url` empty means SQLite in the folder."""

    def __init__(self, var: Path, database_url: str = "") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.var, self.database_url = var, database_url
        self.log = var.parent / "portal.log"
        self.environ = os.environ | {
            "MODE": "demo",
            "NITHET_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "supervision.config.settings",
            "WEB_CONCURRENCY": "1",
        }
        self.environ.pop("DATABASE_URL", None)
        if database_url:
            self.environ["DATABASE_URL"] = database_url
        self.process: subprocess.Popen | None = None

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, env=self.environ, cwd=ROOT, capture_output=True, text=True, check=False
        )

    def shell(self, code: str) -> str:
        done = self.manage("shell", "--no-imports", "--command", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def migrate(self) -> None:
        for command in ("prepare", "migrate", "createcachetable"):
            done = self.manage(command, "--verbosity", "0")
            assert done.returncode == 0, done.stderr

    def start(self) -> None:
        with self.log.open("a") as log:
            command = [sys.executable, "manage.py", "run_portal", "--port", str(self.port)]
            self.process = subprocess.Popen(
                command, env=self.environ, cwd=ROOT, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """Only the process that watches over the others, as an office's service manager might."""
        self._signal(signal.SIGKILL)

    def crash(self) -> None:
        """Everything at once, as when the power fails."""
        children = self.children("")
        pids = children + [pid for child in children for pid in children_of(child)]
        self.kill()
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.wait_for("/health/", None)
        time.sleep(1)  # a database server needs a moment to miss them

    def children(self, name: str) -> list[int]:
        """The processes that run_portal started, by a word of their command line."""
        found = children_of(self.process.pid)
        return [child for child in found if name in Path(f"/proc/{child}/cmdline").read_text()]

    def stop(self) -> None:
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(60)

    def get(self, path: str, cookie: str = "") -> HTTPResponse:
        """The answer with its text as `.text`. Raises OSError while nobody listens."""
        return self._ask("GET", path, {"Cookie": cookie})

    def sign_in(self, name: str, password: str) -> HTTPResponse:
        page = self.get("/accounts/login/")
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        body = urlencode({"csrfmiddlewaretoken": token, "login": name, "password": password})
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", "/accounts/login/", headers, body)

    def _ask(self, method: str, path: str, headers: dict, body: str | None = None) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            response.text = response.read().decode()
            return response
        finally:
            connection.close()

    def status(self, path: str) -> int | None:
        try:
            return self.get(path).status
        except OSError:
            return None

    def wait_for(self, path: str, status: int | None) -> None:
        wait_until(lambda: self.status(path) == status, f"{path} answers {status}")


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = 45) -> None:
    latest = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < latest, f"not within {seconds} s: {what}"
        time.sleep(0.2)


def children_of(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
