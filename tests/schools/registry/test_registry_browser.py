"""The register in a real Chromium: sound for a screen reader, whole on a phone, live totals."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from schools.enums import Grade
from tests.browser import complaints_of, sign_in
from tests.factories import SchoolFactory
from tests.schools.registry.conftest import create_yearly_count

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def urls(school, other_school, scheme, school_director, term):
    SchoolFactory(name="โรงเรียน" + "บ้านที่มีชื่อยาวมาก" * 6)
    for year in range(2565, 2570):
        create_yearly_count(school, year, *((grade, 10, 12) for grade in Grade))
    of_school = ("school_card", "school_edit", "school_counts", "school_move", "school_close")
    pages = ("directory", "registry", "clusters", "academic_calendar", "area_office", "school_add")
    return [*map(reverse, pages), *(reverse(name, args=[school.pk]) for name in of_school)]


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_sound_and_whole(page, live_server, login, clerk, urls, width):
    complaints = complaints_of(page)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, login(clerk), live_server.url)
    for url in urls:
        assert page.goto(live_server.url + url).status == 200, url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{url}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    assert complaints == []


def test_totals_follow_the_typing(page, live_server, login, clerk, school, term):
    sign_in(page, login(clerk), live_server.url)
    page.goto(live_server.url + reverse("school_counts", args=[school.pk]))
    page.get_by_label("ป.1 ชาย").fill("๑๒")
    page.get_by_label("ป.1 หญิง").fill("1,008")
    assert page.locator('[data-total="pupils"]').inner_text() == "1,020"
    page.get_by_role("textbox", name="ข้อมูล ณ วันที่").fill("10/6/2569")
    page.get_by_role("button", name="บันทึกปีการศึกษา").click()
    page.get_by_text("บันทึกจำนวนนักเรียนและครู ปีการศึกษา 2569 แล้ว").wait_for()
    assert school.yearly_counts.get().pupils == 1020
