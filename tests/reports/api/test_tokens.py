"""Tokens of other offices' systems: opened, shown once, revoked, and what becomes of them."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from reports.api.models import ApiToken
from reports.api.tokens import count_token_use, revoke_api_token
from reports.enums import TokenState
from schools.core.errors import ActionRefused
from schools.core.thai import numeric_date
from schools.enums import AccessKind, Role
from schools.models import AccessEvent, Appointment
from schools.people.accounts import close_account, reopen_account
from tests.factories import UserFactory
from tests.personas import user_with_role
from tests.reports.api.conftest import client_with

pytestmark = pytest.mark.django_db

TERMS = "/api/v1/terms"


def form_data(account, **changed):
    last_day = timezone.localdate() + timedelta(days=90)
    return {
        "account": account.pk,
        "receiver": "สำนักงานศึกษาธิการจังหวัดตัวอย่าง",
        "purpose": "ระบบสารสนเทศระดับจังหวัด",
        "scopes": ["terms", "schools"],
        "expires_on": numeric_date(last_day),
        "rate_limit": "30",
        **changed,
    }


def shown_secret(response) -> str:
    [secret] = re.findall(r"nithet_[\w-]{43}", response.content.decode())
    return secret


# --- Opening ---


def test_the_administrator_opens_a_token_that_reads(login, administrator, external_system, term):
    response = login(administrator).post("/api/tokens/open/", form_data(external_system))
    secret = shown_secret(response)
    assert response.headers["Cache-Control"] == "no-store"
    assert "data-clear-draft" in response.content.decode()
    token = ApiToken.objects.get()
    assert (token.receiver, token.scopes, token.rate_limit, token.created_by) == (
        "สำนักงานศึกษาธิการจังหวัดตัวอย่าง",
        ["terms", "schools"],
        30,
        administrator,
    )
    assert client_with(secret).get(TERMS).json()["count"] == 1


def test_the_token_is_shown_once_and_kept_as_its_digest_only(login, administrator, external_system):
    client = login(administrator)
    secret = shown_secret(client.post("/api/tokens/open/", form_data(external_system)))
    assert len(secret) > 43  # 32 random bytes
    row = ApiToken.objects.filter(account=external_system).values().get()
    assert not any(secret in str(value) for value in row.values())
    page = client.get("/api/tokens/").content.decode()
    assert secret not in page
    assert row["prefix"] in page
    assert "ยังไม่เคยใช้" in page


def test_two_tokens_are_never_the_same(open_token, external_system):
    assert open_token(external_system).secret != open_token(external_system).secret


def test_the_access_log_says_who_opened_and_revoked_it(open_token, external_system, administrator):
    token = open_token(external_system).row
    revoke_api_token(token, by=administrator, reason="เลิกใช้ระบบ")
    events = AccessEvent.objects.filter(account=external_system).order_by("pk")
    assert [(event.kind, event.by) for event in events] == [
        (AccessKind.API_TOKEN_OPENED, administrator),
        (AccessKind.API_TOKEN_REVOKED, administrator),
    ]
    assert token.receiver in events[0].note


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"account": ""}, "โปรดเลือกบัญชีของระบบ"),
        ({"receiver": " "}, "โปรดกรอกหน่วยงานผู้รับข้อมูล"),
        ({"purpose": ""}, "โปรดกรอกวัตถุประสงค์"),
        ({"scopes": []}, "โปรดเลือกข้อมูลที่อ่านได้"),
        ({"scopes": ["observations"]}, "โปรดเลือกข้อมูลที่อ่านได้จากรายการ"),
        ({"expires_on": "1/1/2569"}, "ผ่านไปแล้ว"),
        ({"expires_on": "1/1/2580"}, "ไม่เกิน 2 ปี"),
        ({"rate_limit": "0"}, "ต้องไม่น้อยกว่า 1"),
        ({"rate_limit": "100000"}, "ต้องไม่เกิน 600"),
    ],
)
def test_what_the_form_does_not_take(login, administrator, external_system, changed, problem):
    data = form_data(external_system) | changed
    response = login(administrator).post("/api/tokens/open/", data)
    assert problem in response.content.decode()
    assert not ApiToken.objects.exists()


def test_only_accounts_of_systems_are_offered(login, administrator, external_system, supervisor):
    page = login(administrator).get("/api/tokens/open/").content.decode()
    assert f'value="{external_system.pk}"' in page
    response = login(administrator).post("/api/tokens/open/", form_data(supervisor))
    assert "โปรดเลือกบัญชีของระบบจากรายการ" in response.content.decode()


def test_no_token_for_a_person_or_for_an_appointment_that_is_over(
    open_token, external_system, supervisor
):
    Appointment.objects.filter(user=external_system).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    for account in (supervisor, external_system, UserFactory(is_active=False)):
        with pytest.raises(ActionRefused, match="ไม่มีตำแหน่ง"):
            open_token(account)


# --- Ending ---


def test_a_revoked_token_reads_nothing_more_and_says_so(
    login, administrator, open_token, external_system
):
    issued = open_token(external_system)
    client = client_with(issued.secret)
    assert client.get(TERMS).status_code == 200
    page = f"/api/tokens/{issued.row.pk}/revoke/"
    assert issued.row.prefix in login(administrator).get(page).content.decode()
    response = login(administrator).post(page, {"reason": "เลิกใช้ระบบ"}, follow=True)
    assert "เลิกใช้ระบบ" in response.content.decode()
    answer = client.get(TERMS)
    assert answer.status_code == 401
    assert "เพิกถอน" in answer.json()["detail"]


def test_revoking_asks_for_a_reason_and_happens_once(
    login, administrator, open_token, external_system
):
    token = open_token(external_system).row
    page = f"/api/tokens/{token.pk}/revoke/"
    assert "โปรดระบุเหตุผล" in login(administrator).post(page, {"reason": ""}).content.decode()
    assert ApiToken.objects.get().revoked_at is None
    revoke_api_token(token, by=administrator, reason="ก")
    again = login(administrator).post(page, {"reason": "ข"}).content.decode()
    assert "เพิกถอนไปแล้ว" in again
    assert ApiToken.objects.get().revoke_reason == "ก"


def test_the_database_wants_who_and_why(open_token, external_system):
    open_token(external_system)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(revoked_at=timezone.now())


def test_a_reopened_account_begins_without_its_tokens(open_token, external_system, administrator):
    issued = open_token(external_system)
    close_account(external_system, by=administrator)
    reopen_account(external_system, by=administrator)
    assert client_with(issued.secret).get(TERMS).status_code == 401
    token = ApiToken.objects.get()
    assert (token.revoked_by, token.state_on(timezone.localdate())) == (
        administrator,
        TokenState.REVOKED,
    )


# --- Use ---


def test_use_is_counted_by_the_minute(open_token, external_system):
    token = open_token(external_system, rate_limit=2).row
    now = timezone.now().replace(second=30)
    assert [count_token_use(token, now) for _ in range(3)] == [True, True, False]
    token.refresh_from_db()
    assert (token.uses_in_minute, token.last_used_at) == (2, now.replace(second=0, microsecond=0))
    assert count_token_use(token, now + timedelta(minutes=1))


def test_the_list_says_when_each_token_was_used_last(
    login, administrator, open_token, external_system
):
    client_with(open_token(external_system).secret).get(TERMS)
    page = login(administrator).get("/api/tokens/").content.decode()
    assert "ยังไม่เคยใช้" not in page
    assert "18 พ.ย. 2569" in page


@pytest.mark.parametrize("tokens", [1, 3])
def test_the_list_asks_the_same_for_one_and_for_three(
    login, administrator, open_token, external_system, django_assert_max_num_queries, tokens
):
    for _ in range(tokens):
        open_token(external_system)
    client = login(administrator)
    client.get("/api/tokens/")
    with django_assert_max_num_queries(7):
        client.get("/api/tokens/")


def test_the_list_says_which_token_opens_something_today(
    login, administrator, open_token, external_system
):
    client, token = login(administrator), open_token(external_system).row

    def word():
        return client.get("/api/tokens/").context["rows"][0].word

    assert word() == "ใช้ได้"
    external_system.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert word() == "บัญชีปิดอยู่หรือไม่มีตำแหน่งวันนี้"
    ApiToken.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert word() == "หมดอายุ"
    revoke_api_token(token, by=administrator, reason="ก")
    assert word() == "เพิกถอนแล้ว"


def test_without_an_account_the_list_says_what_comes_first(login, administrator):
    page = login(administrator).get("/api/tokens/").content.decode()
    assert "เปิดบัญชีให้ระบบของหน่วยงานที่ขอข้อมูลก่อน" in page


def test_a_persons_page_leads_to_the_tokens_of_a_system(login, administrator, external_system):
    page = login(administrator).get(reverse("person", args=[external_system.pk])).content.decode()
    assert f"/api/tokens/open/?account={external_system.pk}" in page
    assert "ออกรหัสผ่านชั่วคราว" not in page


def test_a_second_system_has_an_account_of_its_own(open_token, external_system, cluster):
    other = user_with_role(Role.EXTERNAL_SYSTEM, "second", cluster=cluster)
    open_token(external_system)
    open_token(other)
    assert ApiToken.objects.filter(account=other).count() == 1
