"""A report as PDF before it is signed, ร่าง across each page: how it would read now.

A school's report is drawn while its reader waits; a term's summary, the report of a drive and the
book of a year are made in the background, for all who ask together.
"""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django_tasks import task

from reports.actions import report_snapshot
from reports.book.jobs import cancel_job, restart_job, run_job
from reports.book.making import BookProgress
from reports.book.models import BookJob
from reports.data.schema import ReportSnapshot
from reports.data.signers import office_signer
from reports.enums import DocumentKind, DocumentState
from reports.interim import is_interim_now
from reports.models import IssuedDocument
from reports.papers.office_paper import DRAFT_WORD
from reports.queries import report_figures
from reports.rendering import report_pdf
from schools.access import Permission, require
from schools.core.file_responses import bytes_response, file_response
from schools.core.http import SignedInRequest
from schools.core.task_queue import is_task_queued
from schools.models import AcademicYear, Cluster, Term
from supervision.quality_drive.models import QualityDrive
from supervision.rounds.models import Round

DRAFT_KEPT_FOR = timedelta(days=30)
# What a draft is of; only a summary has a second number, the key of its cluster.
DRAFT_ADDRESS = (
    r"^reports/drafts/(?!(?:term|year|drive)/\d+-)"
    r"(?P<kind>term|summary|year|drive)/(?P<target>\d{1,9}(?:-\d{1,9})?)/"
)
SUBJECTS = ("academic_year", "term", "cluster", "drive")
UNSIGNED_STATES = (DocumentState.PREPARED, DocumentState.RETURNED)


def draft_snapshot(document: IssuedDocument) -> ReportSnapshot:
    """What signing would freeze now; there is no code to verify it by."""
    if document.pk is None:
        document.is_interim = is_interim_now(document)
    signer = office_signer(Permission.ISSUE_REPORT)
    snapshot = report_snapshot(document, report_figures(document), signer)
    snapshot["document"]["code"] = snapshot["document"]["verify_url"] = ""
    return snapshot


def unsigned_document(document: IssuedDocument) -> IssuedDocument:
    """The line of the register that waits for its signature, else this one, which is not saved."""
    rows = IssuedDocument.objects.of_same_report(document).filter(state__in=UNSIGNED_STATES)
    return rows.first() or document


# --- In the background ---


@transaction.atomic
def start_draft(document: IssuedDocument) -> BookJob:
    """Make the draft anew, unless that is under way: who asks meanwhile gets the same."""
    _lock_subject(document)
    job, _ = BookJob.objects.get_or_create(**_subject(document))
    if not is_draft_under_way(job):
        restart_job(job)
        transaction.on_commit(lambda: make_draft.enqueue(job.pk))
    return job


def _lock_subject(document: IssuedDocument) -> None:
    if document.academic_year:
        AcademicYear.objects.select_for_update().get(pk=document.academic_year.pk)
    if document.term:
        Term.objects.select_for_update().get(pk=document.term.pk)
    if document.drive:
        QualityDrive.objects.select_for_update().get(pk=document.drive.pk)


def _subject(document: IssuedDocument) -> dict[str, Any]:
    """What the report is on: by it its draft is found again."""
    return {"document": None} | {name: getattr(document, name) for name in SUBJECTS}


def is_draft_under_way(job: BookJob) -> bool:
    """Whether a worker is at it or will be; none is when the task ended without a word."""
    return job.is_active and is_task_queued(make_draft, job.pk)


@task()
def make_draft(job_id: int) -> None:
    """Draw the draft as the figures are at this moment, and keep its file with the job."""
    related = (
        "academic_year__area",
        "term__academic_year__area",
        "cluster",
        "drive__academic_year__area",
    )
    job = BookJob.objects.select_related(*related).get(pk=job_id)

    def make(progress: BookProgress) -> None:
        subject = {name: getattr(job, name) for name in SUBJECTS}
        snapshot = draft_snapshot(unsigned_document(IssuedDocument(kind=job.kind, **subject)))
        content = report_pdf(snapshot, progress, watermark=DRAFT_WORD)
        job.file.save("draft.pdf", ContentFile(content), save=False)
        BookJob.objects.filter(pk=job.pk).update(file=job.file.name)

    run_job(job, make)


