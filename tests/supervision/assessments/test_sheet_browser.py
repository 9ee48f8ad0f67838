"""Nothing typed is lost: the answer sheet in a real Chromium, on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from supervision.assessments import actions
from supervision.assessments.models import Answer, AnswerEdit
from supervision.assessments.queries import sheet_indicators
from supervision.visits import actions as visits
from tests import scenarios
from tests.browser import complaints_of
from tests.supervision.assessments.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SAVED = re.compile(r"บันทึกแล้ว \d\d\.\d\d")
PASSWORD = "ทดสอบ-รหัสผ่าน-1"
expect.set_options(timeout=15_000)  # a lost answer is sent again after a second or two


@pytest.fixture
def phone(new_context, live_server):
    """A phone of somebody's, signed in: `phone(teacher)`."""

    def open_(user, **more):
        client = Client()
        client.force_login(user)
        context = new_context(**PHONE | more)
        context.set_default_timeout(15_000)
        sign(context, client.cookies[settings.SESSION_COOKIE_NAME].value, live_server.url)
        return context.new_page()

    return open_


def sign(context, session, url):
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


@pytest.fixture
def indicators(sheet):
    return sheet_indicators(sheet)


@pytest.fixture
def url(live_server, sheet):
    return live_server.url + scenarios.standard_url(sheet.pk, 1)


def state(page):
    return page.locator("[data-saving]")


def note(page, indicator):
    return page.locator(f"[name=note-{indicator}]")


