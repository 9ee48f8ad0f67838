"""Accounts: opened with a first post, put right, closed and opened again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.enums import Role
from schools.models import Appointment, User
from schools.people import accounts
from supervision.calendar.feeds import create_calendar_feed
from supervision.notices.models import NoticeSettings
from tests.factories import AppointmentFactory, UserFactory

pytestmark = pytest.mark.django_db
OPEN = reverse("person_open")


def filled(**more):
    return {
        "username": "director16",
        "full_name": "ผู้อำนวยการ ตัวอย่าง",
        "email": "",
        "role": Role.SCHOOL_DIRECTOR,
        "starts_on": "1/10/2568",
    } | more


def errors(response) -> str:
    return " ".join(str(error) for error in response.context["form"].errors.values())


def test_the_form_opens_empty(login, clerk):
    assert "ตำแหน่งแรก" in login(clerk).get(OPEN).content.decode()


def test_an_account_is_opened_with_its_first_appointment(login, clerk, school):
    answer = login(clerk).post(OPEN, filled(school=school.pk, email="a@example.go.th"))
    opened = User.objects.get(username="director16")
    assert answer.url == f"{reverse('people_passwords')}?person={opened.pk}"
    assert (opened.full_name, opened.email) == ("ผู้อำนวยการ ตัวอย่าง", "a@example.go.th")
    assert opened.must_change_password
    assert not opened.has_usable_password()
    post = opened.appointments.get()
    assert (post.school, post.starts_on, post.ends_on) == (school, date(2025, 10, 1), None)
    assert opened.history.get().history_user == post.history.get().history_user == clerk


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"username": "1234567890123"}, "13 หลัก"),
        ({"username": "1-2345-67890-12-3"}, "13 หลัก"),
        ({"username": "16-1-2345-67890-12-3"}, "13 หลัก"),
        ({"username": "ผอ16"}, "อักษรอังกฤษ"),
        ({"username": "two words"}, "อักษรอังกฤษ"),
        ({"username": "ab"}, "3–30 ตัว"),
        ({"username": ""}, "โปรดกรอกชื่อผู้ใช้"),
        ({"username": "CLERK"}, "มีชื่อผู้ใช้ clerk แล้ว"),
        ({"full_name": ""}, "โปรดกรอกชื่อที่แสดง"),
        ({"email": "not-mail"}, "อีเมลไม่ถูกต้อง"),
        ({"role": ""}, "โปรดเลือกบทบาท"),
        ({"role": "king"}, "โปรดเลือกบทบาทจากรายการ"),
        ({"starts_on": "1/10/2025"}, "2568"),
        ({"school": ""}, "โปรดเลือกโรงเรียน"),
        ({"school": "99999"}, "โปรดเลือกโรงเรียนจากรายการ"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(login, clerk, school, typed, message):
    response = login(clerk).post(OPEN, filled(school=school.pk) | typed)
    assert response.status_code == 200
    assert message in errors(response)
    assert not User.objects.filter(full_name="ผู้อำนวยการ ตัวอย่าง").exists()
    if "full_name" not in typed:
        assert "ผู้อำนวยการ ตัวอย่าง" in response.content.decode()


def test_a_user_name_is_the_same_in_capitals(login, clerk, school):
    login(clerk).post(OPEN, filled(school=school.pk, username=" Director16 "))
    assert User.objects.filter(username="director16").exists()


def test_a_refused_appointment_opens_no_account(login, clerk, school_director, school):
    response = login(clerk).post(OPEN, filled(school=school.pk))
    assert f"มี {school_director} เป็นผู้อำนวยการอยู่แล้ว" in errors(response)
    assert not User.objects.filter(username="director16").exists()


def test_name_and_mail_are_put_right_and_the_user_name_stays(login, clerk, academic_teacher):
    url = reverse("person_edit", args=[academic_teacher.pk])
    client = login(clerk)
    assert academic_teacher.full_name in client.get(url).content.decode()
    client.post(url, {"full_name": "เกษร ตัวอย่าง", "email": "g@example.go.th", "username": "x"})
    changed = User.objects.get(pk=academic_teacher.pk)
    assert (changed.full_name, changed.email) == ("เกษร ตัวอย่าง", "g@example.go.th")
    assert changed.username == academic_teacher.username
    assert changed.sort_key != academic_teacher.sort_key
    assert changed.history.first().history_user == clerk


def test_a_closed_account_is_out_at_once_and_may_be_opened_again(login, clerk, school_director):
    theirs, ours = login(school_director), login(clerk)
    url = reverse("person_close", args=[school_director.pk])
    assert "เข้าสู่ระบบไม่ได้อีก" in ours.get(url).content.decode()
    assert theirs.get(reverse("home")).status_code == 200
    ours.post(url)
    assert theirs.get(reverse("home")).status_code == 302
    page = reverse("person", args=[school_director.pk])
    assert "ปิดบัญชี" in ours.get(page).content.decode()
    ours.post(reverse("person_reopen", args=[school_director.pk]))
    school_director.refresh_from_db()
    assert login(school_director).get(reverse("home")).status_code == 302  # to an own password
    told = ours.get(page).content.decode()
    assert told.index("เปิดใช้บัญชีอีกครั้ง") < told.index("<strong>ปิดบัญชี")


def test_a_reopened_account_starts_clean(login, clerk, supervisor):
    """Neither an old session nor the old password or calendar address comes back to life."""
    theirs, ours = login(supervisor), login(clerk)
    address = reverse("calendar_feed", args=[create_calendar_feed(by=supervisor).token])
    theirs.post(reverse("notices_read"), {"until": timezone.now().isoformat()})
    assert theirs.get(address).status_code == 200
    ours.post(reverse("person_close", args=[supervisor.pk]))
    reopen = reverse("person_reopen", args=[supervisor.pk])
    assert "รหัสผ่านเดิมและที่อยู่ปฏิทินเดิมใช้ไม่ได้อีก" in ours.get(reopen).content.decode()
    ours.post(reopen)
    assert theirs.get(reverse("home")).headers["Location"].startswith(reverse("account_login"))
    assert theirs.get(address).status_code == 404
    supervisor = User.objects.get(pk=supervisor.pk)
    assert supervisor.is_active
    assert supervisor.must_change_password
    assert not supervisor.has_usable_password()
    assert not NoticeSettings.objects.filter(user=supervisor).exists()


def test_reopening_an_open_account_takes_nothing_away(clerk, school_director):
    before = school_director.password
    accounts.reopen_account(school_director, by=clerk)
    school_director.refresh_from_db()
    assert school_director.password == before


def test_closing_twice_tells_the_history_once(login, clerk, school_director):
    url = reverse("person_close", args=[school_director.pk])
    login(clerk).post(url)
    login(clerk).post(url)
    assert school_director.history.filter(history_change_reason="ปิดบัญชี").count() == 1


def test_a_closed_account_gets_no_appointment_and_no_password(login, clerk, school):
    left = UserFactory(is_active=False)
    client = login(clerk)
    give = {"role": Role.ACADEMIC_TEACHER, "school": school.pk, "starts_on": "1/10/2568"}
    assert "บัญชีนี้ปิดอยู่" in errors(client.post(reverse("appointment_create", args=[left.pk]), give))
    page = client.get(reverse("people_passwords"), {"person": left.pk})
    version = page.context["version"]
    answer = client.post(reverse("people_passwords"), {"person": left.pk, "version": version})
    assert "ปิดอยู่" in errors(answer)
    assert not Appointment.objects.filter(user=left).exists()


def test_signing_in_leaves_no_line_in_the_history(client, school_director):
    before = school_director.history.count()
    client.force_login(school_director)
    assert school_director.history.count() == before


def test_the_history_tells_who_changed_what_in_plain_thai(login, clerk, administrator, school):
    person = UserFactory(full_name="สมุด ตัวอย่าง")
    post = AppointmentFactory(user=person, role=Role.ACADEMIC_TEACHER, school=school)
    client = login(clerk)
    client.post(reverse("person_edit", args=[person.pk]), {"full_name": "สมุทร ตัวอย่าง"})
    last = timezone.localdate() + timedelta(days=3)
    day = f"{last.day}/{last.month}/{last.year + 543}"
    client.post(reverse("appointment_end", args=[post.pk]), {"last_day": day})
    text = client.get(reverse("person", args=[person.pk])).content.decode()
    assert "ชื่อที่แสดง: สมุด ตัวอย่าง → สมุทร ตัวอย่าง" in text
    assert "สิ้นสุดตำแหน่ง" in text
    assert "ถึงวันที่: ว่าง →" in text
    assert str(clerk) in text
