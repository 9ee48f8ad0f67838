"""A report as PDF before it is signed, ร่าง across each page: how it would read now.

A school's report and a term's summary are drawn while their reader waits; the book of a year is
made in the background, for all who ask together.
"""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, HttpResponse
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
from reports.papers.filled_forms import DRAFT_WORD
from reports.queries import report_figures
from reports.rendering import report_pdf
from schools.access import Permission, require
from schools.core.file_responses import bytes_response, file_response
from schools.core.http import SignedInRequest
from schools.core.task_queue import is_task_queued
from schools.models import AcademicYear, Cluster, Term
from supervision.rounds.models import Round

DRAFT_KEPT_FOR = timedelta(days=30)
# What a draft is of; only a summary has a second number, the key of its cluster.
DRAFT_ADDRESS = (
    r"^reports/drafts/(?!(?:term|year)/\d+-)"
    r"(?P<kind>term|summary|year)/(?P<target>\d{1,9}(?:-\d{1,9})?)/"
)
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


# --- A year's book, in the background ---


@transaction.atomic
def start_draft(year: AcademicYear) -> BookJob:
    """Make the draft anew, unless that is under way: who asks meanwhile gets the same."""
    AcademicYear.objects.select_for_update().get(pk=year.pk)
    job, _ = BookJob.objects.get_or_create(academic_year=year)
    if not is_draft_under_way(job):
        restart_job(job)
        transaction.on_commit(lambda: make_draft.enqueue(job.pk))
    return job


def is_draft_under_way(job: BookJob) -> bool:
    """Whether a worker is at it or will be; none is when the task ended without a word."""
    return job.is_active and is_task_queued(make_draft, job.pk)


@task()
def make_draft(job_id: int) -> None:
    """Draw the draft as the figures are at this moment, and keep its file with the job."""
    job = BookJob.objects.select_related("academic_year__area").get(pk=job_id)

    def make(progress: BookProgress) -> None:
        document = IssuedDocument(kind=DocumentKind.YEAR, academic_year=job.academic_year)
        snapshot = draft_snapshot(unsigned_document(document))
        content = report_pdf(snapshot, progress, watermark=DRAFT_WORD)
        job.file.save("draft.pdf", ContentFile(content), save=False)
        BookJob.objects.filter(pk=job.pk).update(file=job.file.name)

    run_job(job, make)


def purge_drafts() -> int:
    """Let go of the files of drafts that are old; return how many."""
    old = BookJob.objects.filter(done_at__lt=timezone.now() - DRAFT_KEPT_FOR).exclude(file="")
    return old.update(file="")


# --- Views ---


def report_draft(request: SignedInRequest, kind: str, target: str) -> HttpResponse:
    """The draft of a school's report or of a summary, or how far that of a year is.

    `target` is a year, the key of a round, or that of a term, with the key of a cluster after a
    hyphen (12-3) where the summary is of one.
    """
    if kind == DocumentKind.YEAR:
        return _year_draft(request, _draft_year(request, int(target)))
    document = draft_document(request, kind, target)
    content = report_pdf(draft_snapshot(document), watermark=DRAFT_WORD)
    return bytes_response(content, f"{DRAFT_WORD} {document}.pdf")


def draft_document(request: SignedInRequest, kind: str, target: str) -> IssuedDocument:
    """What would be signed, for who may see how it would read."""
    return unsigned_document(_document_on(request, kind, target))


def _document_on(request: SignedInRequest, kind: str, target: str) -> IssuedDocument:
    if kind == DocumentKind.YEAR:
        return IssuedDocument(kind=kind, academic_year=_draft_year(request, int(target)))
    if kind == DocumentKind.TERM:
        rows = Round.objects.visible_to(request.user).select_related("school__area", "term")
        document = IssuedDocument(kind=kind, round=get_object_or_404(rows, pk=target))
        require(request.user, Permission.VIEW_REPORTS)
        return document
    require(request.user, Permission.VIEW_REPORTS)
    term, _, cluster = target.partition("-")
    return IssuedDocument(
        kind=kind,
        term=get_object_or_404(Term.objects.select_related("academic_year__area"), pk=term),
        cluster=get_object_or_404(Cluster, pk=cluster) if cluster else None,
    )


def _draft_year(request: SignedInRequest, year: int) -> AcademicYear:
    require(request.user, Permission.VIEW_REPORTS)
    return get_object_or_404(AcademicYear.objects.select_related("area"), year=year)


def _year_draft(request: SignedInRequest, year: AcademicYear) -> HttpResponse:
    """A page, of which a page that shows the draft too asks for the state alone."""
    job = BookJob.objects.filter(academic_year=year).first() or BookJob(academic_year=year)
    context = {"year": year, "job": job, "under_way": bool(job.pk) and is_draft_under_way(job)}
    if request.htmx and not request.htmx.boosted:
        return render(request, "reports/draft_state.html", context)
    return render(request, "reports/draft.html", context)


def report_draft_start(request: SignedInRequest, year: int) -> HttpResponse:
    """Begin, or come to what another began; without a form, only come."""
    academic_year = _draft_year(request, year)
    if request.method == "POST":
        start_draft(academic_year)
    return _to_draft(academic_year)


def report_draft_cancel(request: SignedInRequest, year: int) -> HttpResponse:
    """End the work; the parts that are drawn stay for the next time."""
    academic_year = _draft_year(request, year)
    job = get_object_or_404(BookJob, academic_year=academic_year)
    if request.method == "POST":
        cancel_job(job)
    return _to_draft(academic_year)


def report_draft_file(request: SignedInRequest, year: int) -> FileResponse:
    """The draft that was made last."""
    academic_year = _draft_year(request, year)
    job = get_object_or_404(BookJob.objects.exclude(file=""), academic_year=academic_year)
    return file_response(job.file, f"{DRAFT_WORD} รายงานประจำปีการศึกษา {academic_year}.pdf")


def _to_draft(year: AcademicYear) -> HttpResponse:
    return redirect("report_draft", kind=DocumentKind.YEAR, target=str(year.year))
