import pytest

from schools.enums import Grade
from tests import scenarios
from tests.factories import LearningResultFactory, TestSubjectFactory, YearlyCountFactory


@pytest.fixture
def asked(term, group_director):
    """The unit asks the term's schools to confirm their data."""
    return scenarios.data_asked_for(term, by=group_director)


@pytest.fixture
def counted(school, term):
    """Twelve pupils of ป.1, counted this year."""
    return YearlyCountFactory(school=school, academic_year=term.academic_year, pupils=12)


@pytest.fixture
def impossible(school, asked):
    """A result of last year whose levels make more than a hundred."""
    year = asked.term.academic_year
    last_year = type(year).objects.create(area=year.area, year=year.year - 1)
    subject = TestSubjectFactory(grade=Grade.P3)
    result = LearningResultFactory(
        school=school, academic_year=last_year, subject=subject, tested=10
    )
    for level in subject.kind.levels.all()[:2]:
        result.shares.create(level=level, percent=80)
    return result
