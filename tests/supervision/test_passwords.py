"""Passwords that are the user name in disguise are refused, in words that say what to do."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from schools.models import User

pytestmark = pytest.mark.db_agnostic


def refused(password: str, **facts) -> list[str]:
    account = User(**{"username": "teacher2", "full_name": "ครูวิชาการ (ตัวอย่าง)"} | facts)
    try:
        validate_password(password, account)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    "password",
    [
        "teacher2teacher2",
        "TEACHER2teacher2",
        "teacher2-2569",
        "teacherteacher99",
        "2rehcaet2rehcaet",
        "reHcaet-Teacher2",
        "t.e.a.c.h.e.r.2.2569",
        "xteacher2teacher2y",
        "teacher๒teacher๒",
    ],
)
def test_the_user_name_in_disguise_is_refused(password):
    messages = refused(password)
    assert any("คือชื่อผู้ใช้ที่เขียนซ้ำ" in message and "โปรดตั้งใหม่" in message for message in messages)


def test_the_mail_name_in_disguise_is_refused_too():
    assert refused("somjai.d-somjai.d", email="somjai.d@example.go.th")


@pytest.mark.parametrize(
    "password", ["teacher of the hill 7", "ประตูไม้ไผ่ริมห้วย", "kmre-7fhp-w3nd", "correct horse 2"]
)
def test_a_password_of_its_own_passes(password):
    assert refused(password) == []


def test_a_name_too_short_to_tell_anything_forbids_nothing():
    assert refused("ab ประตูไม้ไผ่", username="ab1") == []
