"""What a worker that died in the middle of a task leaves behind."""

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

MAX_ATTEMPTS = 3


class WorkerDied(Exception):
    """The worker of this task was killed each time it tried."""


def requeue_left_running(worker_id: str) -> int:
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
