"""Signing in by user name: who gets in, who has to wait, and when a session ends."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.factories import IndicatorSetFactory

PASSWORD = "ทดสอบ-ระบบ-2567"
LOGIN = "/accounts/login/"
PASSWORD_PAGE = "/accounts/password/"  # any page that asks for sign-in

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor():
    return make_user("sornor16", "ศึกษานิเทศก์ ตำแหน่งเลขที่ 16")


@pytest.fixture
def colleague():
    return make_user("sornor17", "ศึกษานิเทศก์ ตำแหน่งเลขที่ 17")


def make_user(username: str, full_name: str):
    return get_user_model().objects.create_user(
        username=username, full_name=full_name, password=PASSWORD
    )


def sign_in(client, user, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": user.username, "password": password, **extra})


def is_signed_in(client) -> bool:
    return client.get(PASSWORD_PAGE).status_code == 200


def test_a_page_asks_for_sign_in_and_comes_back_to_itself(client, supervisor):
    response = client.get(PASSWORD_PAGE)
    assert response.url == f"{LOGIN}?next={PASSWORD_PAGE}"
    assert f'value="{PASSWORD_PAGE}"' in client.get(response.url).content.decode()
    response = sign_in(client, supervisor, next=PASSWORD_PAGE)
    assert response.url == PASSWORD_PAGE


def test_next_never_leads_to_another_site(client, supervisor):
    response = sign_in(client, supervisor, next="https://elsewhere.example/")
    assert response.url == "/"


def test_a_wrong_password_says_so_in_thai(client, supervisor):
    response = sign_in(client, supervisor, password="ผิด")
    assert response.status_code == 200
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in response.content.decode()
    assert not is_signed_in(client)


def test_an_empty_form_names_its_fields(client):
    page = client.post(LOGIN, {}).content.decode()
    assert "โปรดกรอกชื่อผู้ใช้" in page
    assert "โปรดกรอกรหัสผ่าน" in page


def test_signing_in_ends_with_the_browser(client, supervisor):
    cookie = sign_in(client, supervisor).cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["expires"] == ""


def test_a_closed_account_does_not_get_in(client, supervisor):
    supervisor.is_active = False
    supervisor.save()
    sign_in(client, supervisor)
    assert not is_signed_in(client)


def test_sign_out_needs_a_post(client, supervisor):
    sign_in(client, supervisor)
    assert "ยืนยันการออกจากระบบ" in client.get("/accounts/logout/").content.decode()
    assert is_signed_in(client)
    assert client.post("/accounts/logout/").url == LOGIN
    assert not is_signed_in(client)


def test_an_idle_session_ends(client, supervisor):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        sign_in(client, supervisor)
    with time_machine.travel(start + timedelta(minutes=61), tick=False):
        assert not is_signed_in(client)


def test_work_keeps_a_session_alive(client, supervisor):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        sign_in(client, supervisor)
    for minutes in range(50, 250, 50):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert is_signed_in(client)


def test_reading_on_writes_nothing(client, supervisor, django_assert_max_num_queries):
    sign_in(client, supervisor)
    client.get(PASSWORD_PAGE)
    with django_assert_max_num_queries(10) as queries:
        client.get(PASSWORD_PAGE)
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_changing_the_password(client, supervisor):
    sign_in(client, supervisor)
    new = "รหัสใหม่-ปลอดภัย-2568"
    response = client.post(
        PASSWORD_PAGE, {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert response.url == "/"
    assert is_signed_in(client)
    supervisor.refresh_from_db()
    assert supervisor.check_password(new)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("ผิด", "รหัสใหม่-2568", "รหัสใหม่-2568"), "รหัสผ่านปัจจุบันไม่ถูกต้อง"),
        ((PASSWORD, "รหัสใหม่-2568", "รหัสอื่น-2568"), "ต้องพิมพ์รหัสผ่านเดิมซ้ำอีกครั้ง"),
        ((PASSWORD, "สั้นไป", "สั้นไป"), "อย่างน้อย 10 ตัวอักษร"),
        ((PASSWORD, "9405718263", "9405718263"), "ตัวเลขล้วน"),
        ((PASSWORD, "password123", "password123"), "มีผู้ใช้กันมาก"),
        ((PASSWORD, "ศึกษานิเทศก์ ตำแหน่ง", "ศึกษานิเทศก์ ตำแหน่ง"), "คล้ายกับชื่อที่แสดง"),
        ((PASSWORD, "", ""), "โปรดกรอกรหัสผ่านใหม่"),
    ],
)
def test_a_bad_new_password_is_explained(client, supervisor, typed, message):
    sign_in(client, supervisor)
    names = ("oldpassword", "password1", "password2")
    page = client.post(PASSWORD_PAGE, dict(zip(names, typed, strict=True))).content.decode()
    assert message in page
    supervisor.refresh_from_db()
    assert supervisor.check_password(PASSWORD)


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_sign_up_and_reset_by_mail_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_nothing_answers_at_their_usual_addresses(client, path):
    assert client.get(path).status_code == 404


def test_who_signs_in_next_does_not_read_the_last_persons_messages(
    client, group_director, academic_teacher, term
):
    """A school shares its computers; a message names schools and days."""
    client.force_login(group_director)
    chosen = {"indicator_sets": [IndicatorSetFactory().pk]}
    client.post(reverse("term_open", args=[term.pk]), chosen)  # and its page is never opened
    client.post(reverse("account_logout"))
    client.force_login(academic_teacher)
    assert "เปิดรอบการนิเทศภาคเรียนที่" not in client.get(reverse("help")).content.decode()


def test_a_closed_account_is_signed_out_at_once(client, group_director):
    client.force_login(group_director)
    get_user_model().objects.filter(pk=group_director.pk).update(is_active=False)
    assert client.get(reverse("board")).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(("accept", "told"), [("text/html,*/*", True), ("*/*", False)])
def test_what_was_sent_after_the_session_ended_is_said_to_be_unsaved(client, accept, told):
    page = client.post(reverse("calendar_day_add"), follow=True, headers={"accept": accept})
    assert ("ยังไม่ได้บันทึก เพราะหมดเวลาใช้งาน" in page.content.decode()) is told
