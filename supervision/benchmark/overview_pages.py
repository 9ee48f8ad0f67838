"""The area's overview and what it leads to, with and without filters."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from schools.models import Cluster
from supervision.benchmark.data import BenchmarkData
from supervision.benchmark.measure import MeasuredPage, measure_page
from supervision.benchmark.measurements import Measurement
from supervision.criteria.models import Indicator

# Of the overview in an area of usual size, and in one of 300 schools over ten years.
P95_MS, LARGE_P95_MS = 150, 300
USUAL_SCHOOLS, USUAL_YEARS = 130, 5
FILE_REQUESTS = 3  # a workbook is made in seconds and has no budget of its own
# What the overview loads into itself is a page of its own too.
AREA_PAGES = {
    "overview": "ภาพรวมเขต",
    "overview_todos": "งานที่รอคุณ",
    "overview_work": "ติดอยู่ที่ขั้นใด",
    "overview_actions": "ควรลงมือก่อน",
    "overview_results": "ผลการนิเทศ",
    "overview_indicators": "ตัวชี้วัดทุกข้อ",
    "overview_advice": "ข้อเสนอแนะ",
    "overview_data_notes": "ข้อสังเกตข้อมูล",
    "overview_learning": "ผลการเรียนรู้",
    "overview_schools": "รายโรงเรียน",
    "overview_map": "แผนที่",
}


def measure_overview(data: BenchmarkData, schools: int, years: int) -> Iterator[Measurement]:
    """Queries and server time as the area director opens the pages: of the area, of a cluster."""
    p95_ms = _budget_ms(schools, years)
    one_cluster = urlencode({"cluster": Cluster.objects.all()[0].pk})
    for what, url in _pages(data).items():
        yield from measure_page(MeasuredPage(what, data.area, url, p95_ms))
        filtered = f"{url}?{one_cluster}"
        yield from measure_page(MeasuredPage(f"{what} 1 กลุ่ม", data.area, filtered, p95_ms))
    workbook = reverse("overview_workbook")
    yield from measure_page(
        MeasuredPage("ไฟล์ทั้งภาคเรียน", data.area, workbook, p95_ms=None, requests=FILE_REQUESTS)
    )


def _pages(data: BenchmarkData) -> dict[str, str]:
    """The addresses of the pages, by what they show; some are on one thing of the running term."""
    indicators = Indicator.objects.filter(standard__indicator_set__rounds__term=data.term)
    indicator = indicators.select_related("standard")[0]
    pages = {what: reverse(name) for name, what in AREA_PAGES.items()}
    return pages | {
        "มาตรฐานหนึ่ง": reverse("overview_standard", args=[indicator.standard_id]),
        "ตัวชี้วัดหนึ่ง": reverse("overview_indicator", args=[indicator.pk]),
        "ผลของโรงเรียนหนึ่ง": reverse("school_results", args=[data.school.pk]),
        "ผลการเรียนรู้ของโรงเรียนหนึ่ง": reverse("school_profile_findings", args=[data.school.pk]),
    }


def _budget_ms(schools: int, years: int) -> int | None:
    """The larger area has a budget on PostgreSQL only."""
    if schools <= USUAL_SCHOOLS and years <= USUAL_YEARS:
        return P95_MS
    return LARGE_P95_MS if connection.vendor == "postgresql" else None
