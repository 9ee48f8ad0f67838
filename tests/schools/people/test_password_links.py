"""Password links: who signs for the office sets a password that nobody else has seen, once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.enums import Role
from schools.models import AccessEvent, PasswordLink, User
from schools.people import accounts
from schools.people.password_links import issue_password_link
from tests.factories import AppointmentFactory

pytestmark = pytest.mark.django_db
PASSWORDS, LOGIN = reverse("people_passwords"), reverse("account_login")
OWN = "ประตูไม้ไผ่ริมห้วย-77"


def issue(client, *people):
    chosen = {"person": [user.pk for user in people]}
    version = client.get(PASSWORDS, chosen).context["version"]
    return client.post(PASSWORDS, chosen | {"version": version})


def passwords_in(text: str) -> list[str]:
    return re.findall(r"(?<![a-z0-9-])[a-z0-9]{4}(?:-[a-z0-9]{4}){2}(?![a-z0-9-])", text)


def code_in(text: str) -> str:
    (code,) = re.findall(r"(?<![a-z0-9-])[a-z0-9]{4}(?:-[a-z0-9]{4}){3}(?![a-z0-9-])", text)
    return code


def page_of(code: str) -> str:
    return reverse("password_link", args=[code])


def opened(code: str, password=OWN, again=OWN):
    return Client().post(page_of(code), {"password": password, "again": again})


def signs_in(user, password) -> bool:
    client = Client()
    client.post(LOGIN, {"login": user.username, "password": password})
    return client.get(reverse("todos")).status_code == 200


@pytest.fixture
def code(area_director, clerk):
    return issue_password_link(area_director, by=clerk).code


@pytest.mark.parametrize("who", ["area_director", "group_director", "committee_member"])
def test_the_clerk_sees_no_password_of_who_signs_for_the_office(login, clerk, request, who):
    signer = request.getfixturevalue(who)
    running = login(signer)
    client = login(clerk)
    asked = client.get(PASSWORDS, {"person": signer.pk}).content.decode()
    assert "ลิงก์ที่เปิดได้ครั้งเดียวแทนรหัสผ่าน" in asked
    text = issue(client, signer).content.decode()
    assert passwords_in(text) == []
    signer.refresh_from_db()
    assert not signer.has_usable_password()
    assert running.get(reverse("home")).headers["Location"].startswith(LOGIN)
    link = PasswordLink.objects.get()
    code = code_in(text)
    assert code not in link.digest
    assert link.expires_at - link.issued_at == timedelta(hours=72)
    assert "data:image/svg+xml" in text
    assert code not in client.get(reverse("person", args=[signer.pk])).content.decode()


def test_whoever_is_to_sign_later_gets_a_link_as_well(login, clerk, academic_teacher):
    tomorrow = timezone.localdate() + timedelta(days=1)
    AppointmentFactory(user=academic_teacher, role=Role.AREA_DIRECTOR, starts_on=tomorrow)
    assert passwords_in(issue(login(clerk), academic_teacher).content.decode()) == []


def test_schools_and_signers_are_served_together(login, clerk, school_director, area_director):
    text = issue(login(clerk), school_director, area_director).content.decode()
    assert len(passwords_in(text)) == 1
    assert code_in(text)


def test_looking_at_a_link_uses_nothing_up(code, area_director):
    for _ in range(3):
        response = Client().get(page_of(code))
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
    assert area_director.username in response.content.decode()
    assert PasswordLink.objects.get().opened_at is None


def test_the_holder_sets_a_password_and_signs_in_with_it(code, area_director):
    answer = opened(code)
    assert answer.url == LOGIN
    assert signs_in(area_director, OWN)
    area_director.refresh_from_db()
    assert not area_director.must_change_password


def test_a_link_opens_once(code, area_director):
    opened(code)
    other = "หนังสือบนหลังช้าง-88"
    answer = opened(code, other, other)
    assert answer.status_code == 410
    text = answer.content.decode()
    assert "ลิงก์นี้ใช้ไปแล้วเมื่อ" in text
    assert "หากคุณไม่ได้เป็นผู้ใช้ โปรดแจ้งผู้ดูแลระบบทันที" in text
    assert not signs_in(area_director, other)


def test_a_refused_password_does_not_use_the_link_up(code, area_director):
    weak = opened(code, "area_director1", "area_director1").content.decode()
    assert "ชื่อผู้ใช้" in weak
    unlike = opened(code, OWN, f"{OWN}x").content.decode()
    assert "รหัสผ่านสองช่องไม่ตรงกัน" in unlike
    assert OWN not in unlike
    assert PasswordLink.objects.get().opened_at is None
    assert opened(code).url == LOGIN


def test_a_link_ends_after_its_hours(code, time_machine):
    issued = timezone.now()
    time_machine.move_to(issued + timedelta(hours=71))
    assert Client().get(page_of(code)).status_code == 200
    time_machine.move_to(issued + timedelta(hours=73))
    answer = opened(code)
    assert answer.status_code == 410
    assert "หมดอายุ" in answer.content.decode()


def test_a_new_link_withdraws_the_one_before(code, area_director, administrator):
    following = issue_password_link(area_director, by=administrator).code
    assert "ยกเลิกแล้ว" in opened(code).content.decode()
    assert opened(following).url == LOGIN


def test_closing_the_account_withdraws_its_link(code, area_director, clerk):
    accounts.close_account(area_director, by=clerk)
    assert opened(code).status_code == 410


def test_the_code_may_be_typed_as_people_type(code):
    page = reverse("password_link_code")
    assert Client().get(page).status_code == 200
    typed = code.replace("-", " ").upper()
    answer = Client().get(page, {"code": typed})
    assert Client().get(answer.url).status_code == 200
    assert "ไม่พบรหัสนี้" in Client().get(page, {"code": "acde"}).content.decode()
    assert "ไม่พบรหัสนี้" in Client().get(page, {"code": "???"}).content.decode()


def test_a_code_that_nobody_issued_opens_nothing(db):
    assert Client().get(page_of("acde-fhjk-mnpr-twxy")).status_code == 410


def test_issuing_and_opening_are_logged(code, area_director, clerk):
    opened(code)
    events = AccessEvent.objects.filter(account=area_director).order_by("pk")
    told = [(event.kind, event.by) for event in events]
    assert ("link_issued", clerk) in told
    assert told[-1] == ("link_opened", None)
    assert code not in str(list(AccessEvent.objects.values()))


def test_the_officer_and_the_administrator_are_told_until_they_have_read_it(
    login, code, area_director, administrator
):
    opened(code)
    for user in (User.objects.get(pk=area_director.pk), administrator):
        client = login(user)
        text = client.get(reverse("home"), follow=True).content.decode()
        assert "การเข้าใช้บัญชีที่คุณควรทราบ" in text
        assert "เปิดลิงก์และตั้งรหัสผ่าน" in text
        client.post(reverse("access_read"))
        text = client.get(reverse("home"), follow=True).content.decode()
        assert "การเข้าใช้บัญชีที่คุณควรทราบ" not in text


def test_whoever_signs_in_on_the_way_to_another_page_is_told_there(code, area_director):
    opened(code)
    client = Client()
    sent = {"login": area_director.username, "password": OWN, "next": reverse("help")}
    answer = client.post(LOGIN, sent)
    assert "มีผู้เปลี่ยนแปลงการเข้าใช้บัญชีของคุณ" in client.get(answer.url).content.decode()


def test_a_school_director_is_told_who_issued_their_password(login, clerk, school_director):
    issue(login(clerk), school_director)
    user = User.objects.get(pk=school_director.pk)
    user.must_change_password = False
    user.save()
    text = login(user).get(reverse("home")).content.decode()
    assert "ออกรหัสผ่านชั่วคราว" in text
    assert f"โดย {clerk}" in text


def test_the_officer_is_written_to(
    area_director, clerk, django_capture_on_commit_callbacks, settings
):
    area_director.email = "area@example.go.th"
    area_director.save()
    with django_capture_on_commit_callbacks(execute=True):
        code = issue_password_link(area_director, by=clerk).code
    with django_capture_on_commit_callbacks(execute=True):
        opened(code)
    assert [message.to for message in mail.outbox] == [["area@example.go.th"]] * 2
    assert "ออกลิงก์ตั้งรหัสผ่านใหม่" in mail.outbox[0].body
    assert "มีผู้เปิดลิงก์และตั้งรหัสผ่านใหม่" in mail.outbox[1].body
    assert code not in mail.outbox[0].body


def test_a_changed_address_is_told_to_the_old_one(
    area_director, clerk, django_capture_on_commit_callbacks
):
    area_director.email = "old@example.go.th"
    area_director.save()
    with django_capture_on_commit_callbacks(execute=True):
        accounts.update_account(
            area_director, by=clerk, full_name=str(area_director), email="new@example.go.th"
        )
    assert [message.to for message in mail.outbox] == [["old@example.go.th"]]
    assert AccessEvent.objects.filter(account=area_director, kind="email_changed").exists()
