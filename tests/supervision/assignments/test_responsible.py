"""Who was responsible for a school on a day: by order, by cluster of that day, with gaps said."""

from datetime import date

import pytest
from django.urls import reverse

from schools.models import ClusterMembership
from tests.factories import ClusterFactory, UserFactory

BEFORE, DURING, AFTER = "31/5/2569", "15/6/2569", "1/7/2569"


@pytest.fixture
def url(school):
    return reverse("school_responsible", args=[school.pk])


@pytest.fixture
def handed_over(supervisor, other_supervisor, cluster, order_cluster):
    """Ours until 31 May, nobody in June, the other supervisor from July on."""
    supervisor.appointments.update(ends_on=date(2026, 5, 31))
    other_supervisor.appointments.update(cluster=cluster, starts_on=date(2026, 7, 1))
    order_cluster(supervisor, cluster, "195/2567")
    order_cluster(other_supervisor, cluster, "20/2569")


def supervisors(response) -> list[tuple[str, str]]:
    post = response.context["found"].posts[0]
    return [(person.name, person.order_words) for person in post.people]


def test_each_day_has_its_supervisor_and_order(
    login, clerk, url, handed_over, supervisor, other_supervisor
):
    client = login(clerk)
    assert supervisors(client.get(url, {"on": BEFORE})) == [(str(supervisor), "คำสั่งที่ 195/2567")]
    after = supervisors(client.get(url, {"on": AFTER}))
    assert after == [(str(other_supervisor), "คำสั่งที่ 20/2569")]


def test_days_without_anybody_are_said_with_their_ends(login, clerk, url, handed_over):
    response = login(clerk).get(url, {"on": DURING})
    text = " ".join(response.content.decode().split())
    assert "วันที่ 15 มิถุนายน 2569 ไม่มีผู้รับผิดชอบ ตั้งแต่ 1 มิ.ย. 2569 ถึง 30 มิ.ย. 2569" in text
    newest, gap, oldest = response.context["found"].supervisors
    assert (gap.held, gap.days) == (None, (date(2026, 6, 1), date(2026, 6, 30)))
    assert (oldest.held.order_words, newest.days.last) == ("คำสั่งที่ 195/2567", None)


def test_an_appointment_that_the_registry_ended_ends_it(
    login, clerk, url, supervisor, cluster, order_cluster
):
    order_cluster(supervisor, cluster)
    supervisor.appointments.update(ends_on=date(2026, 5, 31))
    client = login(clerk)
    assert supervisors(client.get(url, {"on": BEFORE}))
    assert not supervisors(client.get(url, {"on": DURING}))


def test_the_cluster_of_the_day_counts(login, clerk, url, school, supervisor, handed_over):
    """Before the school came into the cluster its supervisor was not responsible for it."""
    ClusterMembership.objects.filter(school=school).update(starts_on=date(2026, 5, 1))
    earlier = ClusterFactory(name="กลุ่มเดิม")
    days = {"starts_on": date(2025, 1, 1), "ends_on": date(2026, 4, 30)}
    ClusterMembership.objects.create(school=school, cluster=earlier, **days)
    response = login(clerk).get(url, {"on": "30/4/2569"})
    assert response.context["found"].cluster == earlier
    assert not supervisors(response)
    assert "ตามข้อมูลในพอร์ทัลจนถึง 30 เม.ย. 2569" in response.content.decode()
    assert supervisors(login(clerk).get(url, {"on": BEFORE}))


def test_who_has_no_order_is_named_so(login, clerk, url, supervisor, cluster_chair, group_director):
    posts = login(clerk).get(url).context["found"].posts
    found = {post.title: [one.order_words for one in post.people] for post in posts}
    assert found["ศึกษานิเทศก์ประจำกลุ่มโรงเรียน"] == ["ยังไม่มีคำสั่ง"]
    assert found["ประธานกลุ่มโรงเรียน"] == ["ยังไม่มีคำสั่ง"]
    assert len(found["ผู้อำนวยการกลุ่มนิเทศฯ"]) == 1
    assert found["หัวหน้ากลุ่มงาน"] == []


def test_a_school_sees_its_own_only(login, school_director, outsider_director, url, handed_over):
    assert login(school_director).get(url).status_code == 200
    assert login(outsider_director).get(url).status_code == 404


def test_a_day_that_cannot_be_read_is_refused(login, clerk, url):
    assert "อ่านวันที่ “วันนั้น” ไม่ได้" in login(clerk).get(url, {"on": "วันนั้น"}).content.decode()


def test_the_school_page_leads_to_it(login, school_director, school, url):
    page = login(school_director).get(reverse("school", args=[school.pk]))
    assert url in page.content.decode()


def test_queries_do_not_grow_with_supervisors(
    login, clerk, url, cluster, handed_over, order_cluster, django_assert_num_queries
):
    client = login(clerk)
    client.get(url)
    with django_assert_num_queries(9) as one:
        client.get(url)
    for number in range(3):
        person = UserFactory()
        person.appointments.create(role="supervisor", cluster=cluster, starts_on=date(2026, 1, 1))
        order_cluster(person, cluster, f"{number + 70}/2568")
    with django_assert_num_queries(len(one)):
        client.get(url)
