"""Writing a part in a real Chromium: typing, numbers, saving, no signal, two people, no script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from reports.composer.enums import PartKey
from reports.composer.models import CompositionPart
from tests.browser import complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP = {"viewport": {"width": 1280, "height": 900}, "has_touch": False, "is_mobile": False}
KEY = PartKey.DISCUSSION
TEXT = "มี {schools|92 โรงเรียน}\n\nย่อหน้าที่สอง"


@pytest.fixture(autouse=True)
def no_kept_figures(db):
    """What a page keeps of the figures stays in the database after a test of this kind."""
    cache.clear()


@pytest.fixture
def url(composition, live_server):
    kwargs = {"year": composition.academic_year.year, "key": KEY}
    return live_server.url + reverse("compose_part", kwargs=kwargs)


@pytest.fixture
def open_part(open_browser, url, group_director, save):
    """The part's page in a browser of its own, with two paragraphs and a number typed over."""
    save(KEY, TEXT)

    def act(user=group_director, **more):
        page = open_browser(user, **DESKTOP | more)
        page.goto(url)
        page.get_by_role("textbox", name="ข้อความของส่วนนี้").wait_for()
        return page

    return act


def editor_of(page):
    return page.get_by_role("textbox", name="ข้อความของส่วนนี้")


def put_caret_at_end(page) -> None:
    editor_of(page).locator("p").last.click()
    page.keyboard.press("Control+End")


def wait_until_saved(page) -> None:
    expect(page.locator("[data-saving]")).to_contain_text(re.compile(r"บันทึกแล้ว \d+\.\d+\sน\."))


def stored_text() -> str:
    return CompositionPart.objects.get(key=KEY).text


def test_what_is_typed_is_saved_and_the_preview_follows(open_part):
    page = open_part()
    complaints = complaints_of(page)
    expect(page.locator("[data-saving]")).to_contain_text("ยังไม่มีการแก้ไข")
    put_caret_at_end(page)
    page.keyboard.type(" ต่อ")
    expect(page.locator("[data-saving]")).to_contain_text("กำลังบันทึก")
    wait_until_saved(page)
    assert stored_text() == f"{TEXT} ต่อ"
    expect(page.locator("[data-preview]")).to_contain_text("ย่อหน้าที่สอง ต่อ")
    expect(page.locator("[data-authorship]")).to_contain_text("แก้โดย")
    assert complaints == []


def test_bold_words_and_lists(open_part):
    page = open_part()
    put_caret_at_end(page)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="ตัวหนา").click()
    expect(page.get_by_role("button", name="ตัวหนา")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("เด่น")
    page.keyboard.press("Control+b")
    page.keyboard.type(" ชัด")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="รายการ", exact=True).click()
    page.keyboard.type("หนึ่ง")
    page.keyboard.press("Enter")
    page.keyboard.type("สอง")
    wait_until_saved(page)
    assert stored_text() == f"{TEXT}\n\n**เด่น** ชัด\n\n- หนึ่ง\n- สอง"


def test_undo_takes_back_what_was_typed(open_part):
    page = open_part()
    put_caret_at_end(page)
    page.keyboard.type(" ผิด")
    wait_until_saved(page)
    for _ in range(4):
        page.keyboard.press("Control+z")
    expect(editor_of(page)).not_to_contain_text("ผิ")


def test_a_number_is_found_and_inserted_at_the_caret(open_part):
    page = open_part()
    put_caret_at_end(page)
    page.get_by_role("button", name="แทรกตัวเลข").click()
    dialog = page.get_by_role("dialog", name="แทรกตัวเลขจากข้อมูล")
    dialog.get_by_label("ค้นหา").fill("โรงเรียนในสังกัด")
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Enter")
    page.keyboard.type(" ทั้งหมด")
    wait_until_saved(page)
    assert stored_text() == f"{TEXT}{{schools}} ทั้งหมด"


def test_a_number_typed_over_is_warned_about_and_can_follow_the_data(open_part):
    page = open_part()
    warning = page.get_by_text("“92 โรงเรียน” ในย่อหน้าที่ 1 ไม่ตรงกับข้อมูลขณะนี้ (1 โรงเรียน)")
    expect(warning).to_be_visible()
    page.get_by_role("button", name="ใช้ค่าจากข้อมูล").click()
    expect(warning).to_be_hidden()
    wait_until_saved(page)
    assert stored_text().startswith("มี {schools}\n")
    editor_of(page).get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.get_by_label("ข้อความที่พิมพ์แทน").fill("หนึ่งโรงเรียน")
    page.get_by_role("button", name="พิมพ์แทน", exact=True).click()
    expect(page.get_by_text("“หนึ่งโรงเรียน” ในย่อหน้าที่ 1")).to_be_visible()


