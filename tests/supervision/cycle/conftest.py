import pytest

from supervision.rounds.models import Round
from tests import scenarios


@pytest.fixture
def assessed(round_, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    return round_


@pytest.fixture
def acknowledged(assessed, supervisor, school_director):
    scenarios.visit_acknowledged(assessed, supervisor=supervisor, director=school_director)
    return assessed


@pytest.fixture
def achieved(acknowledged, group_director):
    scenarios.round_decided(acknowledged, by=group_director)
    return acknowledged


@pytest.fixture
def second_round(acknowledged, group_director):
    """The second round after ไม่บรรลุ."""
    scenarios.round_decided(
        acknowledged, by=group_director, result="not_achieved", planned_changes="ปรับเครื่องมือวัดผล"
    )
    return Round.objects.get(previous=acknowledged)
