from datetime import timedelta

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


def test_a_later_visit_changes_no_decision(round_, supervisor):
    first = walk.visit_signed(round_, by=supervisor)
    moment = timezone.now()
    tomorrow = timezone.localdate() + timedelta(days=1)
    second = actions.plan(
        round_, by=supervisor, visit_on=tomorrow, purpose="นิเทศซ้ำ", leader=supervisor
    )
    actions.start_record(second, by=supervisor)
    walk.fill(second.sheet, 3, by=supervisor)
    actions.sign(second, by=supervisor)
    assert deciding_visit(round_) == second
    assert deciding_visit(round_, signed_by=moment) == first
