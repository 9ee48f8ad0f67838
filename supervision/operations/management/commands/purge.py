"""Delete what nobody needs any more: orphaned files, ended sessions, old lines. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from supervision.operations.purge import purge


class Command(BaseCommand):
    """Safe while the portal runs."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        deleted = purge()
        self.stdout.write("Deleted: " + ", ".join(f"{n} {what}" for what, n in deleted.items()))
