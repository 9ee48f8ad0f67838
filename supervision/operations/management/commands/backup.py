"""Write the database and all files into one checked backup; the portal may run meanwhile."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from supervision.operations.backup import DamagedBackup, create_backup, new_backup_path
from supervision.operations.databases import DatabaseCopyError


class Command(BaseCommand):
    """In a folder each backup is a new file named after its moment; `--keep` bounds them."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("destination", type=Path, help="a folder, or the name of a new file")
        parser.add_argument("--keep", type=int, help="in a folder: delete all but the newest N")

    def handle(self, *, destination: Path, keep: int | None, **options: Any) -> None:
        target = new_backup_path(destination) if destination.is_dir() else destination
        if target.exists() or not target.parent.is_dir():
            raise CommandError(f"{target} exists already, or its folder does not")
        try:
            manifest = create_backup(target)
        except (DamagedBackup, DatabaseCopyError, DatabaseError, OSError) as problem:
            raise CommandError(f"No backup was made: {problem}") from problem
        rows, files = sum(manifest.rows.values()), len(manifest.files) - 1
        self.stdout.write(f"{target}: {rows} rows, {files} files, checked")
        for name in manifest.missing:
            self.stderr.write(f"The database names a file that is not there: {name}")
        if keep and destination.is_dir():
            delete_older_backups(destination, keep)


def delete_older_backups(folder: Path, keep: int) -> None:
    for path in sorted(folder.glob("nithet-*.tar"))[:-keep]:
        path.unlink()
