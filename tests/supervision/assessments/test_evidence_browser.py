"""Photos and files on the answer sheet, added in a real Chromium on a phone and on a laptop."""

import io
import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from PIL import Image
from playwright.sync_api import expect

from supervision.assessments.evidence.models import Evidence
from supervision.assessments.models import Answer
from tests import walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PASSWORD = "ทดสอบ-รหัสผ่าน-1"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
expect.set_options(timeout=15_000)


@pytest.fixture
def browsing(new_context, live_server):
    """Somebody's phone or laptop, signed in: `browsing(teacher)`."""

    def open_(user, **more):
        client = Client()
        client.force_login(user)
        context = new_context(**PHONE | more)
        context.set_default_timeout(15_000)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])
        return context.new_page()

    return open_


@pytest.fixture
def url(live_server, sheet):
    return live_server.url + walk.part_url(sheet.pk, 1)


def photo(name="ห้องเรียน.jpg", size=(800, 600), noisy=False):
    picture = Image.new("RGB", size, "teal")
    if noisy:
        picture = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def paper(name="แผน.pdf"):
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


def place(page, indicator):
    return page.locator(f"#evidence-{indicator.pk}")


def opened(page, indicator):
    """The panel of one indicator, open."""
    here = place(page, indicator)
    here.locator("summary").click()
    return here


def attach(here):
    here.get_by_role("button", name="แนบ", exact=False).first.click()


