"""The directory lists the schools a person may read, as the filters ask, whatever their number."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from schools.enums import Grade, Role
from tests.factories import AppointmentFactory, ClusterFactory, SchoolFactory
from tests.schools.registry.conftest import count_queries, create_yearly_count

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)  # the day of every test, see conftest.py


@pytest.fixture
def names(login, clerk):
    """The schools that the clerk's directory lists for these filters."""

    def listed(user=None, **asked):
        response = login(user or clerk).get(reverse("directory"), asked)
        assert response.status_code == 200
        return [row.school.short_name for row in response.context["page"]]

    return listed


def test_the_registrar_sees_every_school(names, school, other_school):
    assert names() == ["ของเรา", "อื่น"]


def test_a_director_sees_only_the_own_school(names, school_director, other_school):
    assert names(school_director) == ["ของเรา"]


def test_a_cluster_chair_sees_no_schools(login, cluster_chair):
    assert login(cluster_chair).get(reverse("directory")).status_code == 403


@pytest.mark.parametrize(
    "words",
    ["หนองหลวง", "บ้านหนอง หลวง", "โรงเรียนบ้านหนองหลวง", "ร.ร.บ้านหนอง", "4203", "๔๒๐๓๐๐", "1042"],
)
def test_words_find_a_school_by_name_or_code(names, other_school, words):
    name, codes = "โรงเรียนบ้านหนองหลวง-ชั่งสี", {"obec_code": "42030001"}
    SchoolFactory(name=name, ministry_code="1042030001", **codes)
    assert names(q=words) == ["บ้านหนองหลวง-ชั่งสี"]


def test_each_filter_narrows_the_list(names, school, other_school, cluster):
    facts = {"district": "ด่านซ้าย", "first_grade": Grade.K2, "last_grade": Grade.P6}
    type(school).objects.filter(pk=school.pk).update(internet="sim", **facts)
    for asked in (
        {"cluster": cluster.pk},
        {"district": "ด่านซ้าย"},
        {"internet": "sim"},
        {"level": "kindergarten"},
        {"level": "primary"},
    ):
        assert names(**asked) == ["ของเรา"], asked
    assert names(level="secondary") == []
    assert names(gap="internet") == ["อื่น"]


def test_sizes_follow_the_scheme_and_the_newest_count(names, scheme, school, other_school):
    create_yearly_count(school, 2567, (Grade.P1, 300, 300))
    create_yearly_count(school, 2568, (Grade.P1, 60, 60))
    create_yearly_count(other_school, 2568, (Grade.P1, 60, 61))
    assert names(size="เล็ก") == ["ของเรา"]
    assert names(size="กลาง") == ["อื่น"]


def test_without_a_scheme_nothing_is_said_of_sizes(login, clerk, school):
    create_yearly_count(school, 2568, (Grade.P1, 60, 60))
    page = login(clerk).get(reverse("directory")).content.decode()
    assert "ขนาด" not in page
    assert "120" in page


def test_closed_schools_are_listed_only_when_asked_for(names, school, other_school):
    merged = SchoolFactory(name="โรงเรียนที่รวม", closed_on=TODAY, merged_into=school)
    SchoolFactory(name="โรงเรียนที่เลิก", closed_on=TODAY)
    SchoolFactory(name="โรงเรียนที่จะเลิก", closed_on=TODAY + timedelta(days=1))
    assert names() == ["ของเรา", "ที่จะเลิก", "อื่น"]
    assert names(status="merged") == [merged.short_name]
    assert names(status="closed") == ["ที่เลิก"]
    assert len(names(status="all")) == 5


def test_a_gap_names_the_schools_that_lack_it(names, school, other_school):
    AppointmentFactory(role=Role.SCHOOL_DIRECTOR, school=school)
    create_yearly_count(other_school, 2560, (Grade.P1, 5, 5))
    assert names(gap="director") == ["อื่น"]
    assert names(gap="pupils") == ["ของเรา", "อื่น"]


def test_a_value_nobody_offered_is_named_and_left_out(login, clerk, school, other_school):
    asked = {"cluster": "99999", "status": "';--", "q": "ของ\x00"}
    response = login(clerk).get(reverse("directory"), asked)
    assert response.status_code == 200
    page = response.content.decode()
    assert "โปรดเลือกกลุ่มโรงเรียนจากรายการ" in page
    assert "มีอักขระที่มองไม่เห็น" in page
    assert len(response.context["page"].object_list) == 2


def test_nothing_found_says_what_to_do(login, clerk, school):
    page = login(clerk).get(reverse("directory"), {"q": "ไม่มีชื่อนี้"}).content.decode()
    assert "ไม่มีโรงเรียนตามตัวกรอง" in page
    assert "ล้างตัวกรอง" in page


def test_many_schools_come_in_pages(login, clerk):
    SchoolFactory.create_batch(51)
    client = login(clerk)
    assert len(client.get(reverse("directory")).context["page"]) == 50
    assert len(client.get(reverse("directory"), {"page": 2}).context["page"]) == 1


def test_queries_are_flat_in_the_number_of_schools(login, clerk, scheme, school):
    client, url = login(clerk), reverse("directory")
    create_yearly_count(school, 2568, (Grade.P1, 60, 60))
    with_one = count_queries(client, url)
    for number in range(3):
        another = SchoolFactory(cluster=ClusterFactory(), district=f"อำเภอ {number}")
        create_yearly_count(another, 2568, (Grade.P1, number, 1))
    assert count_queries(client, url) == with_one <= 15


def test_the_menu_leads_there(login, school_director, clerk, cluster_chair):
    menu = {
        who: login(user).get("/todos/").content.decode()
        for who, user in (("director", school_director), ("clerk", clerk), ("chair", cluster_chair))
    }
    directory, registry = f'href="{reverse("directory")}"', f'href="{reverse("registry")}"'
    assert directory in menu["director"]
    assert directory in menu["clerk"]
    assert registry in menu["clerk"]
    assert registry not in menu["director"]
    assert directory not in menu["chair"]
