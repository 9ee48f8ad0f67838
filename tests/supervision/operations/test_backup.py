"""Rehearsals: a running portal is backed up, crashes, and comes back as it was."""

import subprocess
import sys
import tarfile

from django.db import connection

from tests.supervision.operations.portal_process import ROOT

PAGE = "/accounts/login/"
ADD_WITH_FILE = """
from django.core.files.base import ContentFile
from django.utils import timezone
from schools.models import Import, User
user, _ = User.objects.get_or_create(username="clerk", full_name="ธุรการ")
import_ = Import(kind="schools", state="reading", name="{name}", by=user, at=timezone.now())
import_.file.save("x", ContentFile(b"{name}" * 1000))
"""
NAMES = """
from schools.models import Import
for name, file in Import.objects.order_by("pk").values_list("name", "file"):
    from pathlib import Path
    from django.conf import settings
    print(name, (Path(settings.MEDIA_ROOT) / file).read_bytes() == name.encode() * 1000)
"""
FILL = """
from django.contrib.sessions.models import Session
from django.utils import timezone
for start in range(40):
    Session.objects.bulk_create(
        Session(session_key=f"{start}-{n}", session_data="x" * 500, expire_date=timezone.now())
        for n in range(100)
    )
"""


def test_a_crashed_portal_comes_back_as_it_was_backed_up(portal, tmp_path):
    portal.shell(ADD_WITH_FILE.format(name="before"))
    portal.start()
    portal.wait_for(PAGE, 200)
    backup = tmp_path / "backup.tar"
    done = portal.manage("backup", str(backup))
    assert done.returncode == 0, done.stderr
    assert "1 files, checked" in done.stdout
    portal.shell(ADD_WITH_FILE.format(name="after"))
    portal.shell(FILL)

    refused = portal.manage("restore", str(backup))
    assert refused.returncode != 0
    assert "the portal is running; stop it first" in refused.stderr
    assert portal.shell(NAMES).splitlines() == ["before True", "after True"]

    portal.crash()
    restored = portal.manage("restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert portal.shell(NAMES) == "before True"
    (aside,) = portal.var.glob("replaced-*")
    assert len([path for path in (aside / "media").rglob("*") if path.is_file()]) == 2
    if connection.vendor == "sqlite":
        check = "from django.db import connection as c; k = c.cursor(); "
        check += "print(k.execute('PRAGMA integrity_check').fetchone()[0])"
        assert portal.shell(check) == "ok"
    portal.start()
    portal.wait_for(PAGE, 200)


def test_a_damaged_backup_is_refused_and_nothing_is_touched(portal, tmp_path):
    portal.shell(ADD_WITH_FILE.format(name="before"))
    backup = tmp_path / "backup.tar"
    assert portal.manage("backup", str(backup)).stderr == ""
    whole = backup.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole.replace(b"beforebefore", b"Beforebefore", 1)):
        backup.write_bytes(damaged)
        done = portal.manage("restore", str(backup))
        assert done.returncode != 0
        assert len(done.stderr.strip().splitlines()) == 1
        assert done.stderr.startswith("CommandError: Not restored: ")
    assert portal.shell(NAMES) == "before True"
    assert not list(portal.var.glob("replaced-*"))


def test_a_backup_names_files_that_are_missing(portal, tmp_path):
    portal.shell(ADD_WITH_FILE.format(name="before"))
    (file,) = (path for path in (portal.var / "media").rglob("*") if path.is_file())
    file.unlink()
    done = portal.manage("backup", str(tmp_path / "backup.tar"))
    assert done.returncode == 0
    assert f"names a file that is not there: imports/{file.name}" in done.stderr


def test_in_a_folder_the_newest_backups_stay(portal, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in ("20260101-000000", "20260102-000000", "20260103-000000"):
        (folder / f"nithet-{day}.tar").touch()
    assert portal.manage("backup", str(folder), "--keep", "2").returncode == 0
    kept = sorted(path.name for path in folder.iterdir())
    assert kept[0] == "nithet-20260103-000000.tar"
    assert len(kept) == 2
    with tarfile.open(folder / kept[1]) as archive:
        assert "manifest.json" in archive.getnames()
    assert (folder / kept[1]).stat().st_mode & 0o077 == 0


def test_no_half_backup_stays_when_there_is_no_room_for_it(portal, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    command = f"ulimit -f 200; exec {sys.executable} manage.py backup {folder}"
    done = subprocess.run(
        ["bash", "-c", command], env=portal.environ, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "No backup was made" in done.stderr
    assert list(folder.iterdir()) == []
