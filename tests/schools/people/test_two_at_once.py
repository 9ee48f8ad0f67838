"""Two keepers at once, on real connections: one act counts, the other is told."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.enums import Role
from schools.models import AccessEvent, Post, User
from schools.people import actions
from schools.people.links import issue_link, link_of, open_link
from schools.people.signers import confirm_signing
from tests.cast import person
from tests.factories import UserFactory
from tests.two_at_once.acts import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_school_gets_one_director_whoever_gives_it_one(school, clerk, administrator):
    facts = {"role": Role.SCHOOL_DIRECTOR, "school": school, "starts_on": timezone.localdate()}
    first, second = (Post(user=UserFactory(), **facts) for _ in range(2))
    outcomes = together(
        lambda: actions.give_post(first, by=clerk),
        lambda: actions.give_post(second, by=administrator),
    )
    assert [type(refusal) for refusal in outcomes if refusal] == [ValidationError]
    assert Post.objects.filter(school=school).count() == 1


def test_two_issue_one_person_a_password_and_one_slip_holds(school_director, clerk, administrator):
    seen = actions.seen_passwords([school_director])

    def issue(by):
        person = User.objects.get(pk=school_director.pk)
        return actions.issue_passwords([person], by=by, seen=seen)

    outcomes = together(lambda: issue(clerk), lambda: issue(administrator))
    (slips,) = [outcome for outcome in outcomes if isinstance(outcome, list)]
    school_director.refresh_from_db()
    assert school_director.check_password(slips[0].password)


def test_two_open_one_link_and_one_password_holds(area_director, clerk):
    code = issue_link(area_director, by=clerk).code
    passwords = ("ประตูไม้ไผ่ริมห้วย-77", "หนังสือบนหลังช้าง-88")
    outcomes = together(
        *(lambda word=word: open_link(link_of(code), password=word) for word in passwords)
    )
    assert [type(refusal) for refusal in outcomes if refusal] == [ValidationError]
    area_director.refresh_from_db()
    assert sum(area_director.check_password(word) for word in passwords) == 1
    assert AccessEvent.objects.filter(kind="link_opened").count() == 1


def test_two_confirm_one_signer_and_it_is_logged_once(area_director, clerk, administrator, db):
    open_link(link_of(issue_link(area_director, by=clerk).code), password="ประตูไม้ไผ่ริมห้วย-77")
    post, leader = area_director.posts.get(), person(Role.GROUP_DIRECTOR, "leader")
    outcomes = together(
        lambda: confirm_signing([post], by=administrator),
        lambda: confirm_signing([post], by=leader),
    )
    assert [type(refusal) for refusal in outcomes if refusal] == [ValidationError]
    assert AccessEvent.objects.filter(kind="signing_confirmed").count() == 1
