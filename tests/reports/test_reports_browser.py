"""The report pages in a real Chromium: sound for a screen reader, whole on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.browser import complaints_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def urls(published, year_prepared):
    return {
        "register": reverse("reports"),
        "preview": reverse("term_report", args=[published.round_id]),
        "report": published.get_absolute_url(),
        "year": year_prepared.get_absolute_url(),
        "public": reverse("published_report", args=[published.code]),
        "list": reverse("published"),
        "verify": reverse("verify", args=[published.code]),
        "verify form": reverse("verify_form"),
    }


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_sound_and_whole(page, live_server, login, area_director, urls, width):
    complaints = complaints_of(page)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, login(area_director), live_server.url)
    for url in urls.values():
        page.goto(live_server.url + url)
        page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_report_to_be_put_forward(page, live_server, login, group_director, agreed, width):
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, login(group_director), live_server.url)
    page.goto(live_server.url + reverse("term_report", args=[agreed.pk]))
    assert Axe().run(page).violations_count == 0
    page.get_by_label("เลขที่รายงาน").fill("1/2569")
    page.get_by_role("button", name="เสนอ").click()
    page.get_by_text("เสนอรายงานเลขที่ 1/2569 เพื่อลงนามแล้ว").wait_for()
    assert Axe().run(page).violations_count == 0
