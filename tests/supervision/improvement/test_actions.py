from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.improvement import actions
from supervision.improvement.enums import Assignee, RecommendationState
from supervision.improvement.models import Recommendation
from supervision.workflow.queries import workflow_history
from tests import scenarios


@pytest.fixture
def summary(round_, school_director, supervisor, group_director):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    return actions.start_summary(round_, by=supervisor)


@pytest.fixture
def recommendation(summary, supervisor):
    return actions.create_recommendation(
        summary,
        by=supervisor,
        text="จัดทำแผนนิเทศภายใน",
        assignee=Assignee.SCHOOL_DIRECTOR,
        due_on=timezone.localdate() + timedelta(days=30),
    )


def test_an_updated_recommendation_keeps_its_former_words(recommendation, supervisor):
    actions.update_recommendation(
        recommendation,
        by=supervisor,
        text="จัดทำแผนนิเทศภายในรายเดือน",
        assignee=Assignee.ACADEMIC_TEACHER,
        due_on=recommendation.due_on,
    )
    amended, _given = workflow_history(recommendation)
    assert "เดิม: จัดทำแผนนิเทศภายใน · ผู้อำนวยการโรงเรียน" in amended.reason


def test_words_are_frozen_once_proposed(summary, recommendation, supervisor):
    actions.propose_summary(summary, by=supervisor)
    with pytest.raises(ActionRefused, match="แก้ไขไม่ได้"):
        actions.update_summary(summary, by=supervisor, texts={"strengths": "เขียนทับ"})
    with pytest.raises(ActionRefused, match="แก้ไขไม่ได้"):
        actions.update_recommendation(
            recommendation,
            by=supervisor,
            text="เขียนทับ",
            assignee=Assignee.SUPERVISOR,
            due_on=recommendation.due_on,
        )


def test_a_closed_recommendation_cannot_be_stored_without_proof(recommendation, supervisor):
    row = Recommendation.objects.filter(pk=recommendation.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(state=RecommendationState.CLOSED, closed_by=supervisor, closed_at=timezone.now())
    row.update(
        state=RecommendationState.CLOSED,
        closed_by=supervisor,
        closed_at=timezone.now(),
        proof="แผน",
    )


def test_close_refuses_blank_proof(summary, recommendation, supervisor, school_director):
    actions.propose_summary(summary, by=supervisor)
    actions.agree_to_summary(summary, by=school_director)
    with pytest.raises(ActionRefused, match="หลักฐาน"):
        actions.close_recommendation(recommendation, by=supervisor, proof="  ")
