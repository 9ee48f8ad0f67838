"""Parts of the books of closed years are drawn at night, before anybody asks."""

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from reports import actions
from reports.book.ahead import draw_ahead
from reports.book.making import make_book
from reports.drafts import draft_snapshot
from reports.models import IssuedDocument


@pytest.fixture
def closed_year(year):
    """The day after its last term has closed."""
    last = year.terms.latest("closes_on")
    with time_machine.travel(timezone.now().replace(year=last.closes_on.year + 1)):
        yield year


@pytest.mark.db_agnostic
def test_the_book_of_a_closed_year_is_drawn_but_for_its_contents(closed_year, heard, kept_parts):
    call_command("draw_ahead")
    assert kept_parts()
    snapshot = draft_snapshot(IssuedDocument(kind="year", academic_year=closed_year))
    make_book(snapshot, {}, heard)
    assert heard.to_draw == 1
    assert draw_ahead() == 0


def test_nothing_is_drawn_while_a_term_runs(year, kept_parts):
    assert draw_ahead() == 0
    assert not kept_parts()


def test_nothing_is_drawn_of_a_year_whose_report_is_issued(
    closed_year, group_director, area_director, kept_parts
):
    document = actions.prepare_year_report(closed_year, number="9/2569", by=group_director)
    actions.issue_report(document, by=area_director)
    assert draw_ahead() == 0
    assert not kept_parts()
