"""The first account of a new portal."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from schools.access import Permission, can
from schools.management.commands import add_administrator
from schools.models import User

GOOD = "ภูเขาสูงสามลูก-2569"


@pytest.fixture
def types(monkeypatch):
    """What the person types when asked for the password."""

    def answer(password):
        monkeypatch.setattr(add_administrator, "getpass", lambda _: password)

    return answer


def add(username="admin"):
    call_command("add_administrator", username, "ผู้ดูแลระบบ", stdout=io.StringIO())


def test_the_first_administrator_signs_in_and_opens_the_registry(db, types):
    types(GOOD)
    add()
    client = Client()
    client.post("/accounts/login/", {"login": "admin", "password": GOOD})
    assert "เปิดทะเบียน" in client.get("/").content.decode()
    assert can(User.objects.get(), Permission.ADMINISTER)


def test_a_weak_password_opens_nothing(db, types):
    types("123")
    with pytest.raises(CommandError, match=r"รหัสผ่าน|อักขระ"):
        add()
    assert not User.objects.exists()


def test_a_name_in_use_is_refused(db, types):
    types(GOOD)
    add()
    with pytest.raises(CommandError, match="ใช้ชื่ออื่น"):
        add()


def test_a_name_that_is_nobodys_business_is_refused(db, types):
    types(GOOD)
    with pytest.raises(CommandError, match="13 หลัก"):
        add("1234567890123")
    assert not User.objects.exists()
