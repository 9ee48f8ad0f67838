"""Who reads what by which token; everybody else gets nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.api.operations import OPERATIONS
from reports.enums import ApiScope
from schools.enums import Role
from schools.models import Appointment, User
from tests.reports.api.conftest import client_with
from tests.test_access_table import PERSONAS

pytestmark = pytest.mark.django_db

ADDRESSES = [f"/api/v1{one.address.replace('{school}', '1')}" for one in OPERATIONS]
METHODS = ("post", "put", "patch", "delete", "head", "options")


@pytest.fixture
def every_persona(request):
    return [request.getfixturevalue(name) for name in PERSONAS[1:]]


def test_without_a_token_nobody_reads_whoever_is_signed_in(login, every_persona):
    clients = [Client(), *map(login, every_persona)]
    answers = [client.get(address) for client in clients for address in ADDRESSES]
    assert {answer.status_code for answer in answers} == {401}
    for answer in answers:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "โทเคน" in answer.json()["detail"]
        assert not answer.cookies.get("csrftoken")


def test_the_description_is_for_the_administrator_and_whoever_has_a_token(
    login, every_persona, administrator, api
):
    address = reverse("api:openapi")
    read = [user for user in every_persona if login(user).get(address).status_code == 200]
    assert read == [administrator]
    assert Client().get(address).status_code == 401
    assert api.get(address).json()["info"]["title"]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer nithet_x", "Basic {}", "{}", "Bearer  {}"]
)
def test_what_is_no_token_of_ours(open_token, external_system, header):
    secret = open_token(external_system).secret
    client = Client(headers={"Authorization": header.format(secret)})
    assert client.get(ADDRESSES[0]).status_code == 401


def test_the_session_of_the_administrator_is_no_token(login, administrator):
    assert login(administrator).get(ADDRESSES[0]).status_code == 401


def test_each_scope_opens_its_own_operations_only(open_token, external_system, school):
    for scope in ApiScope:
        client = client_with(open_token(external_system, scopes=[scope.value]).secret)
        for one in OPERATIONS:
            address = f"/api/v1{one.address.replace('{school}', str(school.pk))}"
            answer = client.get(address)
            assert answer.status_code == (200 if one.scope == scope else 403), address


@pytest.mark.parametrize("method", METHODS)
def test_it_is_only_read(api, method):
    answer = getattr(api, method)(ADDRESSES[0])
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")


def test_an_unknown_address_is_told_in_json(api):
    for address in ("/api/v1/", "/api/v1/visits", "/api/v1/schools/"):
        answer = api.get(address)
        assert answer.status_code == 404, address
        assert answer.json()["detail"]


# --- When a token counts ---


def test_the_last_day_is_one_of_use_and_the_next_is_not(open_token, external_system):
    today = timezone.localdate()
    client = client_with(open_token(external_system, expires_on=today).secret)
    assert client.get(ADDRESSES[0]).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        answer = client.get(ADDRESSES[0])
    assert (answer.status_code, "หมดอายุ" in answer.json()["detail"]) == (401, True)


def test_no_appointment_no_reading(api, external_system):
    yesterday = timezone.localdate() - timedelta(days=1)
    Appointment.objects.filter(user=external_system).update(ends_on=yesterday)
    answer = api.get(ADDRESSES[0])
    assert (answer.status_code, "ตำแหน่ง" in answer.json()["detail"]) == (401, True)


def test_an_appointment_of_another_role_does_not_do(api, external_system):
    Appointment.objects.filter(user=external_system).update(role=Role.AREA_DIRECTOR)
    assert api.get(ADDRESSES[0]).status_code == 401


def test_a_closed_account_reads_nothing(api, external_system):
    User.objects.filter(pk=external_system.pk).update(is_active=False)
    assert api.get(ADDRESSES[0]).status_code == 401


def test_beyond_its_limit_a_token_waits_for_the_next_minute(open_token, external_system):
    client = client_with(open_token(external_system, rate_limit=2).secret)
    minute = timezone.now().replace(second=20)
    with time_machine.travel(minute, tick=False):
        answers = [client.get(ADDRESSES[0]) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "40"
    assert "2 ครั้งต่อนาที" in answers[-1].json()["detail"]
    with time_machine.travel(minute + timedelta(seconds=40)):
        assert client.get(ADDRESSES[0]).status_code == 200


def test_one_token_does_not_use_up_the_limit_of_another(open_token, external_system):
    tokens = [open_token(external_system, rate_limit=1) for _ in range(2)]
    clients = [client_with(token.secret) for token in tokens]
    assert [client.get(ADDRESSES[0]).status_code for client in clients] == [200, 200]


# --- Parameters ---


@pytest.mark.parametrize(
    ("query", "name", "problem"),
    [
        ("limit=0", "limit", "ต้องไม่น้อยกว่า 1"),
        ("limit=501", "limit", "ต้องไม่เกิน 500"),
        ("limit=x", "limit", "ต้องเป็นจำนวนเต็ม"),
        ("offset=-1", "offset", "ต้องไม่น้อยกว่า 0"),
        ("cluster=99999999999999999999", "cluster", "ต้องไม่เกิน 9007199254740991"),
        ("cluter=1", "cluter", "ไม่รู้จักพารามิเตอร์นี้ โปรดตรวจตัวสะกด"),
        ("is_open=maybe", "is_open", "ต้องเป็น true หรือ false"),
    ],
)
def test_a_parameter_that_is_not_understood(api, query, name, problem):
    answer = api.get(f"/api/v1/schools?{query}")
    assert answer.status_code == 422
    assert answer.json()["parameters"] == [{"name": name, "problem": problem}]
