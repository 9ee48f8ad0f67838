from datetime import timedelta

import pytest
from django.utils import timezone

from schools.access import Permission, can
from schools.enums import Role
from schools.models import Post, User
from supervision.visits import actions
from supervision.visits.queries import deciding_visit, leaders_for
from tests import walk
from tests.cast import person


def test_leaders_are_those_the_policy_lets_record_here(
    school, supervisor, other_supervisor, group_director, area_director, school_director, clerk
):
    today = timezone.localdate()
    gone = person(Role.SUPERVISOR, "gone", ends_on=today - timedelta(days=1))
    told = {u for u in User.objects.all() if can(u, Permission.RECORD_VISIT, school.pk)}
    assert set(leaders_for(school, today)) == told == {supervisor, group_director}
    assert gone not in told


def test_a_closed_account_leads_nothing(school, supervisor):
    User.objects.filter(pk=supervisor.pk).update(is_active=False)
    assert not leaders_for(school, timezone.localdate()).exists()


def test_two_posts_are_one_person(school, supervisor, cluster):
    Post.objects.create(
        user=supervisor, role=Role.GROUP_DIRECTOR, acting=True, starts_on=timezone.localdate()
    )
    assert list(leaders_for(school, timezone.localdate())) == [supervisor]


@pytest.fixture
def second_visit(round_, supervisor, school_director):
    """Signed after another one was acknowledged."""
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    tomorrow = timezone.localdate() + timedelta(days=1)
    visit = actions.plan(
        round_, by=supervisor, visit_on=tomorrow, purpose="นิเทศซ้ำ", leader=supervisor
    )
    actions.start_record(visit, by=supervisor)
    walk.fill(visit.sheet, 3, by=supervisor)
    actions.sign(visit, by=supervisor)
    return visit


def test_a_visit_that_the_school_has_not_read_decides_nothing(round_, second_visit):
    assert deciding_visit(round_).number == 1


def test_the_last_acknowledged_visit_decides(round_, second_visit, school_director):
    actions.acknowledge(second_visit, by=school_director)
    assert deciding_visit(round_) == second_visit


def test_a_later_visit_changes_no_decision(round_, second_visit, school_director):
    moment = timezone.now()
    actions.acknowledge(second_visit, by=school_director)
    assert deciding_visit(round_, until=moment).number == 1
