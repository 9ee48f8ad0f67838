"""No school learns another's place, score, or objection: not by page, file, count, or error."""

from decimal import Decimal

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from supervision.quality_drive.models import RankingObjection
from supervision.quality_drive.ranking.actions import finish_ranking
from supervision.quality_drive.ranking.enums import ObjectionState
from supervision.quality_drive.ranking.objection_actions import (
    answer_by_keeping,
    submit_ranking_objection,
)
from tests.crawler import response_text
from tests.factories import MeetingFactory
from tests.supervision.quality_drive.ranked_area import eleven_others, order_of, ranked_drive

pytestmark = pytest.mark.db_agnostic

# Of our school: its score and figures, what it objected and was answered.
CANARIES = ("3.79", "2.87", "QZOBJECTION", "QZANSWERED")
READERS = ("outsider_director", "subcommittee_member", "clerk")
QUERY = "?list=level&group=1&size=ขนาดเล็ก&show=all&q=ของเรา&page=1"


@pytest.fixture
def outsider_school(outsider_director):
    return outsider_director.appointments.get().school


@pytest.fixture
def ranked(term, school, outsider_school, group_director, school_director):
    """Our school is first of thirteen, the reader's own is among them."""
    drive = ranked_drive(term, by=group_director)
    levels = {school: 4, outsider_school: 3} | eleven_others()
    ranking = order_of(drive, levels, by=group_director)
    for place in ranking.places.filter(school=school):
        place.score = Decimal("3.79")
        place.detail["figures"] = dict.fromkeys(place.detail["figures"], 287)
        place.save()
    objection = submit_ranking_objection(ranking, school, by=school_director, text="QZOBJECTION")
    answer_by_keeping(objection, by=group_director, answer="QZANSWERED")
    submit_ranking_objection(ranking, school, by=school_director, text="QZOBJECTION อีกเรื่อง")
    return ranking


def drive_addresses(ranked, school):
    """Every address of the drive, with each key that could be tried in it."""
    keys = {school.pk, RankingObjection.objects.latest("pk").pk}
    year = ranked.drive.academic_year.year
    for pattern in _patterns(get_resolver().url_patterns, ""):
        if pattern.startswith("drives/"):
            for key in keys if "pk" in pattern else {0}:
                yield "/" + _filled(pattern, {"year": year, "pk": key})


def _patterns(patterns, before):
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield route


def _filled(route, values):
    parts = []
    for part in route.split("/"):
        name = part.strip("<>").rpartition(":")[2] if part.startswith("<") else ""
        parts.append(str(values.get(name, 1)) if name else part)
    return "/".join(parts)


def leaks(client, address):
    answers = [client.get(address + QUERY), client.post(address)]
    told = "".join(map(response_text, answers))
    return [canary for canary in CANARIES if canary in told]


@pytest.mark.parametrize("name", READERS)
def test_no_address_of_the_drive_tells_another_school(client, ranked, school, request, name):
    client.force_login(request.getfixturevalue(name))
    found = {url: leaks(client, url) for url in drive_addresses(ranked, school)}
    assert len(found) > 20
    assert {url: canaries for url, canaries in found.items() if canaries} == {}


def test_the_school_itself_reads_all_of_it(client, ranked, school, school_director):
    """The other tests can fail: these words are there for who may read them."""
    client.force_login(school_director)
    urls = [reverse("own_place", args=[2569, school.pk])]
    urls += [one.get_absolute_url() for one in RankingObjection.objects.all()]
    told = "".join(response_text(client.get(url)) for url in urls)
    assert [canary for canary in CANARIES if canary not in told] == []


@pytest.mark.parametrize("name", READERS)
def test_neither_home_nor_notices_nor_the_meeting_tell(
    client, ranked, group_director, request, name
):
    waiting = RankingObjection.objects.filter(state=ObjectionState.SUBMITTED)
    waiting.update(state=ObjectionState.WITHDRAWN)
    meeting = MeetingFactory(number=78, held_on=ranked.objections_until.replace(year=2099))
    finish_ranking(ranked, by=group_director, meeting=meeting)
    client.force_login(request.getfixturevalue(name))
    urls = [reverse(one) for one in ("home", "notices", "meetings", "todos")]
    urls.append(meeting.get_absolute_url())
    told = "".join(response_text(client.get(url, follow=True)) for url in urls)
    assert [canary for canary in (*CANARIES, "ข้อทักท้วง") if canary in told] == []


def test_an_order_that_is_there_answers_as_one_that_is_not(
    client, ranked, school, outsider_director
):
    """Neither status nor words tell whether there is an objection, a place, or an order."""
    client.force_login(outsider_director)
    objection = RankingObjection.objects.first()
    pairs = [
        (
            reverse("ranking_objection", args=[objection.pk]),
            reverse("ranking_objection", args=[99]),
        ),
        (reverse("own_place", args=[2569, school.pk]), reverse("own_place", args=[2569, 99999])),
        (reverse("ranking", args=[2569]), reverse("ranking", args=[2570])),
        (reverse("ranking_export", args=[2569]), reverse("ranking_export", args=[2570])),
    ]
    for real, invented in pairs:
        assert client.get(real).status_code == client.get(invented).status_code


def test_another_director_changes_nothing_of_an_objection(client, ranked, outsider_director):
    client.force_login(outsider_director)
    objection = RankingObjection.objects.get(state=ObjectionState.SUBMITTED)
    for name in ("objection_withdraw", "objection_keep", "objection_correct"):
        assert client.post(reverse(name, args=[objection.pk])).status_code == 404
    objection.refresh_from_db()
    assert objection.state == ObjectionState.SUBMITTED


def test_a_school_reads_of_no_place_but_its_own(client, ranked, outsider_school, outsider_director):
    """Its page has one place for each list, and what raising a level would bring."""
    client.force_login(outsider_director)
    answer = client.get(reverse("own_place", args=[2569, outsider_school.pk]))
    rows = [one.row for one in answer.context["places"]]
    assert {row.school_id for row in rows} == {outsider_school.pk}
    assert len(rows) == 3
