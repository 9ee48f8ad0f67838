"""The pages of criteria in a real Chromium: sound for a screen reader, and without scripts too."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from supervision.criteria import actions
from supervision.criteria.models import Indicator, IndicatorSet
from tests.browser import complaints_of, sign_in
from tests.factories import IndicatorSetFactory
from tests.supervision.criteria.test_tables import sheets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def second(group_director):
    """The draft of a second version, with words of every kind."""
    draft = actions.revise_indicator_set(IndicatorSetFactory(is_sample=True), by=group_director)
    one = Indicator.objects.filter(standard__indicator_set=draft).first()
    facts = {"weight": 2, "achieved_from": 3, "is_local": True, "group": "1.1 หัวข้อ"}
    actions.save_indicator(one, facts=facts)
    actions.save_rubrics(one, texts={5: "ทำได้ทุกคน"})
    return draft


@pytest.fixture
def pages(second):
    standard = second.standards.first()
    one = standard.indicators.first()
    return [
        reverse("criteria"),
        second.get_absolute_url(),
        second.previous.get_absolute_url(),
        *(
            reverse(f"indicator_set_{name}", args=[second.pk])
            for name in ("changes", "edit", "unmark", "delete", "copy", "import", "submit")
        ),
        reverse("indicator_set_add"),
        reverse("standard_add", args=[second.pk]),
        reverse("standard_order", args=[second.pk]),
        *(
            reverse(name, args=[standard.pk])
            for name in ("standard_edit", "standard_delete", "indicator_add", "indicator_order")
        ),
        reverse("indicator_edit", args=[one.pk]),
        reverse("indicator_rubrics", args=[one.pk]),
        reverse("scales"),
        second.scale.get_absolute_url(),
        reverse("scale_copy", args=[second.scale_id]),
        reverse("criteria_import"),
    ]


def check(page, url, width):
    found = Axe().run(page)
    assert found.violations_count == 0, f"{url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, url


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_of_criteria_is_sound_and_whole(
    page, live_server, login, group_director, pages, width, tmp_path
):
    complaints = complaints_of(page)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, login(group_director), live_server.url)
    for url in pages:
        assert page.goto(live_server.url + url).status == 200, url
        check(page, url, width)
    for name, more in (("bad", {"facts": {"level": "ประถม"}}), ("good", {})):
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(sheets(**more))
        page.goto(live_server.url + reverse("criteria_import"))
        page.set_input_files("input[type=file]", file)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
        check(page, name, width)
    assert complaints == []


def test_a_set_is_made_on_a_phone_without_scripts(
    browser, browser_context_args, live_server, login, group_director
):
    IndicatorSetFactory()  # brings the scale
    options = {**browser_context_args, "java_script_enabled": False}
    context = browser.new_context(**options, viewport={"width": 390, "height": 800})
    page = context.new_page()
    sign_in(page, login(group_director), live_server.url)
    page.goto(live_server.url + reverse("criteria"))
    page.click("text=จัดทำชุดใหม่")
    page.fill("[name=name]", "จุดเน้นของเขต")
    page.check("text=ทุกระดับ")
    page.check("text=ระดับคุณภาพ 5 ระดับ")
    page.click("text=เริ่มร่าง")
    page.click("main .actions >> text=เพิ่มมาตรฐาน")
    page.fill("[name=name]", "คุณภาพผู้เรียน")
    page.fill("[name=target]", "3.50")
    page.click("text=บันทึกมาตรฐาน")
    for code in ("1.1", "1.2"):
        page.click("main .actions >> text=เพิ่มตัวชี้วัด")
        page.fill("[name=code]", code)
        page.fill("[name=text]", f"อ่านออกเขียนได้ {code}")
        page.click("text=บันทึกตัวชี้วัด")
    page.click("text=จัดลำดับ")
    page.click("text=เลื่อนขึ้น")
    page.click("text=เสร็จแล้ว")
    page.click("main .actions >> text=เสนอ ก.ต.ป.น.")
    page.click("main button[type=submit]")
    assert page.locator("text=เสนอชุดตัวชี้วัดต่อ ก.ต.ป.น. แล้ว").is_visible()
    context.close()
    made = IndicatorSet.objects.get(name="จุดเน้นของเขต")
    assert made.state == "in_review"
    codes = Indicator.objects.filter(standard__indicator_set=made).values_list("code", flat=True)
    assert list(codes) == ["1.2", "1.1"]
