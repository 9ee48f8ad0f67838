"""The portal's database as one file: copied while it is in use, checked, and put back.

SQLite is copied by its own backup function, PostgreSQL by pg_dump from one snapshot.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.conninfo import make_conninfo

SQLITE, POSTGRESQL = "sqlite", "postgresql"
COPY_NAMES = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}
SQLITE_FILE_SUFFIXES = ("", "-wal", "-shm", "-journal")

RowCounts = dict[str, int]


class DatabaseCopyError(Exception):
    """The database could not be copied, put back or found whole. `str()` is one line."""


def copy_database(folder: Path) -> tuple[Path, RowCounts]:
    """Write a checked copy into the folder; return it with how many rows each table has."""
    target = folder / COPY_NAMES[connection.vendor]
    rows = _copy_sqlite(target) if connection.vendor == SQLITE else _copy_postgresql(target)
    return target, rows


def replace_database(copy: Path, aside: Path) -> None:
    """Put the copy in the place of the database, whose present state is kept in `aside`."""
    if connection.vendor == SQLITE:
        _replace_sqlite(copy, aside)
    else:
        _replace_postgresql(copy, aside)


def check_database(expected: RowCounts) -> None:
    """Raises DatabaseCopyError unless the database is whole and has exactly these rows."""
    if connection.vendor == SQLITE:
        with closing(sqlite3.connect(_sqlite_path())) as database:
            found = _checked_sqlite(database)
    else:
        with connection.cursor() as cursor:
            found = {table: _count(cursor, table) for table in _tables()}
    differing = {name for name in found | expected if found.get(name) != expected.get(name)}
    if differing:
        raise DatabaseCopyError(f"rows differ from the backup in: {', '.join(sorted(differing))}")


def refuse_other_connections() -> None:
    """Raises DatabaseCopyError while somebody else is connected to this PostgreSQL database."""
    if connection.vendor == SQLITE:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend'"
            " AND application_name <> current_setting('application_name')"
        )
        (others,) = cursor.fetchone()
    if others:
        raise DatabaseCopyError(f"{others} other connections are open: stop the portal everywhere")


# --- SQLite ---


def _sqlite_path() -> Path:
    return Path(connection.settings_dict["NAME"])


def _copy_sqlite(target: Path) -> RowCounts:
    if not _sqlite_path().exists():
        raise DatabaseCopyError(f"there is no database at {_sqlite_path()}")
    with (
        closing(sqlite3.connect(_sqlite_path())) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # all in one file
        except sqlite3.DatabaseError as problem:
            raise DatabaseCopyError(f"the database could not be copied: {problem}") from problem
        return _checked_sqlite(copy)


def _checked_sqlite(database: sqlite3.Connection) -> RowCounts:
    try:
        ((verdict,), *_) = database.execute("PRAGMA integrity_check").fetchall()
        if verdict != "ok":
            raise DatabaseCopyError(f"the database is damaged: {verdict.splitlines()[0]}")
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in tables
        }
    except sqlite3.DatabaseError as problem:
        raise DatabaseCopyError(f"the database is damaged: {problem}") from problem


def _replace_sqlite(copy: Path, aside: Path) -> None:
    """What is in -wal and -shm belongs to the old file: left there, it ruins the new one."""
    connection.close()
    path = _sqlite_path()
    for ending in SQLITE_FILE_SUFFIXES:
        old = path.with_name(path.name + ending)
        if old.exists():
            shutil.move(old, aside / old.name)
    shutil.move(copy, path)


# --- PostgreSQL ---


def _copy_postgresql(target: Path) -> RowCounts:
    """The counts and the dump are of one snapshot, whoever writes meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        rows = {table: _count(cursor, table) for table in _tables()}
        _run("pg_dump", _to_database(), "--format=custom", f"--snapshot={snapshot}", _file(target))
    _run("pg_restore", "--list", str(target))
    return rows


def _replace_postgresql(copy: Path, aside: Path) -> None:
    """In one transaction: either all of the copy is there afterwards, or all that was."""
    if _tables():
        _copy_postgresql(aside / COPY_NAMES[POSTGRESQL])
    script = copy.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", _file(script), str(copy))
    database = _to_database()
    connection.close()
    _run(
        *("psql", database, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"),
        *("--single-transaction", "--command=DROP SCHEMA public CASCADE"),
        *("--command=CREATE SCHEMA public", _file(script)),
    )


def _tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if not name.startswith("pg_")]


def _count(cursor: CursorWrapper, table: str) -> int:
    table = connection.ops.quote_name(table)
    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  a table's name, quoted
    return cursor.fetchone()[0]


def _file(path: Path) -> str:
    return f"--file={path}"


def _to_database() -> str:
    """Where to connect, without the password: everybody on the machine reads command lines."""
    connection.ensure_connection()
    return f"--dbname={make_conninfo(**connection.connection.info.get_parameters())}"


def _run(program: str, *arguments: str) -> None:
    password = str(connection.settings_dict.get("PASSWORD") or "")
    secret = {"PGPASSWORD": password} if password else {}
    command = [program, *arguments]
    try:
        subprocess.run(command, env=os.environ | secret, check=True, capture_output=True, text=True)
    except FileNotFoundError as missing:
        raise DatabaseCopyError(
            f"{program} is missing: apt-get install postgresql-client"
        ) from missing
    except subprocess.CalledProcessError as failed:
        lines = [line.strip() for line in failed.stderr.splitlines() if line.strip()]
        raise DatabaseCopyError("; ".join(lines[:3])) from failed
