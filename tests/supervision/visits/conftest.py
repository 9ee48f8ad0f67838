from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from supervision.criteria.enums import SetUse
from supervision.visits import actions
from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory, SchoolFactory


@pytest.fixture
def planned(round_, supervisor):
    return scenarios.visit_planned(round_, by=supervisor)


@pytest.fixture
def plan_url(round_):
    return reverse("visit_plan", args=[round_.pk])


@pytest.fixture
def elsewhere(cluster, term, supervisor, committee_member):
    """The supervisor and a committee member are at another school this morning."""
    round_ = RoundFactory(school=SchoolFactory(name="โรงเรียนบนดอย", cluster=cluster), term=term)
    return actions.plan_visit(
        round_,
        by=supervisor,
        visit_on=timezone.localdate(),
        starts_at=time(9),
        ends_at=time(11),
        purpose="นิเทศ",
        leader=supervisor,
        team=[committee_member],
    )


@pytest.fixture
def recording(round_, supervisor, school_director):
    """A record under way beside the school's confirmed scores."""
    scenarios.self_assessment_confirmed(round_, by=school_director)
    visit = scenarios.visit_planned(round_, by=supervisor)
    actions.start_visit_record(visit, by=supervisor)
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
