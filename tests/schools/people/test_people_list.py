"""The list of people: who finds whom, by what filters, at what cost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.enums import Role
from schools.models import ClusterMembership, User
from tests.factories import AppointmentFactory, ClusterFactory, SchoolFactory, UserFactory
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db
PEOPLE = reverse("people")


def day(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def ask(login, clerk):
    """The names the clerk finds."""

    def found(**wanted):
        response = login(clerk).get(PEOPLE, wanted)
        assert response.status_code == 200
        return [row.person.username for row in response.context["rows"]]

    return found


@pytest.fixture
def people(school, other_school, cluster):
    user_with_role(Role.SCHOOL_DIRECTOR, "here", school=school, title="ผู้อำนวยการพิเศษ")
    user_with_role(Role.ACADEMIC_TEACHER, "there", school=other_school, position_number="1234")
    user_with_role(Role.CLUSTER_CHAIR, "chair", cluster=cluster)
    user_with_role(Role.SUPERVISOR, "left", cluster=cluster, ends_on=day(-1))
    user_with_role(Role.SUPERVISOR, "comes", cluster=cluster, starts_on=day(1))
    UserFactory(username="nothing")
    UserFactory(username="closed", is_active=False)


def test_everybody_is_listed_with_appointments_and_state(login, clerk, people):
    text = login(clerk).get(PEOPLE).content.decode()
    assert "8 คน" in text
    assert "ผู้อำนวยการพิเศษ · ของเรา" in text
    assert "ประธานกลุ่มโรงเรียน · กลุ่มโรงเรียนของเรา" in text
    assert "เริ่ม" in text
    assert "ไม่มีตำแหน่ง" in text
    assert "ปิดบัญชี" in text


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"role": "supervisor"}, {"left", "comes"}),
        ({"role": "supervisor", "holding": "in_force"}, set()),
        ({"holding": "in_force"}, {"here", "there", "chair", "clerk"}),
        ({"holding": "coming"}, {"comes"}),
        ({"holding": "ended"}, {"left"}),
        ({"holding": "none"}, {"left", "nothing", "closed"}),
        ({"holding": "none", "role": "supervisor"}, {"left"}),
        ({"account": "closed"}, {"closed"}),
        ({"q": "1234"}, {"there"}),
        ({"q": "๑๒๓๔"}, {"there"}),
        ({"q": "อำนวยการพิเศษ"}, {"here"}),
        ({"q": "HERE"}, {"here", "there"}),
        ({"q": "ไม่มีใครชื่อนี้"}, set()),
    ],
)
def test_filters(ask, people, wanted, found):
    assert set(ask(**wanted)) == found


def test_by_school_and_by_cluster_with_its_schools(ask, people, school, cluster):
    assert set(ask(school=school.pk)) == {"here"}
    assert set(ask(cluster=cluster.pk)) == {"here", "chair", "left", "comes"}
    ClusterMembership.objects.update(ends_on=day(-1))
    assert set(ask(cluster=cluster.pk)) == {"chair", "left", "comes"}


def test_never_signed_in_and_temporary_passwords(ask, people):
    User.objects.exclude(username="here").update(last_login=timezone.now())
    User.objects.filter(username="chair").update(must_change_password=True)
    assert ask(account="never") == ["here"]
    assert ask(account="temporary") == ["chair"]


def test_a_value_nobody_offered_is_named_and_left_out(login, clerk, people):
    response = login(clerk).get(PEOPLE, {"role": "king", "cluster": "x"})
    assert "โปรดแก้ไข 2 รายการ" in response.content.decode()
    assert len(response.context["rows"]) == 8


def test_in_the_order_of_a_thai_dictionary(ask, clerk):
    for number, name in enumerate(["เกษร", "ขจร", "กมล", "แก้ว"]):
        UserFactory(username=f"u{number}", full_name=name)
    names = [User.objects.get(username=u).full_name for u in ask() if u.startswith("u")]
    assert names == ["กมล", "เกษร", "แก้ว", "ขจร"]


def test_the_page_tells_when_nobody_is_found(login, clerk):
    assert "ไม่มีผู้ใช้ตามตัวกรอง" in login(clerk).get(PEOPLE, {"q": "x-x"}).content.decode()


def test_a_long_list_has_pages_which_keep_the_filter(login, clerk):
    for _ in range(51):
        AppointmentFactory(role=Role.ACADEMIC_TEACHER, school=SchoolFactory())
    response = login(clerk).get(PEOPLE, {"role": "academic_teacher"})
    assert len(response.context["rows"]) == 50
    assert "role=academic_teacher&amp;page=2" in response.content.decode()
    second = login(clerk).get(PEOPLE, {"role": "academic_teacher", "page": 2})
    assert len(second.context["rows"]) == 1


def test_all_of_a_page_are_ticked_without_a_script(login, clerk, people):
    client = login(clerk)
    assert " checked" not in client.get(PEOPLE).content.decode()
    ticked = client.get(PEOPLE, {"all": "1"}).content.decode().count(" checked")
    assert ticked == 6  # neither the clerk nor the closed account


def queries(client, django_assert_max_num_queries, url):
    with django_assert_max_num_queries(15) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_the_cost_does_not_grow_with_the_people(login, clerk, django_assert_max_num_queries):
    client = login(clerk)
    user_with_role(Role.SCHOOL_DIRECTOR, "first", school=SchoolFactory(cluster=ClusterFactory()))
    client.get(PEOPLE)
    few = queries(client, django_assert_max_num_queries, PEOPLE)
    for number in range(4):
        place = SchoolFactory(cluster=ClusterFactory())
        user = user_with_role(Role.SCHOOL_DIRECTOR, f"more{number}", school=place)
        AppointmentFactory(user=user, role=Role.SUPERVISOR, cluster=ClusterFactory())
    assert queries(client, django_assert_max_num_queries, PEOPLE) == few


def test_a_persons_page_costs_the_same_with_many_appointments(
    login, clerk, django_assert_max_num_queries
):
    user = user_with_role(Role.ACADEMIC_TEACHER, "many", school=SchoolFactory())
    client, url = login(clerk), reverse("person", args=[user.pk])
    client.get(url)
    few = queries(client, django_assert_max_num_queries, url)
    for _ in range(4):
        AppointmentFactory(user=user, role=Role.SUPERVISOR, cluster=ClusterFactory())
    assert queries(client, django_assert_max_num_queries, url) == few


def test_a_persons_page_tells_the_appointments_by_the_day(login, clerk, people):
    client = login(clerk)

    def page(username):
        user = User.objects.get(username=username)
        return client.get(reverse("person", args=[user.pk])).content.decode()

    assert "ตำแหน่งที่ผ่านมา" in page("left")
    assert "ไม่มีตำแหน่งที่มีผลวันนี้" in page("left")
    assert "ตำแหน่งที่จะเริ่ม" in page("comes")
    assert "เปิดใช้บัญชีอีกครั้ง" in page("closed")
