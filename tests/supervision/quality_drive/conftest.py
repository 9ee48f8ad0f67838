from datetime import timedelta

import pytest
from django.utils import timezone

from supervision.criteria.models import Indicator
from tests.drive_scenarios import drive_at_work
from tests.factories import AcademicYearFactory, IndicatorSetFactory, TermFactory


@pytest.fixture
def indicators(db):
    """Of an approved set of two standards with two each."""
    used = IndicatorSetFactory()
    return list(Indicator.objects.filter(standard__indicator_set=used).order_by("pk"))


@pytest.fixture
def drive(term, indicators, group_director):
    return drive_at_work(term, indicators, by=group_director)


@pytest.fixture
def last_term(term):
    """The second term of the year before."""
    day = timezone.localdate() - timedelta(days=300)
    year = AcademicYearFactory(year=term.academic_year.year - 1)
    return TermFactory(academic_year=year, number=2, opens_on=day)
