"""Making a book in the background: one job for all who ask, with progress, cancelled or resumed.

A worker that is killed leaves its task behind, which the next worker takes up; the parts that were
drawn are kept, so it goes on where the other was.
"""

import logging
from collections.abc import Callable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reports.book.enums import ACTIVE_STATES, BookJobState
from reports.book.making import BookProgress
from reports.book.models import DrawingJob
from schools.core.errors import ActionRefused

logger = logging.getLogger(__name__)


class BookJobCancelled(Exception):
    """Somebody cancelled the job, or began it anew."""


class BookJobProgress(BookProgress):
    """Keeps the numbers of one attempt in the database; raises BookJobCancelled after it ended."""

    def __init__(self, job: DrawingJob) -> None:
        rows = type(job)._default_manager.filter(pk=job.pk, attempt=job.attempt)
        self.rows = rows.filter(state__in=ACTIVE_STATES)

    def begin(self, *, parts: int, to_draw: int) -> None:
        self._update(state=BookJobState.DRAWING, parts=parts, to_draw=to_draw, drawn=0)

    def drawn(self, number: int) -> None:
        self._update(drawn=number)

    def _update(self, **values: object) -> None:
        if not self.rows.update(**values):
            raise BookJobCancelled


@transaction.atomic
def restart_job(job: DrawingJob) -> None:
    """Begin it from the start, in place of any attempt that still runs."""
    rows = type(job)._default_manager.filter(pk=job.pk)
    begun = {"parts": 0, "to_draw": 0, "drawn": 0, "asked_at": timezone.now()}
    rows.update(attempt=F("attempt") + 1, state=BookJobState.WAITING, **begun)
    [job.attempt] = rows.values_list("attempt", flat=True)
    job.state = BookJobState.WAITING


@transaction.atomic
def cancel_job(job: DrawingJob) -> None:
    """End it before the next part; what was drawn is kept. Raises ActionRefused if it has ended."""
    rows = type(job)._default_manager.filter(pk=job.pk, state__in=ACTIVE_STATES)
    if not rows.update(state=BookJobState.CANCELLED):
        raise ActionRefused("การจัดทำเสร็จแล้วหรือยกเลิกไปแล้ว โปรดกลับไปดูสถานะปัจจุบัน")


def run_job(job: DrawingJob, make: Callable[[BookProgress], None]) -> None:
    """Make the book unless that was cancelled or is done, and say how it ended.

    What `make` raises goes on to the caller.
    """
    if job.state in (BookJobState.CANCELLED, BookJobState.DONE):
        return
    restart_job(job)
    progress = BookJobProgress(job)
    try:
        make(progress)
    except BookJobCancelled:
        logger.info("book job %s was cancelled", job.pk)
    except Exception:
        progress.rows.update(state=BookJobState.FAILED)
        raise
    else:
        progress.rows.update(state=BookJobState.DONE, done_at=timezone.now())
