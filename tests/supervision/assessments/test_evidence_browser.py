"""Photos and files on the answer sheet, added in a real Chromium on a phone and on a laptop."""

import io
import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from supervision.assessments.models import Answer, AnswerSheet, Evidence
from tests import scenarios
from tests.browser import PHONE, complaints_of
from tests.sample_files import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PASSWORD = "ทดสอบ-รหัสผ่าน-1"
expect.set_options(timeout=15_000)


@pytest.fixture
def url(live_server, sheet):
    return live_server.url + scenarios.standard_url(sheet.pk, 1)


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
    """The panel of one indicator, open: for a link, and for all without a script."""
    here = place(page, indicator)
    here.locator("summary").last.click()
    return here


def attach(here):
    here.get_by_role("button", name="แนบ", exact=False).first.click()


def told(here):
    return here.locator("[data-sending-state]")


def waiting_files(page):
    return page.locator("[data-sending] .evidence-item")


def pill(page):
    return page.locator("[data-saving] .save")


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["390", "1280"])
def test_what_is_chosen_is_attached_at_once(open_browser, url, indicator, academic_teacher, shape):
    page = open_browser(academic_teacher, **({"is_mobile": False} | shape))
    complaints = complaints_of(page)
    page.goto(url)
    here = place(page, indicator)
    assert Axe().run(page).violations_count == 0
    here.get_by_label("ภาพถ่าย").set_input_files([photo(), photo("สนาม.jpg")])
    here.get_by_label("แนบไฟล์").set_input_files(paper())
    expect(here.locator("[data-evidence-list] .evidence-item")).to_have_count(3)
    expect(here.locator("[data-sending] .evidence-item")).to_have_count(0)
    expect(told(here)).to_contain_text("✓ แนบแล้ว")
    assert sorted((p.kind, p.caption, p.has_consent) for p in Evidence.objects.all()) == [
        ("document", "", False),
        ("photo", "", False),
        ("photo", "", False),
    ]
    picture = here.locator("img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("(img) => img.naturalWidth > 0", arg=picture.element_handle())
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert complaints == []


def test_a_big_photo_travels_small(open_browser, url, indicator, academic_teacher, tmp_path):
    page = open_browser(academic_teacher)
    page.goto(url)
    here = place(page, indicator)
    big = tmp_path / "ใหญ่.jpg"
    big.write_bytes(photo(size=(4000, 3000), noisy=True)["buffer"])
    here.get_by_label("ภาพถ่าย").set_input_files(big)
    expect(told(here)).to_have_text("✓ แนบแล้ว 1 รายการ")
    piece = Evidence.objects.get()
    with piece.file.open() as file, Image.open(file) as kept:
        assert max(kept.size) == 2000
    assert piece.name == "ใหญ่.jpg"


def test_signal_lost_while_sending_and_back(open_browser, url, indicator, academic_teacher):
    page = open_browser(academic_teacher)
    page.goto(url)
    here = place(page, indicator)
    page.context.set_offline(True)
    here.get_by_label("ภาพถ่าย").set_input_files([photo(), photo("สนาม.jpg")])
    expect(told(here)).to_contain_text("รอสัญญาณ")
    expect(here.locator("[data-sending] .evidence-item")).to_have_count(2)
    page.locator(f"[name=note-{indicator.pk}]").fill("พิมพ์ตอนไม่มีสัญญาณ")
    assert not Evidence.objects.exists()
    page.context.set_offline(False)
    expect(told(here)).to_have_text("✓ แนบแล้ว 2 รายการ")
    expect(page.locator("[data-saving]")).to_have_text(re.compile(r"บันทึกแล้ว \d\d\.\d\d"))
    assert Answer.objects.get().note == "พิมพ์ตอนไม่มีสัญญาณ"


def test_a_lost_answer_adds_the_photo_once(open_browser, url, indicator, academic_teacher):
    page = open_browser(academic_teacher)
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
    here = place(page, indicator)
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
    expect(told(here)).to_have_text("✓ แนบแล้ว 1 รายการ")
    assert len(tries) == 2
    assert Evidence.objects.count() == 1


def test_a_session_that_ended_keeps_the_files(open_browser, url, indicator, academic_teacher):
    page = open_browser(academic_teacher)
    page.goto(url)
    here = place(page, indicator)
    Session.objects.all().delete()
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
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
    expect(told(here)).to_have_text("✓ แนบแล้ว 1 รายการ")


def test_what_is_refused_says_why_and_the_rest_goes_on(
    open_browser, url, indicator, academic_teacher
):
    page = open_browser(academic_teacher)
    page.goto(url)
    here = place(page, indicator)
    fake = {"name": "ภาพ.jpg", "mimeType": "image/jpeg", "buffer": b"MZ" + bytes(600)}
    here.get_by_label("ภาพถ่าย").set_input_files([fake, photo()])
    expect(here.locator("[data-evidence-list] .evidence-item")).to_have_count(1)
    waiting = here.locator("[data-sending] .evidence-item")
    expect(waiting).to_contain_text("“ภาพ.jpg” เป็นไฟล์ชนิดที่ระบบไม่รับ")
    assert Axe().run(page).violations_count == 0
    page.once("dialog", lambda dialog: dialog.accept())
    waiting.get_by_role("button", name="ไม่ส่ง").click()
    expect(waiting).to_have_count(0)
    expect(told(here)).to_have_text("✓ แนบแล้ว 1 รายการ")


def test_what_was_chosen_is_sent_before_the_next_page(
    open_browser, url, indicator, academic_teacher
):
    page = open_browser(academic_teacher)
    page.goto(url)
    here = opened(page, indicator)
    here.get_by_label("ลิงก์", exact=True).fill("https://example.com/plan")
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
    page.get_by_role("button", name="ถัดไป").tap()
    expect(page).to_have_url(re.compile(r"/2/$|/\d+/$"))
    expect(page.locator("h1")).to_contain_text("มาตรฐานที่ 2")
    expect(waiting_files(page)).to_have_count(0)
    assert sorted(piece.kind for piece in Evidence.objects.all()) == ["link", "photo"]


@pytest.fixture
def own_browser(browser_type, browser_type_launch_args, live_server, academic_teacher, tmp_path):
    """The teacher's browser with its memory on the disk: closed and opened again it is the same."""
    client = Client()
    client.force_login(academic_teacher)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    contexts = []

    def open_():
        folder = tmp_path / "browser"
        context = browser_type.launch_persistent_context(folder, **browser_type_launch_args | PHONE)
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_cookies([cookie])
        return context.pages[0]

    yield open_
    for context in contexts:
        context.close()


def test_a_photo_chosen_without_a_signal_outlives_the_browser(own_browser, url, indicator):
    page = own_browser()
    page.goto(url)
    expect(place(page, indicator).get_by_text("ภาพถ่าย")).to_be_visible()
    page.context.set_offline(True)
    place(page, indicator).get_by_label("ภาพถ่าย").set_input_files(photo())
    expect(waiting_files(page)).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    expect(pill(page)).to_contain_text("เก็บไว้ในเครื่องนี้ 1 ไฟล์")
    page.context.close()

    page = own_browser()
    page.goto(url)
    here = place(page, indicator)
    expect(here.locator("[data-evidence-list] .evidence-item")).to_have_count(1)
    expect(waiting_files(page)).to_have_count(0)
    expect(pill(page)).to_contain_text("บันทึกแล้ว")
    assert Evidence.objects.get().name == "ห้องเรียน.jpg"
    page.reload()
    expect(here.locator("[data-evidence-list] .evidence-item")).to_have_count(1)
    expect(waiting_files(page)).to_have_count(0)


def test_a_photo_left_by_another_tab_of_the_sheet_arrives(
    open_browser, url, indicator, academic_teacher
):
    page = open_browser(academic_teacher)
    page.goto(url)
    page.route("**/sheets/*/evidence/", lambda route: route.abort())
    place(page, indicator).get_by_label("ภาพถ่าย").set_input_files(photo())
    expect(waiting_files(page)).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(".parts button").nth(1).tap()
    expect(page.locator("h1")).to_contain_text("มาตรฐานที่ 2")
    elsewhere = page.locator("[data-elsewhere]")
    expect(elsewhere).to_contain_text(f"ข้อ {indicator.code} ห้องเรียน.jpg")
    expect(pill(page)).not_to_contain_text("บันทึกแล้ว")
    assert Axe().run(page).violations_count == 0
    page.unroute("**/sheets/*/evidence/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(told(elsewhere)).to_have_text("✓ แนบแล้ว 1 รายการ")
    expect(pill(page)).to_contain_text("บันทึกแล้ว")
    assert Evidence.objects.get().indicator == indicator
    assert asked == []


def test_the_hundredths_that_have_left_are_shown(open_browser, url, indicator, academic_teacher):
    page = open_browser(academic_teacher)
    page.goto(url)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 50, "downloadThroughput": -1, "uploadThroughput": 60_000}
    line.send("Network.emulateNetworkConditions", slow)
    here = place(page, indicator)
    here.get_by_label("ภาพถ่าย").set_input_files(photo(size=(700, 500), noisy=True))
    expect(waiting_files(page)).to_contain_text(re.compile(r"กำลังส่ง [1-9]\d?%"))
    expect(pill(page)).to_have_text("○ กำลังส่ง 1 ไฟล์")
    assert Axe().run(page).violations_count == 0
    expect(told(here)).to_have_text("✓ แนบแล้ว 1 รายการ")


def test_what_is_given_up_while_it_waits_never_arrives(
    open_browser, url, indicator, academic_teacher
):
    page = open_browser(academic_teacher)
    page.goto(url)
    page.context.set_offline(True)
    here = place(page, indicator)
    here.get_by_label("ภาพถ่าย").set_input_files([photo(), photo("สนาม.jpg")])
    expect(told(here)).to_contain_text("รอสัญญาณ เก็บไว้ในเครื่องนี้ 2 รายการ")
    page.once("dialog", lambda dialog: dialog.dismiss())
    waiting_files(page).first.get_by_role("button", name="ไม่ส่ง").tap()
    expect(waiting_files(page)).to_have_count(2)
    page.once("dialog", lambda dialog: dialog.accept())
    waiting_files(page).first.get_by_role("button", name="ไม่ส่ง").tap()
    expect(waiting_files(page)).to_have_count(1)
    page.context.set_offline(False)
    expect(told(here)).to_have_text("✓ แนบแล้ว 1 รายการ")
    page.reload()
    expect(here.locator("[data-evidence-list] .evidence-item")).to_have_count(1)
    assert Evidence.objects.get().name == "สนาม.jpg"


def test_words_and_consent_are_written_while_a_photo_waits(
    open_browser, url, indicator, academic_teacher
):
    page = open_browser(academic_teacher)
    page.goto(url)
    page.context.set_offline(True)
    here = place(page, indicator)
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
    expect(told(here)).to_contain_text("รอสัญญาณ")
    waiting_files(page).locator("summary").tap()
    waiting_files(page).get_by_label("คำอธิบาย").fill("กิจกรรมกลุ่ม")
    waiting_files(page).get_by_label("ได้รับความยินยอม").check()
    assert Axe().run(page).violations_count == 0
    page.locator(f"[name=note-{indicator.pk}]").focus()
    page.context.set_offline(False)
    expect(told(here)).to_have_text("✓ แนบแล้ว 1 รายการ")
    piece = Evidence.objects.get()
    assert (piece.caption, piece.has_consent) == ("กิจกรรมกลุ่ม", True)


def test_a_file_for_a_sheet_signed_meanwhile_stays_on_the_device(
    open_browser, url, indicator, academic_teacher, sheet
):
    page = open_browser(academic_teacher)
    page.goto(url)
    page.context.set_offline(True)
    sent = photo()
    place(page, indicator).get_by_label("ภาพถ่าย").set_input_files(sent)
    expect(waiting_files(page)).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    AnswerSheet.objects.filter(pk=sheet.pk).update(frozen_at=timezone.now())
    page.context.set_offline(False)
    expect(waiting_files(page)).to_contain_text("⚠")
    page.goto(url)
    expect(page.locator("[data-saving]")).to_have_count(0)
    expect(waiting_files(page)).to_contain_text("ห้องเรียน.jpg")
    assert Axe().run(page).violations_count == 0
    with page.expect_download() as download:
        waiting_files(page).get_by_role("button", name="บันทึกลงเครื่อง").tap()
    assert download.value.path().read_bytes() == sent["buffer"]
    page.once("dialog", lambda dialog: dialog.accept())
    waiting_files(page).get_by_role("button", name="ไม่ส่ง").tap()
    expect(waiting_files(page)).to_have_count(0)
    page.reload()
    expect(page.locator("[data-elsewhere]")).to_be_hidden()
    assert not Evidence.objects.exists()


STORED = """() => new Promise((done) => {
  indexedDB.open("nithet").onsuccess = ({ target }) => {
    target.result.transaction("files").objectStore("files").getAll().onsuccess = async (found) => {
      const [record] = found.target.result;
      const content = new Uint8Array(record.content?.locked ?? (await record.blob.arrayBuffer()));
      done({ text: JSON.stringify(record), start: [...content.slice(0, 2)] });
    };
  };
})"""


def test_what_waits_on_a_shared_computer_is_readable_by_its_owner_only(
    open_browser, url, indicator, academic_teacher
):
    page = open_browser(academic_teacher)
    page.goto(url)
    page.context.set_offline(True)
    place(page, indicator).get_by_label("ภาพถ่าย").set_input_files(photo())
    expect(waiting_files(page)).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    waiting_files(page).locator("summary").tap()
    waiting_files(page).get_by_label("คำอธิบาย").fill("ภาพของนักเรียน")
    page.locator(f"[name=note-{indicator.pk}]").focus()
    page.wait_for_timeout(500)
    stored = page.evaluate(STORED)
    assert "ห้องเรียน.jpg" in stored["text"]
    assert "ภาพของนักเรียน" not in stored["text"]
    assert stored["start"] != [0xFF, 0xD8]
    page.context.set_offline(False)
    page.goto(url)
    expect(place(page, indicator).locator("[data-evidence-list]")).to_contain_text("ภาพของนักเรียน")


def unkept(page, url, indicator, sent):
    """The file waits without a signal in a browser that could not keep it; what the page says."""
    page.goto(url)
    here = place(page, indicator)
    expect(here.get_by_text("ภาพถ่าย")).to_be_visible()
    page.context.set_offline(True)
    here.get_by_label("ภาพถ่าย").set_input_files(sent)
    expect(pill(page)).to_contain_text("ยังไม่ได้แนบ 1 ไฟล์ โปรดอย่าปิดหน้านี้")
    expect(told(here)).to_contain_text("รอสัญญาณ")
    said = told(here).text_content()
    page.get_by_role("button", name="ถัดไป").tap()
    expect(page.locator("[data-obstacle]")).to_contain_text("เครื่องนี้เก็บไฟล์ไว้ไม่ได้")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(False)
    page.route("**/sheets/*/evidence/", lambda route: route.abort())
    page.evaluate("location.reload()")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.unroute("**/sheets/*/evidence/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(told(here)).to_have_text("✓ แนบแล้ว 1 รายการ")
    return said


def test_a_browser_that_keeps_nothing_warns_before_it_is_left(
    open_browser, url, indicator, academic_teacher
):
    page = open_browser(academic_teacher)
    page.add_init_script("indexedDB.open = () => { throw new DOMException('', 'SecurityError'); }")
    assert "โหมดส่วนตัว" in unkept(page, url, indicator, photo())


def test_a_full_device_warns_before_it_is_left(open_browser, url, indicator, academic_teacher):
    page = open_browser(academic_teacher)
    line = page.context.new_cdp_session(page)
    origin = url.split("/", 3)
    small = {"origin": f"{origin[0]}//{origin[2]}", "quotaSize": 100_000}
    page.goto(url)
    line.send("Storage.overrideQuotaForOrigin", small)
    sent = photo(size=(700, 500), noisy=True)
    assert "หน่วยความจำของเครื่องเต็ม" in unkept(page, url, indicator, sent)


def test_a_file_that_is_too_large_is_not_sent(
    open_browser, url, indicator, academic_teacher, settings
):
    settings.UPLOAD_PHOTO_BYTES = 1024**2
    page = open_browser(academic_teacher)
    page.goto(url)
    tries = []
    page.on("request", lambda request: tries.append(request.url))
    large = {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": bytes(1_200_000)}
    place(page, indicator).get_by_label("ภาพถ่าย").set_input_files(large)
    expect(waiting_files(page)).to_contain_text("มีขนาด 1.2 MB ซึ่งเกิน 1 MB โปรดลดขนาด")
    assert not [address for address in tries if address.endswith("/evidence/")]


def test_words_and_removing_lead_back_to_the_card(open_browser, url, indicator, academic_teacher):
    page = open_browser(academic_teacher)
    page.goto(url)
    here = place(page, indicator)
    here.get_by_label("ภาพถ่าย").set_input_files(photo())
    page.locator(f"[name=note-{indicator.pk}]").fill("พิมพ์แล้วไปแก้คำอธิบาย")
    expect(here.locator("[data-evidence-list]")).to_contain_text("ยังไม่ระบุความยินยอม ใช้ภายในเท่านั้น")
    here.get_by_role("button", name="คำอธิบายและความยินยอม").tap()
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
    expect(place(page, indicator).locator(".evidence-item")).to_have_count(0)


def test_it_works_without_a_script(open_browser, url, indicator, academic_teacher):
    page = open_browser(academic_teacher, java_script_enabled=False)
    page.goto(url)
    here = opened(page, indicator)
    page.locator(f"[name=note-{indicator.pk}]").fill("พิมพ์ก่อนแนบ")
    plain = here.locator("[data-without-script]")
    plain.get_by_label("ภาพถ่าย").set_input_files([photo(), photo("สนาม.jpg")])
    attach(here)
    expect(here.locator(".evidence-item")).to_have_count(2)
    expect(page).to_have_url(re.compile(rf"#evidence-{indicator.pk}$"))
    expect(page.locator(f"[name=note-{indicator.pk}]")).to_have_value("พิมพ์ก่อนแนบ")
    here.get_by_role("button", name="นำออก").first.tap()
    page.get_by_role("button", name="นำออก").tap()
    expect(place(page, indicator).locator(".evidence-item")).to_have_count(1)
