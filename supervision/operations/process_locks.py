"""Which processes of the portal run on this machine, known by locks that end with the process."""

import fcntl
from typing import IO

from django.conf import settings


class PortalInUse(Exception):
    """Another process of the portal holds what this one needs. `str()` says what."""


def lock_while_running() -> IO[str]:
    """Keep a restore from beginning while the caller keeps the file. Raises PortalInUse during
    one."""
    return _lock(
        "portal.lock", fcntl.LOCK_SH, "a restore is under way; start again when it is done"
    )


def lock_exclusively() -> IO[str]:
    """Keep the portal from starting while the caller keeps the file. Raises PortalInUse if it
    runs."""
    return _lock("portal.lock", fcntl.LOCK_EX, "the portal is running; stop it first")


def lock_worker() -> IO[str]:
    """Wait until the folder's former worker has ended; one works at a time."""
    file = open(settings.VAR / "worker.lock", "a")  # noqa: SIM115  kept open to keep the lock
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _lock(name: str, kind: int, otherwise: str) -> IO[str]:
    file = open(settings.VAR / name, "a")  # noqa: SIM115  kept open to keep the lock
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        file.close()
        raise PortalInUse(otherwise) from problem
    return file
