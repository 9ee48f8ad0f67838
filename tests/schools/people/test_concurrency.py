"""Two keepers at once, on real connections: one act counts, the other is told."""

import pytest
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.enums import Role
from schools.models import AccessEvent, Appointment, User
from schools.people import appointments, passwords
from schools.people.password_links import (
    find_password_link,
    issue_password_link,
    set_password_by_link,
)
from schools.people.signers import confirm_signing
from tests.concurrency.parallel import run_together
from tests.factories import UserFactory
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_school_gets_one_director_whoever_gives_it_one(school, clerk, administrator):
    facts = {"role": Role.SCHOOL_DIRECTOR, "school": school, "starts_on": timezone.localdate()}
    first, second = (Appointment(user=UserFactory(), **facts) for _ in range(2))
    outcomes = run_together(
        lambda: appointments.create_appointment(first, by=clerk),
        lambda: appointments.create_appointment(second, by=administrator),
    )
    assert [type(refusal) for refusal in outcomes if refusal] == [ActionRefused]
    assert Appointment.objects.filter(school=school).count() == 1


def test_two_issue_one_person_a_password_and_one_is_valid(school_director, clerk, administrator):
    version = passwords.passwords_version([school_director])

    def issue(by):
        account = User.objects.get(pk=school_director.pk)
        return passwords.issue_passwords([account], by=by, version=version)

    outcomes = run_together(lambda: issue(clerk), lambda: issue(administrator))
    (slips,) = [outcome for outcome in outcomes if isinstance(outcome, list)]
    school_director.refresh_from_db()
    assert school_director.check_password(slips[0].password)


def test_two_open_one_link_and_one_password_holds(area_director, clerk):
    code = issue_password_link(area_director, by=clerk).code
    passwords = ("ประตูไม้ไผ่ริมห้วย-77", "หนังสือบนหลังช้าง-88")
    outcomes = run_together(
        *(
            lambda word=word: set_password_by_link(find_password_link(code), password=word)
            for word in passwords
        )
    )
    assert [type(refusal) for refusal in outcomes if refusal] == [ActionRefused]
    area_director.refresh_from_db()
    assert sum(area_director.check_password(word) for word in passwords) == 1
    assert AccessEvent.objects.filter(kind="link_opened").count() == 1


def test_two_confirm_one_signer_and_it_is_logged_once(area_director, clerk, administrator, db):
    set_password_by_link(
        find_password_link(issue_password_link(area_director, by=clerk).code),
        password="ประตูไม้ไผ่ริมห้วย-77",
    )
    post, leader = area_director.appointments.get(), user_with_role(Role.GROUP_DIRECTOR, "leader")
    outcomes = run_together(
        lambda: confirm_signing([post], by=administrator),
        lambda: confirm_signing([post], by=leader),
    )
    assert [type(refusal) for refusal in outcomes if refusal] == [ActionRefused]
    assert AccessEvent.objects.filter(kind="signing_confirmed").count() == 1