def told(here):
    return here.locator("[data-sending-state]")


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["390", "1280"])
def test_photos_and_a_paper_are_attached(browsing, url, indicator, academic_teacher, shape):
    page = browsing(academic_teacher, **({"is_mobile": False} | shape))
    complaints = []
    page.on("console", lambda line: complaints.append(line.text))
    page.goto(url)
    here = opened(page, indicator)
    assert Axe().run(page).violations_count == 0
    here.get_by_label("ภาพถ่าย").set_input_files([photo(), photo("สนาม.jpg")])
    here.get_by_label("เอกสาร").set_input_files(paper())
    here.get_by_label("คำอธิบาย").fill("กิจกรรมกลุ่ม")
    here.get_by_label("ได้รับความยินยอม").check()
    attach(here)
    expect(told(here)).to_have_text("✓ ส่งแล้ว 3 รายการ")
    expect(here.locator("[data-pieces] .piece")).to_have_count(3)
    expect(here.locator("[data-sending] .piece")).to_have_count(0)
    expect(here.get_by_label("คำอธิบาย")).to_have_value("")
    assert [(p.kind, p.caption, p.has_consent) for p in Evidence.objects.all()] == [
        ("photo", "กิจกรรมกลุ่ม", True),
        ("photo", "กิจกรรมกลุ่ม", True),
        ("document", "กิจกรรมกลุ่ม", False),
    ]
    picture = here.locator("img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("(img) => img.naturalWidth > 0", arg=picture.element_handle())
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert complaints == []


def test_a_big_photo_travels_small(browsing, url, indicator, academic_teacher):
    page = browsing(academic_teacher)
    page.goto(url)
    here = opened(page, indicator)
    big = photo("ใหญ่.jpg", size=(4000, 3000), noisy=True)
    here.get_by_label("ภาพถ่าย").set_input_files(big)
    attach(here)
    expect(told(here)).to_have_text("✓ ส่งแล้ว 1 รายการ")
    piece = Evidence.objects.get()
    with piece.file.open() as file, Image.open(file) as kept:
        assert max(kept.size) == 2000
    assert piece.name == "ใหญ่.jpg"


def test_signal_lost_while_sending_and_back(browsing, url, indicator, academic_teacher):
    page = browsing(academic_teacher)
    page.goto(url)
    here = opened(page, indicator)
    page.context.set_offline(True)
    here.get_by_label("ภาพถ่าย").set_input_files([photo(), photo("สนาม.jpg")])
    attach(here)
    expect(told(here)).to_contain_text("รอสัญญาณ")
    expect(here.locator("[data-sending] .piece")).to_have_count(2)
    page.locator(f"[name=note-{indicator.pk}]").fill("พิมพ์ตอนไม่มีสัญญาณ")
    assert not Evidence.objects.exists()
    page.context.set_offline(False)
    expect(told(here)).to_have_text("✓ ส่งแล้ว 2 รายการ")
    expect(page.locator("[data-saving]")).to_have_text(re.compile(r"บันทึกแล้ว \d\d\.\d\d"))
    assert Answer.objects.get().note == "พิมพ์ตอนไม่มีสัญญาณ"


def test_a_lost_answer_adds_the_photo_once(browsing, url, indicator, academic_teacher):
    page = browsing(academic_teacher)
    page.goto(url)
    tries = []

    def lose_the_first_answer(route):
        tries.append(route.request.url)
        if len(tries) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/sheets/*/evidence/", lose_the_first_answer)
    here = opened(page, indicator)
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
    attach(here)
    expect(told(here)).to_have_text("✓ ส่งแล้ว 1 รายการ")
    assert len(tries) == 2
    assert Evidence.objects.count() == 1


def test_a_session_that_ended_keeps_the_files(browsing, url, indicator, academic_teacher):
    page = browsing(academic_teacher)
    page.goto(url)
    here = opened(page, indicator)
    Session.objects.all().delete()
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
    attach(here)
    expect(told(here)).to_contain_text("ต้องเข้าสู่ระบบใหม่")
    with page.context.expect_page() as other:
        told(here).get_by_role("link").click()
    tab = other.value
    tab.get_by_label("ชื่อผู้ใช้").fill(academic_teacher.username)
    tab.get_by_label("รหัสผ่าน").fill(PASSWORD)
    tab.get_by_role("button", name="เข้าสู่ระบบ").click()
    tab.wait_for_url(lambda address: "login" not in address)
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(told(here)).to_have_text("✓ ส่งแล้ว 1 รายการ")


def test_what_is_refused_says_why_and_the_rest_goes_on(browsing, url, indicator, academic_teacher):
    page = browsing(academic_teacher)
    page.goto(url)
    here = opened(page, indicator)
    fake = {"name": "ภาพ.jpg", "mimeType": "image/jpeg", "buffer": b"MZ" + bytes(600)}
    here.get_by_label("ภาพถ่าย").set_input_files([fake, photo()])
    attach(here)
    expect(here.locator("[data-pieces] .piece")).to_have_count(1)
    waiting = here.locator("[data-sending] .piece")
    expect(waiting).to_contain_text("“ภาพ.jpg” เป็นไฟล์ชนิดที่ระบบไม่รับ")
    assert Axe().run(page).violations_count == 0
    waiting.get_by_role("button", name="ไม่ส่งแล้ว").click()
    expect(waiting).to_have_count(0)
    expect(told(here)).to_have_text("✓ ส่งแล้ว 1 รายการ")


def test_what_was_chosen_is_sent_before_the_next_page(browsing, url, indicator, academic_teacher):
    page = browsing(academic_teacher)
    page.goto(url)
    here = opened(page, indicator)
    here.get_by_label("ลิงก์").fill("https://example.com/plan")
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
    page.get_by_role("button", name="ถัดไป").tap()
    expect(page).to_have_url(re.compile(r"/2/$|/\d+/$"))
    expect(page.locator("h1")).to_contain_text("มาตรฐานที่ 2")
    assert [piece.kind for piece in Evidence.objects.all()] == ["photo", "link"]


def test_a_page_with_files_on_their_way_is_not_left_unasked(
    browsing, url, indicator, academic_teacher
):
    page = browsing(academic_teacher)
    page.goto(url)
    here = opened(page, indicator)
    page.context.set_offline(True)
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
    attach(here)
    expect(told(here)).to_contain_text("รอสัญญาณ")
    page.get_by_role("button", name="ถัดไป").tap()
    expect(page.locator("[data-trouble]")).to_contain_text("ไฟล์ยังส่งไม่ครบ")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(False)
    page.route("**/sheets/*/evidence/", lambda route: route.abort())
    page.evaluate("location.reload()")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_words_and_removing_lead_back_to_the_card(browsing, url, indicator, academic_teacher):
    page = browsing(academic_teacher)
    page.goto(url)
    here = opened(page, indicator)
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
    attach(here)
    page.locator(f"[name=note-{indicator.pk}]").fill("พิมพ์แล้วไปแก้คำอธิบาย")
    here.get_by_role("button", name="แก้ไขคำอธิบาย").tap()
    expect(page.locator("h1")).to_have_text("คำอธิบายหลักฐาน")
    assert Axe().run(page).violations_count == 0
    page.get_by_label("คำอธิบาย").fill("นักเรียนนำเสนองาน")
    page.get_by_label("ได้รับความยินยอม").check()
    page.get_by_role("button", name="บันทึก").tap()
    expect(page).to_have_url(re.compile(rf"#evidence-{indicator.pk}$"))
    expect(place(page, indicator)).to_contain_text("นักเรียนนำเสนองาน")
    expect(page.locator(f"[name=note-{indicator.pk}]")).to_have_value("พิมพ์แล้วไปแก้คำอธิบาย")
    place(page, indicator).get_by_role("button", name="นำออก").tap()
    expect(page.locator("h1")).to_have_text("นำหลักฐานนี้ออก")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="นำออก").tap()
    expect(place(page, indicator).locator(".piece")).to_have_count(0)


def test_it_works_without_a_script(browsing, url, indicator, academic_teacher):
    page = browsing(academic_teacher, java_script_enabled=False)
    page.goto(url)
    here = opened(page, indicator)
    page.locator(f"[name=note-{indicator.pk}]").fill("พิมพ์ก่อนแนบ")
    here.get_by_label("ภาพถ่าย").set_input_files([photo(), photo("สนาม.jpg")])
    attach(here)
    expect(here.locator(".piece")).to_have_count(2)
    expect(page).to_have_url(re.compile(rf"#evidence-{indicator.pk}$"))
    expect(page.locator(f"[name=note-{indicator.pk}]")).to_have_value("พิมพ์ก่อนแนบ")
    here.get_by_role("button", name="นำออก").first.tap()
    page.get_by_role("button", name="นำออก").tap()
    expect(place(page, indicator).locator(".piece")).to_have_count(1)
