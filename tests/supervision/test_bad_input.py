"""Addresses and filters that nobody's page made: never an error of ours."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter, StringConverter

from reports.composer.enums import PartKey
from supervision.criteria.models import Indicator
from supervision.standards.models import SUPERVISION_PROCESS
from tests.drive_scenarios import drive_at_work
from tests.factories import RoundFactory
from tests.test_access_table import url_names

TOO_BIG = 2**63
PASSWORD = "ทดสอบ-ระบบ-2567"
FILTERED_PAGES = (
    *("board", "reports", "published", "todos", "needs_wants", "overview", "overview_work"),
    *("overview_actions", "overview_results", "overview_schools", "overview_map"),
    *("orders", "duty_matrix", "duty_coverage", "committees", "meetings", "meeting_plan"),
    *("year_plans", "plan_steps", "activities", "networks", "network_steps", "forums"),
    *("learning_sources", "help_directory", "dissemination_register", "handbooks"),
    *("needs_facts", "taken_up_needs"),
)
FILTERS = (
    *("term", "campaign", "words", "cluster", "step", "overdue", "kind", "page", "next"),
    *("compared", "district", "size", "level", "indicator_set", "supervisor", "show", "sort"),
    *("standard", "band", "by", "group", "basis", "q", "on", "day", "year", "state"),
    *("topic", "committee", "work", "learning_area", "process", "fiscal_year", "audience", "owner"),
)


# The lists of a quality drive and what filters them; each takes the year.
DRIVE_PAGES = (
    *("drive", "drive_progress", "drive_progress_export", "baselines"),
    *("agreements", "agreements_bulk", "agreements_export", "drive_cooperation", "drive_exchange"),
    *("drive_practices", "study_requests", "drive_mentoring", "mentoring_plan"),
    *("monitoring_reports", "drive_honours", "honours_decide", "honours_release", "ranking"),
    *("area_answers", "drive_next", "honour_propose", "monitoring_report_add"),
)
DRIVE_FILTERS = (
    *FILTERS,
    *("dimension", "report", "order", "list", "stage", "school", "act", "all", "meeting"),
    *("member", "practice", "source", "set", "part", "forum", "category"),
)


def arguments_of(name):
    """What an address takes: numbers that are too big, a report's part, a process of the manual."""
    given = {
        IntConverter: TOO_BIG,
        SlugConverter: PartKey.DISCUSSION,
        StringConverter: SUPERVISION_PROCESS,
    }
    converters = get_resolver().reverse_dict[name][3]
    return {key: given[type(one)] for key, one in converters.items() if type(one) in given}


def has_numbers(name):
    return TOO_BIG in arguments_of(name).values()


def signed_in_just_now(user):
    """Typed the password a moment ago, so that no page asks for it first."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    "name", sorted(n for n in url_names(get_resolver().url_patterns) if has_numbers(n))
)
def test_a_number_beyond_any_key_is_not_found(group_director, name):
    url = reverse(name, kwargs=arguments_of(name))
    client = signed_in_just_now(group_director)
    assert client.post(url).status_code in (400, 403, 404)
    assert client.get(url).status_code in (403, 404, 405)


@pytest.mark.parametrize("typed", ["abc", "';--", "\x00", "-1", "9" * 20, "9" * 5000, "😀"])
def test_filters_take_anything(login, group_director, term, school, typed):
    RoundFactory(school=school, term=term)
    client, asked = login(group_director), dict.fromkeys(FILTERS, typed)
    answers = {name: client.get(reverse(name), asked).status_code for name in FILTERED_PAGES}
    assert {name: code for name, code in answers.items() if code != 200} == {}


@pytest.mark.parametrize("typed", ["abc", "\x00", "-1", "9" * 20, "2026", "ก" * 10_000, "😀"])
def test_filters_of_a_drive_take_anything(login, group_director, round_, term, typed):
    used = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=used)
    year = drive_at_work(term, indicators, by=group_director).academic_year.year
    client, asked = login(group_director), dict.fromkeys(DRIVE_FILTERS, typed)
    urls = [reverse(name, args=[year]) for name in DRIVE_PAGES] + [reverse("crosswalk")]
    answers = {url: client.get(url, asked, follow=True).status_code for url in urls}
    assert {url: code for url, code in answers.items() if code != 200} == {}


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {f"field{n}": "x" for n in range(2_001)}},
        {"data": b"a=" + b"x" * 6_000_000, "content_type": "application/x-www-form-urlencoded"},
        {"data": b"no boundary", "content_type": "multipart/form-data"},
    ],
    ids=["too many fields", "too large", "not a form"],
)
def test_a_request_that_cannot_be_read_gets_our_page(login, group_director, term, sent):
    response = login(group_director).post(reverse("term_open", args=[term.pk]), **sent)
    assert response.status_code == 400
    assert "คำขอไม่ถูกต้อง" in response.content.decode()


def test_another_host_name_gets_our_page(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "คำขอไม่ถูกต้อง" in response.content.decode()
