"""The reminder's text is copied by a button where the browser can, and by hand where it cannot."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import complaints_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = reverse("self_assessments_reminder")


def test_the_text_is_copied_and_marked_as_sent(page, live_server, login, round_, supervisor):
    complaints = complaints_of(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in(page, login(supervisor), live_server.url)
    page.goto(live_server.url + PAGE)
    page.get_by_role("button", name="คัดลอกข้อความ").click()
    expect(page.get_by_text("คัดลอกแล้ว")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("ข้อความสำหรับ LINE").input_value()
    assert copied.startswith("เรียน ผู้อำนวยการโรงเรียนและครูวิชาการ")
    page.get_by_role("button", name="บันทึกว่าส่งทาง LINE แล้ว").click()
    expect(page.get_by_text("บันทึกว่าเตือนทาง LINE แล้ว 1 โรงเรียน")).to_be_visible()
    assert complaints == []


def test_without_a_script_the_text_is_there_to_be_copied_by_hand(
    new_context, live_server, login, round_, supervisor
):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, login(supervisor), live_server.url)
    page.goto(live_server.url + PAGE)
    assert page.get_by_role("button", name="คัดลอกข้อความ").count() == 0
    expect(page.get_by_text("เลือกทั้งหมด แล้วคัดลอก")).to_be_visible()
    page.get_by_role("button", name="บันทึกว่าส่งทาง LINE แล้ว").click()
    expect(page.get_by_text("บันทึกว่าเตือนทาง LINE แล้ว 1 โรงเรียน")).to_be_visible()