def test_what_is_pasted_comes_as_plain_words(open_part):
    page = open_part()
    put_caret_at_end(page)
    page.evaluate("""() => {
        const data = new DataTransfer();
        data.setData("text/html", "<b>หนา</b><table><tr><td>ตาราง</td></tr></table>");
        data.setData("text/plain", "หนา {x}\\n\\nตาราง **y**");
        const init = { clipboardData: data, bubbles: true, cancelable: true };
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", init));
    }""")
    wait_until_saved(page)
    assert stored_text() == f"{TEXT}หนา x\n\nตาราง y"


def test_without_a_signal_the_text_waits_on_the_device(open_part):
    page = open_part()
    page.context.set_offline(True)
    put_caret_at_end(page)
    page.keyboard.type(" ไม่มีสัญญาณ")
    expect(page.locator("[data-saving]")).to_contain_text("เก็บไว้ในเครื่องนี้ รอสัญญาณ")
    page.context.set_offline(False)
    wait_until_saved(page)
    assert stored_text().endswith("ไม่มีสัญญาณ")


def test_a_text_that_never_arrived_is_there_again(open_part, url):
    page = open_part()
    page.route("**/save/", lambda route: route.abort())
    put_caret_at_end(page)
    page.keyboard.type(" ปิดหน้าไป")
    expect(page.locator("[data-saving]")).to_contain_text("รอสัญญาณ")
    page.unroute("**/save/")
    page.goto(url)
    expect(editor_of(page)).to_contain_text("ปิดหน้าไป")
    wait_until_saved(page)
    assert stored_text().endswith("ปิดหน้าไป")


def test_an_ended_session_keeps_the_text_and_leads_to_signing_in(open_part):
    page = open_part()
    page.context.clear_cookies()
    put_caret_at_end(page)
    page.keyboard.type(" หมดเวลา")
    expect(page.locator("[data-saving]")).to_contain_text("เก็บไว้ในเครื่องนี้ ต้องเข้าสู่ระบบใหม่")
    expect(page.get_by_role("link", name="เข้าสู่ระบบแล้วบันทึกต่อ")).to_be_visible()


@pytest.mark.parametrize(
    ("button", "kept"), [("ใช้ข้อความในหน้านี้", "ของฉัน"), ("ใช้ข้อความที่บันทึกอยู่", "ของเขา")]
)
def test_two_people_at_once_choose(open_part, other_writer, button, kept):
    mine, theirs = open_part(), open_part(other_writer)
    put_caret_at_end(theirs)
    theirs.keyboard.type(" ของเขา")
    wait_until_saved(theirs)
    put_caret_at_end(mine)
    mine.keyboard.type(" ของฉัน")
    conflict = mine.get_by_role("alert").filter(has_text="มีการบันทึกส่วนนี้จากหน้าอื่นก่อนแล้ว")
    expect(conflict).to_contain_text("ของเขา")
    found = Axe().run(mine)
    assert found.violations_count == 0, found.generate_report()
    mine.get_by_role("button", name=button).click()
    expect(conflict).to_be_hidden()
    expect(editor_of(mine)).to_contain_text(kept)
    if kept == "ของฉัน":
        wait_until_saved(mine)
    assert stored_text().endswith(kept)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_whole_and_sound(open_part, group_director, url, width):
    page = open_part(viewport={"width": width, "height": 844})
    expect(page.locator("details[data-parts] ol")).to_be_visible(visible=width > 992)
    for path in (url, url + "history/", url + "draft/", url + "../outline/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_form_that_was_not_taken_stays_a_form(open_browser, url, group_director, save):
    save(KEY, TEXT)
    page = open_browser(group_director)
    page.route("**/composer.js", lambda route: route.abort())
    page.goto(url)
    page.get_by_label("ข้อความ", exact=True).fill("{no.such.number}")
    page.unroute("**/composer.js")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.get_by_text("ไม่มีตัวเลขชื่อ {no.such.number}").first).to_be_visible()
    expect(page.get_by_label("ข้อความ", exact=True)).to_have_value("{no.such.number}")
    assert stored_text() == TEXT


def test_without_a_script_the_text_is_a_form(open_browser, url, group_director, save):
    save(KEY, TEXT)
    page = open_browser(group_director, java_script_enabled=False)
    page.goto(url)
    page.get_by_label("ข้อความ", exact=True).fill(f"{TEXT}\n\n- รายการ")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.get_by_text("บันทึกข้อความแล้ว")).to_be_visible()
    assert stored_text().endswith("- รายการ")
