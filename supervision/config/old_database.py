"""The database of a version before 0.4, whose tables had other names and cannot be migrated."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Up to 0.3 all packages of `supervision` were one app of that name.
OLD_MIGRATION = "SELECT 1 FROM django_migrations WHERE app = 'supervision' LIMIT 1"


def is_of_before(file: Path) -> bool:
    """Whether the SQLite file holds migrations of a version before 0.4."""
    if not file.exists():
        return False
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        try:
            return database.execute(OLD_MIGRATION).fetchone() is not None
        except sqlite3.OperationalError:  # no such table: an empty file
            return False


def check_database_version(databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """A system check that `migrate` runs first: it refuses a database of a version before 0.4."""
    return [
        Error(
            "This database was made by a version before 0.4 and cannot be migrated.",
            hint="Set DATABASE_URL to an empty database, or stay with version 0.3.",
            id="nithet.E001",
        )
        for alias in databases or ()
        if _has_app_of_before(connections[alias])
    ]


def _has_app_of_before(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute(OLD_MIGRATION)
        return cursor.fetchone() is not None


def set_aside(file: Path, media: Path) -> Path:
    """Move the SQLite file and the uploads to a free name beside them; returns that folder."""
    number = 1
    while (folder := file.parent / f"before-0.4-{number}").exists():
        number += 1
    folder.mkdir()
    for path in (*file.parent.glob(f"{file.name}*"), media):
        if path.exists():
            path.rename(folder / path.name)
    return folder
