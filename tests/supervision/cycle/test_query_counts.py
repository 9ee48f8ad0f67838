"""Home, board, notices and school page ask as many questions for 6 schools as for 18."""

from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.enums import Role
from schools.models import User
from supervision.improvement import actions as improvement
from supervision.practices import actions as practices
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory, StepDeadlineFactory
from tests.personas import user_with_role

BUDGET = 15


@pytest.fixture
def people(supervisor, group_director, area_director, committee_member, clerk):
    return [supervisor, group_director, area_director, committee_member, clerk]


@pytest.fixture
def schools_in_progress(term, cluster, supervisor, group_director):
    """Schools at different places of the cycle."""
    StepDeadlineFactory(term=term, step=4)

    def create_schools(count):
        places = cycle([_opened, _assessed, _visited, _decided, _agreed, _prepared])
        for _, place in zip(range(count), places, strict=False):
            round_ = RoundFactory(school=SchoolFactory(cluster=cluster), term=term)
            director = user_with_role(
                Role.SCHOOL_DIRECTOR, f"director{round_.pk}", school=round_.school
            )
            place(round_, supervisor, director, group_director)
        return round_

    return create_schools


def _opened(round_, supervisor, director, group_director):
    pass


def _assessed(round_, supervisor, director, group_director):
    scenarios.needs_submitted(round_, by=director)
    scenarios.self_assessment_confirmed(round_, by=director)


def _visited(round_, supervisor, director, group_director):
    _assessed(round_, supervisor, director, group_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=director)
    practices.nominate_practice(round_, by=director, title="ก", process="ข", outcome="ค")


def _decided(round_, supervisor, director, group_director):
    _visited(round_, supervisor, director, group_director)
    scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="ปรับเครื่องมือ"
    )


def _agreed(round_, supervisor, director, group_director):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=director, group_director=group_director
    )


def _prepared(round_, supervisor, director, group_director):
    _agreed(round_, supervisor, director, group_director)
    advice = round_.recommendations.get()
    improvement.report_progress(advice, by=director, text="เสร็จแล้ว", is_done=True)
    scenarios.report_prepared(round_, by=group_director, number=f"{round_.pk}/2569")


def asked(client, address) -> int:
    client.get(address)  # the first request of a session renews it
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["todos", "board", "notices"])
def test_lists_have_few_and_constant_queries(login, people, schools_in_progress, name):
    schools_in_progress(6)
    few = [asked(login(user), reverse(name)) for user in people]
    schools_in_progress(12)
    many = [asked(login(user), reverse(name)) for user in people]
    assert few == many
    assert max(many) <= BUDGET


@pytest.mark.parametrize("name", ["home", "notices"])
def test_a_school_director_stays_in_budget_wherever_the_school_stands(
    login, schools_in_progress, name
):
    schools_in_progress(6)
    directors = User.objects.filter(appointments__role=Role.SCHOOL_DIRECTOR)
    assert max(asked(login(director), reverse(name)) for director in directors) <= BUDGET


def test_the_school_page_has_few_and_constant_queries(login, people, schools_in_progress):
    schools_in_progress(6)
    round_ = schools_in_progress(12)
    pages = [round_.get_absolute_url(), reverse("school", args=[round_.school_id])]
    counts = [asked(login(user), address) for user in people for address in pages]
    assert max(counts) <= BUDGET
