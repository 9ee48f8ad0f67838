import pytest

from supervision.rounds.models import Round
from tests import walk


@pytest.fixture
def assessed(round_, school_director):
    walk.needs_submitted(round_, by=school_director)
    walk.self_assessment_confirmed(round_, by=school_director)
    return round_


@pytest.fixture
def acknowledged(assessed, supervisor, school_director):
    walk.visit_acknowledged(assessed, supervisor=supervisor, director=school_director)
    return assessed


@pytest.fixture
def achieved(acknowledged, group_director):
    walk.decided(acknowledged, by=group_director)
    return acknowledged


@pytest.fixture
def again(acknowledged, group_director):
    """The second round after ไม่บรรลุ."""
    walk.decided(
        acknowledged, by=group_director, result="not_achieved", will_change="ปรับเครื่องมือวัดผล"
    )
    return Round.objects.get(previous=acknowledged)
