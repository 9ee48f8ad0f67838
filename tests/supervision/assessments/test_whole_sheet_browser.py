"""A sheet of 26 indicators on a phone, filled to its end whatever happens on the way."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from supervision.assessments import actions
from supervision.assessments.models import Answer, AnswerEdit
from supervision.assessments.queries import sheet_indicators
from supervision.criteria.models import Indicator, Standard
from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = re.compile(r"บันทึกแล้ว \d\d\.\d\d")
PASSWORD = "ทดสอบ-รหัสผ่าน-1"
SIZES = (8, 8, 10)
LEVELS = (5, 4, 3, 2, 1)
expect.set_options(timeout=15_000)


@pytest.fixture
def sheet(school, term, academic_teacher):
    """Three standards of 8, 8 and 10 indicators."""
    chosen = IndicatorSetFactory()
    Standard.objects.create(indicator_set=chosen, number=3, name="มาตรฐานทดสอบ 3", target=3)
    for standard, size in zip(chosen.standards.order_by("number"), SIZES, strict=True):
        Indicator.objects.bulk_create(
            Indicator(
                standard=standard,
                position=position,
                code=f"{standard.number}.{position}",
                text=f"ตัวชี้วัดทดสอบ {standard.number}.{position}",
            )
            for position in range(standard.indicators.count() + 1, size + 1)
        )
    round_ = RoundFactory(school=school, term=term, indicator_sets=[chosen])
    return actions.start_self_assessment(round_, by=academic_teacher).sheet


@pytest.fixture
def phone(new_context, live_server, academic_teacher):
    client = Client()
    client.force_login(academic_teacher)
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(15_000)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    context.add_cookies([cookie])
    return context.new_page()


def state(page):
    return page.locator("[data-saving]")


def meter(page):
    return page.locator("[data-progress]")


def level_for(number):
    return LEVELS[number % len(LEVELS)]


def words_for(number):
    return f"หลักฐานข้อที่ {number + 1}"


def stored():
    """Level and evidence of every answer, in the sheet's order."""
    rows = Answer.objects.order_by("indicator__standard__number", "indicator__position")
    return [(row.level, row.evidence) for row in rows]


def as_typed(count):
    return [(level_for(number), words_for(number)) for number in range(count)]


def numbers(standard):
    """The running numbers of one standard's indicators."""
    first = sum(SIZES[: standard - 1])
    return range(first, first + SIZES[standard - 1])


def by_keyboard(page, number):
    """From the levels of one card to those of the next: no pointer, no guess where focus is."""
    page.keyboard.press("Space")
    for _ in range(LEVELS.index(level_for(number))):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "clear"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name").startswith("evidence-")
    page.keyboard.type(words_for(number))
    for attached in ("ภาพถ่าย", "แนบไฟล์"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.labels[0].innerText").startswith(attached)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText").startswith("แนบลิงก์")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name").startswith("note-")
    page.keyboard.press("Tab")


def by_touch(page, indicator, number):
    card = page.locator(f"#indicator-{indicator.pk}")
    card.locator(f"label.level:has([value='{level_for(number)}'])").tap()
    card.locator("[name^=evidence-]").tap()
    card.locator("[name^=evidence-]").fill(words_for(number))


def test_filled_by_keyboard_through_a_lost_signal(phone, live_server, sheet):
    phone.goto(live_server.url + scenarios.standard_url(sheet.pk, 1))
    for standard in (1, 2, 3):
        phone.locator("input[type=radio]").first.focus()
        for number in numbers(standard):
            if number == numbers(2)[2]:
                expect(state(phone)).to_have_text(SAVED)
                phone.context.set_offline(True)
            by_keyboard(phone, number)
            if number == numbers(2)[5]:
                expect(state(phone)).to_contain_text("เก็บไว้ในเครื่องนี้ 8 ช่อง")
                expect(phone.locator("[data-unsent]:visible")).to_have_count(8)
                assert stored() == as_typed(numbers(2)[2])
                phone.context.set_offline(False)
        assert phone.evaluate("document.activeElement.closest('.pager') !== null")
        expect(state(phone)).to_have_text(SAVED)
        done = numbers(standard)[-1] + 1
        assert stored() == as_typed(done)
        expect(meter(phone)).to_contain_text(f"{done}/26")
        phone.locator(".pager .btn-primary").focus()
        phone.keyboard.press("Enter")
        phone.wait_for_url(lambda address, standard=standard: part(address, sheet) != standard)
    expect(phone.locator("main")).to_contain_text("กรอกครบแล้ว")
    assert AnswerEdit.objects.filter(field="evidence").count() >= 26


def part(address, sheet):
    """Which standard's page this address is; nothing for another page."""
    pages = [scenarios.standard_url(sheet.pk, standard) for standard in (1, 2, 3)]
    return next((n for n, page in enumerate(pages, 1) if address.endswith(page)), None)


def test_filled_by_touch_through_an_ended_session(phone, live_server, sheet, academic_teacher):
    indicators = sheet_indicators(sheet)
    phone.goto(live_server.url + scenarios.standard_url(sheet.pk, 1))
    for standard in (1, 2, 3):
        for number in numbers(standard):
            if number == numbers(2)[3]:
                expect(state(phone)).to_have_text(SAVED)
                Session.objects.all().delete()
            by_touch(phone, indicators[number], number)
        if standard == 2:
            expect(state(phone)).to_contain_text("ต้องเข้าสู่ระบบใหม่ เก็บไว้ในเครื่องนี้ 10 ช่อง")
            assert stored() == as_typed(numbers(2)[3])
            sign_in_elsewhere(phone, academic_teacher)
        expect(state(phone)).to_have_text(SAVED)
        assert stored() == as_typed(numbers(standard)[-1] + 1)
        phone.locator(".pager .btn-primary").tap()
        phone.wait_for_url(lambda address, standard=standard: part(address, sheet) != standard)
    expect(phone.locator("main")).to_contain_text("กรอกครบแล้ว")


def sign_in_elsewhere(page, user):
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.get_by_label("ชื่อผู้ใช้").fill(user.username)
    tab.get_by_label("รหัสผ่าน").fill(PASSWORD)
    tab.get_by_role("button", name="เข้าสู่ระบบ").tap()
    expect(tab.locator("h1")).to_contain_text("มาตรฐาน")
    tab.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")


def test_a_level_is_cleared_and_chosen_again(phone, live_server, sheet):
    first = sheet_indicators(sheet)[0]
    phone.goto(live_server.url + scenarios.standard_url(sheet.pk, 1))
    card = phone.locator(f"#indicator-{first.pk}")
    clear = card.get_by_role("button", name="ล้างระดับ")
    expect(clear).to_be_hidden()
    card.locator("label.level").first.tap()
    expect(state(phone)).to_have_text(SAVED)
    expect(meter(phone)).to_contain_text("1/26")
    assert Axe().run(phone).violations_count == 0
    clear.tap()
    expect(meter(phone)).to_contain_text("0/26")
    expect(clear).to_be_hidden()
    assert card.locator(":checked").count() == 0
    assert Answer.objects.get().level is None
    assert list(AnswerEdit.objects.values_list("value", flat=True)) == ["5", ""]
    card.locator("label.na").tap()
    clear.tap()
    expect(state(phone)).to_have_text(SAVED)
    assert not Answer.objects.get().not_applicable
