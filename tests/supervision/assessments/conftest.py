import pytest

from supervision.assessments import actions
from supervision.assessments.queries import indicators_of


@pytest.fixture
def sheet(round_, academic_teacher):
    """A self-assessment's sheet, begun and empty."""
    return actions.start(round_, by=academic_teacher).sheet


@pytest.fixture
def indicator(sheet):
    return indicators_of(sheet)[0]
