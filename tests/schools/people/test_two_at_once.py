"""Two keepers at once, on real connections: one act counts, the other is told."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.enums import Role
from schools.models import Post, User
from schools.people import actions
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
