"""The year's book in parts, against one WeasyPrint call and Chromium on the same pages."""

import copy
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings

from reports.book.making import make_book
from reports.data.schema import ReportSnapshot
from reports.drafts import draft_snapshot
from reports.enums import DocumentKind
from reports.models import IssuedDocument
from reports.paper_fonts import FACES, paper_font
from reports.pdf import FONT_SCHEME, paper_styles, render_pdf
from reports.rendering import paper_html
from schools.models import AcademicYear
from supervision.benchmark.measurements import Measurement
from supervision.benchmark.process_cost import ProcessCost, in_own_process, measured_cost

COLD_SHARE, CHANGED_SHARE, WORKER_MB, BOOK_BYTES = 0.6, 1 / 20, 300, 2 * 1024**2
CHROMIUM = "chromium"
PRINT_ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
CHROMIUM_SECONDS = 300

Drawn = tuple[bytes, ProcessCost]


def measure_book() -> Iterator[Measurement]:
    """Of the oldest year, whose rounds are all complete: the parts and the whole."""
    year = AcademicYear.objects.filter(terms__rounds__isnull=False).earliest("year")
    start = time.perf_counter()
    document = IssuedDocument(kind=DocumentKind.YEAR, academic_year=year)
    snapshot = draft_snapshot(document)
    counted = time.perf_counter() - start
    yield Measurement("รวบรวมข้อมูลของเล่ม", f"{counted:.1f} s", "", None)
    html = paper_html(snapshot)
    plain = in_own_process(draw_plainly, html)
    yield _measurement("WeasyPrint ครั้งเดียว", plain)
    if shutil.which(CHROMIUM):
        yield _measurement("Chromium", in_own_process(print_by_chromium, html))
    yield from _measure_parts(snapshot, plain[1].seconds)


def _measure_parts(snapshot: ReportSnapshot, plain_seconds: float) -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory(prefix="nithet-bench-") as folder:
        cold, text, line, warm = in_own_process(draw_in_parts, snapshot, folder)
    share = cold[1].seconds / plain_seconds
    what = f"≤ {COLD_SHARE} ของครั้งเดียว ได้ {share:.2f}"
    yield _measurement("เป็นส่วน ยังไม่มีส่วนใดเก็บไว้", cold, what, share <= COLD_SHARE)
    share = text[1].seconds / cold[1].seconds
    what = f"≤ 1/20 ของครั้งแรก ได้ 1/{1 / share:.0f}"
    yield _measurement("ข้อความของ 1 โรงเรียนเปลี่ยน", text, what, share <= CHANGED_SHARE)
    yield _measurement("ข้อเสนอแนะ 1 ข้อเปลี่ยน", line)
    yield _measurement("ไม่มีสิ่งใดเปลี่ยน", warm)
    largest, size = cold[1].largest_mb, len(cold[0])
    kept = largest <= WORKER_MB
    yield Measurement("โปรเซสที่วาดใช้มากที่สุด", f"{largest:.0f} MB", f"≤ {WORKER_MB} MB", kept)
    yield Measurement("ขนาดเล่ม", f"{size / 1024:.0f} KB", "≤ 2 MB", size <= BOOK_BYTES)


def _measurement(
    what: str, drawn: Drawn, budget: str = "", is_within: bool | None = None
) -> Measurement:
    content, cost = drawn
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    number = (
        f"{cost.seconds:.1f} s ประมวลผล {cost.processor_seconds:.1f} s "
        f"{cost.together_mb:.0f} MB {pages} หน้า {len(content) / 1024:.0f} KB"
    )
    return Measurement(what, number, budget, is_within)


# --- Done by processes of their own ---


def draw_plainly(html: str) -> Drawn:
    """All pages by one call."""
    costs: list[ProcessCost] = []
    with measured_cost(costs):
        content = render_pdf(html, tagged=False)
    return content, costs[0]


def print_by_chromium(html: str) -> Drawn:
    """The same page with its styles and fonts, from a file."""
    styles = paper_styles()
    for face in FACES:
        styles = styles.replace(f"{FONT_SCHEME}{face}", paper_font(face).as_uri())
    costs: list[ProcessCost] = []
    with tempfile.TemporaryDirectory(prefix="nithet-bench-") as folder:
        page, printed = Path(folder, "book.html"), Path(folder, "book.pdf")
        page.write_text(html.replace("</head>", f"<style>{styles}</style></head>"))
        command = [CHROMIUM, *PRINT_ARGUMENTS, f"--user-data-dir={folder}/profile"]
        command += [f"--print-to-pdf={printed}", page.as_uri()]
        with measured_cost(costs):
            subprocess.run(command, check=True, capture_output=True, timeout=CHROMIUM_SECONDS)
        return printed.read_bytes(), costs[0]


def draw_in_parts(snapshot: ReportSnapshot, folder: str) -> Sequence[Drawn]:
    """With nothing kept; then one text changed, or one recommendation; then nothing changed."""
    settings.BOOK_PARTS_ROOT = Path(folder)
    other_text, other_line = copy.deepcopy(snapshot), copy.deepcopy(snapshot)
    _change_text(other_text["figures"])
    _change_line(other_line["figures"])
    drawn: list[bytes] = []
    costs: list[ProcessCost] = []
    for one in (snapshot, other_text, other_line, snapshot):
        with measured_cost(costs):
            drawn.append(make_book(one, {}))
    return list(zip(drawn, costs, strict=True))


def _change_text(figures: Any) -> None:
    schools = figures["schools"]
    texts = [term["summary"] for school in schools for term in school["terms"] if term["summary"]]
    texts[len(texts) // 2]["strengths"] += " และครูร่วมกันพัฒนาแผนการสอน"


def _change_line(figures: Any) -> None:
    lines = figures["recommendations"]
    lines[len(lines) // 2]["text"] += " และรายงานผลทุกเดือน"
