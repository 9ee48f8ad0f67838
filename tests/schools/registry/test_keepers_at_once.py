"""Two keepers at once, on real connections: one act counts, the other is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import ClusterMembership, School
from schools.thai import numeric_date
from tests.factories import AreaFactory, ClusterFactory
from tests.two_at_once.acts import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_code_is_entered_once(login, clerk, administrator):
    AreaFactory()

    def add(by, name):
        client, url = login(by), reverse("school_add")
        seen = client.get(url).context["form"]["seen"].value()
        typed = {"name": name, "obec_code": "42030001", "seen": seen}
        return lambda: client.post(url, typed).status_code

    assert sorted(together(add(clerk, "บ้านหนึ่ง"), add(administrator, "บ้านสอง"))) == [200, 302]
    assert School.objects.count() == 1


def test_a_school_moves_to_one_cluster(login, clerk, administrator, school):
    def move(by):
        client, today = login(by), numeric_date(timezone.localdate())
        typed = {"cluster": ClusterFactory().pk, "since": today}
        url = reverse("school_move", args=[school.pk])
        return lambda: client.post(url, typed).status_code

    assert sorted(together(move(clerk), move(administrator))) == [200, 302]
    assert ClusterMembership.objects.filter(school=school, ends_on=None).count() == 1
    assert school.memberships.count() == 2
