"""What nobody needs any more: orphaned or half-written files, ended sessions, old lines."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from schools.core.registry import Registry
from schools.core.storage import PART_SUFFIX
from schools.imports.actions import delete_old_import_files
from schools.models import UnsavedPost
from schools.people.access_log import purge_access_log
from schools.sign_in.limits import purge_sign_in_tries
from supervision.operations.media_files import media_name, referenced_files, stored_files
from supervision.operations.models import Job, record_run

# A file is written a moment before its row is committed; nothing so young is touched.
MIN_AGE = timedelta(days=1)

purges: Registry[str, tuple[str, Callable[[], int]]] = Registry("what else is deleted")
"""By name: what a higher app calls the things, and a function that deletes and counts them."""


def purge() -> dict[str, int]:
    """Delete it all; return how many of each kind."""
    delete_old_import_files()
    # Before the files are looked through: what they let go of is then orphaned.
    counts = {name: delete() for name, delete in purges}
    files = list(orphaned_files())
    for path in files:
        path.unlink(missing_ok=True)
    now = timezone.now()
    counts |= {
        "files": len(files),
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "access log lines": purge_access_log(timezone.localdate()),
        "sign-in tries": purge_sign_in_tries(),
        "unsaved posts": UnsavedPost.objects.expired().delete()[0],
    }
    record_run(Job.PURGE)
    return counts


def orphaned_files() -> Iterator[Path]:
    """Files of yesterday or older that no row points to, and those that were never finished."""
    # Listed before the rows are asked: what comes meanwhile is not on the list.
    old = [path for path in stored_files() if _is_old(path)]
    named = referenced_files()
    yield from (path for path in old if media_name(path) not in named)
    parts = Path(settings.MEDIA_ROOT).rglob(f"*{PART_SUFFIX}")
    yield from (path for path in parts if _is_old(path))


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > MIN_AGE.total_seconds()
    except FileNotFoundError:
        return False
