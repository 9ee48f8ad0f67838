from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.practices.actions import nominate_practice
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.practices.queries import deciding_visit_of_round, standard_results
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from tests import scenarios


@pytest.fixture
def ready(round_, school_director, supervisor):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=4)
    return round_


def test_not_achieved_must_say_what_will_change(ready, group_director):
    with pytest.raises(ActionRefused, match="สิ่งที่จะปรับ"):
        scenarios.round_decided(
            ready, by=group_director, result=DecisionResult.NOT_ACHIEVED, planned_changes="  "
        )
    assert not Decision.objects.exists()
    assert Round.objects.count() == 1


def test_a_decision_without_reason_cannot_be_stored(ready, group_director):
    decision = scenarios.round_decided(ready, by=group_director)
    with pytest.raises(IntegrityError):
        Decision.objects.filter(pk=decision.pk).update(reason="")


def test_a_visit_after_the_decision_changes_no_result(
    ready, group_director, supervisor, school_director
):
    scenarios.round_decided(ready, by=group_director)
    before = standard_results(deciding_visit_of_round(Round.objects.get(pk=ready.pk)))
    tomorrow = timezone.localdate() + timedelta(days=1)
    visit = visits.plan_visit(
        ready, by=supervisor, visit_on=tomorrow, purpose="นิเทศซ้ำ", leader=supervisor
    )
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 2, by=supervisor)
    visits.sign_visit(visit, by=supervisor)
    visits.acknowledge_visit(visit, by=school_director)
    assert standard_results(deciding_visit_of_round(Round.objects.get(pk=ready.pk))) == before


def test_the_same_title_may_stand_in_another_round(ready, group_director, school_director):
    scenarios.round_decided(
        ready, by=group_director, result=DecisionResult.NOT_ACHIEVED, planned_changes="ปรับ"
    )
    following = Round.objects.get(previous=ready)
    for round_ in (ready, following):
        nominate_practice(round_, by=school_director, title="ห้องสมุด", process="ทำ", outcome="ได้ผล")
    assert ready.practices.count() == following.practices.count() == 1
