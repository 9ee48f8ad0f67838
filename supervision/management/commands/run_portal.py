"""Run the web server and the background worker together, and end them together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from supervision.background import requeue_left_running

END_SECONDS = 30


class Command(BaseCommand):
    """The portal as one thing to start: gunicorn and one worker for every queue."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *, host: str, port: int, **options) -> None:
        refuse_taken_port(host, port)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as on Ctrl-C
        self.running: dict[str, subprocess.Popen] = {}
        try:
            self.watch(host, port)
        except KeyboardInterrupt:
            self.stdout.write("กำลังปิดพอร์ทัล …")
        finally:
            end(*self.running.values())

    def watch(self, host: str, port: int) -> None:
        """Start both, replace a worker that ended, and give up when the web server has."""
        self.running["worker"] = start_worker()
        web = self.running["web"] = start(web_command(host, port))
        self.stdout.write(f"พอร์ทัลเปิดที่ http://{host}:{port} (กด Ctrl-C เพื่อปิด)")
        while web.poll() is None:
            if self.running["worker"].poll() is not None:
                self.stderr.write("The background worker ended; starting it again.")
                self.running["worker"] = start_worker()
            time.sleep(1)
        raise CommandError(f"The web server ended by itself (exit code {web.returncode}).")


def refuse_taken_port(host: str, port: int) -> None:
    """A second portal on one port would also take the first one's tasks for abandoned."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CommandError(f"{host}:{port} is in use; choose another with PORT=") from problem


def web_command(host: str, port: int) -> list[str]:
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    return [
        *("gunicorn", "supervision.wsgi", "--bind", f"{host}:{port}"),
        *("--workers", workers, "--threads", "4", "--timeout", "60", "--log-level", "warning"),
        "--no-control-socket",
    ]


def start_worker() -> subprocess.Popen:
    worker_id = worker_id_of_this_place()
    requeue_left_running(worker_id)
    connection.close()
    return start(["django", "db_worker", "--queue-name", "*", "--worker-id", worker_id])


def worker_id_of_this_place() -> str:
    """One worker a place, so what runs under its id while it is down was left behind."""
    return f"{socket.gethostname()}:{settings.VAR}"[-64:]


def start(module_and_arguments: Sequence[str]) -> subprocess.Popen:
    """Start a Python module in its own process group: Ctrl-C reaches us first, and only us."""
    command = [sys.executable, "-m", *module_and_arguments]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, process_group=0)


def end(*processes: subprocess.Popen) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
