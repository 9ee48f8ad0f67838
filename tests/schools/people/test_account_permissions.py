"""Who keeps the registry could open every door: what even a keeper may not do."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from schools.enums import Role
from schools.models import Appointment
from schools.people import accounts, appointments, passwords
from tests.factories import AppointmentFactory, UserFactory
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

OF_PERSON = ("person_edit", "person_close", "person_reopen", "appointment_create")
OF_POST = ("appointment_edit", "appointment_end", "appointment_withdraw")


def answers(client, user) -> set[int]:
    """Every way to touch this person, asked and done."""
    post = user.appointments.last()
    urls = [reverse(name, args=[user.pk]) for name in OF_PERSON]
    urls += [reverse(name, args=[post.pk]) for name in OF_POST]
    urls.append(f"{reverse('people_passwords')}?person={user.pk}")
    return {
        *(client.get(url).status_code for url in urls),
        *(client.post(url, {"person": user.pk}).status_code for url in urls),
    }


@pytest.mark.parametrize("who", ["clerk", "administrator"])
def test_nobody_touches_their_own_account(request, login, who):
    user = request.getfixturevalue(who)
    client = login(user)
    assert answers(client, user) == {403}
    page = client.get(reverse("person", args=[user.pk])).content.decode()
    assert "นี่คือบัญชีของคุณ" in page
    assert reverse("account_change_password") in page
    assert reverse("person_edit", args=[user.pk]) not in page


def test_a_clerk_does_not_touch_an_administrator(login, clerk, administrator):
    client = login(clerk)
    assert answers(client, administrator) == {403}
    page = client.get(reverse("person", args=[administrator.pk])).content.decode()
    assert "เฉพาะผู้ดูแลระบบคนอื่น" in page
    assert f'value="{administrator.pk}"' not in client.get(reverse("people")).content.decode()


def test_nor_one_to_come(login, clerk):
    soon = UserFactory()
    tomorrow = timezone.localdate() + timedelta(days=1)
    AppointmentFactory(user=soon, role=Role.SYSTEM_ADMINISTRATOR, starts_on=tomorrow)
    assert answers(login(clerk), soon) == {403}


def test_a_former_administrator_is_a_person_like_others(login, clerk):
    yesterday = timezone.localdate() - timedelta(days=1)
    former = user_with_role(Role.SYSTEM_ADMINISTRATOR, "former", ends_on=yesterday)
    assert 403 not in answers(login(clerk), former)


def test_an_administrator_keeps_the_others(login, administrator, clerk):
    second = user_with_role(Role.SYSTEM_ADMINISTRATOR, "second")
    for user in (second, clerk):
        assert 403 not in answers(login(administrator), user)


def test_one_forbidden_person_among_several_stops_all(login, clerk, administrator, supervisor):
    chosen = {"person": [supervisor.pk, administrator.pk], "version": ""}
    client = login(clerk)
    assert client.get(reverse("people_passwords"), chosen).status_code == 403
    assert client.post(reverse("people_passwords"), chosen).status_code == 403
    supervisor.refresh_from_db()
    assert not supervisor.must_change_password


def test_the_verbs_themselves_refuse(clerk, administrator, supervisor, school, db):
    """Whoever calls them: a page, or the import of a table."""
    today = timezone.localdate()
    keeper = Appointment(user=supervisor, role=Role.CLERK, starts_on=today)
    own = Appointment(user=clerk, role=Role.ACADEMIC_TEACHER, school=school, starts_on=today)
    for refused in (
        lambda: appointments.create_appointment(keeper, by=clerk),
        lambda: appointments.create_appointment(own, by=clerk),
        lambda: appointments.end_appointment(
            administrator.appointments.get(), by=clerk, last_day=today
        ),
        lambda: accounts.close_account(administrator, by=clerk),
        lambda: passwords.issue_passwords([administrator], by=clerk, version=""),
        lambda: accounts.close_account(clerk, by=supervisor),
        lambda: accounts.open_account(UserFactory.build(), keeper, by=clerk),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_registrar_whose_appointment_ended_manages_nothing(login, clerk, supervisor):
    clerk.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    client = login(clerk)
    assert client.get(reverse("people")).status_code == 403
    assert client.get(reverse("person", args=[supervisor.pk])).status_code == 403
