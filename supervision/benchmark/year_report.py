"""The year-end book of the whole area, for information."""

import time
from collections.abc import Iterator

from reports.data.schema import ReportSnapshot, YearReport
from reports.data.year import year_report
from reports.enums import DocumentKind
from reports.models import new_verification_code
from reports.rendering import report_pdf
from reports.verification import verify_url
from schools.models import AcademicYear
from supervision.benchmark.measurements import Measurement


def measure_year_report() -> Iterator[Measurement]:
    """The oldest year, whose rounds are all complete, from its figures to the PDF."""
    year = AcademicYear.objects.earliest("year")
    start = time.perf_counter()
    figures = year_report(year)
    counted = time.perf_counter()
    pdf = report_pdf(_snapshot(figures))
    took = time.perf_counter() - counted
    yield Measurement("รวบรวมตัวเลขของเล่มประจำปี", f"{counted - start:.1f} วินาที", "", None)
    yield Measurement("จัดทำเล่มประจำปี", f"{took:.0f} วินาที {len(pdf) / 1024:.0f} KB", "", None)


def _snapshot(figures: YearReport) -> ReportSnapshot:
    """Frozen as signing would; it is not stored."""
    code = new_verification_code()
    return {
        "figures": figures,
        "document": {
            "number": "1/2569",
            "title": str(DocumentKind.YEAR.label),
            "code": code,
            "verify_url": verify_url(code),
            "issued_at": "2026-11-22T09:00:00+07:00",
            "issued_as": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
            "revision": "",
            "replaces": "",
        },
    }
