"""Run the web server and the background worker together, and end them together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection

from supervision.operations.process_locks import PortalInUse, lock_while_running

END_SECONDS = 30
PORT_SECONDS = 10  # how long a portal that was just killed may still hold the port
EARLY_SECONDS, EARLY_ENDS = 10, 3
PR_SET_PDEATHSIG = 1
WEB = ("gunicorn", "-c", "python:supervision.config.gunicorn_settings")
WORKER = ("django", "run_worker")


@dataclass
class ChildProcess:
    """A process that is started again when it ends, unless it ends at once each time.

    `when_orphaned` is the signal it gets should this process be killed: the web server ends
    its requests; the worker ends at once, and its task is done again by the next one.
    """

    arguments: Sequence[str]
    when_orphaned: signal.Signals
    process: subprocess.Popen | None = None
    started: float = 0
    early_ends: int = 0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.arguments],
            cwd=settings.BASE_DIR,
            process_group=0,  # Ctrl-C reaches us first, and only us
            preexec_fn=signal_when_orphaned(self.when_orphaned),
        )

    def keep_running(self) -> None:
        """Start it again if it has ended. Raises CommandError if it will not stay."""
        if self.process is None or self.process.poll() is None:
            return
        early = time.monotonic() - self.started < EARLY_SECONDS
        self.early_ends = self.early_ends + 1 if early else 0
        name, code = self.arguments[0], self.process.returncode
        if self.early_ends == EARLY_ENDS:
            raise CommandError(f"{name} does not stay up (exit code {code}); see the lines above.")
        print(f"{name} ended (exit code {code}); starting it again.", file=sys.stderr)
        self.start()


class Command(BaseCommand):
    """The portal as one thing to start: gunicorn and one worker for every queue."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        os.environ.update({"HOST": host, "PORT": str(port)})
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as on Ctrl-C
        wait_for_port(host, port)
        self.refuse_old_database()
        children = [ChildProcess(WORKER, signal.SIGKILL), ChildProcess(WEB, signal.SIGTERM)]
        try:
            with lock_while_running():
                self.stdout.write(f"พอร์ทัลเปิดที่ http://{host}:{port} (กด Ctrl-C เพื่อปิด)")
                run_children(children)
        except PortalInUse as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt:
            self.stdout.write("กำลังปิดพอร์ทัล …")
        finally:
            end_processes([child.process for child in children if child.process])

    def refuse_old_database(self) -> None:
        """The code does not fit a database of an older version; one that is away is waited for."""
        try:
            call_command("migrate", check_unapplied=True, verbosity=0)
        except OperationalError as problem:
            self.stderr.write(f"The database is not available yet: {problem}")
        except SystemExit as unapplied:
            raise CommandError("The database is not up to date: back up, then make update") from (
                unapplied
            )
        finally:
            connection.close()


def wait_for_port(host: str, port: int) -> None:
    """Wait a little for the port of a portal that was just killed. Raises CommandError."""
    latest = time.monotonic() + PORT_SECONDS
    while not is_port_free(host, port):
        if time.monotonic() > latest:
            raise CommandError(f"{host}:{port} is in use; choose another with PORT=")
        time.sleep(0.2)


def is_port_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def run_children(children: Sequence[ChildProcess]) -> None:
    for child in children:
        child.start()
    while True:
        time.sleep(1)
        for child in children:
            child.keep_running()


def signal_when_orphaned(number: signal.Signals) -> Callable[[], None]:
    """For the child before it starts: Linux sends it this signal when its parent dies."""
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, int(number))


def end_processes(processes: Sequence[subprocess.Popen]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
