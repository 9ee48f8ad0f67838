"""The queue of background work, asked of one record."""

from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

UNFINISHED_STATUSES = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def is_task_queued(task: Task, pk: int) -> bool:
    """Whether this task waits or runs for the record."""
    return DBTaskResult.objects.filter(
        task_path=task.module_path,
        args_kwargs={"args": [pk], "kwargs": {}},
        status__in=UNFINISHED_STATUSES,
    ).exists()