def purge_drafts() -> int:
    """Forget the files of drafts that are old, which are then orphaned; return how many."""
    old = BookJob.objects.filter(done_at__lt=timezone.now() - DRAFT_KEPT_FOR).exclude(file="")
    return old.update(file="")


# --- Views ---


def report_draft(request: SignedInRequest, kind: str, target: str) -> HttpResponse:
    """The draft of a school's report, or how far that of a summary, a year or a drive is.

    `target` is a year, also that of a drive, the key of a round, or that of a term, with the key of
    a cluster after a hyphen (12-3) where the summary is of one.
    """
    if kind != DocumentKind.TERM:
        return _draft_page(request, _document_on(request, kind, target))
    document = draft_document(request, kind, target)
    content = report_pdf(draft_snapshot(document), watermark=DRAFT_WORD)
    return bytes_response(content, f"{DRAFT_WORD} {document}.pdf")


def draft_document(request: SignedInRequest, kind: str, target: str) -> IssuedDocument:
    """What would be signed, for who may see how it would read."""
    return unsigned_document(_document_on(request, kind, target))


def _document_on(request: SignedInRequest, kind: str, target: str) -> IssuedDocument:
    if kind == DocumentKind.TERM:
        rows = Round.objects.visible_to(request.user).select_related("school__area", "term")
        document = IssuedDocument(kind=kind, round=get_object_or_404(rows, pk=target))
        require(request.user, Permission.VIEW_REPORTS)
        return document
    require(request.user, Permission.VIEW_REPORTS)
    if kind == DocumentKind.YEAR:
        years = AcademicYear.objects.select_related("area")
        return IssuedDocument(kind=kind, academic_year=get_object_or_404(years, year=target))
    if kind == DocumentKind.DRIVE:
        drives = QualityDrive.objects.select_related("academic_year__area")
        drive = get_object_or_404(drives, academic_year__year=target)
        return IssuedDocument(kind=kind, drive=drive)
    term, _, cluster = target.partition("-")
    return IssuedDocument(
        kind=kind,
        term=get_object_or_404(Term.objects.select_related("academic_year__area"), pk=term),
        cluster=get_object_or_404(Cluster, pk=cluster) if cluster else None,
    )


def _draft_page(request: SignedInRequest, document: IssuedDocument) -> HttpResponse:
    """A page, of which a page that shows the draft too asks for the state alone."""
    subject = _subject(document)
    job = BookJob.objects.filter(**subject).first() or BookJob(**subject)
    under_way = bool(job.pk) and is_draft_under_way(job)
    context = {"document": document, "job": job, "under_way": under_way}
    if request.htmx and not request.htmx.boosted:
        return render(request, "reports/draft_state.html", context)
    return render(request, "reports/draft.html", context)


def report_draft_start(request: SignedInRequest, kind: str, target: str) -> HttpResponse:
    """Begin, or come to what another began; without a form, only come."""
    document = _document_in_background(request, kind, target)
    if request.method == "POST":
        start_draft(document)
    return redirect("report_draft", kind=kind, target=target)


def report_draft_cancel(request: SignedInRequest, kind: str, target: str) -> HttpResponse:
    """End the work; the parts that are drawn stay for the next time."""
    document = _document_in_background(request, kind, target)
    job = get_object_or_404(BookJob, **_subject(document))
    if request.method == "POST":
        cancel_job(job)
    return redirect("report_draft", kind=kind, target=target)


def report_draft_file(request: SignedInRequest, kind: str, target: str) -> FileResponse:
    """The draft that was made last."""
    document = _document_in_background(request, kind, target)
    job = get_object_or_404(BookJob.objects.exclude(file=""), **_subject(document))
    return file_response(job.file, f"{DRAFT_WORD} {document}.pdf")


def _document_in_background(request: SignedInRequest, kind: str, target: str) -> IssuedDocument:
    """Raises Http404 for a school's report, which is drawn at once."""
    if kind == DocumentKind.TERM:
        raise Http404
    return _document_on(request, kind, target)
