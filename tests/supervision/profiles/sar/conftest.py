import pytest

from tests.factories import AcademicYearFactory, EducationStandardFactory


@pytest.fixture
def year(db):
    """The academic year before the one in course."""
    return AcademicYearFactory(year=2568)


@pytest.fixture
def standards(db):
    """Three standards of basic education."""
    return [EducationStandardFactory(number=number) for number in (1, 2, 3)]
