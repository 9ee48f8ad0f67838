"""Temporary passwords: issued by the office, shown once, replaced by the owner's own."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.test import Client
from django.urls import reverse

from schools.people.password_links import PASSWORD_CODE_ALPHABET
from schools.people.passwords import generate_temporary_password
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORDS = reverse("people_passwords")
CHANGE = reverse("account_change_password")
OWN = "รหัสของฉัน-2569"


def issue(client, *people):
    asked = client.get(PASSWORDS, {"person": [user.pk for user in people]})
    assert asked.status_code == 200
    return client.post(
        PASSWORDS, {"person": [user.pk for user in people], "version": asked.context["version"]}
    )


def shown(response) -> list[str]:
    return re.findall(r"\b[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}\b", response.content.decode())


def sign_in(user, password, **more) -> tuple[Client, object]:
    client = Client()
    answer = client.post(
        reverse("account_login"), {"login": user.username, "password": password, **more}
    )
    return client, answer


def own_password(client, old, new, **more):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new, **more})


@pytest.fixture
def user_with_issued_password(school_director):
    """The director after the clerk issued a password, which the slip shows."""

    def issued(client):
        response = issue(client, school_director)
        return school_director, shown(response)[0]

    return issued


def test_it_is_readable_and_strong(school_director):
    for password in (generate_temporary_password() for _ in range(200)):
        validate_password(password, school_director)
        assert set(password) <= {*PASSWORD_CODE_ALPHABET, "-"}
    assert not set("0o1li5s2z8b") & set(PASSWORD_CODE_ALPHABET)


def test_asking_first_changes_nothing(login, clerk, school_director):
    before = school_director.password
    page = login(clerk).get(PASSWORDS, {"person": school_director.pk}).content.decode()
    assert str(school_director) in page
    assert "รหัสผ่านเดิมใช้ไม่ได้อีก" in page
    school_director.refresh_from_db()
    assert school_director.password == before


def test_an_issued_password_is_shown_once_and_stored_nowhere(login, clerk, school_director):
    client = login(clerk)
    response = issue(client, school_director)
    assert response.headers["Cache-Control"] == "no-store"
    text = response.content.decode()
    assert "ใบแจ้งบัญชีผู้ใช้" in text
    assert school_director.username in text
    (password,) = shown(response)
    school_director.refresh_from_db()
    assert school_director.must_change_password
    assert school_director.check_password(password)
    assert password not in client.get(reverse("person", args=[school_director.pk])).content.decode()
    assert shown(client.get(PASSWORDS, {"person": school_director.pk})) == []
    told = school_director.history.first()
    assert (told.history_user, told.history_change_reason) == (clerk, "ออกรหัสผ่านชั่วคราว")


def test_several_people_get_an_issued_password_each(
    login, clerk, school_director, academic_teacher
):
    passwords = shown(issue(login(clerk), school_director, academic_teacher))
    assert len(set(passwords)) == 2
    for user in (school_director, academic_teacher):
        user.refresh_from_db()
        assert any(user.check_password(password) for password in passwords)


def test_sending_it_twice_keeps_the_issued_password_valid(login, clerk, school_director):
    client = login(clerk)
    version = client.get(PASSWORDS, {"person": school_director.pk}).context["version"]
    asked = {"person": school_director.pk, "version": version}
    (password,) = shown(client.post(PASSWORDS, asked))
    again = client.post(PASSWORDS, asked)
    assert "ใบแจ้งที่พิมพ์ล่าสุดยังใช้ได้" in again.content.decode()
    school_director.refresh_from_db()
    assert school_director.check_password(password)
    assert shown(client.post(PASSWORDS, asked | {"version": again.context["version"]}))


def test_running_sessions_end(login, clerk, school_director):
    phone, laptop = login(school_director), login(school_director)
    issue(login(clerk), school_director)
    for client in (phone, laptop):
        assert client.get(reverse("home")).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("chosen", [[], ["x"], ["99999999999999999999"], ["999999"]])
def test_without_anybody_chosen_it_says_how_to_choose(login, clerk, chosen):
    response = login(clerk).get(PASSWORDS, {"person": chosen})
    assert response.status_code == 200
    assert "ทำเครื่องหมายหน้าชื่อ" in response.content.decode()
    assert login(clerk).post(PASSWORDS, {"person": chosen}).status_code == 200


def issue_on(client, answer):
    """Asks for the next slips as the page of the first ones does."""
    hidden = re.findall(r'name="(person|version|issued)" value="([^"]*)"', answer.content.decode())
    people = [value for name, value in hidden if name == "person"]
    return client.post(PASSWORDS, dict(hidden) | {"person": people})


def test_one_press_issues_a_hundred_and_ten_passwords(login, clerk):
    people = [UserFactory() for _ in range(110)]
    client = login(clerk)
    asked = client.post(PASSWORDS, {"person": [user.pk for user in people]})
    assert "ออกรหัสผ่านชั่วคราวให้ 110 คน" in asked.content.decode()
    answer = issue_on(client, asked)
    passwords = shown(answer)
    assert len(passwords) == 20
    while answer.context["later"]:
        assert f">{len(passwords)}/110<" in answer.content.decode()
        answer = issue_on(client, answer)
        passwords += shown(answer)
    assert len(set(passwords)) == 110
    assert ">110/110<" in answer.content.decode()
    for user in people:
        user.refresh_from_db()
        assert user.must_change_password
    assert people[0].check_password(passwords[0])


def test_the_same_batch_sent_twice_keeps_issued_passwords_valid(login, clerk):
    people = [UserFactory() for _ in range(45)]
    client = login(clerk)
    first = issue(client, *people)
    second = issue_on(client, first)
    again = issue_on(client, first)
    assert "ใบแจ้งที่พิมพ์ล่าสุดยังใช้ได้" in again.content.decode()
    owner = second.context["credentials"][0][0].person
    owner.refresh_from_db()
    assert owner.check_password(second.context["credentials"][0][0].password)


def test_every_page_leads_to_the_owners_own_password(
    login, clerk, user_with_issued_password, round_
):
    user, password = user_with_issued_password(login(clerk))
    wanted = reverse("round", args=[round_.pk])
    client, answer = sign_in(user, password, next=wanted)
    assert answer.url == wanted
    answer = client.get(wanted)
    assert answer.url == f"{CHANGE}?next={wanted.replace('/', '%2F')}"
    page = client.get(answer.url).content.decode()
    assert "รหัสผ่านชั่วคราวที่สำนักงานออกให้" in page
    assert reverse("home") + '"' not in re.findall(r'<nav class="strip".*?</nav>', page)
    assert client.get("/no-such-page/").status_code == 302
    assert client.post(reverse("needs", args=[round_.pk])).url == CHANGE
    assert client.get(reverse("help")).status_code == 200
    answer = own_password(client, password, OWN, next=wanted)
    assert answer.url == wanted
    assert client.get(wanted).status_code == 200
    user.refresh_from_db()
    assert not user.must_change_password
    assert user.history.first().history_user == user


def test_without_a_wish_one_lands_at_home(login, clerk, user_with_issued_password):
    user, password = user_with_issued_password(login(clerk))
    client, _ = sign_in(user, password)
    assert client.get("/").url == CHANGE
    assert own_password(client, password, OWN).url == "/"


def test_the_temporary_password_is_not_kept_by_typing_it_again(
    login, clerk, user_with_issued_password
):
    user, password = user_with_issued_password(login(clerk))
    client, _ = sign_in(user, password)
    page = own_password(client, password, password).content.decode()
    assert "รหัสผ่านใหม่ซ้ำกับรหัสผ่านปัจจุบัน" in page
    assert client.get("/").url == CHANGE


def test_one_may_also_sign_out_instead(login, clerk, user_with_issued_password):
    user, password = user_with_issued_password(login(clerk))
    client, _ = sign_in(user, password)
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert client.get("/").headers["Location"].startswith(reverse("account_login"))


def test_next_never_leads_to_another_site(login, clerk, user_with_issued_password):
    user, password = user_with_issued_password(login(clerk))
    client, _ = sign_in(user, password)
    assert own_password(client, password, OWN, next="https://elsewhere.example/").url == "/"
