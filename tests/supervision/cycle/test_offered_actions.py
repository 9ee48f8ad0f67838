"""What the school's page offers to begin beside the seven steps."""

import pytest
from django.urls import reverse

from tests import scenarios
from tests.factories import TermFactory


@pytest.fixture
def page(login, round_):
    def read(user) -> str:
        return login(user).get(reverse("school", args=[round_.school_id])).content.decode()

    return read


def test_a_further_visit_is_planned_from_the_schools_page(
    page, round_, supervisor, school_director
):
    plan = reverse("visit_plan", args=[round_.pk])
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    assert plan in page(supervisor)
    assert plan not in page(school_director)


def test_whoever_may_nominate_finds_the_form(
    page, round_, academic_teacher, school_director, supervisor, area_director
):
    form = reverse("practice_nominate", args=[round_.pk])
    for person in (academic_teacher, school_director, supervisor):
        assert form in page(person)
    assert form not in page(area_director)


def test_a_round_that_ended_offers_nothing_new(
    login, round_, supervisor, school_director, group_director
):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="ปรับเครื่องมือ"
    )
    text = login(supervisor).get(round_.get_absolute_url()).content.decode()
    assert reverse("visit_plan", args=[round_.pk]) not in text
    assert reverse("practice_nominate", args=[round_.pk]) not in text


def test_no_practice_is_nominated_in_a_term_gone_by(login, round_, term, school_director):
    TermFactory(number=3 - term.number, opens_on=term.opens_on.replace(day=term.opens_on.day + 1))
    text = login(school_director).get(round_.get_absolute_url()).content.decode()
    assert reverse("practice_nominate", args=[round_.pk]) not in text
