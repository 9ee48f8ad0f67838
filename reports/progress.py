"""How far the background work on a document's file is."""

import logging
from enum import StrEnum

from reports.models import IssuedDocument
from reports.tasks import render_document
from schools.queue import is_queued

logger = logging.getLogger(__name__)


class Progress(StrEnum):
    """What somebody who asks for a report's PDF may expect just now."""

    NOT_ISSUED = "not_issued"
    MAKING = "making"
    FAILED = "failed"
    MISSING = "missing"
    READY = "ready"


def progress_of(document: IssuedDocument) -> Progress:
    """Ready with a file; failed when nothing works on it any more and there never was one.

    Missing when there was one, which the storage has lost.
    """
    if document.has_file:
        return Progress.READY
    if not document.is_issued:
        return Progress.NOT_ISSUED
    if is_queued(render_document, document.pk):
        return Progress.MAKING
    if not document.file:
        return Progress.FAILED
    logger.error("report %s: stored file %s is missing", document.pk, document.file.name)
    return Progress.MISSING
