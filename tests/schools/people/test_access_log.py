"""The access log: what is written into it, who reads it, and for how long it is kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.core.request_client import device_in_words
from schools.core.thai import numeric_date
from schools.enums import AccessKind
from schools.models import AccessEvent
from schools.people import accounts
from schools.people.access_log import log_access_event, purge_access_log

pytestmark = pytest.mark.django_db
LOG, MINE, PASSWORDS = reverse("access_log"), reverse("my_account"), reverse("people_passwords")
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"


def kinds_of(user) -> list[str]:
    return list(AccessEvent.objects.filter(account=user).values_list("kind", flat=True))


def found(client, **wanted) -> list[str]:
    response = client.get(LOG, wanted)
    assert response.status_code == 200
    return [event.kind for event in response.context["page"]]


def test_closing_and_reopening_an_account_is_logged(clerk, school_director):
    accounts.close_account(school_director, by=clerk)
    accounts.close_account(school_director, by=clerk)  # changes nothing, so tells nothing
    accounts.reopen_account(school_director, by=clerk)
    assert kinds_of(school_director) == ["account_reopened", "account_closed"]
    assert AccessEvent.objects.filter(by=clerk).count() == 2


def test_issuing_a_password_is_logged_with_address_and_device(login, clerk, school_director):
    client = login(clerk)
    version = client.get(PASSWORDS, {"person": school_director.pk}).context["version"]
    sent = {"person": school_director.pk, "version": version}
    client.post(PASSWORDS, sent, headers={"user-agent": PHONE}, REMOTE_ADDR="192.0.2.7")
    event = AccessEvent.objects.get(account=school_director)
    assert (event.kind, event.by) == ("password_issued", clerk)
    assert (event.address, event.device) == ("192.0.2.7", "Chrome บน Android")


def test_the_owners_own_password_is_logged_and_its_words_are_not(login, school_director):
    school_director.set_password("ประตูไม้ไผ่-77")
    school_director.save()
    client, new = Client(), "สะพานข้ามห้วย-88"
    client.force_login(school_director)
    sent = {"oldpassword": "ประตูไม้ไผ่-77", "password1": new, "password2": new}
    client.post(reverse("account_change_password"), sent)
    event = AccessEvent.objects.get(account=school_director)
    assert (event.kind, event.by) == ("password_set", school_director)
    assert new not in str(list(AccessEvent.objects.values()))


def test_a_change_made_without_a_request_has_no_address(clerk):
    event = log_access_event(AccessKind.SIGNED_IN, account=clerk, by=clerk)
    assert (event.address, event.device) == (None, "")


@pytest.mark.db_agnostic
@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Chrome บน Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Safari/604.1", "Safari บน iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge บน Windows"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Safari Line/13.1", "LINE บน iPhone"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_as_people_name_it(user_agent, words):
    assert device_in_words(user_agent) == words


def test_the_administrator_filters_by_person_event_and_day(
    login, administrator, clerk, school_director
):
    log_access_event(AccessKind.SIGNED_IN, account=school_director, by=school_director)
    log_access_event(AccessKind.PASSWORD_ISSUED, account=school_director, by=clerk)
    log_access_event(AccessKind.SIGN_IN_FAILED, account=None)
    client = login(administrator)
    assert found(client) == ["sign_in_failed", "password_issued", "signed_in"]
    assert found(client, q="school_director") == ["password_issued", "signed_in"]
    assert found(client, q="clerk") == ["password_issued"]
    assert found(client, kind="sign_in_failed") == ["sign_in_failed"]
    today = timezone.localdate()
    tomorrow = numeric_date(today + timedelta(days=1))
    assert len(found(client, since=numeric_date(today), until=numeric_date(today))) == 3
    assert found(client, since=tomorrow) == []
    text = client.get(LOG, {"since": "9/5/2024"}).content.decode()
    assert "โปรดแก้ไข 1 รายการ" in text


def test_a_user_name_that_nobody_has_is_not_repeated(login, administrator):
    log_access_event(AccessKind.SIGN_IN_FAILED, account=None)
    assert "ชื่อผู้ใช้ที่ไม่มีในระบบ" in login(administrator).get(LOG).content.decode()


def test_the_log_costs_the_same_for_many_lines(
    login, administrator, clerk, django_assert_num_queries
):
    client = login(administrator)
    log_access_event(AccessKind.SIGNED_IN, account=clerk, by=clerk)
    client.get(LOG)
    with django_assert_num_queries(6) as first:
        client.get(LOG)
    for _ in range(3):
        log_access_event(AccessKind.PASSWORD_ISSUED, account=administrator, by=clerk)
    with django_assert_num_queries(len(first)):
        client.get(LOG)


def test_everybody_reads_what_happened_to_their_own_account(login, clerk, school_director):
    log_access_event(AccessKind.PASSWORD_ISSUED, account=school_director, by=clerk)
    log_access_event(AccessKind.SIGN_IN_FAILED, account=clerk)
    text = login(school_director).get(MINE).content.decode()
    assert "ออกรหัสผ่านชั่วคราว" in text
    assert f"โดย {clerk}" in text
    assert "เข้าสู่ระบบไม่สำเร็จ" not in text


def test_old_lines_are_purged_and_newer_ones_kept(clerk, settings):
    settings.ACCESS_LOG_DAYS = 90
    today = timezone.localdate()
    kept, gone = (log_access_event(AccessKind.SIGNED_IN, account=clerk, by=clerk) for _ in range(2))
    for event, days in ((kept, 89), (gone, 92)):
        event.at -= timedelta(days=days)
        event.save()
    assert purge_access_log(today) == 1
    assert AccessEvent.objects.get() == kept
