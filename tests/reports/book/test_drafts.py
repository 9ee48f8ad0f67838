"""The draft of a report as PDF: asked for, made once for all, left, cancelled, resumed."""

import io

import pypdfium2
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reports import actions, drafts
from reports.book.enums import BookJobState
from reports.book.jobs import BookJobCancelled, BookJobProgress, cancel_job, restart_job, run_job
from reports.book.models import BookJob
from reports.models import IssuedDocument
from reports.rendering import RenderProgress, render_document, render_progress
from schools.core.errors import ActionRefused


def draft_address(kind: str, target: object) -> str:
    return reverse("report_draft", args=[kind, str(target)])


def year_address(name: str, year) -> str:
    return reverse(name, args=["year", str(year.year)])


@pytest.fixture
def job(year):
    return BookJob.objects.create(academic_year=year)


@pytest.fixture
def no_worker(settings):
    """Tasks wait in the database, as they do until a worker takes them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def text_of(response) -> str:
    return response.content.decode()


def pages_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return [page.get_textpage().get_text_range() for page in document]


# --- Drawn at once ---


def test_a_school_report_is_drawn_before_it_is_signed(login, supervisor, agreed):
    response = login(supervisor).get(draft_address("term", agreed.pk))
    assert response["Content-Type"] == "application/pdf"
    pages = pages_of(response.content)
    assert all("ร่าง" in page for page in pages)
    assert "ตรวจสอบเอกสารด้วยรหัส" not in "".join(pages)


def test_the_draft_of_what_waits_for_its_signature_has_its_number(login, area_director, prepared):
    response = login(area_director).get(draft_address("term", prepared.round_id))
    assert "เลขที่ ๑/๒๕๖๙" in pages_of(response.content)[0]
    page = text_of(login(area_director).get(prepared.get_absolute_url()))
    assert draft_address("term", prepared.round_id) in page


@pytest.mark.parametrize(
    ("kind", "target"), [("year", 2400), ("term", 0), ("summary", 0), ("summary", "0-0")]
)
def test_there_is_no_draft_of_what_is_not_there(login, group_director, kind, target, db):
    assert login(group_director).get(draft_address(kind, target)).status_code == 404


# --- A year's book ---


@pytest.mark.db_agnostic
def test_a_year_is_made_in_the_background_and_kept(
    login, group_director, year, django_capture_on_commit_callbacks
):
    client = login(group_director)
    page = client.get(draft_address("year", year.year))
    assert "จัดทำตัวอย่าง PDF" in text_of(page)
    assert client.get(year_address("report_draft_file", year)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(year_address("report_draft_start", year))
    assert response.url == draft_address("year", year.year)
    assert "เปิดตัวอย่าง PDF" in text_of(client.get(response.url))
    content = client.get(year_address("report_draft_file", year)).getvalue()
    assert all("ร่าง" in page for page in pages_of(content))
    job = BookJob.objects.get()
    assert job.state == BookJobState.DONE
    assert job.drawn == job.to_draw == job.parts


@pytest.mark.db_agnostic
def test_a_summary_is_made_for_the_area_and_for_a_cluster(
    login, group_director, agreed, django_capture_on_commit_callbacks
):
    client, cluster = login(group_director), agreed.school.memberships.get().cluster
    for target in (str(agreed.term_id), f"{agreed.term_id}-{cluster.pk}"):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("report_draft_start", args=["summary", target]))
        assert "เปิดตัวอย่าง PDF" in text_of(client.get(draft_address("summary", target)))
        file = client.get(reverse("report_draft_file", args=["summary", target]))
        pages = pages_of(file.getvalue())
        assert all("ร่าง" in page for page in pages)
        assert "ตรวจสอบเอกสารด้วยรหัส" not in "".join(pages)
    assert cluster.name in "".join(pages)
    assert BookJob.objects.count() == 2


def test_a_school_report_is_never_in_the_background(login, group_director, agreed):
    for name in ("report_draft_start", "report_draft_cancel", "report_draft_file"):
        url = reverse(name, args=["term", str(agreed.pk)])
        assert login(group_director).post(url).status_code == 404


def test_the_page_that_prepares_leads_to_the_draft(login, group_director, year):
    page = text_of(login(group_director).get(reverse("year_report", args=[year.year])))
    assert draft_address("year", year.year) in page


def test_two_who_ask_get_one_job(
    login, group_director, area_director, year, no_worker, django_capture_on_commit_callbacks
):
    for person in (group_director, area_director):
        with django_capture_on_commit_callbacks(execute=True):
            login(person).post(year_address("report_draft_start", year))
    assert DBTaskResult.objects.count() == 1
    assert BookJob.objects.get().attempt == 1
    page = text_of(login(area_director).get(draft_address("year", year.year)))
    assert "กำลังจัดทำตัวอย่าง PDF" in page
    assert "รอเริ่มจัดทำ" in page


def test_the_page_says_how_many_parts_are_done(
    login, group_director, year, no_worker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        login(group_director).post(year_address("report_draft_start", year))
    BookJob.objects.update(state=BookJobState.DRAWING, parts=121, to_draw=3, drawn=1)
    address = draft_address("year", year.year)
    part = text_of(login(group_director).get(address, headers={"HX-Request": "true"}))
    assert '<progress class="meter" max="3" value="1"' in part
    assert "จัดทำส่วนที่เปลี่ยนแล้ว 1 จาก 3 ส่วน (ทั้งเล่ม 121 ส่วน" in " ".join(part.split())
    assert "<html" not in part


def test_who_cancels_ends_it_for_all_and_may_begin_anew(
    login, group_director, year, no_worker, django_capture_on_commit_callbacks
):
    client = login(group_director)
    start, cancel = (
        year_address(name, year) for name in ("report_draft_start", "report_draft_cancel")
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(start)
    job = BookJob.objects.get()
    progress = BookJobProgress(job)
    progress.begin(parts=9, to_draw=9)
    client.post(cancel)
    with pytest.raises(BookJobCancelled):
        progress.drawn(1)
    assert "ยกเลิกการจัดทำแล้ว" in text_of(client.get(draft_address("year", year.year)))
    assert client.post(cancel).status_code == 409
    client.post(start)
    with pytest.raises(BookJobCancelled):  # the attempt of before does not wake again
        progress.drawn(2)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (BookJobState.WAITING, 2)


def test_a_job_that_was_cancelled_before_a_worker_took_it_is_not_done(job):
    restart_job(job)
    cancel_job(job)
    job.refresh_from_db()
    drafts.make_draft.call(job.pk)
    job.refresh_from_db()
    assert job.state == BookJobState.CANCELLED
    assert not job.file


def test_a_job_of_a_killed_worker_goes_on(job):
    """The task is taken up again and finds the job as the worker left it."""
    restart_job(job)
    BookJobProgress(job).begin(parts=9, to_draw=9)
    job.refresh_from_db()
    made = []
    run_job(job, made.append)
    assert made
    job.refresh_from_db()
    assert (job.state, job.attempt) == (BookJobState.DONE, 2)


def test_a_failure_is_said_and_is_in_the_log_of_tasks(login, group_director, job, year):
    def fail(progress) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run_job(job, fail)
    page = text_of(login(group_director).get(draft_address("year", year.year)))
    assert "จัดทำตัวอย่าง PDF ไม่สำเร็จ" in page


def test_a_job_that_nobody_works_on_any_more_has_failed(login, group_director, job, year):
    restart_job(job)
    page = text_of(login(group_director).get(draft_address("year", year.year)))
    assert "จัดทำตัวอย่าง PDF ไม่สำเร็จ" in page


def test_what_asks_without_a_form_changes_nothing(login, group_director, job, year):
    for name in ("report_draft_start", "report_draft_cancel"):
        response = login(group_director).get(year_address(name, year))
        assert response.url == draft_address("year", year.year)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (BookJobState.WAITING, 0)


def test_old_drafts_are_let_go_of(job):
    BookJob.objects.update(
        file="drafts/old.pdf", done_at=timezone.now() - drafts.DRAFT_KEPT_FOR * 2
    )
    call_command("purge")
    job.refresh_from_db()
    assert not job.file


# --- The book of an issued report ---


@pytest.fixture
def signed(year_prepared, area_director, no_worker, django_capture_on_commit_callbacks):
    """Issued, and no worker has taken the book up yet."""
    with django_capture_on_commit_callbacks(execute=True):
        actions.issue_report(year_prepared, by=area_director)
    return IssuedDocument.objects.get(pk=year_prepared.pk)


def test_the_book_of_an_issued_report_shows_its_progress(login, area_director, signed):
    assert render_progress(signed) == RenderProgress.RENDERING
    BookJob.objects.update(state=BookJobState.DRAWING, parts=12, to_draw=12, drawn=5)
    page = text_of(login(area_director).get(signed.get_absolute_url()))
    assert "จัดทำแล้ว 5 จาก 12 ส่วน" in page


def test_the_area_director_cancels_and_goes_on(login, area_director, group_director, signed):
    cancel = reverse("report_render_cancel", args=[signed.pk])
    assert login(group_director).post(cancel).status_code == 403
    client = login(area_director)
    client.post(cancel)
    assert render_progress(signed) == RenderProgress.CANCELLED
    assert "จัดทำเอกสารต่อ" in text_of(client.get(signed.get_absolute_url()))
    render_document.call(signed.pk)  # what still waited in the queue
    assert not IssuedDocument.objects.get(pk=signed.pk).file
    assert client.post(cancel).status_code == 409
    client.post(reverse("report_render", args=[signed.pk]))
    assert BookJob.objects.get().state == BookJobState.WAITING


def test_a_report_that_is_drawn_at_once_is_not_cancelled(issued):
    with pytest.raises(ActionRefused):
        actions.cancel_rendering(issued)
