"""From an issued document's frozen snapshot to its PDF: paper, background job and progress."""

import hashlib
import logging
from collections.abc import Sequence
from enum import StrEnum
from io import BytesIO

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from reports.book.enums import BookJobState
from reports.book.jobs import restart_job, run_job
from reports.book.making import BookProgress, make_book
from reports.book.models import BookJob
from reports.book.parts import book_parts, joined_html
from reports.data.photos import PrintedPhoto, frozen_photos
from reports.data.schema import ReportFigures, ReportSnapshot
from reports.emblem import emblem_images
from reports.models import IssuedDocument
from reports.pdf import render_pdf
from reports.typography import official_text
from schools.core.task_queue import is_task_queued

PAPER_TEMPLATES = {
    "term": "reports/paper/term.html",
    "summary": "reports/paper/summary.html",
    "drive": "reports/paper/drive.html",
}
BOOK_KINDS = ("year",)
PAGES_OF_A_LONG_PAPER = 10

logger = logging.getLogger(__name__)


class RenderProgress(StrEnum):
    """What somebody who asks for a report's PDF may expect just now."""

    NOT_ISSUED = "not_issued"
    RENDERING = "rendering"
    FAILED = "failed"
    CANCELLED = "cancelled"
    MISSING = "missing"
    READY = "ready"


def report_pdf(
    snapshot: ReportSnapshot, progress: BookProgress | None = None, *, watermark: str = ""
) -> bytes:
    """The paper of the snapshot; what changed in the database since then does not matter.

    The report of a year is a book of parts, whose making `progress` follows. A draft has a
    `watermark` such as ร่าง under each page.
    """
    if snapshot["figures"]["kind"] in BOOK_KINDS:
        images = emblem_images(snapshot["figures"]["area"])
        return make_book(snapshot, images, progress, watermark=watermark)
    if progress:
        progress.begin(parts=1, to_draw=1)
    content = _drawn(snapshot, watermark)
    if _is_long(content):
        return _drawn(snapshot, watermark, with_contents=True)
    return content


def _drawn(snapshot: ReportSnapshot, watermark: str, *, with_contents: bool = False) -> bytes:
    photos = snapshot_photos(snapshot)
    html = paper_html(snapshot, photos, watermark=watermark, with_contents=with_contents)
    return render_pdf(html, snapshot_images(snapshot, photos))


def snapshot_photos(snapshot: ReportSnapshot) -> list[PrintedPhoto]:
    """The photos that a school's report shows; other reports have none."""
    figures = snapshot["figures"]
    return frozen_photos(figures.get("photos", [])) if figures["kind"] == "term" else []


def snapshot_images(snapshot: ReportSnapshot, photos: Sequence[PrintedPhoto]) -> dict[str, bytes]:
    """The emblem and these photos, by the names under which the paper shows them."""
    images = emblem_images(snapshot["figures"]["area"])
    return images | {photo.name: photo.content for photo in photos if photo.content}


def _is_long(content: bytes) -> bool:
    with pikepdf.open(BytesIO(content)) as paper:
        return len(paper.pages) >= PAGES_OF_A_LONG_PAPER


def paper_html(
    snapshot: ReportSnapshot,
    photos: Sequence[PrintedPhoto] = (),
    *,
    watermark: str = "",
    with_contents: bool = False,
) -> str:
    """The paper as one page of HTML, a book without its contents.

    A long one lists its parts in front (`with_contents`).
    """
    figures = snapshot["figures"]
    if figures["kind"] == "year":
        parts = book_parts(snapshot, {})
        return official_text(joined_html(parts), parts[0].names)
    context = {
        "r": figures,
        "parts": snapshot.get("parts", []),
        "document": snapshot["document"],
        "photos": photos,
        "watermark": watermark,
        "with_contents": with_contents,
    }
    html = render_to_string(PAPER_TEMPLATES[figures["kind"]], context)
    return official_text(html, _school_names(figures))


def _school_names(figures: ReportFigures) -> list[str]:
    if figures["kind"] == "term":
        return [figures["school"]]
    if figures["kind"] == "drive":
        return [named["school"] for named in (*figures["honours"], *figures["practices"])]
    return [school["school"] for school in figures["schools"]]


def queue_rendering(document: IssuedDocument) -> None:
    """Let the worker make the PDF of a document whose signature is saved."""
    if document.kind in BOOK_KINDS:
        restart_job(BookJob.objects.get_or_create(document=document)[0])
    render_document.enqueue(document.pk)


@task()
def render_document(document_id: int) -> None:
    """Make the PDF of an issued document from its frozen figures, unless it is there."""
    document = IssuedDocument.objects.get(pk=document_id)
    if document.has_file:
        return
    if document.kind not in BOOK_KINDS:
        attach_pdf(document_id, report_pdf(document.frozen))
        return
    job, _ = BookJob.objects.get_or_create(document=document)
    run_job(job, lambda progress: attach_pdf(document_id, report_pdf(document.frozen, progress)))


@transaction.atomic
def attach_pdf(document_id: int, content: bytes) -> None:
    """Attach the file unless another worker was quicker: a digest once shown stays true.

    Of a file that was lost, the digest is kept as an EarlierFile.
    """
    document = IssuedDocument.objects.select_for_update().get(pk=document_id)
    if document.has_file:
        return
    before, document.sha256 = document.sha256, hashlib.sha256(content).hexdigest()
    if before not in ("", document.sha256):
        document.earlier_files.create(sha256=before, replaced_at=timezone.now())
    document.file.save(f"{document.kind}.pdf", ContentFile(content), save=False)
    document.save(update_fields=["file", "sha256"])


def render_progress(document: IssuedDocument) -> RenderProgress:
    """Ready with a file; failed when nothing works on it any more and there never was one.

    Cancelled by somebody, which leaves it to be made another time. Missing when there was one,
    which the storage has lost.
    """
    if document.has_file:
        return RenderProgress.READY
    if not document.is_issued:
        return RenderProgress.NOT_ISSUED
    if BookJob.objects.filter(document=document, state=BookJobState.CANCELLED).exists():
        return RenderProgress.CANCELLED
    if is_task_queued(render_document, document.pk):
        return RenderProgress.RENDERING
    if not document.file:
        return RenderProgress.FAILED
    logger.error("report %s: stored file %s is missing", document.pk, document.file.name)
    return RenderProgress.MISSING
