import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.criteria.enums import SetUse
from supervision.visits import actions
from tests import walk
from tests.factories import IndicatorSetFactory


@pytest.fixture
def recording(round_, supervisor, school_director):
    """A record under way beside the school's confirmed scores."""
    walk.self_assessment_confirmed(round_, by=school_director)
    visit = walk.visit_planned(round_, by=supervisor)
    actions.start_record(visit, by=supervisor)
    return visit


@pytest.fixture
def observation_form():
    """An approved form for one classroom."""
    return IndicatorSetFactory(name="แบบสังเกตชั้นเรียนทดสอบ", use=SetUse.OBSERVATION)


@pytest.fixture
def queries_of():
    """How many queries a page asks, its session renewed."""

    def count(client, url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return count
