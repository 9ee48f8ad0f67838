import pytest

from supervision.assessments import actions as assessments
from supervision.visits import actions as visits
from tests import scenarios


@pytest.fixture
def drafted(round_, school_director):
    """A self-assessment that only needs to be confirmed, at level 4."""
    assessment = assessments.start_self_assessment(round_, by=school_director)
    scenarios.fill_sheet(assessment.sheet, 4, by=school_director)
    return assessment


@pytest.fixture
def planned(round_, supervisor):
    return scenarios.visit_planned(round_, by=supervisor)


@pytest.fixture
def recorded(planned, supervisor):
    """A visit whose record only needs to be signed, at level 4."""
    visits.start_visit_record(planned, by=supervisor)
    scenarios.fill_sheet(planned.sheet, 4, by=supervisor)
    return planned