def unsent_edit_keys(page):
    """What this device still holds."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('edit:'))")


# --- Filling in ---


def test_what_is_typed_before_the_script_arrives_is_saved_too(
    phone, academic_teacher, url, indicators
):
    """On a slow line the page can be filled in long before its scripts are there."""
    page, held = phone(academic_teacher), []
    page.route("**/js/sheet.js", lambda route: held.append(route))
    page.goto(url, wait_until="commit")
    note(page, indicators[0].pk).fill("พิมพ์ก่อนสคริปต์มาถึง")
    page.locator(f"[name=level-{indicators[0].pk}][value='3']").check()
    held[0].continue_()
    expect(state(page)).to_contain_text(SAVED)
    answer = Answer.objects.get(indicator=indicators[0])
    assert (answer.note, answer.level) == ("พิมพ์ก่อนสคริปต์มาถึง", 3)


def test_a_sheet_is_filled_by_touch(phone, url, sheet, indicators, academic_teacher):
    page = phone(academic_teacher)
    complaints = complaints_of(page)
    page.goto(url)
    assert page.locator("input[type=radio]:checked").count() == 0
    assert Axe().run(page).violations_count == 0
    first, second = indicators[:2]
    page.locator(f"#indicator-{first.pk} label", has_text="ดีเลิศ").tap()
    page.locator(f"#indicator-{second.pk} label.na").tap()
    page.get_by_label("เหตุผลที่ไม่ประเมิน").locator("visible=true").fill("ไม่มีชั้นเรียนนี้")
    note(page, first.pk).fill("ครูจัดกิจกรรมทุกสัปดาห์")
    expect(state(page)).to_have_text(SAVED)
    expect(page.locator("[data-progress]")).to_contain_text("2/4")
    expect(page.locator("[data-part]").first).to_contain_text("✓ 2/2")
    assert Axe().run(page).violations_count == 0
    answers = {a.indicator_id: a for a in Answer.objects.all()}
    assert (answers[first.pk].level, answers[first.pk].note) == (4, "ครูจัดกิจกรรมทุกสัปดาห์")
    assert answers[second.pk].is_answered
    assert complaints == []
    page.get_by_role("button", name="ถัดไป มาตรฐานที่ 2").tap()
    expect(page).to_have_url(re.compile(scenarios.standard_url(sheet.pk, 2)))


def test_a_sheet_is_filled_by_keyboard(phone, url, indicators, academic_teacher):
    page = phone(academic_teacher, viewport={"width": 1280, "height": 800}, is_mobile=False)
    page.goto(url)
    page.locator(f"[name=level-{indicators[0].pk}]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")  # to clear the level again
    page.keyboard.press("Tab")
    page.keyboard.type("แผนการสอน")
    page.keyboard.press("Tab")
    expect(state(page)).to_have_text(SAVED)
    answer = Answer.objects.get()
    assert (answer.level, answer.evidence) == (4, "แผนการสอน")


def test_the_page_works_without_a_script(phone, url, indicators, academic_teacher):
    page = phone(academic_teacher, java_script_enabled=False)
    page.goto(url)
    page.locator(f"#indicator-{indicators[0].pk} label", has_text="ปานกลาง").tap()
    note(page, indicators[0].pk).fill("บันทึกด้วยปุ่ม")
    page.get_by_role("button", name="บันทึกหน้านี้").tap()
    expect(page.get_by_role("status").first).to_contain_text("บันทึกแล้ว 2 ช่อง")
    answer = Answer.objects.get()
    assert (answer.level, answer.note) == (2, "บันทึกด้วยปุ่ม")


def test_without_a_script_no_link_leaves_typed_words_behind(
    phone, url, sheet, indicators, academic_teacher
):
    page = phone(academic_teacher, java_script_enabled=False)
    page.goto(url)
    note(page, indicators[0].pk).fill("พิมพ์แล้วไปมาตรฐานอื่น")
    page.get_by_role("button", name="มาตรฐานที่ 2").first.tap()
    expect(page).to_have_url(re.compile(scenarios.standard_url(sheet.pk, 2)))
    assert Answer.objects.get().note == "พิมพ์แล้วไปมาตรฐานอื่น"
    page.goto(url)
    note(page, indicators[0].pk).fill("ยังไม่บันทึก")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=sheet.round.school.short_name).tap()
    expect(opened.value).to_have_url(re.compile(reverse("school", args=[sheet.round.school_id])))
    expect(note(page, indicators[0].pk)).to_have_value("ยังไม่บันทึก")


def test_a_wide_gap_shows_at_once(phone, live_server, round_, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director, level=5)
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    page = phone(supervisor)
    page.goto(live_server.url + scenarios.standard_url(visit.sheet_id, 1))
    card = page.locator(".indicator").first
    card.locator("label", has_text="ปานกลาง").tap()
    expect(card.locator("[data-gap]")).to_contain_text("ต่างจากโรงเรียน 3 ระดับ")
    assert Axe().run(page).violations_count == 0
    card.locator("label", has_text="ดีเลิศ").tap()
    expect(card.locator("[data-gap]")).to_be_hidden()


# --- What goes wrong on the way ---


def test_words_that_wait_on_the_device_are_locked_for_their_owner(
    phone, url, indicators, academic_teacher
):
    page = phone(academic_teacher)
    page.goto(url)
    page.context.set_offline(True)
    note(page, indicators[0].pk).fill("พิมพ์ตอนไม่มีสัญญาณ")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('locked')")
    assert "พิมพ์ตอนไม่มีสัญญาณ" not in page.evaluate("JSON.stringify(localStorage)")
    page.close()  # still offline, so that only another page can send them
    page.context.set_offline(False)
    later = page.context.new_page()
    later.goto(url)
    expect(state(later)).to_have_text(SAVED)
    assert Answer.objects.get().note == "พิมพ์ตอนไม่มีสัญญาณ"


def test_signal_lost_and_back(phone, url, indicators, academic_teacher):
    page = phone(academic_teacher)
    page.goto(url)
    page.context.set_offline(True)
    page.locator(f"#indicator-{indicators[0].pk} label", has_text="ดีเลิศ").tap()
    note(page, indicators[0].pk).fill("พิมพ์ตอนไม่มีสัญญาณ")
    expect(state(page)).to_contain_text("เก็บไว้ในเครื่องนี้ 2 ช่อง ระบบจะส่งให้เมื่อมีสัญญาณ")
    page.get_by_role("button", name="ถัดไป").tap()
    obstacle = page.locator("[data-obstacle]")
    expect(obstacle).to_contain_text("ไม่มีสัญญาณ")
    note(page, indicators[0].pk).press("End")
    note(page, indicators[0].pk).type(" ต่ออีก")  # the page says anew what is saved
    page.wait_for_timeout(1500)
    expect(obstacle).to_be_in_viewport()
    assert not AnswerEdit.objects.exists()
    page.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)
    expect(obstacle).to_be_hidden()
    answer = Answer.objects.get()
    assert (answer.level, answer.note) == (4, "พิมพ์ตอนไม่มีสัญญาณ ต่ออีก")


def test_words_of_a_closed_page_come_back(
    phone, live_server, url, sheet, indicators, academic_teacher
):
    """Closed without a signal; opened again at another standard of the sheet."""
    page = phone(academic_teacher)
    page.goto(url)
    page.route("**/edits/", lambda route: route.abort())
    note(page, indicators[0].pk).fill("ยังไม่ถึงเครื่องแม่ข่าย")
    expect(state(page)).to_contain_text("เก็บไว้ในเครื่องนี้ 1 ช่อง")
    page.close()
    again = page.context.new_page()
    again.route("**/edits/", lambda route: route.abort())
    again.goto(url)
    expect(note(again, indicators[0].pk)).to_have_value("ยังไม่ถึงเครื่องแม่ข่าย")
    expect(state(again)).to_contain_text("เก็บไว้ในเครื่องนี้ 1 ช่อง")
    again.unroute("**/edits/")
    again.goto(live_server.url + scenarios.standard_url(sheet.pk, 2))
    expect(state(again)).to_have_text(SAVED)
    assert Answer.objects.get().note == "ยังไม่ถึงเครื่องแม่ข่าย"


def test_an_answer_that_got_lost_is_sent_again_and_stored_once(
    phone, url, indicators, academic_teacher
):
    page = phone(academic_teacher)
    page.goto(url)
    seen = []

    def lose_the_first_answer(route):
        seen.append(route.request.post_data_json["edits"])
        if len(seen) == 1:
            route.fetch()  # the server stores it
            route.abort()  # and the phone never hears of it
        else:
            route.continue_()

    page.route("**/edits/", lose_the_first_answer)
    note(page, indicators[0].pk).fill("ส่งสองครั้ง")
    expect(state(page)).to_have_text(SAVED)
    assert seen[0][0]["id"] == seen[1][0]["id"]
    assert AnswerEdit.objects.count() == 1


def test_two_phones_on_one_sheet_keep_both_values(
    phone, url, sheet, indicators, academic_teacher, school_director
):
    teachers, directors = phone(academic_teacher), phone(school_director)
    teachers.goto(url)
    directors.goto(url)
    note(teachers, indicators[0].pk).fill("ของครู")
    expect(state(teachers)).to_have_text(SAVED)
    note(directors, indicators[0].pk).fill("ของผู้อำนวยการ")
    expect(state(directors)).to_have_text(SAVED)
    other = directors.locator("[data-other]")
    expect(other).to_contain_text("ของครู")
    expect(other).to_contain_text(str(academic_teacher))
    assert Axe().run(directors).violations_count == 0
    assert {e.value for e in AnswerEdit.objects.all()} == {"ของครู", "ของผู้อำนวยการ"}
    other.get_by_role("button", name="ใช้ค่านี้").tap()
    expect(state(directors)).to_have_text(SAVED)
    expect(directors.locator("[data-other]")).to_have_count(0)
    expect(note(directors, indicators[0].pk)).to_have_value("ของครู")
    assert Answer.objects.get().note == "ของครู"
    directors.reload()
    expect(directors.locator("[data-other]")).to_have_count(0)


def test_a_session_that_ended_loses_nothing(phone, url, indicators, academic_teacher):
    page = phone(academic_teacher)
    page.goto(url)
    Session.objects.all().delete()
    note(page, indicators[0].pk).fill("พิมพ์หลังหมดเวลา")
    expect(state(page)).to_contain_text("ต้องเข้าสู่ระบบใหม่")
    expect(note(page, indicators[0].pk)).to_have_value("พิมพ์หลังหมดเวลา")
    other_tab = page.context.new_page()
    other_tab.goto(url)
    other_tab.get_by_label("ชื่อผู้ใช้").fill(academic_teacher.username)
    other_tab.get_by_label("รหัสผ่าน").fill(PASSWORD)
    other_tab.get_by_role("button", name="เข้าสู่ระบบ").tap()
    expect(other_tab.locator("h1")).to_contain_text("มาตรฐานที่ 1")
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(state(page)).to_have_text(SAVED)
    assert Answer.objects.get().note == "พิมพ์หลังหมดเวลา"


def test_another_person_on_the_same_computer_sends_and_sees_nothing(
    phone, live_server, url, indicators, academic_teacher, school_director
):
    page = phone(academic_teacher)
    page.goto(url)
    page.route("**/edits/", lambda route: route.abort())
    note(page, indicators[0].pk).fill("ของครูที่ยังไม่ส่ง")
    expect(state(page)).to_contain_text("เก็บไว้ในเครื่องนี้ 1 ช่อง")
    client = Client()
    client.force_login(school_director)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    sign(page.context, session, live_server.url)
    directors = page.context.new_page()
    directors.goto(url)
    expect(note(directors, indicators[0].pk)).to_have_value("")
    page.unroute("**/edits/")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-trouble]")).to_contain_text("เข้าสู่ระบบเป็นบุคคลอื่น")
    assert not AnswerEdit.objects.exists()


def test_what_the_server_will_not_take_stays_in_the_field(phone, url, indicators, academic_teacher):
    page = phone(academic_teacher)
    page.goto(url)
    field = note(page, indicators[0].pk)
    field.fill("ก" * 5001)
    expect(page.locator(f"#foot-note-{indicators[0].pk}")).to_contain_text("โปรดย่อ")
    expect(state(page)).to_contain_text("ยังไม่บันทึก 1 ช่อง")
    page.locator("button[name=go]").last.tap()
    expect(field).to_be_focused()
    expect(page.locator("main")).to_contain_text("ยังไม่ได้บันทึก โปรดแก้ตามข้อความใต้ช่องนั้น")
    page.locator(f"#indicator-{indicators[0].pk} label", has_text="ดีเลิศ").tap()
    expect(page.locator("[data-progress]")).to_contain_text("1/4")
    field.fill("สั้นลง")
    expect(state(page)).to_have_text(SAVED)
    answer = Answer.objects.get()
    assert (answer.level, answer.note) == (4, "สั้นลง")


def test_a_device_that_keeps_nothing_says_so(phone, url, indicators, academic_teacher):
    page = phone(academic_teacher)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    page.goto(url)
    page.route("**/edits/", lambda route: route.abort())
    note(page, indicators[0].pk).fill("อยู่ในหน้านี้เท่านั้น")
    expect(page.locator("[data-trouble]")).to_contain_text("โปรดอย่าปิดหน้านี้")
    page.unroute("**/edits/")
    expect(state(page)).to_have_text(SAVED)
    expect(page.locator("[data-trouble]")).to_be_hidden()


def test_words_for_a_sheet_confirmed_meanwhile_are_kept_with_its_record(
    phone, url, sheet, indicators, academic_teacher
):
    page = phone(academic_teacher)
    page.goto(url)
    actions.freeze_sheet(sheet)
    note(page, indicators[0].pk).fill("มาช้าไป")
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_contain_text("เก็บไว้ในหน้าบันทึก แต่ไม่เป็นส่วนหนึ่งของบันทึก")
    expect(state(page)).to_have_text("⚠\ufe0e แบบประเมินปิดแล้ว")
    expect(note(page, indicators[0].pk)).to_be_disabled()
    assert unsent_edit_keys(page) == []
    assert Axe().run(page).violations_count == 0
    trouble.get_by_role("link", name="เปิดหน้าบันทึก").tap()
    expect(page.locator("#late")).to_contain_text("มาช้าไป")
    assert Axe().run(page).violations_count == 0


# --- The server dies ---


@pytest.fixture
def portal(tmp_path):
    portal = DemoServer(tmp_path / "var")
    yield portal
    portal.kill()


def test_a_server_killed_in_the_middle_of_typing(portal, new_context):
    """Every acknowledged edit is there after the restart; every other is on the page and saved."""
    made = portal.prepare()
    portal.serve()
    context = new_context(**PHONE)
    sign(context, made["session"], portal.url)
    page = context.new_page()
    acknowledged = []
    page.on(
        "response",
        lambda r: (
            acknowledged.extend(r.json()["saved"]) if r.url.endswith("/edits/") and r.ok else None
        ),
    )
    page.goto(f"{portal.url}/sheets/{made['sheet']}/1/")
    notes = page.locator("textarea[name^=note-]")
    for radio in page.locator("input[type=radio][value='4']").all():
        radio.check()
    notes.first.press_sequentially("บันทึกก่อนดับ", delay=60)
    expect(state(page)).to_have_text(SAVED)
    notes.first.press_sequentially(" และพิมพ์ต่อ", delay=60)
    portal.kill()
    notes.nth(1).press_sequentially("พิมพ์ตอนเครื่องแม่ข่ายดับ", delay=60)
    expect(state(page)).to_contain_text("เก็บไว้ในเครื่องนี้")
    kept = portal.stored_answers()
    assert acknowledged
    assert set(acknowledged) <= set(kept["edits"])
    assert [answer["level"] for answer in kept["answers"]] == [4, 4]
    expect(notes.first).to_have_value("บันทึกก่อนดับ และพิมพ์ต่อ")
    expect(notes.nth(1)).to_have_value("พิมพ์ตอนเครื่องแม่ข่ายดับ")
    portal.serve()
    expect(state(page)).to_have_text(SAVED, timeout=60_000)
    assert [answer["note"] for answer in portal.stored_answers()["answers"]] == [
        "บันทึกก่อนดับ และพิมพ์ต่อ",
        "พิมพ์ตอนเครื่องแม่ข่ายดับ",
    ]
