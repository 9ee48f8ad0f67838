"""The year-end book of the whole area, for information."""

import time
from collections.abc import Iterator

from django.utils import timezone

from reports.actions import report_snapshot
from reports.data.signers import PaperSigner
from reports.data.year import year_report
from reports.enums import DocumentKind
from reports.models import IssuedDocument
from reports.rendering import report_pdf
from schools.models import AcademicYear, User
from supervision.benchmark.measurements import Measurement


def measure_year_report() -> Iterator[Measurement]:
    """The oldest year, whose rounds are all complete, from its figures to the PDF."""
    year = AcademicYear.objects.filter(terms__rounds__isnull=False).earliest("year")
    start = time.perf_counter()
    figures = year_report(year)
    counted = time.perf_counter()
    preparer = User(full_name="ผู้เสนอตัวอย่าง")
    document = IssuedDocument(
        kind=DocumentKind.YEAR, academic_year=year, number="1/2569", prepared_by=preparer
    )
    signer = PaperSigner("", "ผู้ลงนามตัวอย่าง", "ตำแหน่งตัวอย่าง", "ลงนาม", timezone.now())
    pdf = report_pdf(report_snapshot(document, figures, signer))
    took = time.perf_counter() - counted
    yield Measurement("รวบรวมตัวเลขของเล่มประจำปี", f"{counted - start:.1f} วินาที", "", None)
    yield Measurement("จัดทำเล่มประจำปี", f"{took:.0f} วินาที {len(pdf) / 1024:.0f} KB", "", None)
