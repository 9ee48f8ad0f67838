"""Draw parts of the books of closed years, so that they are there when asked for. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.book.ahead import draw_ahead


class Command(BaseCommand):
    """Safe while the portal runs; what is drawn already is not drawn again."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Drawn: {draw_ahead()} parts of books")
