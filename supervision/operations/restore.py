"""Put a backup in the place of the database and the files; what was there is kept aside."""

import shutil
import tarfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from supervision.operations.backup import DamagedBackup, Manifest, verify_backup
from supervision.operations.databases import (
    COPY_NAMES,
    DatabaseCopyError,
    check_database,
    refuse_other_connections,
    replace_database,
)
from supervision.operations.process_locks import lock_exclusively


class RestoreInterrupted(Exception):
    """The restore failed on its way. `str()` says why, and where the former state is."""


def restore_backup(path: Path) -> tuple[Manifest, Path]:
    """Return what was restored, and the folder with what was there before.

    Nothing is touched before the backup is known to be whole and nobody uses the portal.
    Raises PortalInUse, Damaged, DatabaseCopyError, OSError, and RestoreInterrupted after that.
    """
    with lock_exclusively():
        manifest = verify_backup(path)
        if manifest.vendor != connection.vendor:
            raise DamagedBackup(
                f"it is of a {manifest.vendor} database, but DATABASE_URL names {connection.vendor}"
            )
        refuse_other_connections()
        aside = settings.VAR / f"replaced-{timezone.localtime():%Y%m%d-%H%M%S}"
        aside.mkdir(mode=0o700)
        try:
            replace_database_and_media(path, manifest, aside)
        except (DatabaseCopyError, OSError) as problem:
            raise RestoreInterrupted(f"{problem}; what was there before is in {aside}") from problem
    return manifest, aside


def replace_database_and_media(path: Path, manifest: Manifest, aside: Path) -> None:
    staged = unpack_backup(path, aside / "unpacked")
    replace_database(staged / COPY_NAMES[manifest.vendor], aside)
    replace_media(staged / "media", aside)
    shutil.rmtree(staged)
    check_database(manifest.rows)


def unpack_backup(path: Path, folder: Path) -> Path:
    with tarfile.open(path, "r:") as archive:
        archive.extractall(folder, filter="data")
    return folder


def replace_media(staged: Path, aside: Path) -> None:
    media = Path(settings.MEDIA_ROOT)
    if media.exists():
        shutil.move(media, aside / "media")
    staged.mkdir(exist_ok=True)
    shutil.move(staged, media)
