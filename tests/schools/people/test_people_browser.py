"""The keeper's pages in a real Chromium: sound for a screen reader, whole on a phone, printable."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils.http import urlencode

from tests.browser import complaints_of, sign_in
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(clerk, school_director, supervisor, cluster_chair):
    post = school_director.appointments.get()
    return [
        reverse("people"),
        reverse("person", args=[school_director.pk]),
        reverse("person", args=[clerk.pk]),
        reverse("person_open"),
        reverse("appointment_create", args=[supervisor.pk]),
        reverse("appointment_transfer", args=[post.pk]),
        reverse("appointment_end", args=[post.pk]),
        reverse("person_close", args=[school_director.pk]),
        f"{reverse('people_passwords')}?person={school_director.pk}&person={supervisor.pk}",
    ]


def check(page, width):
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_sound_and_whole(page, live_server, login, clerk, pages, width):
    complaints = complaints_of(page)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, login(clerk), live_server.url)
    for url in pages:
        assert page.goto(live_server.url + url).status == 200, url
        check(page, width)
    page.get_by_role("button", name="ออกรหัสผ่านและแสดงใบแจ้ง").click()
    page.get_by_role("heading", name="ใบแจ้งบัญชีผู้ใช้ 2 ใบ").wait_for()
    check(page, width)
    assert complaints == []


def test_an_issued_password_leads_to_an_own_password(
    page, live_server, login, clerk, school_director, round_
):
    sign_in(page, login(clerk), live_server.url)
    page.goto(f"{live_server.url}{reverse('people_passwords')}?person={school_director.pk}")
    page.get_by_role("button", name="ออกรหัสผ่านและแสดงใบแจ้ง").click()
    page.locator(".issued-password .secret").first.wait_for()
    name, password = page.locator(".issued-password .secret").all_inner_texts()
    page.context.clear_cookies()
    page.goto(live_server.url + round_.get_absolute_url())
    page.get_by_label("ชื่อผู้ใช้").fill(name)
    page.get_by_label("รหัสผ่าน").fill(password)
    page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ").click()
    page.get_by_role("heading", name="ตั้งรหัสผ่านของคุณเอง").wait_for()
    check(page, 1280)
    page.get_by_label("รหัสผ่านปัจจุบัน").fill(password)
    page.get_by_label("รหัสผ่านใหม่", exact=False).nth(0).fill("รหัสของฉัน-2569")
    page.get_by_label("รหัสผ่านใหม่อีกครั้ง").fill("รหัสของฉัน-2569")
    page.get_by_role("button", name="บันทึกรหัสผ่านใหม่").click()
    page.wait_for_url(live_server.url + round_.get_absolute_url())


def test_one_press_shows_many_issued_passwords_on_one_page(page, live_server, login, clerk):
    people = [UserFactory().pk for _ in range(45)]
    sign_in(page, login(clerk), live_server.url)
    query = urlencode({"person": people}, doseq=True)
    page.goto(f"{live_server.url}{reverse('people_passwords')}?{query}")
    page.get_by_role("button", name="ออกรหัสผ่านและแสดงใบแจ้ง").click()
    page.get_by_text("45/45").wait_for()
    assert page.locator(".issued-password").count() == 45
    assert page.get_by_role("button", name="พิมพ์ใบแจ้ง").is_enabled()
    assert page.locator("[data-issue-state] form").count() == 0


def _only_whole_pages(route):
    route.abort() if route.request.resource_type == "fetch" else route.continue_()


def test_a_lost_signal_keeps_issued_passwords_and_offers_to_resume(page, live_server, login, clerk):
    people = [UserFactory().pk for _ in range(45)]
    sign_in(page, login(clerk), live_server.url)
    query = urlencode({"person": people}, doseq=True)
    page.goto(f"{live_server.url}{reverse('people_passwords')}?{query}")
    lost = "**/registry/people/passwords/"
    page.route(lost, _only_whole_pages)
    page.get_by_role("button", name="ออกรหัสผ่านและแสดงใบแจ้ง").click()
    page.get_by_text("ออกใบแจ้งต่อไม่ได้").wait_for()
    assert page.locator(".issued-password").count() == 20
    page.unroute(lost)
    page.get_by_role("button", name="ออกใบแจ้งต่ออีก 25 คน").click()
    page.get_by_text("45/45").wait_for()
    assert page.locator(".issued-password").count() == 45
