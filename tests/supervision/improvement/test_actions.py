from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from supervision.improvement import actions
from supervision.improvement.enums import Owner, RecommendationState
from supervision.improvement.models import Recommendation
from supervision.workflow.errors import Refused
from supervision.workflow.queries import history_of
from tests import walk


@pytest.fixture
def summary(round_, school_director, supervisor, group_director):
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    walk.decided(round_, by=group_director)
    return actions.start(round_, by=supervisor)


@pytest.fixture
def recommendation(summary, supervisor):
    return actions.recommend(
        summary,
        by=supervisor,
        text="จัดทำแผนนิเทศภายใน",
        owner=Owner.SCHOOL_DIRECTOR,
        due_on=timezone.localdate() + timedelta(days=30),
    )


def test_an_amended_recommendation_keeps_its_former_words(recommendation, supervisor):
    actions.amend(
        recommendation,
        by=supervisor,
        text="จัดทำแผนนิเทศภายในรายเดือน",
        owner=Owner.ACADEMIC_TEACHER,
        due_on=recommendation.due_on,
    )
    amended, _given = history_of(recommendation)
    assert "เดิม: จัดทำแผนนิเทศภายใน · ผู้อำนวยการโรงเรียน" in amended.reason


def test_words_are_frozen_once_proposed(summary, recommendation, supervisor):
    actions.propose(summary, by=supervisor)
    with pytest.raises(Refused, match="แก้ไขไม่ได้"):
        actions.write(summary, by=supervisor, words={"strengths": "เขียนทับ"})
    with pytest.raises(Refused, match="แก้ไขไม่ได้"):
        actions.amend(
            recommendation,
            by=supervisor,
            text="เขียนทับ",
            owner=Owner.SUPERVISOR,
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
    actions.propose(summary, by=supervisor)
    actions.agree(summary, by=school_director)
    with pytest.raises(Refused, match="หลักฐาน"):
        actions.close(recommendation, by=supervisor, proof="  ")
