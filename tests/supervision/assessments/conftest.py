import pytest

from supervision.assessments import actions
from supervision.assessments.queries import sheet_indicators


@pytest.fixture
def sheet(round_, academic_teacher):
    """A self-assessment's sheet, begun and empty."""
    return actions.start_self_assessment(round_, by=academic_teacher).sheet


@pytest.fixture
def indicator(sheet):
    return sheet_indicators(sheet)[0]
