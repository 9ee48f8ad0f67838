from datetime import timedelta

import pytest
from django.utils import timezone

from schools.access import Permission, can
from schools.enums import Capacity, Role
from schools.models import Appointment, User
from supervision.visits import actions
from supervision.visits.queries import deciding_visit, eligible_leaders
from tests import scenarios
from tests.personas import user_with_role


def test_leaders_are_those_the_policy_lets_record_here(
    school, supervisor, other_supervisor, group_director, area_director, school_director, clerk
):
    today = timezone.localdate()
    gone = user_with_role(Role.SUPERVISOR, "gone", ends_on=today - timedelta(days=1))
    told = {u for u in User.objects.all() if can(u, Permission.RECORD_VISIT, school.pk)}
    assert set(eligible_leaders(school, today)) == told == {supervisor, group_director}
    assert gone not in told


def test_a_closed_account_leads_nothing(school, supervisor):
    User.objects.filter(pk=supervisor.pk).update(is_active=False)
    assert not eligible_leaders(school, timezone.localdate()).exists()


def test_two_appointments_are_one_person(school, supervisor, cluster):
    Appointment.objects.create(
        user=supervisor,
        role=Role.GROUP_DIRECTOR,
        capacity=Capacity.ACTING,
        starts_on=timezone.localdate(),
    )
    assert list(eligible_leaders(school, timezone.localdate())) == [supervisor]


@pytest.fixture
def second_visit(round_, supervisor, school_director):
    """Signed after another one was acknowledged."""
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    tomorrow = timezone.localdate() + timedelta(days=1)
    visit = actions.plan_visit(
        round_, by=supervisor, visit_on=tomorrow, purpose="นิเทศซ้ำ", leader=supervisor
    )
    actions.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 3, by=supervisor)
    actions.sign_visit(visit, by=supervisor)
    return visit


def test_a_visit_that_the_school_has_not_read_decides_nothing(round_, second_visit):
    assert deciding_visit(round_).number == 1


def test_the_last_acknowledged_visit_decides(round_, second_visit, school_director):
    actions.acknowledge_visit(second_visit, by=school_director)
    assert deciding_visit(round_) == second_visit


def test_a_later_visit_changes_no_decision(round_, second_visit, school_director):
    moment = timezone.now()
    actions.acknowledge_visit(second_visit, by=school_director)
    assert deciding_visit(round_, until=moment).number == 1
