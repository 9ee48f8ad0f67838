"""Two begin the same thing at once: it begins once, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

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
from supervision.workflow.errors import Refused
from tests import walk
from tests.factories import IndicatorSetFactory, NeedsAreaFactory, RoundFactory, SchoolFactory
from tests.two_at_once.acts import ONE_REFUSED, during, kinds, of, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_open_a_term(term, group_director):
    schools, chosen = [SchoolFactory() for _ in range(5)], IndicatorSetFactory()

    def opening():
        sets = [of(chosen)]
        return len(rounds.open_term(term, schools, by=group_director, indicator_sets=sets))

    assert sorted(together(opening, opening)) == [0, 5]
    assert Round.objects.count() == 5


def test_two_give_sets_to_the_same_rounds(term, group_director):
    bare = [RoundFactory(bare=True, term=term) for _ in range(5)]
    first, second = IndicatorSetFactory(), IndicatorSetFactory()

    def giving(chosen):
        pks = [round_.pk for round_ in bare]
        return len(rounds.assign_sets(term, pks, [of(chosen)], by=group_director))

    assert sorted(together(lambda: giving(first), lambda: giving(second))) == [0, 5]
    assert {round_.indicator_sets.count() for round_ in Round.objects.all()} == {1}


def test_one_round_is_given_sets_alone_and_with_others(term, group_director):
    bare, first, second = (
        RoundFactory(bare=True, term=term),
        IndicatorSetFactory(),
        IndicatorSetFactory(),
    )
    outcomes = together(
        lambda: rounds.assign_sets(term, [bare.pk], [of(first)], by=group_director),
        lambda: rounds.choose_criteria(of(bare), [of(second)], by=group_director),
    )
    assert Round.objects.get().indicator_sets.count() == 1
    assert len(outcomes) == 2


def test_two_begin_the_survey(round_, campaign, school_director, academic_teacher):
    NeedsAreaFactory()
    first, second = together(
        *(
            lambda by=by: needs.start(of(round_.school), of(campaign), by=by).pk
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
    together(
        lambda: director.post(url, {"wanted_first": "สื่อ", "seen": "{}"}),
        lambda: teacher.post(url, {f"need_{area.pk}": "5", "seen": "{}"}),
    )
    survey = NeedsSurvey.objects.get()
    assert (survey.wanted_first, survey.items.get().need_level) == ("สื่อ", 5)


def test_two_begin_the_self_assessment(round_, school_director, academic_teacher):
    first, second = together(
        *(
            lambda by=by: assessments.start(of(round_), by=by).pk
            for by in (school_director, academic_teacher)
        )
    )
    assert first == second
    assert AnswerSheet.objects.count() == 1


def test_the_same_appointment_twice(round_, supervisor):
    outcomes = together(*[lambda: walk.visit_planned(of(round_), by=supervisor)] * 2)
    assert kinds(outcomes) == ONE_REFUSED
    assert Visit.objects.count() == 1


def test_two_appointments_get_two_numbers(round_, supervisor):
    def plan(days):
        day = timezone.localdate() + timedelta(days=days)
        return visits.plan(
            of(round_), by=supervisor, visit_on=day, purpose="นิเทศ", leader=supervisor
        ).number

    assert sorted(together(lambda: plan(1), lambda: plan(2))) == [1, 2]


def test_two_begin_the_record(planned, supervisor):
    outcomes = together(*[lambda: visits.start_record(of(planned), by=supervisor)] * 2)
    assert kinds(outcomes) == ONE_REFUSED
    assert AnswerSheet.objects.count() == 1


def test_the_same_practice_twice(round_, supervisor):
    def nominate():
        return practices.nominate(of(round_), by=supervisor, title="ก", process="ข", outcome="ค")

    assert kinds(together(nominate, nominate)) == ONE_REFUSED


def test_a_practice_is_renamed_while_its_new_title_is_nominated(round_, supervisor):
    words = {"by": supervisor, "process": "ข", "outcome": "ค"}
    first = practices.nominate(round_, title="ก", **words)
    late = during(
        lambda: practices.nominate(of(round_), title="ข", **words),
        lambda: practices.edit(of(first), title="ข", **words),
    )
    assert isinstance(late, Refused)


def test_two_begin_the_summary(round_, supervisor, school_director, group_director):
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    walk.decided(round_, by=group_director)
    first, second = together(*[lambda: improvement.start(of(round_), by=supervisor).pk] * 2)
    assert first == second
