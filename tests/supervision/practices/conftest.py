import pytest

from supervision.practices import actions
from tests.supervision.practices.sample_practice import PRACTICE_DATA


@pytest.fixture
def practice(round_, academic_teacher):
    return actions.nominate_practice(round_, by=academic_teacher, **PRACTICE_DATA)
