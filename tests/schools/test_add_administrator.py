"""The first account of a new portal, and the last resort of an old one."""

import io
from itertools import cycle

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from schools.access import Permission, can
from schools.management.commands import add_administrator
from schools.models import User

GOOD = "ภูเขาสูงสามลูก-2569"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def types(monkeypatch):
    """What the person types when asked for the password."""

    def answer(*passwords):
        answers = cycle(passwords)
        monkeypatch.setattr(add_administrator, "getpass", lambda _: next(answers))
        monkeypatch.setattr("sys.stdin", Terminal())

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


def test_a_new_administrator_lets_the_last_one_in_again(db, types, administrator):
    User.objects.update(is_active=False)
    types(GOOD)
    add()
    client = Client()
    client.post("/accounts/login/", {"login": "admin", "password": GOOD})
    client.post(reverse("person_reopen", args=[administrator.pk]))
    assert can(User.objects.get(pk=administrator.pk), Permission.ADMINISTER)


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


def test_two_passwords_that_differ_open_nothing(db, types):
    types(GOOD, f"{GOOD}x")
    with pytest.raises(CommandError, match="ไม่ตรงกัน"):
        add()
    assert not User.objects.exists()


def test_a_script_sends_the_password_in_one_line(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{GOOD}\n"))
    add()
    assert User.objects.get().check_password(GOOD)


def test_without_a_keyboard_and_a_password_one_line_says_so(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="stdin"):
        add()
    assert not User.objects.exists()
