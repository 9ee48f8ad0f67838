"""Old things go, and only they."""

import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from schools.enums import ImportState
from schools.models import Import
from supervision.operations.models import Job, JobRun
from tests.sample_files import stored_files

pytestmark = pytest.mark.django_db


def create_file_aged(name: str, *, days: float) -> None:
    from django.conf import settings

    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    _age(path, days)


def _age(path: Path, days: float) -> None:
    then = time.time() - days * 86400
    os.utime(path, (then, then))


@pytest.fixture
def import_(clerk):
    row = Import(kind="schools", state=ImportState.REFUSED, by=clerk, at=timezone.now())
    row.file.save("table", ContentFile(b"x"))
    _age(Path(row.file.path), 3)
    return row


def purge() -> None:
    call_command("purge", stdout=StringIO())


def test_files_without_a_row_go_and_named_or_young_ones_stay(import_):
    create_file_aged("evidence/2026/01/orphan.jpg", days=3)
    create_file_aged("evidence/2026/01/young.jpg", days=0.5)
    create_file_aged("signed/2026/01/half.pdf.0a1b.part", days=3)
    create_file_aged("signed/2026/01/writing.pdf.0a1b.part", days=0)
    purge()
    assert stored_files() == {
        import_.file.name,
        "evidence/2026/01/young.jpg",
        "signed/2026/01/writing.pdf.0a1b.part",
    }


def test_a_table_goes_after_a_month(import_, django_capture_on_commit_callbacks):
    Import.objects.update(at=timezone.now() - timedelta(days=40))
    with django_capture_on_commit_callbacks(execute=True):
        purge()
    assert stored_files() == set()


def test_ended_sessions_go():
    for name, days in (("ended", -1), ("open", 1)):
        until = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=name, session_data="", expire_date=until)
    purge()
    assert [session.pk for session in Session.objects.all()] == ["open"]


def test_the_run_is_noted():
    purge()
    assert JobRun.objects.filter(job=Job.PURGE).exists()
