"""Wrong passwords make the next try wait; nobody can make the owner's own device wait."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.models import AccessEvent, FailedSignIns, User
from schools.sign_in.limits import purge_sign_in_tries

PASSWORD = "ทดสอบ-ระบบ-2567"
LOGIN = reverse("account_login")
HAS_TO_WAIT = "โปรดรออีก"
SCHOOL, STRANGER = "192.0.2.10", "198.51.100.66"

pytestmark = pytest.mark.django_db


def make_user(username):
    return User.objects.create_user(
        username=username, full_name=f"ผู้ใช้ {username}", password=PASSWORD
    )


@pytest.fixture
def owner():
    return make_user("sornor16")


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def attempt(client, name, password="ผิด", address=STRANGER, **extra):
    sent = {"login": name, "password": password}
    return client.post(LOGIN, sent, REMOTE_ADDR=address, **extra)


def waits(response) -> bool:
    return response.status_code == 200 and HAS_TO_WAIT in response.content.decode()


def test_the_wait_grows_and_says_how_long_it_is(client, owner, clock):
    assert not any(waits(attempt(client, "sornor16")) for _ in range(3))
    for told, seconds in (("5 วินาที", 5), ("15 วินาที", 15), ("1 นาที", 60), ("3 นาที", 180)):
        assert f"โปรดรออีก {told} " in attempt(client, "sornor16", PASSWORD).content.decode()
        clock.shift(seconds - 1)
        assert "โปรดรออีก 1 วินาที " in attempt(client, "sornor16", PASSWORD).content.decode()
        clock.shift(1)
        assert not waits(attempt(client, "sornor16"))
    assert "โปรดรออีก 10 นาที " in attempt(client, "sornor16").content.decode()
    clock.shift(600)
    assert attempt(client, "sornor16", PASSWORD).status_code == 302


def test_a_device_that_signed_in_before_passes_whatever_strangers_try(owner, clock):
    known = Client()
    assert attempt(known, "sornor16", PASSWORD, SCHOOL).status_code == 302
    known.post(reverse("account_logout"))
    for address in (SCHOOL, STRANGER):
        for _ in range(6):
            attempt(Client(), "sornor16", address=address)
    assert waits(attempt(Client(), "sornor16", PASSWORD, SCHOOL))
    assert attempt(known, "sornor16", PASSWORD, SCHOOL).status_code == 302


def test_strangers_do_not_make_an_owner_wait_long_at_another_address(owner, clock):
    for number in range(40):
        attempt(Client(), "sornor16", address=f"198.51.100.{number}")
        attempt(Client(), "sornor16", address=f"198.51.100.{number}")
    assert waits(attempt(Client(), "sornor16", PASSWORD, SCHOOL))
    clock.shift(61)
    assert attempt(Client(), "sornor16", PASSWORD, SCHOOL).status_code == 302


def test_a_known_device_may_not_guess_for_ever(owner, clock):
    """A pupil at the school's computer is slowed like anybody."""
    client = Client()
    attempt(client, "sornor16", PASSWORD)
    client.post(reverse("account_logout"))
    for _ in range(3):
        attempt(client, "sornor16")
    assert waits(attempt(client, "sornor16"))


def test_a_device_is_known_to_the_accounts_that_signed_in_there_only(owner, clock):
    make_user("sornor17")
    client = Client()
    attempt(client, "sornor17", PASSWORD)
    client.post(reverse("account_logout"))
    for _ in range(4):
        attempt(Client(), "sornor16", address=SCHOOL)
    assert waits(attempt(client, "sornor16", PASSWORD, SCHOOL))


def test_a_new_password_makes_the_device_a_stranger_again(owner, clock):
    client = Client()
    attempt(client, "sornor16", PASSWORD)
    client.post(reverse("account_logout"))
    owner.set_password("รหัสใหม่-ปลอดภัย-2568")
    owner.save()
    for _ in range(4):
        attempt(Client(), "sornor16")
    assert waits(attempt(client, "sornor16", "รหัสใหม่-ปลอดภัย-2568"))


