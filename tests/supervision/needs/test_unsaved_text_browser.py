"""Unsaved text outlives a session that ended, in a real browser."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from supervision.needs.models import NeedsSurvey
from supervision.workflow.models import Transition
from tests.factories import NeedsAreaFactory
from tests.scenarios import self_assessment_confirmed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("campaign"),
]

PASSWORD = "ทดสอบ-รหัสผ่าน-1"


def sign_in(page, user):
    page.get_by_label("ชื่อผู้ใช้").fill(user.username)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()


def test_text_is_offered_back_after_signing_in_again(page, live_server, academic_teacher, round_):
    NeedsAreaFactory()
    page.goto(live_server.url + reverse("needs", args=[round_.pk]))
    sign_in(page, academic_teacher)
    page.get_by_label("สิ่งที่ต้องการมากที่สุด").fill("สื่อภาษาไทย\nหนังสือเรียน")
    page.get_by_label("5 มากที่สุด").first.check()

    Session.objects.all().delete()
    page.get_by_role("button", name="ส่งแบบสำรวจ").click()
    sign_in(page, academic_teacher)
    page.get_by_role("link", name="เปิดหน้าเดิมโดยไม่ส่ง").click()
    page.get_by_role("button", name="นำข้อความกลับมา").click()
    assert page.get_by_label("5 มากที่สุด").first.is_checked()
    page.get_by_role("button", name="บันทึกร่าง").click()

    page.get_by_text("บันทึกร่างแล้ว").wait_for()
    assert NeedsSurvey.objects.get().wanted_first == "สื่อภาษาไทย\nหนังสือเรียน"
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.get_by_role("button", name="นำข้อความกลับมา").count() == 0


def test_the_server_gives_the_words_back_and_takes_them_at_one_press(
    page, live_server, academic_teacher, round_
):
    NeedsAreaFactory()
    page.goto(live_server.url + reverse("needs", args=[round_.pk]))
    sign_in(page, academic_teacher)
    page.get_by_label("สิ่งที่ต้องการมากที่สุด").fill("สื่อภาษาไทย")
    Session.objects.all().delete()
    page.get_by_role("button", name="บันทึกร่าง").click()
    sign_in(page, academic_teacher)
    expect(page.get_by_role("listitem").filter(has_text="สื่อภาษาไทย")).to_be_visible()
    page.get_by_role("button", name="ส่งข้อความนี้อีกครั้ง").click()
    page.get_by_text("บันทึกร่างแล้ว").wait_for()
    assert NeedsSurvey.objects.get().wanted_first == "สื่อภาษาไทย"
    assert page.evaluate("localStorage.length") == 0


def test_what_is_left_on_a_shared_computer_is_locked_for_its_owner(
    page, live_server, academic_teacher, school_director, round_
):
    NeedsAreaFactory()
    address = live_server.url + reverse("needs", args=[round_.pk])
    page.goto(address)
    sign_in(page, academic_teacher)
    page.get_by_label("สิ่งที่ต้องการมากที่สุด").fill("ข้อความของครู")
    left = "JSON.stringify(localStorage)"
    page.wait_for_function(f"{left}.includes('locked')")
    assert "ข้อความของครู" not in page.evaluate(left)
    page.context.clear_cookies()
    page.goto(address)
    sign_in(page, school_director)
    expect(page.get_by_label("สิ่งที่ต้องการมากที่สุด")).to_have_value("")
    expect(page.get_by_role("button", name="นำข้อความกลับมา")).to_have_count(0)
    name = page.evaluate("Object.keys(localStorage)[0]")
    read = """async (name) => (await import("/static/js/device-lock.js")).getLocked(name)"""
    assert page.evaluate(read, name) is None


def test_text_typed_before_the_script_arrives_is_kept_too(
    page, live_server, academic_teacher, round_
):
    NeedsAreaFactory()
    held = []
    page.route("**/js/form-draft.js", lambda route: held.append(route))
    page.goto(live_server.url + reverse("needs", args=[round_.pk]))
    sign_in(page, academic_teacher)
    page.get_by_label("สิ่งที่ต้องการมากที่สุด").fill("สื่อภาษาไทย")
    held[0].continue_()
    page.wait_for_load_state("load")  # the page was waiting for this script
    assert page.evaluate("localStorage.length") == 1
    page.unroute("**/js/form-draft.js")
    page.goto(page.url)
    page.get_by_role("button", name="นำข้อความกลับมา").click()
    assert page.get_by_label("สิ่งที่ต้องการมากที่สุด").input_value() == "สื่อภาษาไทย"


def test_a_reason_outlives_the_session_and_is_forgotten_once_given(
    page, live_server, supervisor, school_director, round_
):
    """Every page that asks before an act keeps what is typed into it."""
    assessment = self_assessment_confirmed(round_, by=school_director)
    page.goto(live_server.url + reverse("self_assessment_return", args=[assessment.pk]))
    sign_in(page, supervisor)
    page.get_by_label("เหตุผล").fill("ร่องรอยไม่ครบ")

    Session.objects.all().delete()
    page.get_by_role("button", name="ส่งกลับให้แก้ไข").click()
    sign_in(page, supervisor)
    page.get_by_role("link", name="เปิดหน้าเดิมโดยไม่ส่ง").click()
    page.get_by_role("button", name="นำข้อความกลับมา").click()
    page.get_by_role("button", name="ส่งกลับให้แก้ไข").click()

    page.get_by_text("ส่งกลับให้โรงเรียนแก้ไขแล้ว").wait_for()
    assert Transition.objects.get(verb="return").reason == "ร่องรอยไม่ครบ"
    assert page.evaluate("localStorage.length") == 0
