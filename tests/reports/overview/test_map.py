"""The map of schools: who reads it, what it shows of each, and which other server it asks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.models import School
from tests import scenarios
from tests.factories import ClusterFactory, RoundFactory, SchoolFactory, StepDeadlineFactory

MAP = reverse("overview_map")
TILES = "https://tiles.example/{z}/{x}/{y}.png"


def place(school, latitude="17.341200", longitude="101.223100"):
    School.objects.filter(pk=school.pk).update(latitude=latitude, longitude=longitude)


def map_page(client, **asked):
    response = client.get(MAP, asked)
    assert response.status_code == 200
    return response


def signs(client, **asked):
    """What the map shows, by school: status, level and whether it has a position."""
    rows = map_page(client, **asked).context["map"].rows
    return {
        row.school.short_name: (
            str(row.status),
            row.result.level if row.result else None,
            bool(row.school.position),
        )
        for row in rows
    }


@pytest.fixture
def visited(round_, supervisor, school_director):
    """Our school, with a signed visit, on the map."""
    place(round_.school)
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_signed(round_, by=supervisor)
    return round_


@pytest.mark.parametrize("who", ["school_director", "cluster_chair", "subcommittee_member"])
def test_the_map_is_for_who_sees_the_area(request, login, round_, who):
    assert login(request.getfixturevalue(who)).get(MAP).status_code == 403


@pytest.mark.parametrize("who", ["supervisor", "area_director", "committee_member", "clerk"])
def test_the_area_reads_it(request, login, round_, who):
    assert list(signs(login(request.getfixturevalue(who)))) == ["ของเรา"]


def test_before_any_term_the_page_says_who_opens_one(login, area_director, clerk):
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in map_page(login(area_director)).content.decode()
    assert reverse("academic_calendar") in map_page(login(clerk)).content.decode()


def test_before_any_school_the_page_says_so(login, area_director, term):
    page = map_page(login(area_director)).content.decode()
    assert "ยังไม่มีโรงเรียนในทะเบียน" in page
    assert "leaflet" not in page


def test_shape_and_colour_say_status_and_result(login, visited, area_director, term, other_school):
    late = RoundFactory(school=SchoolFactory(name="โรงเรียนช้า"), term=term)
    scenarios.backdate_rounds(days=30)
    StepDeadlineFactory(term=term, step=3, due_on=term.opens_on + timedelta(days=10))
    found = signs(login(area_director))
    assert found["ของเรา"] == ("in_progress", 4, True)
    assert found["อื่น"] == ("not_opened", None, False)
    assert found[late.school.short_name][0] == "overdue"


def test_a_finished_and_a_closed_school(login, round_, area_director, other_school, term):
    RoundFactory(school=other_school, term=term)
    School.objects.filter(pk=other_school.pk).update(closed_on=term.opens_on)
    assert signs(login(area_director))["อื่น"][0] == "stopped"


def test_the_table_says_what_the_map_shows(login, visited, area_director):
    page = map_page(login(area_director))
    (row,) = page.context["map"].placed
    text = page.content.decode()
    assert 'data-position="17.341200,101.223100"' in text
    assert f'href="{visited.get_absolute_url()}"' in text
    assert f"{row.result.meaning} {row.result.mean}" in text
    assert row.now.word in text


def test_legends_count_the_schools_listed(login, visited, area_director, other_school):
    found = map_page(login(area_director)).context["map"]
    assert [(line.word, line.schools) for line in found.statuses] == [
        ("กำลังดำเนินการ", 1),
        ("ยังไม่เปิดรอบ", 1),
    ]
    assert [(line.level, line.schools) for line in found.levels] == [
        *((level, int(level == 4)) for level in range(1, 6)),
        (None, 1),
    ]


def test_without_any_result_there_are_no_colours_to_explain(login, round_, area_director):
    assert map_page(login(area_director)).context["map"].levels == []


def test_schools_without_a_position_are_listed(login, visited, other_school, area_director, clerk):
    page = map_page(login(area_director))
    assert [row.school for row in page.context["map"].unplaced] == [other_school]
    assert "ไม่มีพิกัด 1 โรงเรียน" in page.content.decode()
    add = reverse("school_edit", args=[other_school.pk])
    assert add not in page.content.decode()
    assert add in map_page(login(clerk)).content.decode()


def test_filters_leave_schools_and_a_set_leaves_its_results(
    login, visited, area_director, other_school, cluster
):
    client = login(area_director)
    assert list(signs(client, cluster=cluster.pk)) == ["ของเรา"]
    chosen = visited.indicator_sets.get()
    assert signs(client, indicator_set=chosen.pk)["ของเรา"][1] == 4
    page = map_page(client, cluster="999999")
    assert "โปรดเลือกกลุ่มโรงเรียนจากรายการ" in page.content.decode()
    assert len(page.context["map"].rows) == 2


def test_filters_that_leave_no_school(login, round_, area_director):
    SchoolFactory(name="โรงเรียนอื่น", district="ภูเรือ", cluster=ClusterFactory())
    ours = round_.school.cluster_on(round_.term.opens_on)
    page = map_page(login(area_director), cluster=ours.pk, district="ภูเรือ").content.decode()
    assert "ไม่มีโรงเรียนตามตัวกรอง" in page
    assert "เฉพาะ" in page


def test_compared_terms_are_kept_for_other_pages(login, round_, area_director):
    page = map_page(login(area_director), compared="3").content.decode()
    assert '<input type="hidden" name="compared" value="3"' in page


def test_the_cost_does_not_grow_with_the_schools(login, visited, area_director, term):
    client = login(area_director)
    map_page(client)
    with CaptureQueriesContext(connection) as one:
        map_page(client)
    for number in range(2):
        school = SchoolFactory(cluster=ClusterFactory())
        place(school, latitude=f"17.{number}")
        RoundFactory(school=school, term=term)
    with CaptureQueriesContext(connection) as three:
        assert len(map_page(client).context["map"].rows) == 3
    assert len(three) == len(one)


def test_without_a_tile_server_only_the_portal_is_asked(login, visited, area_director):
    page = map_page(login(area_director))
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    assert "data-tiles" not in page.content.decode()
    assert "ไม่มีภาพพื้นหลัง" in page.content.decode()


def test_the_page_of_the_map_alone_may_ask_the_tile_server(login, visited, area_director, settings):
    settings.MAP_TILE_URL = TILES
    settings.MAP_TILE_ATTRIBUTION = "แผนที่ของ <สำนักงาน>"
    client = login(area_director)
    page = map_page(client)
    (images,) = (
        part for part in page["Content-Security-Policy"].split("; ") if part.startswith("img-src")
    )
    assert images == "img-src 'self' data: https://tiles.example"
    assert f'data-tiles="{TILES}"' in page.content.decode()
    assert "แผนที่ของ &lt;สำนักงาน&gt;" in page.content.decode()
    assert "tiles.example" not in client.get(reverse("board"))["Content-Security-Policy"]
