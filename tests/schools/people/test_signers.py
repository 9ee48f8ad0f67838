"""Who signs for the office is never let in by one person alone."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from schools.access import (
    OFFICE_SIGNATURES,
    OFFICE_SIGNER_ROLES,
    SCOPED_PERMISSIONS,
    Permission,
    can,
)
from schools.core.errors import ActionRefused
from schools.enums import Capacity, Role
from schools.models import AccessEvent, Appointment, User
from schools.people import accounts, appointments, passwords
from schools.people.password_links import (
    find_password_link,
    issue_password_link,
    set_password_by_link,
)
from schools.people.signers import confirm_signing
from tests import scenarios
from tests.factories import UserFactory
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db
SIGNERS_PAGE, CONFIRM = reverse("signers"), reverse("signers_confirm")
OPEN, HOME = reverse("person_open"), reverse("todos")
OWN = "ประตูไม้ไผ่ริมห้วย-77"


def fresh(user) -> User:
    """As the next request finds the account, without the rights kept on the row."""
    return User.objects.get(pk=user.pk)


def reset(user, *, by) -> Appointment:
    """The signer after somebody issued a link and somebody opened it; returns the appointment."""
    slip = issue_password_link(user, by=by)
    set_password_by_link(find_password_link(slip.code), password=OWN)
    return user.appointments.get()


def given(role, user=None, *, by, allow_second_holder=False) -> Appointment:
    appointment = Appointment(user=user or UserFactory(), role=role, starts_on=timezone.localdate())
    appointments.create_appointment(appointment, by=by, allow_second_holder=allow_second_holder)
    return appointment


@pytest.mark.db_agnostic
def test_the_policy_names_who_signs_for_the_office():
    assert {Role.AREA_DIRECTOR, Role.GROUP_DIRECTOR, Role.COMMITTEE_MEMBER} == OFFICE_SIGNER_ROLES
    assert all(SCOPED_PERMISSIONS[role] & OFFICE_SIGNATURES for role in OFFICE_SIGNER_ROLES)


# --- A new password ---


def test_after_a_new_password_nothing_is_signed_until_a_second_person_confirms(
    login, area_director, clerk, administrator
):
    appointment = reset(area_director, by=clerk)
    assert not can(fresh(area_director), Permission.ISSUE_REPORT)
    assert can(fresh(area_director), Permission.VIEW_AREA)
    confirm_signing([appointment], by=administrator)
    assert can(fresh(area_director), Permission.ISSUE_REPORT)
    event = AccessEvent.objects.first()
    assert (event.kind, event.account, event.by) == (
        "signing_confirmed",
        area_director,
        administrator,
    )
    line = appointment.history.first()
    assert (line.history_user, line.history_change_reason) == (administrator, "ยืนยันผู้ลงนาม")


def test_the_signing_page_says_why_it_waits_and_who_may_confirm(
    login, round_, supervisor, school_director, group_director, area_director, clerk, administrator
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    report = scenarios.report_prepared(round_, by=group_director)
    reset(area_director, by=clerk)
    client = login(fresh(area_director))
    for ask in (client.get, client.post):
        refused = ask(reverse("report_issue", args=[report.pk]))
        assert refused.status_code == 403
        assert "การลงนามรอการยืนยันจากบุคคลที่สอง" in refused.content.decode()
    report.refresh_from_db()
    assert report.issued_at is None
    assert "การลงนามรอการยืนยัน" in client.get(HOME).content.decode()
    mine = client.get(reverse("my_account")).content.decode()
    assert f"{administrator} ·" in mine
    assert f"{group_director} ·" in mine
    assert f"<li>{clerk} ·" not in mine


def test_neither_issuer_nor_holder_confirms(area_director, group_director, clerk, administrator):
    appointment = reset(group_director, by=clerk)
    for user in (clerk, group_director):
        with pytest.raises((ActionRefused, PermissionDenied)):
            confirm_signing([appointment], by=fresh(user))
    appointment.refresh_from_db()
    assert appointment.signing_withheld_at


def test_a_signer_who_waits_confirms_nobody(area_director, group_director, clerk, administrator):
    reset(group_director, by=clerk)
    appointment = reset(area_director, by=administrator)
    assert not can(fresh(group_director), Permission.CONFIRM_SIGNER)
    confirm_signing([appointment], by=fresh(clerk))
    assert can(fresh(area_director), Permission.ISSUE_REPORT)


def test_whose_password_the_issuer_just_made_is_no_second_person(
    area_director, clerk, administrator, time_machine
):
    version = passwords.passwords_version([clerk])
    passwords.issue_passwords([clerk], by=administrator, version=version)
    User.objects.filter(pk=clerk.pk).update(must_change_password=False)
    appointment = reset(area_director, by=administrator)
    with pytest.raises(ActionRefused, match="เพิ่งออกให้โดย"):
        confirm_signing([appointment], by=fresh(clerk))
    time_machine.move_to(timezone.now() + timedelta(days=8))
    confirm_signing([appointment], by=fresh(clerk))


def test_nothing_is_confirmed_before_the_holder_has_a_password(area_director, clerk, administrator):
    issue_password_link(area_director, by=clerk)
    with pytest.raises(ActionRefused, match="ยังไม่ได้ตั้งรหัสผ่าน"):
        confirm_signing([area_director.appointments.get()], by=administrator)


def test_a_clerk_cannot_take_over_another_clerk(login, clerk):
    """Or they would be the second person of their own doings."""
    other = user_with_role(Role.CLERK, "other_clerk")
    assert login(clerk).get(reverse("people_passwords"), {"person": other.pk}).status_code == 403


# --- Beginning, and the last resort ---


def test_the_first_holder_is_let_in_by_the_administrator_alone(administrator, clerk):
    appointment = given(Role.AREA_DIRECTOR, by=administrator)
    assert appointment.signing_withheld_at is None


def test_the_first_holder_given_by_the_clerk_waits_for_the_administrator(administrator, clerk):
    appointment = given(Role.AREA_DIRECTOR, by=clerk)
    confirm_signing([appointment], by=administrator)
    assert can(fresh(appointment.user), Permission.ISSUE_REPORT)


def test_a_new_holder_after_the_first_waits_even_for_the_administrator(
    area_director, administrator, clerk
):
    appointments.end_appointment(
        area_director.appointments.get(),
        by=clerk,
        last_day=timezone.localdate() - timedelta(days=1),
    )
    appointment = given(Role.AREA_DIRECTOR, by=administrator)
    assert appointment.signing_withheld_by == administrator
    confirm_signing([appointment], by=clerk)


def test_where_nobody_else_ever_could_confirm_nothing_waits_for_ever(administrator):
    given(Role.AREA_DIRECTOR, by=administrator)
    member = user_with_role(Role.COMMITTEE_MEMBER, "member")
    Appointment.objects.filter(role=Role.AREA_DIRECTOR).delete()
    reset(member, by=administrator)
    assert can(fresh(member), Permission.ENDORSE_CRITERIA)


def test_taking_the_second_person_away_first_does_not_help(
    login, area_director, administrator, clerk
):
    """Neither a new password for the clerk nor a closed account leaves the issuer alone."""
    login(clerk)
    passwords.issue_passwords(
        [clerk], by=administrator, version=passwords.passwords_version([clerk])
    )
    assert reset(area_director, by=administrator).signing_withheld_by == administrator
    call_command("confirm_signer", area_director.username, stdout=StringIO())
    accounts.close_account(clerk, by=administrator)
    assert reset(area_director, by=administrator).signing_withheld_by == administrator


def test_an_appointment_given_anew_to_the_holder_of_an_unopened_link_waits(
    area_director, administrator, clerk
):
    issue_password_link(area_director, by=administrator)
    yesterday = timezone.localdate() - timedelta(days=1)
    appointments.end_appointment(
        area_director.appointments.get(), by=administrator, last_day=yesterday
    )
    appointment = given(Role.AREA_DIRECTOR, area_director, by=administrator)
    assert appointment.signing_withheld_by == administrator


def test_the_server_is_the_last_resort_and_it_is_logged(area_director, clerk, administrator):
    reset(area_director, by=clerk)
    out = StringIO()
    call_command("confirm_signer", area_director.username, stdout=out)
    assert str(area_director) in out.getvalue()
    assert can(fresh(area_director), Permission.ISSUE_REPORT)
    event = AccessEvent.objects.first()
    assert (event.kind, event.by) == ("signing_confirmed", None)
    assert "บนเครื่องแม่ข่าย" in event.note
    with pytest.raises(CommandError, match="ไม่มีตำแหน่งที่รอ"):
        call_command("confirm_signer", area_director.username)
    with pytest.raises(CommandError, match="ไม่มีชื่อผู้ใช้"):
        call_command("confirm_signer", "nobody")


# --- A second holder ---


def second(**more):
    return {
        "username": "second16",
        "full_name": "ผู้อำนวยการคนที่สอง (ตัวอย่าง)",
        "email": "",
        "role": Role.AREA_DIRECTOR,
        "starts_on": "1/1/2569",
    } | more


def test_a_second_holder_is_asked_about_told_and_confirmed(
    login, area_director, clerk, administrator
):
    client = login(clerk)
    asked = client.post(OPEN, second()).content.decode()
    assert f"{area_director} ดำรงตำแหน่ง" in asked
    assert 'type="checkbox" name="allow_second_holder"' in asked
    assert not User.objects.filter(username="second16").exists()
    client.post(OPEN, second(allow_second_holder="on"))
    opened = User.objects.get(username="second16")
    assert opened.appointments.get().signing_withheld_by == clerk
    told = login(area_director).get(HOME).content.decode()
    assert "มีผู้ดำรงตำแหน่งเดียวกันเพิ่มอีกคน" in told
    assert "ผู้อำนวยการคนที่สอง (ตัวอย่าง)" in told
    assert "มีผู้ดำรงตำแหน่งเดียวกันเพิ่มอีกคน" in login(administrator).get(HOME).content.decode()


def test_the_question_is_not_asked_where_nobody_holds_the_appointment(login, area_director, clerk):
    text = login(clerk).get(OPEN).content.decode()
    assert 'type="checkbox" name="allow_second_holder"' not in text
    member = second(role=Role.COMMITTEE_MEMBER)
    assert login(clerk).post(OPEN, member).status_code == 302


def test_an_existing_account_given_the_appointment_waits_too(
    login, area_director, academic_teacher, clerk
):
    url = reverse("appointment_create", args=[academic_teacher.pk])
    facts = {"role": Role.AREA_DIRECTOR, "starts_on": "1/1/2569", "capacity": Capacity.IN_PLACE_OF}
    assert "ดำรงตำแหน่ง" in login(clerk).post(url, facts).content.decode()
    assert login(clerk).post(url, facts | {"allow_second_holder": "on"}).status_code == 302
    assert not can(fresh(academic_teacher), Permission.ISSUE_REPORT)


# --- The page of whoever confirms ---


def test_the_confirmer_finds_the_task_at_home_and_does_it(
    login, area_director, clerk, administrator
):
    appointment = reset(area_director, by=clerk)
    client = login(administrator)
    assert "ยืนยันผู้ลงนามที่รอบุคคลที่สอง" in client.get(HOME).content.decode()
    assert "ยืนยันผู้ลงนามที่รอบุคคลที่สอง" not in login(clerk).get(HOME).content.decode()
    page = client.get(SIGNERS_PAGE).content.decode()
    assert "เปิดลิงก์และตั้งรหัสผ่านเมื่อ" in page
    assert "โปรดทำเครื่องหมาย" in client.post(CONFIRM).content.decode()
    assert client.post(CONFIRM, {"appointment": [appointment.pk]}).url == SIGNERS_PAGE
    assert "ไม่มีผู้ลงนามที่รอการยืนยัน" in client.get(SIGNERS_PAGE).content.decode()
    again = client.post(CONFIRM, {"appointment": [appointment.pk]}).content.decode()
    assert "ยืนยันแล้ว" in again


def test_the_issuer_reads_why_they_may_not(login, area_director, clerk, administrator):
    appointment = reset(area_director, by=clerk)
    client = login(clerk)
    assert "คุณเป็นผู้ให้ตำแหน่งหรือออกลิงก์นี้" in client.get(SIGNERS_PAGE).content.decode()
    assert (
        "ต้องให้ผู้อื่นยืนยัน" in client.post(CONFIRM, {"appointment": [appointment.pk]}).content.decode()
    )
    appointment.refresh_from_db()
    assert appointment.signing_withheld_at


def test_the_page_costs_the_same_for_many(
    login, area_director, clerk, administrator, django_assert_num_queries
):
    reset(area_director, by=clerk)
    client = login(administrator)
    client.get(SIGNERS_PAGE)  # the first request of a session also renews it
    with django_assert_num_queries(7) as first:
        client.get(SIGNERS_PAGE)
    for number in range(3):
        member = user_with_role(Role.COMMITTEE_MEMBER, f"member{number}")
        reset(member, by=clerk)
    with django_assert_num_queries(len(first)):
        client.get(SIGNERS_PAGE)
