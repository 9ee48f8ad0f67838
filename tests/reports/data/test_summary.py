"""The summary of a term brings the schools of the area, or of one cluster, together."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.data.summary import summary_report
from reports.data.year import year_report
from schools.models import ClusterMembership, Term
from supervision.practices.enums import DecisionResult
from tests import scenarios
from tests.factories import ClusterFactory, RoundFactory, SchoolFactory, TermFactory


def test_it_is_json_and_says_whose_term_it_is(agreed, cluster):
    figures = summary_report(agreed.term, cluster)
    assert json.loads(json.dumps(figures)) == figures
    assert (figures["cluster"], figures["term"]) == (cluster.name, str(agreed.term))
    assert summary_report(agreed.term)["cluster"] == ""


def test_queries_do_not_grow_with_schools(agreed, more_schools):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            summary_report(Term.objects.get(pk=agreed.term_id))
        return len(found)

    more_schools(4)
    few = queries()
    more_schools(3, 4, 5, 2)
    assert queries() == few


def test_of_one_term_it_says_what_the_year_says(agreed, more_schools):
    more_schools(2, 5)
    [term] = year_report(agreed.term.academic_year)["terms"]
    assert summary_report(agreed.term)["figures"] == term


def test_a_cluster_counts_its_own_schools_alone(agreed, more_schools, cluster, other_school):
    more_schools(2)
    RoundFactory(school=other_school, term=agreed.term)
    area, own = summary_report(agreed.term), summary_report(agreed.term, cluster)
    other = summary_report(agreed.term, other_school.cluster_on(agreed.term.opens_on))
    assert [len(one["schools"]) for one in (area, own, other)] == [3, 2, 1]
    assert [one["figures"]["visited"] for one in (area, own, other)] == [2, 2, 0]
    assert [line["school"] for line in other["schools"]] == [other_school.name]
    assert {line["school"] for line in own["recommendations"]} <= {
        line["school"] for line in own["schools"]
    }


def test_a_school_that_moved_after_its_visit_stays_where_it_was_visited(agreed, cluster):
    visited_on = agreed.visits.get().visit_on
    new = ClusterFactory()
    ClusterMembership.objects.filter(school=agreed.school).update(ends_on=visited_on)
    ClusterMembership.objects.create(
        school=agreed.school, cluster=new, starts_on=visited_on + timedelta(days=1)
    )
    assert [one["school"] for one in summary_report(agreed.term, cluster)["schools"]] == [
        agreed.school.name
    ]
    assert summary_report(agreed.term, new)["schools"] == []


def test_unfinished_schools_are_named_by_the_step_that_comes_next(agreed, other_school):
    unopened = SchoolFactory()
    RoundFactory(school=other_school, term=agreed.term)
    found = {one["number"]: one["schools"] for one in summary_report(agreed.term)["unfinished"]}
    assert found[0] == [unopened.name]
    assert found[7] == [agreed.school.name]
    assert found[1] == [other_school.name]


def test_the_decisions_of_all_rounds_stand_with_their_meeting(
    round_, supervisor, school_director, group_director
):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    scenarios.round_decided(
        round_,
        by=group_director,
        result=DecisionResult.NOT_ACHIEVED,
        planned_changes="นิเทศเพิ่ม 1 ครั้ง",
    )
    figures = summary_report(round_.term)
    [meeting] = figures["meetings"]
    assert (meeting["achieved"], meeting["not_achieved"]) == (0, 1)
    [explained] = figures["explained"]
    assert (explained["school"], explained["round_number"]) == (round_.school.name, 1)
    assert explained["reason"] == round_.decision.reason


# --- Compared with the term before ---


@pytest.fixture
def both_terms(agreed, supervisor, school_director, group_director, more_schools):
    """Our school was visited a term before too, on a lower level; another only now."""
    more_schools(5)
    before = TermFactory(
        academic_year=agreed.term.academic_year,
        number=1,
        opens_on=agreed.term.opens_on - timedelta(days=180),
        closes_on=agreed.term.opens_on - timedelta(days=30),
    )
    earlier = RoundFactory(
        school=agreed.school, term=before, indicator_sets=agreed.indicator_sets.all()
    )
    scenarios.round_until_summary_agreed(
        earlier,
        supervisor=supervisor,
        director=school_director,
        group_director=group_director,
        level=3,
    )
    return agreed.term


def test_means_are_compared_over_the_schools_that_both_terms_have(both_terms):
    figures = summary_report(both_terms)
    first, *_, overall = figures["compared"]
    assert (first["before"], first["after"], first["change"]) == ("3.00", "4.00", "+1.00")
    assert (first["schools"], figures["figures"]["visited"]) == (1, 2)
    assert (overall["number"], overall["change"]) == (0, "+1.00")
    changes = [line["change"] for line in figures["schools"]]
    assert sorted(changes, key=str) == ["+1.00", None]
    assert figures["trends"][0]["terms"] == ["1/2569", "2/2569"]


def test_without_a_term_before_nothing_is_compared(agreed):
    figures = summary_report(agreed.term)
    assert (figures["previous"], figures["compared"], figures["trends"]) == (None, [], [])


def test_what_an_earlier_term_left_open_is_in_the_ledger(both_terms, cluster):
    rows = summary_report(both_terms, cluster)["recommendations"]
    assert {row["term"] for row in rows} == {"1/2569", "2/2569"}
    assert sum(one["open_advice"] for one in summary_report(both_terms)["schools"]) == len(rows)


def test_a_term_without_schools_has_figures_too(term):
    figures = summary_report(term, ClusterFactory())
    assert (figures["schools"], figures["unfinished"], figures["figures"]["schools"]) == ([], [], 0)
