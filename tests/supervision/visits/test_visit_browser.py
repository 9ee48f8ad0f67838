"""The visit's page and what is asked from it, in a real Chromium."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from supervision.visits import actions, ratings
from supervision.visits.signed_copies import remove_signed_copy
from tests import scenarios
from tests.browser import sign_in
from tests.test_access_table import add_signed_copy, create_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed(recording, supervisor, committee_member):
    """With photos, a rater, a copy and one taken off again."""
    recording.team.add(committee_member)
    ratings.start_rating(recording, by=committee_member)
    for _ in range(3):
        create_photo(recording.sheet, by=supervisor)
    scenarios.fill_sheet(recording.sheet, 4, by=supervisor)
    actions.sign_visit(recording, by=supervisor)
    add_signed_copy(recording, by=supervisor)
    wrong = add_signed_copy(recording, by=supervisor, content=b"%PDF-1.7 of another school")
    remove_signed_copy(wrong, by=supervisor, reason="แนบผิดโรงเรียน")
    return recording


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_sound_and_whole(
    page, live_server, login, supervisor, group_director, signed, width
):
    following = actions.revise_visit(signed, by=supervisor, reason="คลาดเคลื่อน")
    called_off = scenarios.visit_planned(signed.round, by=group_director)
    actions.cancel_visit(called_off, by=supervisor, reason="น้ำท่วม")
    urls = [
        signed.get_absolute_url(),
        following.get_absolute_url(),
        called_off.get_absolute_url(),
        reverse("visit_edit", args=[following.pk]),
        reverse("visit_copy_remove", args=[signed.signed_copies.present().get().pk]),
    ]
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, login(supervisor), live_server.url)
    for url in urls:
        assert page.goto(live_server.url + url).status == 200, url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{url}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url


def test_a_purpose_is_put_right_from_the_visit(page, live_server, login, supervisor, recording):
    sign_in(page, login(supervisor), live_server.url)
    page.goto(live_server.url + recording.get_absolute_url())
    page.get_by_text("เปลี่ยนแปลงนัดหมาย").click()
    page.get_by_role("link", name="แก้ไขรายละเอียด").click()
    page.get_by_label("เรื่องที่นิเทศ").fill("การอ่านออกเขียนได้")
    page.get_by_label("ออนไลน์").check()
    page.get_by_role("button", name="บันทึกรายละเอียด").click()
    page.wait_for_url(live_server.url + recording.get_absolute_url())
    assert page.get_by_text("แก้ไขรายละเอียดนัดหมายแล้ว").is_visible()
    assert page.locator(".lead-line").inner_text().startswith("การอ่านออกเขียนได้")
    assert page.get_by_text("เปลี่ยนรูปแบบจาก “ลงพื้นที่” เป็น “ออนไลน์”").is_visible()
