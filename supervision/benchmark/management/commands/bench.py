"""Measure the portal's budgets on a database made for it and thrown away afterwards.

SQLite in a temporary folder, or the server of DATABASE_URL (a database of its own there):
`python -m tests.postgres python manage.py bench` measures a PostgreSQL started for it.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from supervision.benchmark import measure
from supervision.benchmark.answers import measure_answer_saving
from supervision.benchmark.book import measure_book
from supervision.benchmark.data import BenchmarkData, build_benchmark_data
from supervision.benchmark.drive_pages import measure_drive
from supervision.benchmark.imports import measure_imports
from supervision.benchmark.measurements import Measurement
from supervision.benchmark.memory import measure_memory
from supervision.benchmark.overview_pages import measure_overview
from supervision.config.wsgi import freeze_gc

BENCHMARK_DATABASE = "nithet_bench"
RESULT_SIGNS = {True: "✓", False: "✗", None: "·"}


class Command(BaseCommand):
    """Numbers against budgets; it never opens the demonstration's or an office's database."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schools", type=int, default=130)
        parser.add_argument("--years", type=int, default=5)
        parser.add_argument("--seconds", type=float, default=5, help="of submitting, each way")
        parser.add_argument("--book", action="store_true", help="the year-end book alone")

    def handle(
        self, *, schools: int, years: int, seconds: float, book: bool, **options: Any
    ) -> None:
        with temporary_database():
            start = time.perf_counter()
            data = build_benchmark_data(schools, years)
            update_statistics()
            self.stdout.write(
                f"{connection.vendor} · {schools} โรงเรียน × {years} ปี · "
                f"สร้างข้อมูล {time.perf_counter() - start:.0f} วินาที"
            )
            freeze_gc()
            if book:
                self.show(measure_book())
            else:
                self.show_all(data, schools, years, seconds)

    def show_all(self, data: BenchmarkData, schools: int, years: int, seconds: float) -> None:
        self.show(measure.measure_pages(data))
        self.show(measure_overview(data, schools, years))
        self.show(measure_drive(data))
        self.show(measure.measure_first_page())
        self.show(measure_memory(data))
        self.show(measure_answer_saving(data, seconds))
        self.show(measure_imports(data))

    def show(self, lines: Iterator[Measurement]) -> None:
        for line in lines:
            what = f"{RESULT_SIGNS[line.is_within_budget]} {line.what}"
            self.stdout.write(f"{what:<42} {line.number:<24} {line.budget}")


def update_statistics() -> None:
    """As a server does by itself soon after rows came in; until then it plans as for no rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def temporary_database() -> Iterator[None]:
    """Django's own way to make a throw-away database, on the server that the settings name."""
    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="nithet-bench-") as folder:
        own = connection.settings_dict["TEST"]
        on_sqlite = connection.vendor == "sqlite"
        own["NAME"] = str(Path(folder) / "bench.sqlite3") if on_sqlite else BENCHMARK_DATABASE
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)
