"""Posts: given, ended, moved, withdrawn; overlaps are judged."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from schools.enums import Capacity, Role
from schools.models import Appointment
from tests.factories import (
    AppointmentFactory,
    ClusterFactory,
    DutyFactory,
    SchoolFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


def typed(days):
    return numeric_date(day(days))


def errors(response) -> str:
    assert response.status_code == 200
    return " ".join(str(error) for error in response.context["form"].errors.values())


@pytest.fixture
def person(db):
    return UserFactory(full_name="ผู้รับตำแหน่ง")


@pytest.fixture
def give(login, clerk, person):
    """Posts the form by which a post is given to the person."""

    def post(role, **more):
        facts = {"role": role, "starts_on": typed(0)} | more
        facts = {name: getattr(value, "pk", value) for name, value in facts.items()}
        return login(clerk).post(reverse("appointment_create", args=[person.pk]), facts)

    return post


def test_an_appointment_is_given(login, clerk, person, give, school):
    form = login(clerk).get(reverse("appointment_create", args=[person.pk])).content.decode()
    assert "เพิ่มตำแหน่งให้ ผู้รับตำแหน่ง" in form
    answer = give(
        Role.SCHOOL_DIRECTOR,
        school=school,
        starts_on="๑ ตุลาคม ๒๕๖๘",
        ends_on="30/9/2570",
        capacity=Capacity.ACTING,
        title="ผู้อำนวยการโรงเรียน",
        position_number="45",
        academic_standing="senior",
    )
    assert answer.url == reverse("person", args=[person.pk])
    post = person.appointments.get()
    assert (post.school, post.capacity, post.position_number) == (school, Capacity.ACTING, "45")
    assert (post.starts_on.isoformat(), post.ends_on.isoformat()) == ("2025-10-01", "2027-09-30")
    told = login(clerk).get(answer.url).content.decode()
    assert "รักษาการในตำแหน่งผู้อำนวยการโรงเรียน" in told
    assert "ผู้อำนวยการโรงเรียน · รักษาการในตำแหน่ง · โรงเรียนของเรา" in told
    assert "ตำแหน่งเลขที่ 45" in told
    assert "วิทยฐานะชำนาญการพิเศษ" in told


@pytest.mark.parametrize(
    ("role", "places", "message"),
    [
        (Role.SCHOOL_DIRECTOR, (), "โปรดเลือกโรงเรียน เพราะผู้อำนวยการโรงเรียนเป็นตำแหน่งในโรงเรียน"),
        (Role.ACADEMIC_TEACHER, ("school", "cluster"), "ครูวิชาการไม่ใช่ตำแหน่งของกลุ่มโรงเรียน"),
        (Role.CLUSTER_CHAIR, (), "โปรดเลือกกลุ่มโรงเรียน เพราะประธานกลุ่มโรงเรียน"),
        (Role.SUBCOMMITTEE_MEMBER, ("school",), "โปรดเลือกกลุ่มโรงเรียน"),
        (Role.SUPERVISOR, ("school",), "ศึกษานิเทศก์ไม่ใช่ตำแหน่งในโรงเรียน"),
        (Role.GROUP_DIRECTOR, ("cluster",), "โปรดเว้นช่องกลุ่มโรงเรียนว่าง"),
    ],
)
def test_the_role_decides_which_place_is_named(
    give, person, school, cluster, role, places, message
):
    both = {"school": school, "cluster": cluster}
    assert message in errors(give(role, **{name: both[name] for name in places}))
    assert not person.appointments.exists()


@pytest.mark.parametrize("named", [True, False])
def test_a_supervisor_may_have_a_cluster_in_charge_or_none_yet(give, person, cluster, named):
    give(Role.SUPERVISOR, **({"cluster": cluster} if named else {}))
    assert person.appointments.get().cluster == (cluster if named else None)


def test_a_last_day_before_the_first_is_refused(give, school):
    refused = give(Role.ACADEMIC_TEACHER, school=school, ends_on=typed(-1))
    assert "วันสิ้นสุดอยู่ก่อนวันเริ่ม" in errors(refused)


def test_the_same_appointment_twice_is_refused_but_not_one_after_the_other(give, person, school):
    give(Role.ACADEMIC_TEACHER, school=school, ends_on=typed(10))
    again = give(Role.ACADEMIC_TEACHER, school=school, starts_on=typed(10))
    assert "มีตำแหน่งนี้อยู่แล้ว" in errors(again)
    give(Role.ACADEMIC_TEACHER, school=school, starts_on=typed(11))
    assert person.appointments.count() == 2


def test_the_same_role_at_two_places_is_no_overlap(give, person, school, other_school):
    give(Role.SCHOOL_DIRECTOR, school=school)
    give(Role.SCHOOL_DIRECTOR, school=other_school)
    assert person.appointments.count() == 2


def test_a_second_full_director_is_refused_naming_the_first(give, person, school, school_director):
    refused = give(Role.SCHOOL_DIRECTOR, school=school)
    assert f"{school}มี {school_director} เป็นผู้อำนวยการอยู่แล้ว" in errors(refused)
    assert "9 พฤษภาคม 2567" in errors(refused)
    give(Role.SCHOOL_DIRECTOR, school=school, capacity=Capacity.ACTING)
    assert person.appointments.get().capacity == Capacity.ACTING


def test_who_stands_in_is_printed_after_the_own_position(give, person, school):
    deputy = {"own_title": "รองผู้อำนวยการ", "title": "ผู้อำนวยการโรงเรียน"}
    assert "โปรดเว้นว่าง" in errors(give(Role.SCHOOL_DIRECTOR, school=school, **deputy))
    give(Role.SCHOOL_DIRECTOR, school=school, capacity=Capacity.ON_BEHALF_OF, **deputy)
    printed = "รองผู้อำนวยการ ปฏิบัติราชการแทนผู้อำนวยการโรงเรียน"
    assert person.appointments.get().printed_title == printed


def test_titles_that_no_record_has_room_for_are_refused(give, person, school):
    titles = {"own_title": "ก" * 100, "title": "ข" * 100}
    refused = give(Role.SCHOOL_DIRECTOR, school=school, capacity=Capacity.ACTING, **titles)
    assert "ยาวเกินไป 18 ตัวอักษร" in errors(refused)


def test_a_full_director_may_follow_or_join_an_acting_one(give, person, school):
    AppointmentFactory(role=Role.SCHOOL_DIRECTOR, school=school, capacity=Capacity.ACTING)
    give(Role.SCHOOL_DIRECTOR, school=school)
    assert person.appointments.exists()


def test_no_appointment_outlives_its_school(give, school):
    school.closed_on = day(5)
    school.save()
    assert "เลิกหรือรวมตั้งแต่" in errors(give(Role.ACADEMIC_TEACHER, school=school))
    assert give(Role.ACADEMIC_TEACHER, school=school, ends_on=typed(4)).status_code == 302


def test_an_appointment_ends_on_a_day(login, clerk, school_director):
    post = school_director.appointments.get()
    url, client = reverse("appointment_end", args=[post.pk]), login(clerk)
    assert "วันสุดท้ายของตำแหน่ง" in client.get(url).content.decode()
    assert "ตำแหน่งนี้เริ่ม" in errors(client.post(url, {"last_day": "1/1/2560"}))
    assert "โปรดกรอกวันสุดท้าย" in errors(client.post(url, {}))
    client.post(url, {"last_day": typed(-1)})
    post.refresh_from_db()
    assert post.ends_on == day(-1)
    assert "สิ้นสุดไปแล้ว" in errors(client.post(url, {"last_day": typed(5)}))


def test_an_end_still_to_come_may_be_put_off_unless_somebody_follows(login, clerk, school):
    post = AppointmentFactory(role=Role.SCHOOL_DIRECTOR, school=school, ends_on=day(10))
    url, client = reverse("appointment_end", args=[post.pk]), login(clerk)
    client.post(url, {"last_day": typed(20)})
    post.refresh_from_db()
    assert post.ends_on == day(20)
    AppointmentFactory(role=Role.SCHOOL_DIRECTOR, school=school, starts_on=day(21))
    assert "เป็นผู้อำนวยการอยู่แล้ว" in errors(client.post(url, {"last_day": typed(30)}))


def test_a_director_moves_in_one_act(login, clerk, school_director, school):
    old, new_school = school_director.appointments.get(), SchoolFactory()
    url, client = reverse("appointment_transfer", args=[old.pk]), login(clerk)
    assert f"ตำแหน่งที่{school}สิ้นสุดในวันก่อน" in client.get(url).content.decode()
    answer = client.post(
        url, {"school": new_school.pk, "starts_on": typed(0), "position_number": "7"}
    )
    assert answer.status_code == 302
    old.refresh_from_db()
    assert old.ends_on == day(-1)
    new = school_director.appointments.get(school=new_school)
    assert (new.role, new.starts_on, new.position_number) == (old.role, day(0), "7")


def test_a_move_that_is_refused_leaves_the_old_appointment(
    login, clerk, school_director, school, other_school, outsider_director
):
    old = school_director.appointments.get()
    url, client = reverse("appointment_transfer", args=[old.pk]), login(clerk)
    there = {"school": other_school.pk, "starts_on": typed(0)}
    assert f"มี {outsider_director} เป็นผู้อำนวยการอยู่แล้ว" in errors(client.post(url, there))
    assert "โรงเรียนเดิม" in errors(client.post(url, there | {"school": school.pk}))
    assert "ตำแหน่งเดิมเริ่ม" in errors(client.post(url, there | {"starts_on": "1/1/2560"}))
    assert "โปรดเลือกโรงเรียน" in errors(client.post(url, there | {"school": ""}))
    old.refresh_from_db()
    assert old.ends_on is None
    assert school_director.appointments.count() == 1


def test_only_an_appointment_at_a_school_moves_to_another(login, clerk, supervisor):
    url = reverse("appointment_transfer", args=[supervisor.appointments.get().pk])
    assert login(clerk).get(url).status_code == 404


def test_the_words_of_an_appointment_are_put_right(login, clerk, supervisor):
    post = supervisor.appointments.get()
    url, client = reverse("appointment_edit", args=[post.pk]), login(clerk)
    assert 'value="16"' in client.get(url).content.decode()
    client.post(url, {"title": "", "position_number": "๑๗", "academic_standing": "expert"})
    post.refresh_from_db()
    assert (post.position_number, post.printed_title) == ("17", "ศึกษานิเทศก์เชี่ยวชาญ")


def test_only_an_appointment_still_to_come_is_withdrawn(login, clerk, person, school, cluster):
    coming = AppointmentFactory(user=person, cluster=cluster, starts_on=day(1))
    begun = AppointmentFactory(user=person, cluster=ClusterFactory(), starts_on=day(0))
    client = login(clerk)
    assert "ตำแหน่งนี้เริ่มแล้ว" in errors(client.post(reverse("appointment_withdraw", args=[begun.pk])))
    url = reverse("appointment_withdraw", args=[coming.pk])
    assert "จะไม่เริ่ม" in client.get(url).content.decode()
    client.post(url)
    assert [*person.appointments.all()] == [begun]
    gone = Appointment.history.get(id=coming.pk, history_type="-")
    assert gone.history_user == clerk
    assert "ยกเลิกตำแหน่ง" in client.get(reverse("person", args=[person.pk])).content.decode()


def test_an_appointment_named_in_an_order_is_not_withdrawn(login, clerk, person, cluster):
    coming = AppointmentFactory(user=person, cluster=cluster, starts_on=day(1))
    DutyFactory(appointment=coming)
    response = login(clerk).post(reverse("appointment_withdraw", args=[coming.pk]))
    assert "มีคำสั่งมอบหมายงานอ้างถึง" in errors(response)


def test_a_clerk_is_not_offered_a_registrars_role_and_an_administrator_is(
    login, clerk, administrator, person
):
    url = reverse("appointment_create", args=[person.pk])
    keepers = (Role.CLERK.label, Role.SYSTEM_ADMINISTRATOR.label)
    offered = login(clerk).get(url).content.decode()
    assert not any(f">{role}<" in offered for role in keepers)
    offered = login(administrator).get(url).content.decode()
    assert all(f">{role}<" in offered for role in keepers)


@pytest.mark.parametrize("role", [Role.CLERK, Role.SYSTEM_ADMINISTRATOR])
def test_a_clerk_makes_no_registrar(give, person, login, administrator, role):
    assert "โปรดเลือกบทบาทจากรายการ" in errors(give(role))
    assert not person.appointments.exists()
    facts = {"role": role, "starts_on": typed(0)}
    login(administrator).post(reverse("appointment_create", args=[person.pk]), facts)
    assert person.appointments.get().role == role
