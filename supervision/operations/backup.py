"""One file with everything an office would miss: the database and the files that it names.

A tar archive: the database's copy, the media folder, and last `manifest.json` with the size and
SHA-256 of each member and the number of rows of each table.
"""

import hashlib
import io
import json
import os
import tarfile
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.conf import settings
from django.db import connection
from django.utils import timezone

from schools.core.storage import PART_SUFFIX
from supervision.operations.databases import RowCounts, copy_database
from supervision.operations.media_files import media_name, referenced_files, stored_files
from supervision.operations.models import Job, record_run

FORMAT = 1
DIGEST_BLOCK = 2**18  # bytes
MANIFEST = "manifest.json"
CHUNK_SIZE = 1024**2


class DamagedBackup(Exception):
    """The file is no whole backup. `str()` says what is wrong with it."""


@dataclass
class Manifest:
    """What a backup holds; `missing` are files that rows name but that were not there."""

    vendor: str
    version: str
    made_at: str
    rows: RowCounts
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT


class HashedReader:
    """Reads a file once, for the archive and for its digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = CHUNK_SIZE) -> bytes:
        chunk = self.file.read(size)
        self.digest.update(chunk)
        return chunk


def portal_version() -> str:
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


def new_backup_path(folder: Path) -> Path:
    return folder / f"nithet-{timezone.localtime():%Y%m%d-%H%M%S}.tar"


def create_backup(target: Path) -> Manifest:
    """Write and check the backup; the target is there whole or not at all.

    The portal may run meanwhile. Files are added after the database was copied, so that none
    that it names is too young to be in. Raises DatabaseCopyError, Damaged, OSError.
    """
    part = target.with_name(target.name + PART_SUFFIX)
    try:
        with TemporaryDirectory(prefix="database-", dir=target.parent) as folder:
            named = referenced_files()
            copy, rows = copy_database(Path(folder))
            now = timezone.localtime().isoformat(timespec="seconds")
            manifest = Manifest(connection.vendor, portal_version(), now, rows)
            _write(part, copy, manifest, named)
        verify_backup(part)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    record_run(Job.BACKUP)
    return manifest


def _write(part: Path, copy: Path, manifest: Manifest, named: set[str]) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            _add(archive, copy, copy.name, manifest)
            for path in stored_files():
                _add(archive, path, f"media/{media_name(path)}", manifest)
            manifest.missing = sorted(n for n in named if f"media/{n}" not in manifest.files)
            content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
            member = tarfile.TarInfo(MANIFEST)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        file.flush()
        os.fsync(file.fileno())


def _add(archive: tarfile.TarFile, path: Path, name: str, manifest: Manifest) -> None:
    """A file that was removed since it was listed is left out."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        member = archive.gettarinfo(arcname=name, fileobj=file)
        reader = HashedReader(file)
        archive.addfile(member, reader)
    manifest.files[name] = (member.size, reader.digest.hexdigest())


def verify_backup(path: Path) -> Manifest:
    """Read all of a backup against its manifest. Raises Damaged."""
    try:
        with tarfile.open(path, "r:") as archive:
            found = {member.name: member for member in archive.getmembers()}
            manifest = _manifest_of(archive, found)
            for name, (size, digest) in manifest.files.items():
                if name not in found or found[name].size != size:
                    raise DamagedBackup(f"{name} is not in it whole")
                if _digest(_read(archive, found[name])) != digest:
                    raise DamagedBackup(f"{name} is not as it was when the backup was made")
    except (tarfile.TarError, EOFError) as problem:
        raise DamagedBackup(f"it cannot be read: {problem}") from problem
    return manifest


def _manifest_of(archive: tarfile.TarFile, found: dict[str, tarfile.TarInfo]) -> Manifest:
    if MANIFEST not in found:
        raise DamagedBackup("it has no manifest: it is not of this portal, or was cut off")
    content = json.loads(_read(archive, found[MANIFEST]).read())
    if content.get("format") != FORMAT:
        raise DamagedBackup("it is of a newer version of the portal")
    return Manifest(**content)


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """Raises DamagedBackup when the member is no file."""
    file = archive.extractfile(member)
    if file is None:
        raise DamagedBackup(f"{member.name} is no file")
    return file


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(DIGEST_BLOCK):
        digest.update(block)
    return digest.hexdigest()
