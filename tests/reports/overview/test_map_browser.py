"""The map in a real Chromium: drawn without another server, led to by the table, sound for all."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from schools.models import School
from tests.browser import complaints_of, sign_in
from tests.factories import RoundFactory, SchoolFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(round_, cluster):
    """Our school and three more on the map, one without a position."""
    schools = [round_.school, *(SchoolFactory(cluster=cluster) for _ in range(4))]
    for number, school in enumerate(schools[:-1]):
        School.objects.filter(pk=school.pk).update(
            latitude=f"17.3{number}", longitude=f"101.2{number}"
        )
    RoundFactory(school=schools[1], term=round_.term)
    return schools


@pytest.fixture
def open_map(page, live_server, login, area_director, places):
    """The page with its map drawn, and the addresses that it asked for."""

    def open_(width=1280):
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.set_viewport_size({"width": width, "height": 800})
        sign_in(page, login(area_director), live_server.url)
        page.goto(live_server.url + reverse("overview_map"))
        expect(page.locator(".leaflet-marker-icon")).to_have_count(4)
        return asked

    return open_


@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_is_sound_and_whole(page, open_map, width):
    complaints = complaints_of(page)
    page.emulate_media(reduced_motion="reduce")  # a box that still appears has pale words
    open_map(width)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="ดูที่ตั้ง ของเรา").click()
    expect(page.locator(".leaflet-popup")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


def test_no_other_server_is_asked(open_map, live_server):
    asked = open_map()
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


def test_a_tile_server_of_the_office_is_asked(open_map, settings):
    settings.MAP_TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    asked = open_map()
    assert any(url.startswith("https://tiles.example/") for url in asked)


def test_a_row_leads_to_its_sign_and_back(page, open_map, round_):
    open_map()
    button = page.get_by_role("button", name="ดูที่ตั้ง ของเรา")
    button.press("Enter")
    link = page.locator(".leaflet-popup").get_by_role("link", name="ของเรา")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("href", round_.get_absolute_url())
    link.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_sign_is_a_button_with_a_name(page, open_map, round_, key):
    open_map()
    words = "ของเรา 1 ข้อมูล: รอกลุ่มนิเทศฯ ยังไม่มีผล"
    the_map = page.get_by_role("region", name="แผนที่โรงเรียน")
    sign = the_map.get_by_role("button", name=words, exact=True)
    sign.focus()
    expect(sign.locator(".map-name")).to_be_visible()
    sign.press(key)
    page.locator(".leaflet-popup").get_by_role("link", name="ของเรา").press("Enter")
    page.wait_for_url(f"**{round_.get_absolute_url()}")


def test_a_press_anywhere_on_a_row_shows_its_place(page, open_map):
    open_map(390)
    page.locator("tr[data-position]").nth(1).locator(".pill").click()
    expect(page.locator(".leaflet-popup")).to_be_in_viewport()


def test_filters_are_folded_away_on_a_phone_alone(page, open_map):
    open_map(390)
    box = page.get_by_label("กลุ่มโรงเรียน", exact=True)
    expect(box).to_be_hidden()
    page.get_by_text("ตัวกรอง", exact=False).first.click()
    expect(box).to_be_visible()
    box.select_option(index=1)
    page.get_by_role("button", name="แสดง").click()
    expect(page.get_by_text("ตัวกรอง · 1")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(box).to_be_visible()
    expect(page.get_by_text("ตัวกรอง · 1")).to_be_hidden()
