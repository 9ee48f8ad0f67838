"""A second factor at sign-in: setting it up, being asked for it, having to have it, losing it."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from schools.models import AccessEvent

PASSWORD = "ทดสอบ-ระบบ-2567"
LOGIN, CODE = reverse("account_login"), reverse("mfa_authenticate")
SECURITY, ACTIVATE = reverse("mfa_index"), reverse("mfa_activate_totp")
DEACTIVATE, CODES = reverse("mfa_deactivate_totp"), reverse("mfa_view_recovery_codes")
HOME = reverse("home")

pytestmark = pytest.mark.django_db


def code_for(secret: str) -> str:
    """What the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(user) -> Client:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    client = Client()
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    return client


def set_up(user) -> tuple[str, list[str]]:
    """The person sets up the app on the phone; the secret in it, and the codes for paper."""
    client = sign_in(user)
    secret = client.get(ACTIVATE).context["form"].secret
    assert client.post(ACTIVATE, {"code": code_for(secret)}).url == CODES
    return secret, client.get(CODES).context["unused_codes"]


def is_signed_in(client) -> bool:
    return client.get(reverse("help")).status_code == 200


def kinds_of(user) -> list[str]:
    return list(AccessEvent.objects.filter(account=user).values_list("kind", flat=True))


def test_the_app_is_set_up_with_a_picture_to_scan_and_a_first_code(
    supervisor, django_capture_on_commit_callbacks
):
    client = sign_in(supervisor)
    page = client.get(ACTIVATE)
    secret = page.context["form"].secret
    assert "data:image/svg+xml;base64," in page.content.decode()
    assert secret in page.content.decode()
    wrong = client.post(ACTIVATE, {"code": "000000"}).content.decode()
    assert "รหัสไม่ถูกต้องหรือหมดเวลาแล้ว" in wrong
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ACTIVATE, {"code": code_for(secret)}).url == CODES
    text = client.get(CODES).content.decode()
    assert "เหลือ 10 จาก 10 รหัส" in text
    assert "second_factor_added" in kinds_of(supervisor)
    assert "เปิดใช้แล้ว" in client.get(SECURITY).content.decode()


def test_the_password_alone_no_longer_signs_in(supervisor):
    secret, _ = set_up(supervisor)
    client = Client()
    sent = {"login": "supervisor", "password": PASSWORD, "next": reverse("calendar")}
    assert client.post(LOGIN, sent).url.startswith(CODE)
    assert not is_signed_in(client)
    assert "รหัสไม่ถูกต้อง" in client.post(CODE, {"code": "000000"}).content.decode()
    assert client.post(CODE, {"code": code_for(secret)}).url == reverse("calendar")
    assert is_signed_in(client)


def test_a_code_from_the_phone_works_once(supervisor):
    secret, _ = set_up(supervisor)
    for signed_in in (True, False):
        client = sign_in(supervisor)
        client.post(CODE, {"code": code_for(secret)})
        assert is_signed_in(client) is signed_in


def test_guessing_codes_has_to_wait(supervisor):
    set_up(supervisor)
    client = sign_in(supervisor)
    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    assert "โปรดรอประมาณ 5 นาที" in client.post(CODE, {"code": "000000"}).content.decode()


def test_a_recovery_code_signs_in_once(supervisor):
    _, (code, *_) = set_up(supervisor)
    for signed_in in (True, False):
        client = sign_in(supervisor)
        client.post(CODE, {"code": code})
        assert is_signed_in(client) is signed_in
    assert kinds_of(supervisor).count("recovery_code_used") == 1


def test_recovery_codes_are_downloaded_and_made_anew(supervisor):
    _, old = set_up(supervisor)
    client = sign_in(supervisor)
    client.post(CODE, {"code": old[0]})
    text = client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert old[1] in text
    assert old[0] not in text
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not set(old) & set(client.get(CODES).context["unused_codes"])


