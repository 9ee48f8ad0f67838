"""Signing in as a person does it, on a phone and on a laptop."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

PASSWORD = "ทดสอบ-ระบบ-2567"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_supervisor_signs_in_where_she_was_going(page, live_server, width):
    get_user_model().objects.create_user(
        username="sornor16", full_name="ศึกษานิเทศก์ ตำแหน่งเลขที่ 16", password=PASSWORD
    )
    complaints = []
    page.on("console", lambda line: complaints.append(line.text))
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
