"""Rows of the register that several tests share."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schools.models import GradeCount, School, YearlyCount
from tests.factories import AcademicYearFactory, SizeSchemeFactory


def create_yearly_count(
    school: School, year: int, *pupils: tuple[int, int, int], **more
) -> YearlyCount:
    """A yearly count of (grade, boys, girls)."""
    count = YearlyCount.objects.create(
        school=school,
        academic_year=AcademicYearFactory(area=school.area, year=year),
        counted_on=date(year - 543, 6, 10),
        **more,
    )
    for grade, boys, girls in pupils:
        GradeCount.objects.create(count=count, grade=grade, boys=boys, girls=girls, rooms=1)
    return count


def count_queries(client: Client, url: str) -> int:
    """How many queries a page takes."""
    client.get(url)  # the first request of a session renews it
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.fixture
def scheme(db):
    """The office has chosen how to call its schools small or large."""
    return SizeSchemeFactory()
