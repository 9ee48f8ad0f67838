"""Accounts of other offices' systems: nobody's own, without a password, and never signed in."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.access import can_grant_role, can_manage_account
from schools.core.errors import ActionRefused
from schools.enums import AccessKind, Role
from schools.models import AccessEvent, Appointment, User
from schools.people.appointments import create_appointment
from schools.people.passwords import issue_passwords, passwords_version
from tests.test_access_table import PERSONAS, ROWS, access_sign

pytestmark = pytest.mark.django_db

PASSWORD = "ทดสอบ-รหัสผ่าน-1"  # of UserFactory; no action of the portal gives such an account one
LABEL = "ระบบของหน่วยงานอื่น (อ่านอย่างเดียว)"


def appointment_of(user, role, **more):
    return Appointment(user=user, role=role, starts_on=timezone.localdate(), **more)


def filled(**more):
    return {
        "username": "province-system",
        "full_name": "ระบบสารสนเทศจังหวัดตัวอย่าง",
        "role": Role.EXTERNAL_SYSTEM,
        "starts_on": "1/10/2568",
    } | more


# --- Opening ---


def test_the_administrator_opens_one_and_goes_on_to_its_token(login, administrator, cluster):
    client = login(administrator)
    answer = client.post(reverse("person_open"), filled(cluster=cluster.pk))
    account = User.objects.get(username="province-system")
    assert answer.url == reverse("person", args=[account.pk])
    assert account.appointments.get().cluster == cluster
    assert not account.has_usable_password()
    page = client.get(answer.url).content.decode()
    assert "ขั้นต่อไปคือเปิดโทเคน" in page
    assert "อ่านข้อมูลด้วยโทเคน" in page


def test_only_the_administrator_opens_and_manages_them(
    login, clerk, administrator, external_system
):
    assert not can_grant_role(clerk, Role.EXTERNAL_SYSTEM)
    assert not can_manage_account(clerk, external_system)
    assert can_manage_account(administrator, external_system)
    assert LABEL not in login(clerk).get(reverse("person_open")).content.decode()
    answer = login(clerk).post(reverse("person_open"), filled())
    assert "โปรดเลือกบทบาทจากรายการ" in answer.content.decode()
    with pytest.raises(PermissionDenied):
        create_appointment(appointment_of(external_system, Role.EXTERNAL_SYSTEM), by=clerk)
    page = login(clerk).get(reverse("person", args=[external_system.pk])).content.decode()
    assert "เฉพาะผู้ดูแลระบบเท่านั้นที่แก้ไขได้" in page


def test_it_has_no_school_of_its_own(administrator, external_system, school):
    with pytest.raises(ActionRefused, match="ไม่ใช่ตำแหน่งในโรงเรียน"):
        create_appointment(
            appointment_of(external_system, Role.EXTERNAL_SYSTEM, school=school), by=administrator
        )


def test_an_account_is_a_persons_or_a_systems_but_never_both(
    administrator, external_system, supervisor
):
    for account, role in (
        (supervisor, Role.EXTERNAL_SYSTEM),
        (external_system, Role.AREA_DIRECTOR),
    ):
        with pytest.raises(ActionRefused, match="ต้องเป็นบัญชีของตนเอง"):
            create_appointment(appointment_of(account, role), by=administrator)


def test_a_system_may_read_of_a_second_cluster(
    administrator, cluster, other_school, external_system
):
    external_system.appointments.update(cluster=cluster)
    other = other_school.memberships.get().cluster
    second = appointment_of(external_system, Role.EXTERNAL_SYSTEM, cluster=other)
    create_appointment(second, by=administrator)
    assert external_system.appointments.count() == 2


# --- Never signed in ---


def test_signing_in_is_refused_in_thai_and_noted(external_system):
    client = Client()
    data = {"login": external_system.username, "password": PASSWORD}
    page = client.post("/accounts/login/", data).content.decode()
    assert "อ่านข้อมูลด้วยโทเคนเท่านั้น" in page
    assert client.get("/").url.startswith("/accounts/login/")
    event = AccessEvent.objects.get(account=external_system)
    assert event.kind == AccessKind.SIGN_IN_FAILED


def test_it_is_refused_after_its_appointment_too(external_system):
    external_system.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    data = {"login": external_system.username, "password": PASSWORD}
    assert "โทเคน" in Client().post("/accounts/login/", data).content.decode()


def test_a_session_of_it_reaches_no_page(login, external_system):
    """Were there one: every page that needs no record asks it to sign in, as it asks anybody."""
    client, anonymous = login(external_system), PERSONAS.index("anonymous")
    rows = [(name, signs) for method, name, of, signs in ROWS if (method, of) == ("GET", "-")]
    assert len(rows) > 50
    asked = {name: access_sign(client.get(reverse(name))) for name, _ in rows}
    assert asked == {name: signs[anonymous] for name, signs in rows}


# --- No password ---


def test_no_password_is_issued_to_it(login, administrator, external_system, supervisor):
    page = reverse("people_passwords")
    people = {"person": [external_system.pk, supervisor.pk]}
    shown = login(administrator).get(page, people).content.decode()
    assert str(supervisor) in shown
    assert str(external_system) not in shown
    version = passwords_version([external_system])
    with pytest.raises(ActionRefused, match="ใช้โทเคนแทนรหัสผ่าน"):
        issue_passwords([external_system], by=administrator, version=version)


def test_the_list_of_people_says_that_it_reads_by_a_token(login, administrator, external_system):
    page = login(administrator).get(reverse("people"), {"role": Role.EXTERNAL_SYSTEM})
    assert "อ่านด้วยโทเคน" in page.content.decode()
    assert "ยังไม่เคยเข้าสู่ระบบ</span>" not in page.content.decode()
    assert not page.context["rows"][0].may_get_password
