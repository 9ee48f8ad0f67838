"""Make what the portal needs besides its database: folders, fonts, the demonstration's key."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from supervision.config.old_database import is_of_before, set_aside


class Command(BaseCommand):
    """Safe to repeat; run at set-up, before each start and after each update."""

    help = __doc__
    requires_system_checks = []  # they would miss the folders

    def handle(self, **options: Any) -> None:
        if settings.MODE == "demo":
            self.set_old_demonstration_aside()
        for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT, settings.VAR / "static"):
            folder.mkdir(parents=True, exist_ok=True)
        if settings.MODE == "demo":
            write_secret_key(settings.SECRET_KEY_FILE)
        call_command("build_fonts")
        if settings.PRODUCTION:
            call_command("collectstatic", interactive=False, verbosity=0)

    def set_old_demonstration_aside(self) -> None:
        """A demonstration of a version before 0.4 is kept under another name; a new one begins."""
        database = settings.DATABASES["default"]
        file = Path(database["NAME"])
        if database["ENGINE"] == "django.db.backends.sqlite3" and is_of_before(file):
            folder = set_aside(file, Path(settings.MEDIA_ROOT))
            self.stdout.write(
                f"The demonstration database is of a version before 0.4. It is kept in {folder}; "
                "a new one is made."
            )


def write_secret_key(path: Path) -> None:
    """A secret key that only this user reads; one that is there already stays."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
