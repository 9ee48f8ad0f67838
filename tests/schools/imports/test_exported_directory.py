"""The file of the school directory, corrected by an office and brought in again."""

from decimal import Decimal

import pytest
from django.urls import reverse

from schools.enums import Grade
from schools.models import School
from tests.factories import SchoolFactory, YearlyCountFactory

pytestmark = pytest.mark.django_db

FACTS = {
    "obec_code": "42030001",
    "ministry_code": "1042030001",
    "sub_district": "ภูกระดึง",
    "district": "ภูกระดึง",
    "first_grade": Grade.K2,
    "last_grade": Grade.P6,
    "latitude": Decimal("17.481200"),
    "longitude": Decimal("101.153200"),
    "has_electricity": True,
    "phone": "042-000000",
}


@pytest.fixture
def content(login, clerk, school, cluster):
    """The directory as it was exported when the register knew all of this."""
    School.objects.filter(pk=school.pk).update(**FACTS)
    SchoolFactory(name="โรงเรียนที่สอง", obec_code="42030002", cluster=cluster)
    YearlyCountFactory(school=school, pupils=86)
    return login(clerk).get(reverse("directory_export")).content


def test_an_exported_directory_changes_nothing(content, send):
    import_ = send("schools", content, name="โรงเรียน.xlsx")
    assert import_.state == "checked", import_.report
    assert (import_.report["new"], import_.report["changed"]) == (0, 0)


def test_what_was_corrected_in_the_file_is_saved(content, saved, school):
    School.objects.filter(pk=school.pk).update(phone="", last_grade=Grade.P4, latitude=18)
    saved("schools", content, name="โรงเรียน.xlsx")
    found = School.objects.filter(pk=school.pk).values(*FACTS).get()
    assert found == FACTS
