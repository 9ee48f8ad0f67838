"""A school's cluster is asked for a day: in SQL for many rows, or of one school for many days."""

from datetime import date, timedelta

import pytest

from schools.models import ClusterMembership, School
from supervision.rounds.models import Round
from tests.factories import ClusterFactory, RoundFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)  # the day of every test, see conftest.py
MOVED_ON = TODAY - timedelta(days=10)


@pytest.fixture
def moved(school):
    """The school, which came from one cluster into another ten days ago."""
    school.memberships.update(ends_on=MOVED_ON - timedelta(days=1))
    ClusterMembership.objects.create(school=school, cluster=ClusterFactory(), starts_on=MOVED_ON)
    return school


@pytest.mark.parametrize("days_after_move", [-1, 0, 10])
def test_each_way_tells_the_cluster_of_the_day(moved, days_after_move):
    day = MOVED_ON + timedelta(days=days_after_move)
    expected = ClusterMembership.objects.in_force(day).get(school=moved).cluster
    round_ = RoundFactory(school=moved)
    assert moved.cluster_on(day) == expected
    for row in (School.objects.with_cluster(day).get(), Round.objects.with_cluster(day).get()):
        assert (row.cluster_pk, row.cluster_name) == (expected.pk, expected.name)
        assert row.cluster_key == expected.sort_key
    assert round_.school == moved


def test_a_school_without_a_cluster_is_still_there(moved):
    moved.memberships.all().delete()
    assert moved.cluster_on(TODAY) is None
    assert School.objects.with_cluster(TODAY).get().cluster_pk is None
