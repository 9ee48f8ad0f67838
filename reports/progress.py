"""How far the background work on a document's file is."""

import logging
from enum import StrEnum

from reports.models import IssuedDocument
from reports.tasks import render_document
from schools.core.task_queue import is_task_queued

logger = logging.getLogger(__name__)


class RenderProgress(StrEnum):
    """What somebody who asks for a report's PDF may expect just now."""

    NOT_ISSUED = "not_issued"
    RENDERING = "rendering"
    FAILED = "failed"
    MISSING = "missing"
    READY = "ready"


def render_progress(document: IssuedDocument) -> RenderProgress:
    """Ready with a file; failed when nothing works on it any more and there never was one.

    Missing when there was one, which the storage has lost.
    """
    if document.has_file:
        return RenderProgress.READY
    if not document.is_issued:
        return RenderProgress.NOT_ISSUED
    if is_task_queued(render_document, document.pk):
        return RenderProgress.RENDERING
    if not document.file:
        return RenderProgress.FAILED
    logger.error("report %s: stored file %s is missing", document.pk, document.file.name)
    return RenderProgress.MISSING
