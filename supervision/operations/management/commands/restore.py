"""Put a backup in the place of the database and all files; the portal must be stopped."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from supervision.operations.backup import DamagedBackup
from supervision.operations.databases import DatabaseCopyError
from supervision.operations.process_locks import PortalInUse
from supervision.operations.restore import RestoreInterrupted, restore_backup


class Command(BaseCommand):
    """What was there before stays in a folder `replaced-…` of NITHET_VAR until it is deleted."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="made by the command backup")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            manifest, aside = restore_backup(file)
        except (
            RestoreInterrupted,
            DamagedBackup,
            PortalInUse,
            DatabaseCopyError,
            DatabaseError,
            OSError,
        ) as problem:
            raise CommandError(f"Not restored: {problem}") from problem
        self.stdout.write(
            f"Restored and checked: the state of {manifest.made_at}, "
            f"{sum(manifest.rows.values())} rows, {len(manifest.files) - 1} files.\n"
            f"What was there before is in {aside}.\n"
            "Before you start the portal again run: make update"
        )
