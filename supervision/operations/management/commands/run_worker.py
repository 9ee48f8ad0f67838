"""Do the portal's background work: papers, books, imports. One worker a folder."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supervision.operations.process_locks import PortalInUse, lock_while_running
from supervision.operations.worker import run_worker


class Command(BaseCommand):
    """Ends on SIGTERM or Ctrl-C, after the task it is at."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        try:
            with lock_while_running():
                run_worker()
        except PortalInUse as problem:
            raise CommandError(str(problem)) from problem
