"""Do the portal's background work: papers, books, imports. One worker a folder."""

from django.core.management.base import BaseCommand, CommandError

from supervision.operations.running import InUse, hold_while_running
from supervision.operations.worker import work


class Command(BaseCommand):
    """Ends on SIGTERM or Ctrl-C, after the task it is at."""

    help = __doc__

    def handle(self, **options) -> None:
        try:
            with hold_while_running():
                work()
        except InUse as problem:
            raise CommandError(str(problem)) from problem