def test_a_change_asks_who_it_is_unless_signed_in_just_now(login, supervisor):
    client = login(supervisor)  # a session that was signed in long ago
    supervisor.set_password(PASSWORD)
    supervisor.save()
    client = login(supervisor)
    asked = client.get(ACTIVATE)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    wrong = client.post(asked.url, {"password": "ผิด"}).content.decode()
    assert "รหัสผ่านไม่ถูกต้อง" in wrong
    assert client.post(asked.url, {"password": PASSWORD}).url == ACTIVATE
    assert client.get(ACTIVATE).status_code == 200


def test_taking_the_app_off_is_asked_and_logged(supervisor):
    set_up(supervisor)
    client = sign_in(supervisor)
    client.post(
        CODE,
        {"code": Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]},
    )
    assert "ปิดแอปยืนยันตัวตน" in client.get(DEACTIVATE).content.decode()
    client.post(DEACTIVATE)
    assert not Authenticator.objects.exists()
    assert kinds_of(supervisor)[0] == "second_factor_removed"


# --- Who has to have one ---


@pytest.fixture
def required(settings):
    settings.TWO_FACTOR_ROLES = ["area_director", "system_administrator"]


def test_who_has_to_have_one_is_led_to_it_before_anything_else(required, area_director):
    client = sign_in(area_director)
    for name in ("home", "board", "people", "my_account"):
        assert client.get(reverse(name)).url == SECURITY
    text = client.get(SECURITY).content.decode()
    assert "ตำแหน่งของคุณต้องใช้การยืนยันตัวตนสองขั้น" in text
    secret = client.get(ACTIVATE).context["form"].secret
    client.post(ACTIVATE, {"code": code_for(secret)})
    assert client.get(reverse("todos")).status_code == 200


def test_who_does_not_have_to_goes_on_as_before(required, supervisor):
    assert sign_in(supervisor).get(HOME).status_code == 200


def test_the_own_password_comes_first(required, area_director):
    area_director.must_change_password = True
    area_director.save()
    client = sign_in(area_director)
    assert client.get(HOME).url == reverse("account_change_password")


def test_who_has_to_have_one_does_not_take_the_last_one_off(required, area_director):
    _, (code, *_) = set_up(area_director)
    client = sign_in(area_director)
    client.post(CODE, {"code": code})
    text = client.post(DEACTIVATE).content.decode()
    assert "ตำแหน่งของคุณต้องใช้การยืนยันตัวตนสองขั้น" in text
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_role_that_does_not_exist_stops_the_start(settings):
    settings.TWO_FACTOR_ROLES = ["area_directer"]
    assert any("area_directer" in error.msg for error in run_checks())


# --- A lost one ---


def test_an_administrator_takes_a_lost_one_off_and_the_owner_is_told(
    login, administrator, supervisor
):
    set_up(supervisor)
    page, url = (
        reverse("person", args=[supervisor.pk]),
        reverse("person_second_factor", args=[supervisor.pk]),
    )
    admin = login(administrator)
    assert url in admin.get(page).content.decode()
    assert "ยืนยันกับเจ้าของบัญชี" in admin.get(url).content.decode()
    admin.post(url)
    assert not Authenticator.objects.exists()
    event = AccessEvent.objects.get(account=supervisor, kind="second_factor_removed")
    assert event.by == administrator
    assert f'href="{url}"' not in admin.get(page).content.decode()
    home = sign_in(supervisor).get(HOME).content.decode()
    assert "เอาการยืนยันตัวตนขั้นที่สองออก" in home
    assert str(administrator) in home


def test_nobody_else_takes_it_off(login, clerk, group_director, administrator, supervisor):
    set_up(supervisor)
    url = reverse("person_second_factor", args=[supervisor.pk])
    for person in (clerk, group_director, supervisor):
        assert login(person).post(url).status_code == 403
    own = reverse("person_second_factor", args=[administrator.pk])
    assert login(administrator).post(own).status_code == 403
    assert Authenticator.objects.filter(user=supervisor).exists()
