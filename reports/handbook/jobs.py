"""Drawing a handbook's parts in the background, where too many are missing to wait for them.

The parts are kept and shared by all handbooks of a year, so no file is stored: the PDF is joined
from them whenever it is opened, and says what the data says then.
"""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django_tasks import task

from reports.book.drawing import FEW_PARTS
from reports.book.jobs import cancel_job, restart_job, run_job
from reports.book.making import BookProgress
from reports.handbook.content import handbook_content
from reports.handbook.making import draw_handbook, missing_handbook_parts
from reports.handbook.models import HandbookJob
from reports.handbook.officers import OfficerYear, officer_in_year, posts_of_officer
from schools.core.http import SignedInRequest
from schools.core.task_queue import is_task_queued
from schools.models import User


@transaction.atomic
def start_handbook(of: OfficerYear) -> None:
    """Draw what is missing, unless that is under way."""
    User.objects.select_for_update().get(pk=of.officer.pk)  # who presses twice gets one job
    job, _ = HandbookJob.objects.get_or_create(officer=of.officer, fiscal_year=of.fiscal_year)
    if not is_handbook_under_way(job):
        restart_job(job)
        transaction.on_commit(lambda: draw_handbook_parts.enqueue(job.pk))


def is_handbook_under_way(job: HandbookJob) -> bool:
    """Whether a worker is at it or will be; none is when the task ended without a word."""
    return job.is_active and is_task_queued(draw_handbook_parts, job.pk)


@task()
def draw_handbook_parts(job_id: int) -> None:
    """Draw what is missing at this moment."""
    job = HandbookJob.objects.select_related("officer").get(pk=job_id)

    def make(progress: BookProgress) -> None:
        of = posts_of_officer(job.officer, job.fiscal_year)
        draw_handbook(handbook_content(of), progress)

    run_job(job, make)


def handbook_start(request: SignedInRequest, year: int, officer: int) -> HttpResponse:
    """Lead to the PDF where it is soon there, else have it drawn and say how far that is."""
    of = officer_in_year(request.user, year, officer)
    if request.method != "POST":
        return redirect("handbook", year, officer)
    if len(missing_handbook_parts(handbook_content(of))) <= FEW_PARTS:
        return redirect("handbook_paper", year, officer)
    start_handbook(of)
    return redirect("handbook", year, officer)


def handbook_cancel(request: SignedInRequest, year: int, officer: int) -> HttpResponse:
    """End the work; the parts that are drawn stay for the next time."""
    of = officer_in_year(request.user, year, officer)
    job = get_object_or_404(HandbookJob, officer=of.officer, fiscal_year=year)
    if request.method == "POST":
        cancel_job(job)
    return redirect("handbook", year, officer)
