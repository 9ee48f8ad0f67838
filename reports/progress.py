"""How far the background work on a document's file is."""

from enum import StrEnum

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.models import IssuedDocument
from reports.tasks import render_document

UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class Progress(StrEnum):
    """What somebody who asks for a report's PDF may expect just now."""

    NOT_ISSUED = "not_issued"
    MAKING = "making"
    FAILED = "failed"
    READY = "ready"


def progress_of(document: IssuedDocument) -> Progress:
    """Ready with a file; failed when nothing works on it any more and there is none."""
    if document.file:
        return Progress.READY
    if not document.is_issued:
        return Progress.NOT_ISSUED
    waiting = DBTaskResult.objects.filter(
        task_path=render_document.module_path,
        args_kwargs={"args": [document.pk], "kwargs": {}},
        status__in=UNFINISHED,
    )
    return Progress.MAKING if waiting.exists() else Progress.FAILED
