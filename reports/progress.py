"""How far the background work on a document's file is."""

from enum import StrEnum

from reports.models import IssuedDocument
from reports.tasks import render_document
from schools.queue import is_queued


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
    return Progress.MAKING if is_queued(render_document, document.pk) else Progress.FAILED
