import pytest

from supervision.practices import actions
from tests.supervision.practices.pieces import PRACTICE


@pytest.fixture
def practice(round_, academic_teacher):
    return actions.nominate(round_, by=academic_teacher, **PRACTICE)
