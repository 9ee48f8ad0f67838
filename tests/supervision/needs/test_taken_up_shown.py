"""What the unit took up is met where it plans and visits: in plan, appointment, visit and form."""

import re

import pytest
from django.urls import reverse

from reports.papers.blank_form import visit_form_paper
from supervision.needs.taken_up_actions import finish_taken_up_need
from supervision.programmes.plans.enums import PlanSourceKind
from supervision.programmes.plans.sources import source_groups
from supervision.visits.models import Visit
from tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(school, term, supervisor):
    return scenarios.need_taken_up(
        school, term, by=supervisor, text="คิดเลขในใจ", reason="ดูแผนการสอน"
    )


def form_words(visit) -> str:
    html = visit_form_paper(Visit.objects.get(pk=visit.pk)).as_html()
    return re.sub("<[^>]*>", "", html).replace("\u2060", "")


def test_who_plans_and_visits_meets_it_until_it_is_done(login, supervisor, round_, need):
    client = login(supervisor)
    plan_url = reverse("visit_plan", args=[round_.pk])
    assert "คิดเลขในใจ" in client.get(plan_url).content.decode()
    visit = scenarios.visit_planned(round_, by=supervisor)
    assert "คิดเลขในใจ" in client.get(visit.get_absolute_url()).content.decode()
    assert "ประเด็นที่รับไว้ติดตาม" in form_words(visit)
    assert "ดูแผนการสอน" in form_words(visit)
    finish_taken_up_need(need, by=supervisor, outcome="อบรมแล้ว")
    assert "คิดเลขในใจ" not in client.get(visit.get_absolute_url()).content.decode()
    assert "ประเด็นที่รับไว้ติดตาม" not in form_words(visit)


def test_the_school_s_page_says_how_many(login, school_director, round_, need):
    page = login(school_director).get(round_.get_absolute_url()).content.decode()
    assert "1 ประเด็น" in " ".join(page.split())
    assert reverse("school_needs_facts", args=[round_.school_id]) in page


def test_a_year_s_plan_is_made_of_them(group_director, other_school, term, supervisor, need):
    scenarios.need_taken_up(other_school, term, by=supervisor, text="คิดเลขในใจ")
    scenarios.need_taken_up(other_school, term, by=supervisor, text="อ่านคล่อง")
    groups = {group.kind: group for group in source_groups(group_director, term.opens_on)}
    offered = groups[PlanSourceKind.TAKEN_UP].candidates
    assert [(one.text, one.detail) for one in offered] == [
        ("คิดเลขในใจ", "2 โรงเรียน"),
        ("อ่านคล่อง", "1 โรงเรียน"),
    ]
