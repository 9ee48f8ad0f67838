"""Moves and the one log, told with an indicator set, which has a move of every kind."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.criteria import actions as criteria
from supervision.criteria.enums import IndicatorSetAction, SetState
from supervision.criteria.models import IndicatorSet
from supervision.needs import actions as needs
from supervision.workflow.actions import ensure_allowed, start, transition
from supervision.workflow.enums import TransitionAction
from supervision.workflow.models import Transition, WorkflowModel
from supervision.workflow.queries import last_transition, workflow_history
from tests.factories import IndicatorSetFactory, ScaleFactory

pytestmark = pytest.mark.django_db
WORKFLOW_MODELS = [model for model in apps.get_models() if issubclass(model, WorkflowModel)]


@pytest.fixture
def draft():
    return IndicatorSetFactory(draft=True)


def test_begin_saves_in_the_first_state_and_logs_it(group_director):
    record = IndicatorSet(name="ชุดใหม่", scale=ScaleFactory())
    start(record, IndicatorSetAction.DRAFT, by=group_director)
    line = Transition.objects.get()
    assert (record.state, line.from_state, line.to_state) == (SetState.DRAFT, "", SetState.DRAFT)
    assert (line.record_type, line.record_id) == ("criteria.indicatorset", record.pk)
    assert line.by == group_director


def test_a_move_sets_its_facts_and_logs_who_when_and_why(draft, group_director, committee_member):
    before = timezone.now()
    criteria.submit_indicator_set(draft, by=group_director)
    criteria.return_indicator_set_for_correction(draft, by=committee_member, reason="  ยังวัดไม่ได้ ")
    line = last_transition(draft)
    assert draft.state == SetState.DRAFT
    assert (line.verb, line.reason, line.by) == ("return", "ยังวัดไม่ได้", committee_member)
    assert line.at >= before


def test_a_move_from_another_state_is_refused_and_logs_nothing(draft, committee_member):
    with pytest.raises(ActionRefused, match="เปลี่ยนสถานะไปแล้ว"):
        transition(draft, IndicatorSetAction.RETIRE, by=committee_member)
    draft.refresh_from_db()
    assert draft.state == SetState.DRAFT
    assert not Transition.objects.exists()


def test_the_slower_of_two_people_is_told_who_was_faster(draft, group_director, committee_member):
    stale = IndicatorSet.objects.get(pk=draft.pk)
    criteria.submit_indicator_set(draft, by=group_director)
    with pytest.raises(ActionRefused, match="ไปแล้วโดยผู้อำนวยการกลุ่มนิเทศฯ"):
        criteria.submit_indicator_set(stale, by=committee_member)


def test_check_refuses_as_the_move_would_and_changes_nothing(draft):
    ensure_allowed(draft, IndicatorSetAction.SUBMIT)
    with pytest.raises(ActionRefused):
        ensure_allowed(draft, IndicatorSetAction.ENDORSE)
    assert not Transition.objects.exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_return_without_a_reason_is_refused(draft, reason, group_director, committee_member):
    criteria.submit_indicator_set(draft, by=group_director)
    with pytest.raises(ActionRefused, match="โปรดระบุเหตุผล"):
        criteria.return_indicator_set_for_correction(draft, by=committee_member, reason=reason)
    draft.refresh_from_db()
    assert draft.state == SetState.IN_REVIEW


def test_the_database_too_wants_the_reason(draft, group_director, committee_member):
    criteria.submit_indicator_set(draft, by=group_director)
    criteria.return_indicator_set_for_correction(draft, by=committee_member, reason="ยังวัดไม่ได้")
    returned = Transition.objects.filter(verb="return")
    with pytest.raises(IntegrityError, match="transition_gives_its_reason"), transaction.atomic():
        returned.update(reason="")
    assert returned.get().reason == "ยังวัดไม่ได้"


def test_a_move_that_needs_no_reason_may_go_without(draft, group_director):
    criteria.submit_indicator_set(draft, by=group_director)
    assert last_transition(draft).reason == ""


def test_a_fact_the_database_refuses_takes_the_move_back(draft, group_director):
    criteria.submit_indicator_set(draft, by=group_director)
    with (
        pytest.raises(IntegrityError, match="approved_set_names_its_meeting"),
        transaction.atomic(),
    ):
        transition(draft, IndicatorSetAction.ENDORSE, by=group_director)
    draft.refresh_from_db()
    assert draft.state == SetState.IN_REVIEW
    assert last_transition(draft).verb == "submit"


def test_history_reads_newest_first_in_the_words_of_the_moves(
    draft, group_director, committee_member
):
    criteria.submit_indicator_set(draft, by=group_director)
    criteria.return_indicator_set_for_correction(draft, by=committee_member, reason="ยังวัดไม่ได้")
    lines = workflow_history(draft)
    assert [line.what for line in lines] == ["ส่งกลับให้แก้ไข", "เสนอ ก.ต.ป.น."]
    assert (lines[0].who, lines[0].reason) == (str(committee_member), "ยังวัดไม่ได้")


def test_history_is_of_this_record_alone(draft, group_director):
    other = IndicatorSetFactory(draft=True)
    criteria.submit_indicator_set(other, by=group_director)
    assert workflow_history(draft) == []


def test_a_schools_record_is_logged_under_its_school(school, campaign, school_director):
    needs.start_needs_survey(school, campaign, by=school_director)
    assert Transition.objects.get().school == school


def test_the_log_shows_only_schools_one_may_see(
    school, campaign, school_director, outsider_director
):
    needs.start_needs_survey(school, campaign, by=school_director)
    assert Transition.objects.visible_to(school_director).count() == 1
    assert Transition.objects.visible_to(outsider_director).count() == 0


def test_constraints_are_the_databases_own():
    """Checks, not only Python: they hold for whoever writes to the table."""
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, Transition._meta.db_table)
    assert "transition_gives_its_reason" in names


@pytest.mark.parametrize("model", WORKFLOW_MODELS)
def test_each_record_has_a_rule_for_every_action_of_its_own_enum(model):
    (actions,) = {type(action) for action in model.TRANSITIONS}
    assert issubclass(actions, TransitionAction)
    assert list(model.TRANSITIONS) == list(actions)
