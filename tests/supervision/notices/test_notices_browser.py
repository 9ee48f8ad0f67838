"""One tap on a notice copies its text for LINE; without a script the text is there to copy."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import scenarios
from tests.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BUTTON = "คัดลอกข้อความ LINE"


@pytest.fixture
def visit(round_, supervisor):
    return scenarios.visit_planned(round_, by=supervisor)


def test_one_tap_copies_the_text_of_a_row(page, live_server, login, school_director, visit):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in(page, login(school_director), live_server.url)
    page.goto(live_server.url + reverse("notices"))
    opener = page.get_by_text(f"{BUTTON} เรื่อง นิเทศ ของเรา")
    row = page.get_by_role("listitem").filter(has=opener)
    assert opener.bounding_box()["height"] >= 44
    opener.click()
    expect(row.get_by_text("✓ คัดลอกแล้ว นำไปวางใน LINE ได้")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("นิเทศ ของเรา (วันนี้)")
    assert copied.endswith(visit.get_absolute_url())


def test_without_a_script_the_text_opens(new_context, live_server, login, school_director, visit):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, login(school_director), live_server.url)
    page.goto(live_server.url + reverse("notices"))
    page.get_by_text(BUTTON).first.click()
    expect(page.get_by_text("เลือกทั้งหมด แล้วคัดลอก").first).to_be_visible()
