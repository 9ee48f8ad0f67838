"""The same action twice at once, or two that exclude each other: one counts, one is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import numeric_date, short_date
from supervision.assessments import actions as assessments
from supervision.assessments import reminders
from supervision.assessments.models import SelfAssessment
from supervision.criteria import actions as criteria
from supervision.improvement import actions as improvement
from supervision.needs import actions as needs
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.rounds import actions as rounds
from supervision.rounds.models import Round
from tests import scenarios
from tests.concurrency.parallel import (
    ONE_DONE_ONE_REFUSED,
    count_outcomes,
    reloaded,
    run_during,
    run_together,
)
from tests.factories import IndicatorSetFactory, NeedsAreaFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_confirm(drafted, school_director):
    outcomes = run_together(
        *[lambda: assessments.confirm_self_assessment(reloaded(drafted), by=school_director)] * 2
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED


def test_two_return(round_, school_director, supervisor):
    assessment = scenarios.self_assessment_confirmed(round_, by=school_director)

    def give_back():
        return assessments.return_self_assessment(
            reloaded(assessment), by=supervisor, reason="ไม่ครบ"
        )

    assert count_outcomes(run_together(give_back, give_back)) == ONE_DONE_ONE_REFUSED
    assert SelfAssessment.objects.count() == 2


def test_two_decide_differently(round_, supervisor, school_director, group_director):
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    outcomes = run_together(
        lambda: scenarios.round_decided(reloaded(round_), by=group_director),
        lambda: scenarios.round_decided(
            reloaded(round_),
            by=group_director,
            result=DecisionResult.NOT_ACHIEVED,
            planned_changes="เครื่องมือ",
        ),
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED
    opened = not Decision.objects.get().is_achieved
    assert Round.objects.count() == 1 + opened


def test_two_answer_the_proposed_summary(round_, supervisor, school_director, group_director):
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    summary = improvement.start_summary(round_, by=supervisor)
    words = {"strengths": "ก", "improvement_points": "ข", "guidelines": "ค"}
    improvement.update_summary(summary, by=supervisor, texts=words)
    improvement.create_recommendation(
        summary, by=supervisor, text="ก", assignee="school_director", due_on=timezone.localdate()
    )
    improvement.propose_summary(summary, by=supervisor)
    outcomes = run_together(
        lambda: improvement.agree_to_summary(reloaded(summary), by=school_director),
        lambda: improvement.return_summary_for_correction(
            reloaded(summary), by=school_director, reason="ปรับ"
        ),
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED


def test_an_answer_is_emptied_while_the_survey_is_submitted(school, campaign, school_director):
    NeedsAreaFactory()
    survey = needs.start_needs_survey(school, campaign, by=school_director)
    survey.items.update(problem_level=4, need_level=5)
    needs.save_survey_answers(survey, {"wanted_first": "สื่อ"}, shown={"wanted_first": ""})
    late = run_during(
        lambda: needs.save_survey_answers(
            survey, {"wanted_first": ""}, shown={"wanted_first": "สื่อ"}
        ),
        lambda: needs.submit_needs_survey(reloaded(survey), by=school_director),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(survey).state == "draft"


def test_two_set_deadlines(term, group_director, login):
    """Both opened the page while no day was set: who comes second is shown the first one's."""
    url = f"/terms/{term.pk}/deadlines/"
    version = login(group_director).get(url).context["form"]["version"].value()
    days = [timezone.localdate() + timedelta(days=ahead) for ahead in (7, 8)]

    def save(day):
        typed = {"version": version, "turn_days": 7, "step_3": numeric_date(day)}
        return login(group_director).post(url, typed)

    first, second = run_together(lambda: save(days[0]), lambda: save(days[1]))
    assert sorted([first.status_code, second.status_code]) == [200, 302]
    kept = days[0] if first.status_code == 302 else days[1]
    assert term.deadlines.get().due_on == kept
    told = (second if first.status_code == 302 else first).content.decode()
    assert f"ผู้อื่นบันทึกช่องนี้ไว้ว่า “{short_date(kept)}”" in told


def test_two_remind_one_school(round_, supervisor, group_director):
    outcomes = run_together(
        lambda: len(reminders.record_line_reminders([reloaded(round_)], by=supervisor)),
        lambda: len(reminders.record_line_reminders([reloaded(round_)], by=group_director)),
    )
    assert sorted(outcomes) == [0, 1]


def test_a_set_is_retired_while_a_round_chooses_it(term, group_director):
    chosen = IndicatorSetFactory()
    round_ = RoundFactory(term=term, bare=True)
    late = run_during(
        lambda: criteria.retire_indicator_set(chosen, by=group_director),
        lambda: rounds.choose_round_criteria(
            reloaded(round_), [reloaded(chosen)], by=group_director
        ),
    )
    assert isinstance(late, ActionRefused)
