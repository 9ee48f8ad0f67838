from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from supervision.practices.actions import nominate
from supervision.practices.enums import Result
from supervision.practices.models import Decision
from supervision.practices.queries import results_of, visit_decided_on
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from supervision.workflow.errors import Refused
from tests import walk


@pytest.fixture
def ready(round_, school_director, supervisor):
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=4)
    return round_


def test_not_achieved_must_say_what_will_change(ready, group_director):
    with pytest.raises(Refused, match="สิ่งที่จะปรับ"):
        walk.decided(ready, by=group_director, result=Result.NOT_ACHIEVED, will_change="  ")
    assert not Decision.objects.exists()
    assert Round.objects.count() == 1


def test_a_decision_without_reason_cannot_be_stored(ready, group_director):
    decision = walk.decided(ready, by=group_director)
    with pytest.raises(IntegrityError):
        Decision.objects.filter(pk=decision.pk).update(reason="")


def test_a_visit_after_the_decision_changes_no_result(
    ready, group_director, supervisor, school_director
):
    walk.decided(ready, by=group_director)
    before = results_of(visit_decided_on(Round.objects.get(pk=ready.pk)))
    tomorrow = timezone.localdate() + timedelta(days=1)
    visit = visits.plan(
        ready, by=supervisor, visit_on=tomorrow, purpose="นิเทศซ้ำ", leader=supervisor
    )
    visits.start_record(visit, by=supervisor)
    walk.fill(visit.sheet, 2, by=supervisor)
    visits.sign(visit, by=supervisor)
    visits.acknowledge(visit, by=school_director)
    assert results_of(visit_decided_on(Round.objects.get(pk=ready.pk))) == before


def test_the_same_title_may_stand_in_another_round(ready, group_director, school_director):
    walk.decided(ready, by=group_director, result=Result.NOT_ACHIEVED, will_change="ปรับ")
    following = Round.objects.get(previous=ready)
    for round_ in (ready, following):
        nominate(round_, by=school_director, title="ห้องสมุด", process="ทำ", outcome="ได้ผล")
    assert ready.practices.count() == following.practices.count() == 1
