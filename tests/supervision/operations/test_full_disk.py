"""A full disk names itself and loses nothing."""

import subprocess
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings
from django.test import Client

from supervision.assessments import actions
from supervision.assessments.queries import sheet_indicators
from tests.sample_files import stored_files
from tests.supervision.assessments.evidence_uploads import photo_upload, post_evidence
from tests.supervision.operations.portal_process import PortalProcess

pytestmark = pytest.mark.db_agnostic

FULL = "พื้นที่จัดเก็บของเครื่องแม่ข่ายเต็ม"
SIGNED_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from schools.models import User
user = User(username="somebody", full_name="ผู้ใช้ตัวอย่าง")
user.set_password("ภูเขาสูงสามลูก-2569")
user.save()
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "schools.sign_in.backends.PortalBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key)
"""


@contextmanager
def small_disk(folder: Path, size: str):
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(file: Path) -> None:
    """By a program that writes until it cannot."""
    subprocess.run(["dd", "if=/dev/zero", f"of={file}", "bs=4k"], capture_output=True, check=False)


@pytest.fixture
def sheet(round_, academic_teacher):
    return actions.start_self_assessment(round_, by=academic_teacher).sheet


def test_a_photo_that_finds_no_room_is_refused_and_leaves_nothing(sheet, academic_teacher):
    indicator = sheet_indicators(sheet)[0]
    client = Client(raise_request_exception=False)
    client.force_login(academic_teacher)
    with small_disk(Path(settings.MEDIA_ROOT), "64k"):
        filler = Path(settings.MEDIA_ROOT) / "filler"
        fill(filler)
        response = post_evidence(client, sheet, academic_teacher, indicator, file=photo_upload())
        assert response.status_code == 507
        assert FULL in response.content.decode()
        assert stored_files() == {"filler"}
        assert not sheet.evidence.exists()
        filler.unlink()
        post_evidence(client, sheet, academic_teacher, indicator, file=photo_upload())
        assert sheet.evidence.count() == 1
        assert all(Path(settings.MEDIA_ROOT, name).stat().st_size for name in stored_files())


def test_with_the_whole_disk_full_pages_are_read_and_sign_in_says_why(prepared, tmp_path):
    if prepared.database_url:
        pytest.skip("the disk of a PostgreSQL server is not ours to fill")
    with small_disk(tmp_path / "disk", "48m"):
        copytree(prepared.var, tmp_path / "disk" / "var")
        portal = PortalProcess(tmp_path / "disk" / "var")
        session = portal.shell(SIGNED_IN)
        portal.log = tmp_path / "portal.log"
        portal.start()
        try:
            portal.wait_for("/accounts/login/", 200)
            fill(tmp_path / "disk" / "filler")
            assert portal.get("/help/", cookie=f"sessionid={session}").status == 200
            refused = portal.sign_in("somebody", "ภูเขาสูงสามลูก-2569")
            assert refused.status == 507
            assert FULL in refused.text
            (tmp_path / "disk" / "filler").unlink()
            assert portal.sign_in("somebody", "ภูเขาสูงสามลูก-2569").status == 302
        finally:
            portal.stop()
