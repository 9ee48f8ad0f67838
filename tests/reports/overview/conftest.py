"""Schools with results, made by the portal's own actions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.enums import Role
from schools.models import User
from supervision.improvement import actions as improvement
from supervision.improvement.enums import Assignee
from supervision.practices.enums import DecisionResult
from supervision.visits.actions import acknowledge_visit
from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory, SchoolFactory, TermFactory
from tests.personas import user_with_role


@pytest.fixture
def chosen_set(db):
    """The set that all schools of these tests are judged by; its targets are 3.00."""
    return IndicatorSetFactory(name="ชุดของทุกโรงเรียน")


@pytest.fixture
def earlier_term(term):
    """The term before the one in force."""
    opens_on = timezone.localdate() - timedelta(days=200)
    return TermFactory(number=1, opens_on=opens_on, closes_on=opens_on + timedelta(days=150))


def director_of(school):
    return User.objects.get(username=f"director_{school.pk}")


@pytest.fixture
def judge(term, cluster, chosen_set, supervisor):
    """Give a school the same level on all indicators: `judge("ก", 4)`, or `own=5` of its own.

    Returns the visit. Without `own` the school assesses itself as the supervisor does.
    """
    schools = {}

    def give(name, level, *, own=None, of_term=None, in_cluster=None, chosen=None):
        if name not in schools:
            school = SchoolFactory(name=f"โรงเรียน{name}", cluster=in_cluster or cluster)
            user_with_role(Role.SCHOOL_DIRECTOR, f"director_{school.pk}", school=school)
            schools[name] = school
        round_ = RoundFactory(
            school=schools[name], term=of_term or term, indicator_sets=[chosen or chosen_set]
        )
        director = director_of(schools[name])
        scenarios.self_assessment_confirmed(round_, by=director, level=own or level)
        return scenarios.visit_signed(round_, by=supervisor, level=level)

    return give


@pytest.fixture
def decide(group_director):
    """Let the school read its visit, and decide on its round."""

    def decided(visit, result=DecisionResult.ACHIEVED):
        acknowledge_visit(visit, by=director_of(visit.round.school))
        changes = "" if result == DecisionResult.ACHIEVED else "นิเทศซ้ำ"
        return scenarios.round_decided(
            visit.round, by=group_director, result=result, planned_changes=changes
        )

    return decided


@pytest.fixture
def advise(decide, supervisor):
    """Give a visited school advice, about an indicator or about none, to which it agrees."""

    def advised(visit, indicator=None, *, assignee=Assignee.ACADEMIC_TEACHER):
        decide(visit)
        summary = improvement.start_summary(visit.round, by=supervisor)
        given = improvement.create_recommendation(
            summary,
            by=supervisor,
            text="จัดกิจกรรมการอ่านทุกวัน",
            assignee=assignee,
            due_on=timezone.localdate() + timedelta(days=30),
            indicator=indicator,
        )
        improvement.propose_summary(summary, by=supervisor)
        improvement.agree_to_summary(summary, by=director_of(visit.round.school))
        return given

    return advised
