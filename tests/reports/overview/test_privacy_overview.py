"""Who follows a school's progress, or another school, reads the same whatever was judged there.

Each address of the reports is asked before and after all that was judged has turned round: levels,
decision, second round, advice. Whatever could tell it (a number, an order, a filter, an error, a
file) would differ. tests/supervision/test_privacy_links.py looks for the words of the records.
"""

import re
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.urls import URLPattern, reverse
from django.utils import timezone

from reports.urls import urlpatterns
from schools.enums import Role
from supervision.assessments.models import Answer
from supervision.criteria.models import Standard
from supervision.improvement.models import Recommendation
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.rounds.actions import open_next_round
from tests import scenarios
from tests.crawler import response_text
from tests.factories import AppointmentFactory, RoundFactory, SchoolFactory
from tests.personas import user_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]

# Where figures of the overview lead who follows progress.
OTHER_PAGES = ("board", "self_assessments")
# What a page writes anew each time it is asked for.
TOKENS = re.compile(r'[A-Za-z0-9]{64}|nonce="[^"]*"|nonce-[^\']*')


@pytest.fixture
def judged(school, term, supervisor, school_director, group_director):
    """Our school up to its agreed summary, well judged."""
    round_ = RoundFactory(school=school, term=term)
    scenarios.round_until_summary_agreed(
        round_,
        supervisor=supervisor,
        director=school_director,
        group_director=group_director,
        level=5,
    )
    return round_


@pytest.fixture
def neighbour(judged, cluster, supervisor, group_director):
    """Another school of the cluster by the same criteria, achieved."""
    school = SchoolFactory(name="โรงเรียนข้างเคียง", cluster=cluster)
    director = user_with_role(Role.SCHOOL_DIRECTOR, "neighbour", school=school)
    sets = judged.indicator_sets.all()
    round_ = RoundFactory(school=school, term=judged.term, indicator_sets=sets)
    scenarios.self_assessment_confirmed(round_, by=director, level=5)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=director, level=5)
    scenarios.round_decided(round_, by=group_director)
    return round_


@pytest.fixture
def chairing_director(judged, cluster, supervisor):
    """Director of a third school of the cluster, and its chair."""
    school = SchoolFactory(name="โรงเรียนของประธาน", cluster=cluster)
    person = user_with_role(Role.SCHOOL_DIRECTOR, "chairing_director", school=school)
    AppointmentFactory(user=person, role=Role.CLUSTER_CHAIR, cluster=cluster)
    sets = judged.indicator_sets.all()
    round_ = RoundFactory(school=school, term=judged.term, indicator_sets=sets)
    scenarios.self_assessment_confirmed(round_, by=person)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=person)
    return person


READERS = ("cluster_chair", "chairing_director", "outsider_director")


def turn_round(judged, neighbour, group_director):
    """All that was judged becomes its contrary, and no step goes on or back by it."""
    rounds = (judged, neighbour)
    visits = Answer.objects.filter(sheet__round__in=rounds, sheet__visit__isnull=False)
    visits.update(level=1, note="")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert Recommendation.objects.filter(round=judged).update(due_on=yesterday) == 1
    decided = DecisionResult.NOT_ACHIEVED
    Decision.objects.filter(round=neighbour).update(state=decided, proposed=decided)
    open_next_round(neighbour, planned_changes="ปรับทั้งหมด", by=group_director, windows={})


def is_of_results(pattern):
    """Whether it is a page of the overview, of a school's results, or a file of many rows."""
    name = pattern.name if isinstance(pattern, URLPattern) else ""
    return name.startswith("overview") or name.endswith(("_results", "_export"))


def addresses(judged, neighbour):
    """Every such address, by keys that somebody may guess."""
    standard = Standard.objects.filter(indicator_set__rounds=judged).first()
    indicator = standard.indicators.first()
    keys = sorted({judged.school_id, neighbour.school_id, standard.pk, indicator.pk})
    years = [judged.term.academic_year.year]
    for pattern in filter(is_of_results, urlpatterns):
        guessed = [years if name == "year" else keys for name in pattern.pattern.converters]
        yield from (reverse(pattern.name, args=args) for args in product(*guessed))
    yield from map(reverse, OTHER_PAGES)


def queries(judged, other_school, supervisor):
    """Filters that would choose by what was judged, by schools of others, by drafts."""
    chosen = judged.indicator_sets.get()
    standard = chosen.standards.first().pk
    cluster = judged.school.cluster_on(timezone.localdate()).pk
    foreign = other_school.cluster_on(timezone.localdate()).pk
    return (
        "",
        f"?cluster={cluster}&show=not_achieved&sort=-mean&by=cluster&group={cluster}&band=4",
        f"?cluster={foreign}&show=gap&sort=gap&standard={standard}&basis=same&step=5&overdue=1",
        f"?indicator_set={chosen.pk}&supervisor={supervisor.pk}&level=2&sort=achieved&step=2",
    )


# Pages that the overview loads into itself are asked for as it does, too.
WAYS_TO_ASK = ({}, {"HX-Request": "true"})


def read_all(browser, found, asked):
    """What each address says, with each query where it says anything at all."""
    told = {}
    for url in found:
        ways = WAYS_TO_ASK if url.startswith("/overview/") else WAYS_TO_ASK[:1]
        for headers, query in product(ways, asked):
            response = browser.get(url + query, headers=headers)
            told[url + query, *headers] = TOKENS.sub("", response_text(response))
            if response.status_code != 200:
                break
    return told


def test_what_was_judged_changes_nothing_that_they_read(
    request, login, judged, neighbour, other_school, supervisor, group_director
):
    browsers = {who: login(request.getfixturevalue(who)) for who in READERS}
    found = list(addresses(judged, neighbour))
    asked = queries(judged, other_school, supervisor)
    office, shown = login(group_director), [reverse("overview"), reverse("overview_schools")]
    with time_machine.travel(timezone.now(), tick=False):
        before = {who: read_all(browsers[who], found, asked) for who in READERS}
        office_before = read_all(office, shown, asked[:1])
        turn_round(judged, neighbour, group_director)
        after = {who: read_all(browsers[who], found, asked) for who in READERS}
        office_after = read_all(office, shown, asked[:1])
    for who in READERS:
        changed = [address for address, told in before[who].items() if told != after[who][address]]
        assert changed == [], who
    assert all(told != office_after[address] for address, told in office_before.items())
