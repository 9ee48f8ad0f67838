"""Two keepers at once, on real connections: one act counts, the other is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from schools.models import Cluster, ClusterMembership, School
from tests.concurrency.parallel import run_together
from tests.factories import AreaFactory, ClusterFactory
from tests.form_data import page_form_data

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_code_is_entered_once(login, clerk, administrator):
    AreaFactory()

    def add(by, name):
        client, url = login(by), reverse("school_add")
        version = client.get(url).context["form"]["version"].value()
        typed = {"name": name, "obec_code": "42030001", "version": version}
        return lambda: client.post(url, typed).status_code

    assert sorted(run_together(add(clerk, "บ้านหนึ่ง"), add(administrator, "บ้านสอง"))) == [200, 302]
    assert School.objects.count() == 1


def test_six_add_the_same_cluster(login, clerk, administrator):
    AreaFactory()
    clients = [login(by) for by in (clerk, administrator) * 3]
    typed, url = {"name": "กลุ่มโรงเรียนใหม่"}, reverse("cluster_add")
    answers = run_together(*(lambda page=page: page.post(url, typed) for page in clients))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [302]
    told = next(answer for answer in answers if answer.status_code == 200)
    assert "มีกลุ่มโรงเรียนใหม่อยู่แล้ว โปรดใช้ชื่ออื่น" in told.content.decode()
    assert Cluster.objects.count() == 1


def test_two_clusters_are_not_given_one_name(login, clerk, administrator):
    first, second = ClusterFactory(name="กลุ่มโรงเรียนหนึ่ง"), ClusterFactory(name="กลุ่มโรงเรียนสอง")

    def rename(by, cluster):
        client, url = login(by), reverse("cluster", args=[cluster.pk])
        typed = page_form_data(client, url, name="กลุ่มโรงเรียนสาม")
        return lambda: client.post(url, typed).status_code

    assert sorted(run_together(rename(clerk, first), rename(administrator, second))) == [200, 302]
    assert Cluster.objects.filter(name="กลุ่มโรงเรียนสาม").count() == 1


def test_a_school_moves_to_one_cluster(login, clerk, administrator, school):
    def move(by):
        client, today = login(by), numeric_date(timezone.localdate())
        typed = {"cluster": ClusterFactory().pk, "since": today}
        url = reverse("school_move", args=[school.pk])
        return lambda: client.post(url, typed).status_code

    assert sorted(run_together(move(clerk), move(administrator))) == [200, 302]
    assert ClusterMembership.objects.filter(school=school, ends_on=None).count() == 1
    assert school.memberships.count() == 2
