"""What one machine can measure of the portal's budgets: queries, times and sizes of pages."""

import gzip
import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.models import User
from supervision.assessments import actions as assessments
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.models import AnswerSheet
from supervision.assessments.queries import sheet_indicators
from supervision.benchmark.answers import post_edits
from supervision.benchmark.data import BenchmarkData
from supervision.benchmark.measurements import Measurement
from supervision.rounds.models import Round

WARM_UP, REQUESTS = 3, 30
MAX_QUERIES, MAX_P95_MS = 15, 100
FIRST_PAGE_KB = 150
LINKED = re.compile(r'(?:href|src)="/static/([^"?]+\.(?:css|js|woff2|svg))')
INSIDE_CSS = re.compile(r'url\("?\.\./(fonts/[^")]+)"?\)')


@dataclass(frozen=True)
class MeasuredPage:
    """A page or file as one person opens it, and in how many milliseconds nearly always (p95).

    What has no budget of time has none of queries either. It is asked for `requests` times.
    """

    what: str
    user: User
    url: str
    p95_ms: int | None = MAX_P95_MS
    requests: int = REQUESTS


def measure_pages(data: BenchmarkData) -> Iterator[Measurement]:
    """Queries and server time of the pages that people open most."""
    sheet = _drafted_sheet(data)
    school = reverse("school", args=[data.school.pk])
    wanted = (
        MeasuredPage("หน้าแรก ศึกษานิเทศก์", data.supervisor, reverse("home")),
        MeasuredPage("หน้าแรก ผอ.กลุ่มนิเทศฯ", data.group, reverse("home")),
        MeasuredPage("งานที่รอคุณ ผอ.กลุ่มนิเทศฯ", data.group, reverse("todos")),
        MeasuredPage("หน้าแรก ผอ.โรงเรียน", data.director, reverse("home")),
        MeasuredPage("ความก้าวหน้าทั้งเขต", data.group, reverse("board")),
        MeasuredPage("หน้าโรงเรียน", data.supervisor, school),
        MeasuredPage("แบบประเมิน", data.director, sheet.get_absolute_url()),
    )
    for page in wanted:
        yield from measure_page(page)
    yield _one_edit(data, sheet)


def _one_edit(data: BenchmarkData, sheet: AnswerSheet) -> Measurement:
    """What a page sends after each answer, to its receipt."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(data.director)
    one = sheet_indicators(sheet)[:1]
    times = sorted(
        _milliseconds(lambda: post_edits(client, sheet, one, data)) for _ in range(REQUESTS)
    )
    return _times("บันทึกคำตอบ 1 ข้อ", times)


def _drafted_sheet(data: BenchmarkData) -> AnswerSheet:
    """The school's own sheet of the term in force, half filled."""
    round_ = Round.objects.get(school=data.school, term=data.term)
    sheet = assessments.start_self_assessment(round_, by=data.director).sheet
    half = sheet_indicators(sheet)[::2]
    edits = [
        SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.LEVEL, "4") for indicator in half
    ]
    record_edits(sheet, edits, by=data.director)
    return sheet


def measure_page(page: MeasuredPage) -> Iterator[Measurement]:
    """Its queries and its server time, once it was opened a few times."""
    client, url = Client(SERVER_NAME="localhost"), page.url
    client.force_login(page.user)
    for _ in range(min(WARM_UP, page.requests)):
        answer = client.get(url, follow=True)
        if answer.status_code != 200:
            yield Measurement(page.what, f"HTTP {answer.status_code}", "200", False)
            return
    url = answer.redirect_chain[-1][0] if answer.redirect_chain else url
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    count = len(queries)  # the next request empties the log
    times = sorted(_milliseconds(lambda: client.get(url)) for _ in range(page.requests))
    yield _queries(page, count)
    yield _times(f"{page.what}: เวลา", times, page.p95_ms)


def _queries(page: MeasuredPage, count: int) -> Measurement:
    what = f"{page.what}: คำสั่ง SQL"
    if page.p95_ms is None:
        return Measurement(what, str(count), "", None)
    return Measurement(what, str(count), f"≤ {MAX_QUERIES}", count <= MAX_QUERIES)


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _times(what: str, times: list[float], p95_ms: int | None = MAX_P95_MS) -> Measurement:
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    number = f"p50 {p50:.0f} / p95 {p95:.0f} ms"
    if p95_ms is None:
        return Measurement(what, number, "", None)
    return Measurement(what, number, f"p95 < {p95_ms} ms", p95 < p95_ms)


def measure_first_page() -> Iterator[Measurement]:
    """What a phone transfers to see the sign-in page for the first time."""
    if not finders.find("fonts/sarabun-400.woff2"):
        call_command("build_fonts")
    page = Client(SERVER_NAME="localhost").get(reverse("account_login")).content
    files = _files_of(page.decode())
    total = len(gzip.compress(page)) + sum(map(_transferred, files.values()))
    size = total / 1024
    kept = size <= FIRST_PAGE_KB
    yield Measurement(
        f"หน้าเข้าสู่ระบบ + {len(files)} ไฟล์", f"{size:.0f} KB", f"≤ {FIRST_PAGE_KB} KB", kept
    )


def _files_of(page: str) -> dict[str, Path]:
    """Every static file that the page or its style sheets name (all weights of the font)."""
    files = _found(LINKED.findall(page))
    styles = [path.read_text(encoding="utf-8") for path in files.values() if path.suffix == ".css"]
    return files | _found(font for style in styles for font in INSIDE_CSS.findall(style))


def _found(names: Iterable[str]) -> dict[str, Path]:
    paths = {name: finders.find(name) for name in names}
    return {name: Path(path) for name, path in paths.items() if path}


def _transferred(file: Path) -> int:
    content = file.read_bytes()
    return len(content) if file.suffix == ".woff2" else len(gzip.compress(content))
