"""The memory that one web worker holds after serving the heaviest pages."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from supervision.benchmark.data import BenchmarkData
from supervision.benchmark.measurements import Measurement

MAX_MB = 200
ROUNDS = 10
PAGES = ("overview", "board", "reports")
TIMEOUT_SECONDS = 60


def measure_memory(data: BenchmarkData) -> Iterator[Measurement]:
    """A real gunicorn worker on the benchmark's database, asked for heavy pages many times."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(data.group)
    cookie = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    with _worker() as (port, process):
        pages = [reverse("school", args=[data.school.pk]), *map(reverse, PAGES)]
        _ask([f"http://127.0.0.1:{port}{page}" for page in pages] * ROUNDS, cookie)
        resident = _resident_mb(process)
    yield Measurement(
        "หน่วยความจำของเว็บเวิร์กเกอร์", f"{resident:.0f} MB", f"≤ {MAX_MB} MB", resident <= MAX_MB
    )


@contextmanager
def _worker() -> Iterator[tuple[int, subprocess.Popen]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(
            sys.executable,
            "-m",
            "gunicorn",
            "supervision.config.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
        ),
        *("--workers", "1", "--threads", "4", "--log-level", "error", "--no-control-socket"),
    ]
    environment = {**os.environ, "MODE": settings.MODE, "DATABASE_URL": _database_url()}
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        yield port, process
    finally:
        process.terminate()
        process.wait(TIMEOUT_SECONDS)


def _database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _ask(urls: Sequence[str], headers: dict[str, str]) -> None:
    _wait_for(urls[0], headers)
    for url in urls:
        with urlopen(Request(url, headers=headers)) as answer:
            answer.read()
            if answer.url != url:
                raise RuntimeError(f"{url} led to {answer.url}")


def _wait_for(url: str, headers: dict[str, str]) -> None:
    until = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < until:
        try:
            urlopen(Request(url, headers=headers)).close()
            return
        except URLError:
            time.sleep(0.2)
    raise RuntimeError("The web worker did not start.")


def _resident_mb(master: subprocess.Popen) -> float:
    """Of the one worker that gunicorn's master started."""
    child = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()[0]
    status = Path(f"/proc/{child}/status").read_text().splitlines()
    resident = next(line for line in status if line.startswith("VmRSS:"))
    return int(resident.split()[1]) / 1024
