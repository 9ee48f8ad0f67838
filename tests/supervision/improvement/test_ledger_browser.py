"""A report of progress with its photo, sent from a phone on a poor line."""

import io
import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from PIL import Image
from playwright.sync_api import expect

from supervision.improvement.models import ProgressReport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "ทดสอบ-รหัสผ่าน-1"
expect.set_options(timeout=15_000)


@pytest.fixture
def page(open_browser, academic_teacher, live_server, agreed, recommendation):
    page = open_browser(academic_teacher)
    page.goto(live_server.url + recommendation.get_absolute_url())
    return page


def photo(size=(800, 600)):
    picture = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95)
    return {"name": "กิจกรรม.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def fill(page, text="จัดอบรมครูแล้ว", **size):
    page.get_by_label("สิ่งที่ดำเนินการ").fill(text)
    page.get_by_label("ไฟล์หลักฐาน").set_input_files(photo(**size))


def send(page):
    page.get_by_role("button", name="บันทึกความก้าวหน้า").tap()


def told(page):
    return page.locator("[data-file-state]")


def chosen(page):
    return page.get_by_label("ไฟล์หลักฐาน").evaluate("(box) => [...box.files].map((f) => f.name)")


def expect_kept(page):
    expect(page.locator(".note.done")).to_contain_text("บันทึกความก้าวหน้าแล้ว")
    assert ProgressReport.objects.get().file_name == "กิจกรรม.jpg"


def test_the_hundredths_that_have_left_are_shown(page):
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 50, "downloadThroughput": -1, "uploadThroughput": 60_000}
    line.send("Network.emulateNetworkConditions", slow)
    fill(page, size=(700, 500))
    page.get_by_label("ได้รับความยินยอม").check()
    send(page)
    expect(told(page)).to_contain_text(re.compile(r"[1-9]\d?%"))
    expect(page.get_by_role("button", name="บันทึกความก้าวหน้า")).to_be_disabled()
    assert Axe().run(page).violations_count == 0
    expect_kept(page)
    assert ProgressReport.objects.get().has_consent


def test_a_photo_travels_small(page):
    fill(page, size=(2600, 2000))
    box = page.get_by_label("ไฟล์หลักฐาน")
    before = box.evaluate("(box) => box.files[0].size")
    page.route("**/report/", lambda route: route.abort())
    send(page)
    expect(told(page)).to_contain_text("ส่งไม่ถึงระบบ")
    assert box.evaluate("(box) => box.files[0].size") < before / 2


def test_an_error_takes_neither_words_nor_file_away(page):
    fill(page, text="")
    send(page)
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("[data-error-summary]")).to_contain_text("โปรดกรอกสิ่งที่ดำเนินการ")
    expect(page.locator("[data-error-summary] li")).to_have_count(1)
    expect(told(page)).to_contain_text("ไฟล์ที่เลือกยังอยู่ในหน้านี้")
    assert chosen(page) == ["กิจกรรม.jpg"]
    assert Axe().run(page).violations_count == 0
    page.get_by_label("สิ่งที่ดำเนินการ").fill("จัดอบรมครูแล้ว")
    send(page)
    expect_kept(page)


def test_a_lost_line_takes_neither_words_nor_file_away(page):
    page.context.set_offline(True)
    fill(page)
    send(page)
    expect(told(page)).to_contain_text("ส่งไม่ถึงระบบ จึงยังไม่บันทึก ข้อความและไฟล์ยังอยู่")
    assert chosen(page) == ["กิจกรรม.jpg"]
    page.context.set_offline(False)
    send(page)
    expect_kept(page)


def test_a_session_that_ended_takes_neither_words_nor_file_away(page, academic_teacher):
    Session.objects.all().delete()
    fill(page)
    send(page)
    expect(told(page)).to_contain_text("หมดเวลาการใช้งาน")
    with page.context.expect_page() as other:
        told(page).get_by_role("link").tap()
    tab = other.value
    tab.get_by_label("ชื่อผู้ใช้").fill(academic_teacher.username)
    tab.get_by_label("รหัสผ่าน").fill(PASSWORD)
    tab.get_by_role("button", name="เข้าสู่ระบบ").click()
    tab.wait_for_url(lambda address: "login" not in address)
    page.bring_to_front()
    send(page)
    expect_kept(page)