def test_the_devices_cookie_is_sent_to_the_sign_in_only_and_read_by_no_script(client, owner):
    cookie = attempt(client, "sornor16", PASSWORD).cookies["known_device"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/accounts/", True, "Lax")
    assert "sornor16" not in cookie.value


def test_a_forged_cookie_is_no_known_device(client, owner, clock):
    client.cookies["known_device"] = "eyJuYW1lIjoieCJ9:1abc:forged"
    for _ in range(3):
        attempt(client, "sornor16")
    assert waits(attempt(client, "sornor16", PASSWORD))


def test_guesses_over_many_accounts_from_one_address_are_stopped(clock):
    """54 guesses over 18 accounts within seconds, as a machine makes them."""
    users = [make_user(f"user{number}") for number in range(18)]
    looked_at = [
        user for _ in range(3) for user in users if not waits(attempt(Client(), user.username))
    ]
    assert len(looked_at) == 20
    clock.shift(15)
    assert not waits(attempt(Client(), "user0"))
    assert waits(attempt(Client(), "user1"))


def test_thirty_people_of_one_school_begin_together(clock):
    """Each mistypes once, all behind one address, within five minutes."""
    for number in range(30):
        name = make_user(f"teacher{number}").username
        client = Client()
        assert not waits(attempt(client, name, address=SCHOOL))
        clock.shift(10)
        assert attempt(client, name, PASSWORD, SCHOOL).status_code == 302


def test_a_name_that_nobody_has_waits_alike(client, owner, clock):
    answers = {
        name: [waits(attempt(Client(), name, address=address)) for _ in range(5)]
        for name, address in (("sornor16", SCHOOL), ("nobody", STRANGER))
    }
    assert answers["sornor16"] == answers["nobody"] == [False, False, False, True, True]


def test_upper_and_lower_case_are_one_account(client, owner, clock):
    for name in ("sornor16", "SORNOR16", " Sornor16 "):
        attempt(client, name)
    assert waits(attempt(client, "sorNOR16"))


def test_an_ipv6_subscriber_is_one_address(owner, clock):
    for number in range(3):
        attempt(Client(), "sornor16", address=f"2001:db8:1:2::{number}")
    assert waits(attempt(Client(), "sornor16", address="2001:db8:1:2:ffff::9"))
    assert not waits(attempt(Client(), "sornor16", address="2001:db8:1:3::9"))


def test_an_address_is_taken_from_a_header_only_behind_a_trusted_proxy(settings, owner, clock):
    def guess(forwarded):
        return attempt(Client(), "sornor16", headers={"x-forwarded-for": forwarded})

    for number in range(3):
        guess(f"203.0.113.{number}")
    assert waits(guess("203.0.113.9"))
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert not waits(guess("10.9.9.9, 203.0.113.9"))


def test_good_and_failed_sign_ins_and_sign_outs_are_logged(client, owner, clock, caplog):
    caplog.set_level("INFO", logger="schools")
    attempt(client, "sornor16", "เดารหัส-1")
    attempt(client, "nobody-has-this", "เดารหัส-2")
    attempt(client, "sornor16", PASSWORD)
    client.post(reverse("account_logout"))
    events = AccessEvent.objects.order_by("pk").values_list("kind", "account", "address")
    assert list(events) == [
        ("sign_in_failed", owner.pk, STRANGER),
        ("sign_in_failed", None, STRANGER),
        ("signed_in", owner.pk, STRANGER),
        ("signed_out", owner.pk, "127.0.0.1"),
    ]
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        f"sign-in failed: account {owner.pk} from {STRANGER}",
        f"sign-in failed: no account from {STRANGER}",
        f"signed in: account {owner.pk} from {STRANGER}",
        f"signed out: account {owner.pk} from 127.0.0.1",
    ]
    typed = ("เดารหัส", PASSWORD, "nobody-has-this")
    assert not any(word in f"{lines}{list(AccessEvent.objects.values())}" for word in typed)


def test_the_owner_reads_that_somebody_had_to_wait(client, login, owner, clock):
    for _ in range(5):
        attempt(client, "sornor16")
    text = login(owner).get(reverse("my_account")).content.decode()
    assert "ให้รอก่อนเข้าสู่ระบบอีกครั้ง" in text
    assert "รอ 5 วินาที" in text
    assert AccessEvent.objects.filter(kind="sign_in_failed").count() == 3


def test_a_closed_account_is_logged_as_such(client, owner):
    owner.is_active = False
    owner.save()
    attempt(client, "sornor16", PASSWORD)
    assert AccessEvent.objects.get().note == "บัญชีปิดอยู่"


def test_what_counts_no_more_is_purged(client, owner, clock):
    attempt(client, "sornor16")
    assert purge_sign_in_tries() == 0
    clock.shift(timedelta(days=1, seconds=1))
    assert purge_sign_in_tries() == 3
    assert not FailedSignIns.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_get_no_further_than_one_after_another():
    make_user("sornor16")

    def guess(_):
        try:
            return waits(attempt(Client(), "sornor16"))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(guess, range(12)))
    assert answers.count(False) == 3
