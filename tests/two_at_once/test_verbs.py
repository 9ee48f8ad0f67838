"""The same verb twice at once, or two that exclude each other: one counts, the other is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.thai import numeric_date, short_date
from supervision.assessments import actions as assessments
from supervision.assessments import reminding
from supervision.assessments.models import SelfAssessment
from supervision.criteria import actions as criteria
from supervision.improvement import actions as improvement
from supervision.needs import actions as needs
from supervision.practices.enums import Result
from supervision.practices.models import Decision
from supervision.rounds import actions as rounds
from supervision.rounds.models import Round
from supervision.workflow.errors import Refused
from tests import walk
from tests.factories import IndicatorSetFactory, NeedsAreaFactory, RoundFactory
from tests.two_at_once.acts import ONE_REFUSED, during, kinds, of, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_confirm(drafted, school_director):
    outcomes = together(*[lambda: assessments.confirm(of(drafted), by=school_director)] * 2)
    assert kinds(outcomes) == ONE_REFUSED


def test_two_return(round_, school_director, supervisor):
    assessment = walk.self_assessment_confirmed(round_, by=school_director)

    def give_back():
        return assessments.return_for_correction(of(assessment), by=supervisor, reason="ไม่ครบ")

    assert kinds(together(give_back, give_back)) == ONE_REFUSED
    assert SelfAssessment.objects.count() == 2


def test_two_decide_differently(round_, supervisor, school_director, group_director):
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    outcomes = together(
        lambda: walk.decided(of(round_), by=group_director),
        lambda: walk.decided(
            of(round_), by=group_director, result=Result.NOT_ACHIEVED, will_change="เครื่องมือ"
        ),
    )
    assert kinds(outcomes) == ONE_REFUSED
    opened = not Decision.objects.get().is_achieved
    assert Round.objects.count() == 1 + opened


def test_two_answer_the_proposed_summary(round_, supervisor, school_director, group_director):
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    walk.decided(round_, by=group_director)
    summary = improvement.start(round_, by=supervisor)
    words = {"strengths": "ก", "improvement_points": "ข", "guidelines": "ค"}
    improvement.write(summary, by=supervisor, words=words)
    improvement.recommend(
        summary, by=supervisor, text="ก", owner="school_director", due_on=timezone.localdate()
    )
    improvement.propose(summary, by=supervisor)
    outcomes = together(
        lambda: improvement.agree(of(summary), by=school_director),
        lambda: improvement.return_for_correction(of(summary), by=school_director, reason="ปรับ"),
    )
    assert kinds(outcomes) == ONE_REFUSED


def test_an_answer_is_emptied_while_the_survey_is_submitted(school, campaign, school_director):
    NeedsAreaFactory()
    survey = needs.start(school, campaign, by=school_director)
    survey.items.update(problem_level=4, need_level=5)
    needs.save_answers(survey, {"wanted_first": "สื่อ"}, seen={"wanted_first": ""})
    late = during(
        lambda: needs.save_answers(survey, {"wanted_first": ""}, seen={"wanted_first": "สื่อ"}),
        lambda: needs.submit(of(survey), by=school_director),
    )
    assert isinstance(late, Refused)
    assert of(survey).state == "draft"


def test_two_set_deadlines(term, group_director, login):
    """Both opened the page while no day was set: who comes second is shown the first one's."""
    url = f"/terms/{term.pk}/deadlines/"
    seen = login(group_director).get(url).context["form"]["seen"].value()
    days = [timezone.localdate() + timedelta(days=ahead) for ahead in (7, 8)]

    def save(day):
        typed = {"seen": seen, "turn_days": 7, "step_3": numeric_date(day)}
        return login(group_director).post(url, typed)

    first, second = together(lambda: save(days[0]), lambda: save(days[1]))
    assert sorted([first.status_code, second.status_code]) == [200, 302]
    kept = days[0] if first.status_code == 302 else days[1]
    assert term.deadlines.get().due_on == kept
    told = (second if first.status_code == 302 else first).content.decode()
    assert f"ผู้อื่นบันทึกช่องนี้ไว้ว่า “{short_date(kept)}”" in told


def test_two_remind_one_school(round_, supervisor, group_director):
    outcomes = together(
        lambda: len(reminding.note_line([of(round_)], by=supervisor)),
        lambda: len(reminding.note_line([of(round_)], by=group_director)),
    )
    assert sorted(outcomes) == [0, 1]


def test_a_set_is_retired_while_a_round_chooses_it(term, group_director):
    chosen = IndicatorSetFactory()
    round_ = RoundFactory(term=term, bare=True)
    late = during(
        lambda: criteria.retire(chosen, by=group_director),
        lambda: rounds.choose_criteria(of(round_), [of(chosen)], by=group_director),
    )
    assert isinstance(late, Refused)
