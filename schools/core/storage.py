"""Uploaded and issued files on disk: each is there whole or not at all."""

import os
import secrets
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

PART_SUFFIX = ".part"


class AtomicFileStorage(FileSystemStorage):
    """Writes under another name first, so that a full disk or a crash leaves no broken file."""

    def _save(self, name: str, content: File) -> str:
        part = f"{name}.{secrets.token_hex(8)}{PART_SUFFIX}"
        path = Path(self.path(part))
        try:
            super()._save(part, content)  # type: ignore[misc]  # Django documents it, the stubs do not
            with path.open("rb") as file:
                os.fsync(file.fileno())
            return self._give_name(path, name)
        finally:
            path.unlink(missing_ok=True)

    def _give_name(self, path: Path, name: str) -> str:
        """A link, unlike a rename, never replaces the file of somebody who was quicker."""
        while True:
            try:
                os.link(path, self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name
