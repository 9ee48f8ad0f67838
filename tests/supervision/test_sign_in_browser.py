"""Signing in as a person does it, on a phone and on a laptop."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from tests.browser import complaints_of

PASSWORD = "ทดสอบ-ระบบ-2567"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_supervisor_signs_in_where_she_was_going(page, live_server, width):
    get_user_model().objects.create_user(
        username="sornor16", full_name="ศึกษานิเทศก์ ตำแหน่งเลขที่ 16", password=PASSWORD
    )
    complaints = complaints_of(page)
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(f"{live_server.url}/accounts/password/")
    assert Axe().run(page).violations_count == 0
    page.get_by_label("ชื่อผู้ใช้").fill("sornor16")
    page.get_by_label("รหัสผ่าน").fill("ผิด")
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(page.get_by_role("alert")).to_contain_text("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง")

    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(page).to_have_url(re.compile(r"/accounts/password/$"))
    assert Axe().run(page).violations_count == 0
    assert complaints == []


@pytest.fixture
def sornor16():
    return get_user_model().objects.create_user(
        username="sornor16", full_name="ศึกษานิเทศก์ ตำแหน่งเลขที่ 16", password=PASSWORD
    )


def type_password(page, url):
    page.goto(f"{url}/accounts/login/?next=/accounts/security/")
    page.get_by_label("ชื่อผู้ใช้").fill("sornor16")
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()


def sign_out(page):
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="ออกจากระบบ").click()
    expect(page).to_have_url(re.compile(r"/accounts/login/$"))


def test_a_password_is_shown_while_it_is_typed_and_hidden_again(page, live_server):
    page.goto(f"{live_server.url}/accounts/login/")
    box = page.get_by_label("รหัสผ่าน")
    box.fill("ลับ")
    page.get_by_role("button", name="แสดงรหัสผ่าน").click()
    expect(box).to_have_attribute("type", "text")
    page.get_by_role("button", name="ซ่อนรหัสผ่าน").click()
    expect(box).to_have_attribute("type", "password")
    assert Axe().run(page).violations_count == 0


def test_caps_lock_is_noticed(page, live_server):
    page.goto(f"{live_server.url}/accounts/login/")
    hint = page.get_by_text("ปุ่ม Caps Lock เปิดอยู่")
    expect(hint).to_be_hidden()
    page.get_by_label("รหัสผ่าน").evaluate(
        """box => box.dispatchEvent(
            new KeyboardEvent("keydown", {key: "A", modifierCapsLock: true}))"""
    )
    expect(hint).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_code_from_the_phone_is_the_second_step(page, live_server, sornor16, width):
    page.set_viewport_size({"width": width, "height": 900})
    complaints = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    type_password(page, live_server.url)
    with page.expect_navigation():
        page.get_by_role("link", name="เปิดใช้แอปยืนยันตัวตน").click()
    assert Axe().run(page).violations_count == 0
    secret = page.locator("code").inner_text()
    page.get_by_label("รหัส 6 หลักที่แอปแสดง").fill(code_for(secret))
    page.get_by_role("button", name="เปิดใช้").click()
    expect(page.get_by_role("heading", name="รหัสกู้คืน")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    recovery = page.locator("code").first.inner_text()
    sign_out(page)
    type_password(page, live_server.url)
    expect(page.get_by_role("heading", name="ยืนยันตัวตนขั้นที่สอง")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.get_by_label("รหัส 6 หลักจากแอป หรือรหัสกู้คืน").fill(recovery)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(page.get_by_text("ขณะนี้เหลือ 9 รหัส")).to_be_visible()
    assert complaints == []


def test_a_passkey_is_the_second_step(page, live_server, sornor16):
    """Chromium stands in for the fingerprint reader."""
    url = live_server.url.replace("127.0.0.1", "localhost")  # a passkey needs a name
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    reader = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": reader})
    type_password(page, url)
    with page.expect_navigation():
        page.get_by_role("link", name="เพิ่มพาสคีย์").click()
    assert Axe().run(page).violations_count == 0
    page.get_by_label("ชื่อพาสคีย์").fill("โทรศัพท์ของฉัน")
    page.get_by_role("button", name="เพิ่มพาสคีย์").click()
    expect(page.get_by_role("heading", name="รหัสกู้คืน")).to_be_visible()
    sign_out(page)
    type_password(page, url)
    page.get_by_role("button", name="ใช้พาสคีย์").click()
    expect(page.get_by_role("heading", name="ความปลอดภัยของบัญชี")).to_be_visible()
    page.get_by_role("link", name="จัดการพาสคีย์").click()
    expect(page.locator("strong", has_text="โทรศัพท์ของฉัน")).to_be_visible()
    page.get_by_role("link", name="เปลี่ยนชื่อ โทรศัพท์ของฉัน").click()
    page.get_by_label("ชื่อพาสคีย์").fill("โทรศัพท์เครื่องใหม่")
    page.get_by_role("button", name="บันทึก").click()
    expect(page.locator("strong", has_text="โทรศัพท์เครื่องใหม่")).to_be_visible()


def code_for(secret):
    """What the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
