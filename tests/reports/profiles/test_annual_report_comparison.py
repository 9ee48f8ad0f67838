"""A school's annual report beside the self-assessment and the supervisors' results of its year."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.data.annual_report_levels import (
    PortalLevel,
    compare_annual_report,
    difference_words,
)
from schools.enums import EducationLevel
from supervision.profiles.sar.enums import QualityLevel
from tests import scenarios
from tests.factories import EducationStandardFactory
from tests.supervision.profiles.sar.sample_report import paper_report


@pytest.fixture
def visited(round_, supervisor, school_director):
    """A round whose school and supervisor gave each item level 3."""
    scenarios.self_assessment_confirmed(round_, by=school_director, level=3)
    return scenarios.visit_acknowledged(
        round_, supervisor=supervisor, director=school_director, level=3
    )


def reported(round_, *, by, level, names=None):
    """The school's report of the round's year, by the standards of the round's set."""
    standards = list(round_.indicator_sets.get().standards.all())
    for one in standards:
        EducationStandardFactory(number=one.number, name=(names or {}).get(one.number, one.name))
    levels = {(EducationLevel.BASIC, one.number): level for one in standards}
    year, today = round_.term.academic_year, timezone.localdate()
    return paper_report(round_.school, year, by=by, received_on=today, standards=levels)


@pytest.mark.usefixtures("visited")
def test_a_difference_of_a_level_is_named_in_words(login, supervisor, clerk, round_, school):
    reported(round_, by=clerk, level=4)
    year = round_.term.academic_year.year
    url = reverse("annual_report_compare", args=[school.pk, year])
    page = login(supervisor).get(url).content.decode()
    assert "SAR ดีเลิศ · ศึกษานิเทศก์ ดี ต่ำกว่า 1 ระดับ" in page
    assert "SAR ดีเลิศ · โรงเรียนประเมินตนเอง ดี ต่ำกว่า 1 ระดับ" in page
    assert "ไม่ได้หมายความว่าฝ่ายใดประเมินผิด" in page


@pytest.mark.usefixtures("visited")
def test_only_standards_of_the_same_name_are_compared(supervisor, clerk, round_, school):
    report = reported(round_, by=clerk, level=3, names={1: "ชื่ออื่น"})
    found = compare_annual_report(supervisor, report, school, timezone.localdate())
    (basic,) = found.levels
    assert [bool(one.terms) for one in basic.standards] == [
        one.standard.number != 1 for one in basic.standards
    ]
    assert found.different == 0


@pytest.mark.parametrize(
    ("portal", "words"),
    [
        (PortalLevel(Decimal("4.60"), QualityLevel.EXCELLENT), "SAR ดี · ก ยอดเยี่ยม สูงกว่า 2 ระดับ"),
        (PortalLevel(Decimal("3.10"), QualityLevel.GOOD), ""),
        (PortalLevel(Decimal("2.10"), None), ""),  # judged by another scale
    ],
)
def test_what_a_difference_reads_like(portal, words):
    assert difference_words(QualityLevel.GOOD, "ก", portal) == words


def test_a_report_that_was_not_sent_is_not_compared(login, supervisor, school):
    url = reverse("annual_report_compare", args=[school.pk, 2569])
    assert login(supervisor).get(url).status_code == 404
