"""Nothing is signed, confirmed or signed out over what this device still holds."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from supervision.assessments.models import AnswerEdit, LateEdit
from supervision.assessments.queries import sheet_indicators
from supervision.visits import actions as visits
from tests import scenarios

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FINDING = "พบกิจกรรมเพียงชั้นเดียว"
KEEP_A_FILE = """async ([user, sheet]) => {
  const { putFile } = await import("/static/js/device-files.js");
  await putFile({
    id: crypto.randomUUID(), user, sheet, sheetUrl: `/sheets/${sheet}/texts/`,
    sheetName: "ผลการนิเทศ", name: "ห้องเรียน.jpg", size: 3, at: Date.now(),
    blob: new Blob(["abc"]),
  });
}"""


@pytest.fixture
def recorded(round_, supervisor):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    return visit


@pytest.fixture
def phone(new_context, live_server, supervisor):
    client = Client()
    client.force_login(supervisor)
    context = new_context(**PHONE, base_url=live_server.url)
    context.set_default_timeout(20_000)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    context.add_cookies([cookie])
    return context


@pytest.fixture
def typed_offline(phone, recorded):
    """The finding was typed without a signal, and the browser closed."""
    page = phone.new_page()
    page.goto(scenarios.standard_url(recorded.sheet_id, 1))
    phone.set_offline(True)
    note = page.locator(f"[name=note-{sheet_indicators(recorded.sheet)[0].pk}]")
    note.fill(FINDING)
    expect(page.locator("[data-saving]")).to_contain_text("เก็บไว้ในเครื่องนี้ 1 ช่อง ระบบจะส่งให้เมื่อมีสัญญาณ")
    page.close()
    phone.set_offline(False)
    return recorded


def note_of(visit):
    return visit.sheet.answers.order_by("indicator__code").first().note


def lose_edits(page):
    page.route("**/edits/", lambda route: route.abort())


def panel_of(page):
    return page.locator("[data-unsent-panel]")


# --- Signing ---


def test_words_typed_offline_are_sent_before_the_visit_is_signed(phone, typed_offline):
    visit, page = typed_offline, phone.new_page()
    page.goto(visit.get_absolute_url())
    expect(page.get_by_text(FINDING).or_(page.get_by_role("link", name="ลงนาม"))).to_be_visible()
    page.get_by_role("link", name="ลงนามบันทึกการนิเทศ").tap()
    page.get_by_role("button", name="ลงนาม", exact=True).tap()
    expect(page.locator("main")).to_contain_text("ลงนามบันทึกการนิเทศแล้ว")
    visit.refresh_from_db()
    assert visit.state == "signed"
    assert note_of(visit) == FINDING
    assert not LateEdit.objects.exists()


@pytest.mark.parametrize("name", ["visit", "visit_sign"])
def test_nothing_is_signed_while_words_wait_on_this_device(phone, typed_offline, name):
    visit, page = typed_offline, phone.new_page()
    lose_edits(page)
    page.goto(reverse(name, args=[visit.pk]))
    panel = panel_of(page)
    expect(panel).to_contain_text("ค้างในเครื่องนี้ 1 ช่อง")
    expect(panel).to_contain_text("ยังลงนาม")
    assert Axe().run(page).violations_count == 0
    panel.get_by_text("ดูและคัดลอกข้อความ").tap()
    expect(panel.locator("textarea")).to_have_value(FINDING)
    before = page.url
    if name == "visit":
        page.get_by_role("link", name="ลงนามบันทึกการนิเทศ").tap(force=True)
    else:
        page.get_by_role("button", name="ลงนาม", exact=True).tap(force=True)
    expect(panel).to_be_focused()
    expect(panel).to_be_in_viewport()
    assert page.url == before
    visit.refresh_from_db()
    assert visit.state == "recording"
    page.unroute("**/edits/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(panel).to_be_hidden()  # shown as the record stands now
    assert note_of(visit) == FINDING


def test_a_photo_that_waits_on_this_device_is_not_signed_over(phone, recorded, supervisor):
    page = phone.new_page()
    page.goto(recorded.get_absolute_url())
    page.evaluate(KEEP_A_FILE, [str(supervisor.pk), str(recorded.sheet_id)])
    page.goto(reverse("visit_sign", args=[recorded.pk]))
    expect(panel_of(page)).to_contain_text("ค้างในเครื่องนี้ 1 ไฟล์")
    page.get_by_role("button", name="ลงนาม", exact=True).tap(force=True)
    expect(panel_of(page)).to_be_focused()
    recorded.refresh_from_db()
    assert recorded.state == "recording"


def test_words_the_record_refuses_count_as_waiting(phone, recorded):
    page = phone.new_page()
    page.goto(scenarios.standard_url(recorded.sheet_id, 1))
    page.locator("[name^=note-]").first.fill("ก" * 5001)
    expect(page.locator("main")).to_contain_text("โปรดย่อ")
    page.goto(reverse("visit_sign", args=[recorded.pk]))
    panel = panel_of(page)
    expect(panel).to_contain_text("โปรดเปิดแบบประเมินเพื่อแก้ไข")
    page.get_by_role("button", name="ลงนาม", exact=True).tap(force=True)
    expect(panel).to_be_focused()
    recorded.refresh_from_db()
    assert recorded.state == "recording"


def test_what_another_device_signed_meanwhile_keeps_the_words_with_the_record(
    phone, typed_offline, supervisor
):
    visit = typed_offline
    visits.sign_visit(visit, by=supervisor)
    page = phone.new_page()
    page.goto(visit.get_absolute_url())
    expect(page.locator("#late")).to_contain_text(FINDING)
    expect(panel_of(page)).to_be_hidden()
    assert LateEdit.objects.get().value == FINDING
    assert note_of(visit) != FINDING
    page.locator("#late").get_by_role("button", name="ไม่นำไปใช้").tap()
    expect(page.locator("#late")).to_contain_text("พิจารณาแล้ว ไม่นำไปใช้")


# --- Home and sign-out ---


def test_home_names_what_waits_and_sends_it(phone, typed_offline):
    page = phone.new_page()
    lose_edits(page)
    page.goto("/")
    panel = panel_of(page)
    expect(panel).to_contain_text("ค้างในเครื่องนี้ 1 ช่อง")
    link = panel.get_by_role("link").first
    expect(link).to_have_attribute("href", scenarios.standard_url(typed_offline.sheet_id, 1))
    page.unroute("**/edits/")
    page.evaluate("document.querySelector('[data-unsent-send]').click()")  # it may be sent already
    expect(panel).to_contain_text("ครบแล้ว 1 ช่อง")
    assert AnswerEdit.objects.filter(value=FINDING).count() == 1


def test_signing_out_asks_while_something_waits(phone, typed_offline):
    page = phone.new_page()
    lose_edits(page)
    page.goto("/")
    page.get_by_text("เมนู").tap()
    page.get_by_role("button", name="ออกจากระบบ").tap()
    expect(page).to_have_url(re.compile(reverse("account_logout")))
    panel = panel_of(page)
    expect(panel).to_contain_text("ค้างในเครื่องนี้ 1 ช่อง")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="ออกจากระบบ", exact=True).last.tap(force=True)
    expect(panel).to_be_focused()
    page.get_by_role("button", name="ออกจากระบบ และเก็บไว้ในเครื่องนี้").tap()
    expect(page.get_by_label("ชื่อผู้ใช้")).to_be_visible()
    assert FINDING not in page.content()
    kept = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('edit:'))")
    assert len(kept) == 1


def test_signing_out_goes_at_once_when_nothing_waits(phone, recorded):
    page = phone.new_page()
    page.goto("/")
    page.get_by_text("เมนู").tap()
    page.get_by_role("button", name="ออกจากระบบ").tap()
    expect(page.get_by_label("ชื่อผู้ใช้")).to_be_visible()
