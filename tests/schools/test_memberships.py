"""A school belongs to one cluster on any day, also on the day it moves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from schools.models import ClusterMembership
from schools.thai import numeric_date
from tests.factories import LONG_AGO, ClusterFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def new_cluster():
    return ClusterFactory(name="กลุ่มโรงเรียนใหม่")


@pytest.fixture
def save(login, administrator, school):
    """Save the school's page with these rows of memberships."""

    def post(*rows):
        sent = {"area": school.area_id, "name": school.name}
        sent |= {"memberships-TOTAL_FORMS": len(rows)}
        sent |= {"memberships-INITIAL_FORMS": sum("id" in row for row in rows)}
        for number, row in enumerate(rows):
            row = {"school": school.pk} | row
            sent |= {f"memberships-{number}-{name}": value for name, value in row.items()}
        with zeal_ignore():  # each row looks up its own cluster
            return login(administrator).post(
                reverse("admin:schools_school_change", args=[school.pk]), sent
            )

    return post


def row(cluster, starts, ends=None, **more):
    sent = {"cluster": cluster.pk, "starts_on": numeric_date(starts)} | more
    return sent | ({"ends_on": numeric_date(ends)} if ends else {})


def test_a_school_moves_in_one_save(save, school, cluster, new_cluster):
    old = school.memberships.get()
    response = save(
        row(cluster, LONG_AGO, TODAY, id=old.pk), row(new_cluster, TODAY + timedelta(days=1))
    )
    assert response.status_code == 302
    assert school.memberships.count() == 2


@pytest.mark.parametrize("first_day", [TODAY, LONG_AGO, TODAY - timedelta(days=400)])
def test_two_clusters_on_one_day_are_refused(save, school, cluster, new_cluster, first_day):
    old = school.memberships.get()
    response = save(row(cluster, LONG_AGO, TODAY, id=old.pk), row(new_cluster, first_day))
    assert response.status_code == 200
    assert "โรงเรียนสังกัดได้ครั้งละกลุ่มเดียว" in response.content.decode()
    assert school.memberships.count() == 1


def test_two_new_clusters_without_end_are_refused(save, school, cluster, new_cluster):
    ClusterMembership.objects.all().delete()
    response = save(row(cluster, TODAY), row(new_cluster, TODAY))
    assert "โรงเรียนสังกัดได้ครั้งละกลุ่มเดียว" in response.content.decode()


def test_the_list_of_memberships_refuses_it_too(login, administrator, school, new_cluster):
    school.memberships.update(ends_on=TODAY)
    sent = row(new_cluster, TODAY) | {"school": school.pk}
    response = login(administrator).post(reverse("admin:schools_clustermembership_add"), sent)
    assert "โรงเรียนสังกัดได้ครั้งละกลุ่มเดียว" in response.content.decode()
