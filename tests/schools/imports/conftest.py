import pytest

from tests.factories import AcademicYearFactory, SchoolFactory


@pytest.fixture
def school_with_code(db):
    """A school of the register with its code."""
    AcademicYearFactory()
    return SchoolFactory(name="โรงเรียนบ้านหนึ่ง", obec_code="42030001")
