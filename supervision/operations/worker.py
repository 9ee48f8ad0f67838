"""The background worker: it outlives its database, and takes up what a dead one left behind."""

import logging
import socket
import time
from threading import Thread

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from supervision.operations.models import Job, record_run
from supervision.operations.process_locks import lock_worker

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
RETRY_SECONDS = 5
HEARTBEAT_SECONDS = 30


class WorkerDied(Exception):
    """The worker of this task was killed each time it tried."""


def run_worker() -> None:
    """Run background tasks until asked to end; wait while the database is away."""
    lock = lock_worker()
    Thread(target=record_heartbeats, daemon=True).start()
    with lock:
        while True:
            try:
                requeue_abandoned_tasks(worker_id_of_folder())
                call_command("db_worker", queue_name="*", worker_id=worker_id_of_folder())
                return
            except (OperationalError, InterfaceError) as problem:
                logger.warning("The worker waits for the database: %s", problem)
                connection.close()
                time.sleep(RETRY_SECONDS)


def worker_id_of_folder() -> str:
    """One worker a folder, so what runs under its id while it is down was left behind."""
    return f"{socket.gethostname()}:{settings.VAR}"[-64:]


def record_heartbeats() -> None:
    """Note every half minute that the worker lives, also during a long task."""
    while True:
        try:
            record_run(Job.WORKER)
        except DatabaseError as problem:
            logger.info("No heartbeat: %s", problem)
        finally:
            connection.close()
        time.sleep(HEARTBEAT_SECONDS)


def requeue_abandoned_tasks(worker_id: str) -> int:
    """Give the tasks a dead worker was at back to the queue; return how many were stuck.

    Only the tasks of this worker id: a RUNNING task of another machine may well be alive.
    """
    # worker_ids is a JSON list, which SQLite cannot search; running tasks are few.
    stuck = [task for task in DBTaskResult.objects.running() if task.worker_ids[-1:] == [worker_id]]
    for task in stuck:
        if len(task.worker_ids) < MAX_ATTEMPTS:
            task.status = TaskResultStatus.READY
            task.started_at = None
            task.save(update_fields=["status", "started_at"])
        else:
            task.set_failed(WorkerDied(f"{MAX_ATTEMPTS} attempts"))
    return len(stuck)
