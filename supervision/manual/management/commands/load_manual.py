"""Load what the manual gives: office, schools, calendar, standards of work, scales, indicators."""

from typing import Any

from django.core.management.base import BaseCommand

from supervision.manual.loading import load_manual


class Command(BaseCommand):
    """Safe to repeat: it makes what is missing and never changes what is there."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        load_manual()
        self.stdout.write("ข้อมูลตามคู่มือพร้อมใช้")
