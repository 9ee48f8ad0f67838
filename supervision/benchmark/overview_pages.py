"""The area's overview and what it leads to, with and without filters."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from schools.models import Cluster
from supervision.benchmark.data import BenchmarkData
from supervision.benchmark.measure import MeasuredPage, measure_page
from supervision.benchmark.measurements import Measurement

# Of the overview in an area of usual size, and in one of 300 schools over ten years.
P95_MS, LARGE_P95_MS = 150, 300
USUAL_SCHOOLS, USUAL_YEARS = 130, 5
FILE_REQUESTS = 3  # a workbook is made in seconds and has no budget of its own

# The pages by the names of their addresses; each is measured for the whole area and for a cluster.
AREA_PAGES = {
    "overview_map": "แผนที่",
}
FILES = {"overview_workbook": "ไฟล์ข้อมูลทั้งหมดของภาคเรียน"}


def measure_overview(data: BenchmarkData, schools: int, years: int) -> Iterator[Measurement]:
    """Queries and server time, as the area director opens the pages."""
    p95_ms = _budget_ms(schools, years)
    filters = {"ทั้งเขต": {}, "1 กลุ่ม": {"cluster": Cluster.objects.all()[0].pk}}
    for name, what in AREA_PAGES.items():
        for which, query in filters.items():
            url = f"{reverse(name)}?{urlencode(query)}"
            yield from measure_page(MeasuredPage(f"{what} {which}", data.area, url, p95_ms))
    for name, what in FILES.items():
        yield from measure_page(
            MeasuredPage(what, data.area, reverse(name), p95_ms=None, requests=FILE_REQUESTS)
        )


def _budget_ms(schools: int, years: int) -> int | None:
    """The larger area has a budget on PostgreSQL only."""
    if schools <= USUAL_SCHOOLS and years <= USUAL_YEARS:
        return P95_MS
    return LARGE_P95_MS if connection.vendor == "postgresql" else None
