"""A worker that was killed leaves its task to the next one, but not for ever."""

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from supervision.operations.worker import MAX_ATTEMPTS, requeue_abandoned_tasks

pytestmark = pytest.mark.django_db


def running_task(*worker_ids: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now(),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="reports.tasks.example",
        backend_name="default",
        run_after=timezone.now(),
        worker_ids=list(worker_ids),
    )


def status_after_restart(task: DBTaskResult, worker_id: str) -> str:
    requeue_abandoned_tasks(worker_id)
    task.refresh_from_db()
    return task.status


def test_a_left_task_goes_back_to_the_queue():
    assert status_after_restart(running_task("here"), "here") == TaskResultStatus.READY


def test_the_task_of_a_living_worker_elsewhere_is_left_alone():
    task = running_task("here", "elsewhere")
    assert status_after_restart(task, "here") == TaskResultStatus.RUNNING


def test_a_task_that_kills_its_worker_each_time_is_given_up():
    task = running_task(*["here"] * MAX_ATTEMPTS)
    assert status_after_restart(task, "here") == TaskResultStatus.FAILED
    assert "WorkerDied" in task.exception_class_path
