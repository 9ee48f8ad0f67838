"""Clusters are dated, never overwritten; a school that closes stays readable and can come back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from schools.core.thai import numeric_date, short_date
from schools.enums import Role
from schools.models import ClusterMembership, School
from tests.factories import LONG_AGO, AppointmentFactory, ClusterFactory, SchoolFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)  # the day of every test, see conftest.py
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.fixture
def act(login, clerk, school):
    """Confirm one of the school's pages that ask before an act."""

    def confirm(name, *, of=school, **typed):
        sent = {k: numeric_date(v) if isinstance(v, date) else v for k, v in typed.items()}
        return login(clerk).post(reverse(name, args=[of.pk]), sent)

    return confirm


@pytest.fixture
def new_cluster():
    return ClusterFactory(name="กลุ่มโรงเรียนใหม่")


def words(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def clusters_of(school: School, day: date) -> list[str]:
    memberships = ClusterMembership.objects.in_force(day).filter(school=school)
    return [str(membership.cluster) for membership in memberships]


# --- Clusters ---


def test_a_move_ends_the_old_membership_the_day_before(act, school, cluster, new_cluster):
    assert act("school_move", cluster=new_cluster.pk, since=TODAY).status_code == 302
    assert clusters_of(school, YESTERDAY) == [cluster.name]
    assert clusters_of(school, TODAY) == [new_cluster.name]


def test_a_move_may_be_entered_ahead(act, school, cluster, new_cluster):
    act("school_move", cluster=new_cluster.pk, since=TOMORROW)
    assert clusters_of(school, TODAY) == [cluster.name]
    assert clusters_of(school, TOMORROW) == [new_cluster.name]


def test_a_school_without_a_cluster_joins_one(act, new_cluster):
    alone = SchoolFactory()
    act("school_move", of=alone, cluster=new_cluster.pk, since=TODAY)
    assert clusters_of(alone, TODAY) == [new_cluster.name]


@pytest.mark.parametrize(
    ("since", "message"),
    [
        (LONG_AGO, "วันที่ย้ายต้องอยู่หลังวันนั้น"),
        ("1/1/2024", "ปี 2024 เป็น ค.ศ."),
        ("", "โปรดกรอกสังกัดกลุ่มใหม่ตั้งแต่วันที่"),
    ],
)
def test_a_move_that_cannot_be_is_explained(act, school, new_cluster, since, message):
    response = act("school_move", cluster=new_cluster.pk, since=since)
    assert message in words(response)
    assert school.memberships.count() == 1


def test_a_move_to_the_same_cluster_is_refused(act, school, cluster):
    assert "อยู่กลุ่มโรงเรียนของเราแล้ว" in words(act("school_move", cluster=cluster.pk, since=TODAY))


def test_a_mistaken_move_is_taken_back(act, school, cluster, new_cluster):
    act("school_move", cluster=new_cluster.pk, since=TODAY)
    assert act("school_move_undo").status_code == 302
    assert clusters_of(school, TODAY) == [cluster.name]
    act("school_move_undo")
    assert "ไม่มีการย้ายให้ยกเลิก" in words(act("school_move_undo"))


def test_the_card_tells_the_registrar_who_moved_it(act, login, clerk, school, new_cluster):
    act("school_move", cluster=new_cluster.pk, since=TODAY)
    act("school_move_undo")
    page = words(login(clerk).get(reverse("school_card", args=[school.pk])))
    for told in ("เข้ากลุ่มโรงเรียน", "แก้ไขวันที่สังกัดกลุ่ม", "ยกเลิกการสังกัดกลุ่ม"):
        assert told in page
    assert f"{new_cluster} ตั้งแต่ {short_date(TODAY)}" in page


def test_what_ended_long_before_a_mistaken_move_stays_ended(act, school, cluster, new_cluster):
    school.memberships.update(ends_on=TODAY - timedelta(days=300))
    act("school_move", cluster=new_cluster.pk, since=TODAY)
    act("school_move_undo")
    assert clusters_of(school, TODAY) == []


# --- Closing ---


@pytest.fixture
def posts(school_director, academic_teacher):
    """The director's and the teacher's posts at the school."""
    return [user.appointments.get() for user in (school_director, academic_teacher)]


def ends(posts) -> list[date | None]:
    for post in posts:
        post.refresh_from_db()
    return [post.ends_on for post in posts]


def test_the_page_says_what_closing_does(login, clerk, school, posts):
    page = words(login(clerk).get(reverse("school_close", args=[school.pk])))
    assert "ตำแหน่งของโรงเรียนสิ้นสุดหนึ่งวันก่อนวันนั้น: ผู้อำนวยการโรงเรียน" in page
    assert "รอบการนิเทศและรายงานที่มีอยู่ยังอ่านได้ตามเดิม" in page


def test_a_closed_school_loses_its_appointments_but_not_its_rounds(
    act, login, school, posts, round_, supervisor, school_director
):
    response = act("school_close", on=TODAY, reference="ประกาศที่ 1/2569")
    assert response.status_code == 302
    assert ends(posts) == [YESTERDAY, YESTERDAY]
    assert school not in School.objects.open_on(TODAY)
    assert school in School.objects.open_on(YESTERDAY)
    assert login(supervisor).get(round_.get_absolute_url()).status_code == 200
    assert login(school_director).get(round_.get_absolute_url()).status_code == 404


def test_the_card_says_since_when_and_by_what(act, login, clerk, school):
    response = act("school_close", on=TODAY, reference="ประกาศที่ 1/2569")
    page = words(login(clerk).get(response.url))
    assert "ประกาศที่ 1/2569" in page
    assert "เลิกโรงเรียน" in page
    assert "ยกเลิกการเลิกหรือรวม" in page


def test_a_closing_may_be_entered_ahead(act, login, clerk, school, posts):
    response = act("school_close", on=TOMORROW)
    assert ends(posts) == [TODAY, TODAY]
    assert "มีผลวันที่" in words(login(clerk).get(response.url))


def test_a_merged_school_names_where_it_went(act, login, clerk, school, other_school):
    response = act("school_merge", into=other_school.pk, on=TODAY)
    assert "รวมกับ <a" in words(login(clerk).get(response.url))
    receiving = words(login(clerk).get(reverse("school_card", args=[other_school.pk])))
    assert "โรงเรียนที่มารวม" in receiving


def test_a_school_closes_once(act, school, other_school):
    act("school_close", on=TODAY)
    assert "ถ้าไม่ถูกต้อง โปรดยกเลิกการเลิกหรือรวมก่อน" in words(act("school_close", on=TODAY))
    assert "เลิกหรือรวมแล้วในวันนั้น จึงย้ายกลุ่มไม่ได้" in words(
        act("school_move", cluster=ClusterFactory().pk, since=TODAY)
    )


def test_it_merges_only_into_a_school_that_is_there(act, school, other_school):
    assert "โปรดเลือกโรงเรียนที่รับรวมจากรายการ" in words(act("school_merge", into=school.pk, on=TODAY))
    act("school_close", of=other_school, on=TOMORROW)
    assert "โปรดเลือกโรงเรียนอื่น" in words(
        act("school_merge", into=other_school.pk, on=TOMORROW + timedelta(days=1))
    )


def test_who_receives_another_school_does_not_close_before(act, school, other_school):
    act("school_merge", of=other_school, into=school.pk, on=TOMORROW)
    assert "จะมารวมกับโรงเรียนนี้" in words(act("school_close", on=TODAY))


def test_an_appointment_that_begins_later_must_be_settled_first(act, school, posts):
    AppointmentFactory(role=Role.SCHOOL_DIRECTOR, school=school, starts_on=TOMORROW)
    assert "หรือแก้ไขตำแหน่งนั้นก่อน" in words(act("school_close", on=TODAY))
    assert ends(posts) == [None, None]


def test_a_mistaken_closing_is_taken_back(act, login, school, posts, school_director):
    until = TODAY + timedelta(days=90)
    posts[1].ends_on = until
    posts[1].save()
    other = AppointmentFactory(role=Role.ACADEMIC_TEACHER, school=school, ends_on=YESTERDAY)
    act("school_close", on=TODAY)
    assert act("school_reopen", reason="บันทึกผิดโรงเรียน").status_code == 302
    assert ends([*posts, other]) == [None, until, YESTERDAY]
    assert school in School.objects.open_on(TODAY)
    assert login(school_director).get(reverse("school", args=[school.pk])).status_code == 200


def test_taking_back_asks_why_and_only_once(act, school):
    act("school_close", on=TODAY)
    assert "โปรดกรอกเหตุผล" in words(act("school_reopen", reason=""))
    act("school_reopen", reason="ผิด")
    assert "เปิดสอนอยู่แล้ว" in words(act("school_reopen", reason="ผิด"))
