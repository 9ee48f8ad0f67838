"""What waits for the area director's signature, each report once."""

import pytest
from django.urls import reverse

from reports import actions
from reports.steps import report_todo_items
from supervision.cycle.steps import all_steps
from supervision.cycle.todos import MAX_SEPARATE_TODOS
from supervision.rounds.models import Round
from tests.factories import RoundFactory, TermFactory


def test_the_year_waits_for_the_area_director_only(year_prepared, area_director, group_director):
    [line] = report_todo_items(area_director, [])
    assert line.url == year_prepared.get_absolute_url()
    assert report_todo_items(group_director, []) == []


def times_at_home(document, client) -> int:
    text = client.get(reverse("todos")).content.decode()
    return text.count(f"รายงานเลขที่ {document.number} รอลงนาม")


def test_a_report_of_this_term_waits_in_its_round_progress_only(prepared, login, area_director):
    assert times_at_home(prepared, login(area_director)) == 1


@pytest.fixture
def next_term(prepared):
    """A term that opened after the report was put forward."""
    opened = prepared.round.term.opens_on
    prepared.round.term.__class__.objects.update(opens_on=opened.replace(year=opened.year - 1))
    return TermFactory(number=1, opens_on=opened)


def test_a_report_of_an_earlier_term_waits_on(prepared, next_term, login, area_director):
    [line] = report_todo_items(area_director, [])
    assert (line.url, prepared.round.school.short_name in line.title) == (
        prepared.get_absolute_url(),
        True,
    )
    assert times_at_home(prepared, login(area_director)) == 1


def test_many_reports_are_one_line(
    prepared, more_schools, next_term, login, group_director, area_director
):
    more_schools(*[4] * MAX_SEPARATE_TODOS)
    for number, round_ in enumerate(Round.objects.filter(reports=None), start=2):
        actions.prepare_term_report(round_, number=f"{number}/2569", by=group_director)
    [line] = report_todo_items(area_director, [])
    assert (line.title, line.url) == (
        f"ลงนามออกรายงาน {MAX_SEPARATE_TODOS + 1} ฉบับ",
        f"{reverse('reports')}?state=prepared",
    )


def test_the_seventh_step_is_done_by_issuing(agreed, prepared, area_director):
    another = RoundFactory(school=agreed.school, term=agreed.term, number=2, previous=agreed)
    rounds = Round.objects.filter(pk__in=(agreed.pk, another.pk))
    facts = all_steps()[6].facts(rounds)
    assert (facts[agreed.pk].done, facts[agreed.pk].word) == (False, "รอลงนาม")
    assert facts[another.pk].next_action.label == "เสนอรายงาน"
    actions.issue_report(prepared, by=area_director)
    assert all_steps()[6].facts(rounds)[agreed.pk].done
