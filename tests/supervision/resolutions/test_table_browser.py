"""The table of a meeting in a real Chromium: ticked with one press, sound on phone and desktop."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from supervision.practices import actions
from supervision.practices.models import Decision
from tests.browser import complaints_of
from tests.factories import MeetingFactory
from tests.supervision.resolutions.waiting import waiting_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(db):
    return MeetingFactory(open=True, number=4)


@pytest.fixture
def rounds(supervisor, term, cluster):
    return [waiting_round(supervisor, term, cluster, level=level) for level in (4, 2)]


def violations(page):
    return [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]


def test_all_proposed_are_ticked_and_recorded(
    open_browser, live_server, group_director, meeting, rounds
):
    page = open_browser(group_director, viewport={"width": 1280, "height": 900})
    complaints = complaints_of(page)
    page.goto(live_server.url + reverse("meeting_table", args=[meeting.pk]))
    page.get_by_label("ค้นหาโรงเรียน").fill("ไม่มีโรงเรียนนี้")
    page.wait_for_function("document.querySelectorAll('tbody tr:not([hidden])').length === 0")
    page.get_by_label("ค้นหาโรงเรียน").fill("")
    page.get_by_text("เลือกทุกโรงเรียนที่ระบบเสนอบรรลุ").click()
    assert page.locator("[data-ticked]").inner_text() == "1"
    assert violations(page) == []
    page.get_by_role("button", name="ลงมติ “บรรลุ”").click()
    assert violations(page) == []
    page.get_by_role("button", name="บันทึกมติ").click()
    page.get_by_text("บันทึกมติ “บรรลุ” 1 โรงเรียนแล้ว").wait_for()
    assert Decision.objects.get().round == rounds[0]
    assert complaints == []


def test_the_pages_are_sound_on_a_phone(open_browser, live_server, group_director, meeting, rounds):
    actions.nominate_practice(
        rounds[0], by=group_director, title="ห้องสมุดชุมชน", process="ทำ", outcome="ดี"
    )
    page = open_browser(group_director)
    for name in ("meeting_table", "meeting_practices"):
        page.goto(live_server.url + reverse(name, args=[meeting.pk]))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert violations(page) == []
