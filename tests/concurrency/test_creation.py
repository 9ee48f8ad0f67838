"""Two begin the same thing at once: it begins once, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.assessments import actions as assessments
from supervision.assessments.models import AnswerSheet
from supervision.improvement import actions as improvement
from supervision.needs import actions as needs
from supervision.needs.models import NeedsSurvey
from supervision.practices import actions as practices
from supervision.rounds import actions as rounds
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from supervision.visits.models import Visit
from tests import scenarios
from tests.concurrency.parallel import (
    ONE_DONE_ONE_REFUSED,
    count_outcomes,
    reloaded,
    run_during,
    run_together,
)
from tests.factories import IndicatorSetFactory, NeedsAreaFactory, RoundFactory, SchoolFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_open_a_term(term, group_director):
    schools, chosen = [SchoolFactory() for _ in range(5)], IndicatorSetFactory()

    def opening():
        sets = [reloaded(chosen)]
        return len(rounds.open_term_rounds(term, schools, by=group_director, indicator_sets=sets))

    assert sorted(run_together(opening, opening)) == [0, 5]
    assert Round.objects.count() == 5


def test_two_give_sets_to_the_same_rounds(term, group_director):
    bare = [RoundFactory(bare=True, term=term) for _ in range(5)]
    first, second = IndicatorSetFactory(), IndicatorSetFactory()

    def giving(chosen):
        pks = [round_.pk for round_ in bare]
        return len(rounds.assign_indicator_sets(term, pks, [reloaded(chosen)], by=group_director))

    assert sorted(run_together(lambda: giving(first), lambda: giving(second))) == [0, 5]
    assert {round_.indicator_sets.count() for round_ in Round.objects.all()} == {1}


def test_one_round_is_given_sets_alone_and_with_others(term, group_director):
    bare, first, second = (
        RoundFactory(bare=True, term=term),
        IndicatorSetFactory(),
        IndicatorSetFactory(),
    )
    outcomes = run_together(
        lambda: rounds.assign_indicator_sets(term, [bare.pk], [reloaded(first)], by=group_director),
        lambda: rounds.choose_round_criteria(reloaded(bare), [reloaded(second)], by=group_director),
    )
    assert Round.objects.get().indicator_sets.count() == 1
    assert len(outcomes) == 2


def test_two_begin_the_survey(round_, campaign, school_director, academic_teacher):
    NeedsAreaFactory()
    first, second = run_together(
        *(
            lambda by=by: (
                needs.start_needs_survey(reloaded(round_.school), reloaded(campaign), by=by).pk
            )
            for by in (school_director, academic_teacher)
        )
    )
    assert first == second == NeedsSurvey.objects.get().pk


@pytest.mark.usefixtures("campaign")
def test_two_save_the_first_answers(round_, school_director, academic_teacher, login):
    """Each typed another field on a page opened before there was a survey."""
    area = NeedsAreaFactory()
    url = f"/rounds/{round_.pk}/needs/"
    director, teacher = login(school_director), login(academic_teacher)
    run_together(
        lambda: director.post(url, {"wanted_first": "สื่อ", "version": "{}"}),
        lambda: teacher.post(url, {f"need_{area.pk}": "5", "version": "{}"}),
    )
    survey = NeedsSurvey.objects.get()
    assert (survey.wanted_first, survey.items.get().need_level) == ("สื่อ", 5)


def test_two_begin_the_self_assessment(round_, school_director, academic_teacher):
    first, second = run_together(
        *(
            lambda by=by: assessments.start_self_assessment(reloaded(round_), by=by).pk
            for by in (school_director, academic_teacher)
        )
    )
    assert first == second
    assert AnswerSheet.objects.count() == 1


def test_the_same_visit_planned_twice(round_, supervisor):
    outcomes = run_together(*[lambda: scenarios.visit_planned(reloaded(round_), by=supervisor)] * 2)
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED
    assert Visit.objects.count() == 1


def test_two_planned_visits_get_two_numbers(round_, supervisor):
    def plan(days):
        day = timezone.localdate() + timedelta(days=days)
        return visits.plan_visit(
            reloaded(round_), by=supervisor, visit_on=day, purpose="นิเทศ", leader=supervisor
        ).number

    assert sorted(run_together(lambda: plan(1), lambda: plan(2))) == [1, 2]


def test_two_begin_the_record(planned, supervisor):
    outcomes = run_together(
        *[lambda: visits.start_visit_record(reloaded(planned), by=supervisor)] * 2
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED
    assert AnswerSheet.objects.count() == 1


def test_the_same_practice_twice(round_, supervisor):
    def nominate():
        return practices.nominate_practice(
            reloaded(round_), by=supervisor, title="ก", process="ข", outcome="ค"
        )

    assert count_outcomes(run_together(nominate, nominate)) == ONE_DONE_ONE_REFUSED


def test_a_practice_is_renamed_while_its_new_title_is_nominated(round_, supervisor):
    words = {"by": supervisor, "process": "ข", "outcome": "ค"}
    first = practices.nominate_practice(round_, title="ก", **words)
    late = run_during(
        lambda: practices.nominate_practice(reloaded(round_), title="ข", **words),
        lambda: practices.update_practice(reloaded(first), title="ข", **words),
    )
    assert isinstance(late, ActionRefused)


def test_two_begin_the_summary(round_, supervisor, school_director, group_director):
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    first, second = run_together(
        *[lambda: improvement.start_summary(reloaded(round_), by=supervisor).pk] * 2
    )
    assert first == second
