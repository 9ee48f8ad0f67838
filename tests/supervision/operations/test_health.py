"""The administrator and monitors learn how the portal is."""

from collections import namedtuple
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from supervision.operations import health
from supervision.operations.models import Job, JobRun, record_run

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def all_well(db):
    for job in Job:
        record_run(job)


def ago(job: Job, **span) -> None:
    JobRun.objects.filter(job=job).update(done_at=timezone.now() - timedelta(**span))


def asked() -> tuple[int, dict]:
    response = Client().get("/health/")
    return response.status_code, response.json()


def test_a_portal_that_is_well_says_so_to_everybody(all_well):
    status, content = asked()
    assert (status, content["status"]) == (200, "ok")
    assert set(content["checks"]) == {"database", "disk", "worker", "queue", "backup", "mail"}


def test_a_silent_worker_is_a_failure(all_well):
    ago(Job.WORKER, minutes=5)
    status, content = asked()
    assert (status, content["checks"]["worker"]) == (503, "failed")


@pytest.mark.parametrize("job", [Job.BACKUP, Job.MAIL])
def test_a_daily_job_that_was_missed_is_a_warning(all_well, job):
    ago(job, days=2)
    status, content = asked()
    assert (status, content["status"], content["checks"][job]) == (200, "warning", "warning")


def test_mail_that_nobody_set_up_is_no_problem(all_well, settings):
    settings.MAIL_IS_SET_UP = False
    ago(Job.MAIL, days=2)
    assert asked()[1]["status"] == "ok"


@pytest.mark.parametrize(("free", "said"), [(1024**3, "warning"), (100 * 1024**2, "failed")])
def test_a_disk_that_runs_full_is_told(all_well, monkeypatch, free, said):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: Usage(10 * 1024**3, 0, free))
    assert asked()[1]["checks"]["disk"] == said


def test_the_page_says_what_to_do(login, administrator, all_well):
    ago(Job.BACKUP, days=3)
    page = login(administrator).get(reverse("system_health")).content.decode()
    assert "ควรตรวจสอบ" in page
    assert "3 วันที่แล้ว" in page
    assert "manage.py backup" in page


def test_the_administrator_is_asked_on_their_home(login, administrator, all_well, settings):
    settings.PRODUCTION = True
    client = login(administrator)
    assert "ตรวจสอบสถานะระบบ" not in client.get("/todos/").content.decode()
    ago(Job.BACKUP, days=3)
    assert "ตรวจสอบสถานะระบบ 1 เรื่อง" in client.get("/todos/").content.decode()


def test_nobody_else_is_asked(login, clerk, group_director, all_well, settings):
    settings.PRODUCTION = True
    ago(Job.BACKUP, days=3)
    for person in (clerk, group_director):
        assert "ตรวจสอบสถานะระบบ" not in login(person).get("/todos/").content.decode()
