"""A round that was decided บรรลุ, with its summary on the way to be agreed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from supervision.improvement import actions
from supervision.improvement.enums import Assignee
from tests import scenarios


@pytest.fixture
def achieved(round_, school_director, supervisor, group_director):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    return round_


@pytest.fixture
def summary(achieved, supervisor):
    return actions.start_summary(achieved, by=supervisor)


@pytest.fixture
def recommendation(summary, supervisor):
    return actions.create_recommendation(
        summary,
        by=supervisor,
        text="จัดทำแผนนิเทศภายใน",
        assignee=Assignee.SCHOOL_DIRECTOR,
        due_on=timezone.localdate() + timedelta(days=30),
    )


@pytest.fixture
def proposed(summary, recommendation, supervisor):
    actions.propose_summary(summary, by=supervisor)
    return summary


@pytest.fixture
def agreed(proposed, school_director):
    actions.agree_to_summary(proposed, by=school_director)
    return proposed
