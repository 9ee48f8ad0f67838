"""The pages of an import in a real Chromium: on a phone and on a laptop, sound for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schools.imports import actions
from schools.models import Import, School
from tests.browser import sign_in
from tests.factories import AreaFactory, SchoolFactory, TestSubjectFactory
from tests.schools.imports import sample_tables

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEAD = ["ที่", "รหัสโรงเรียน", "ชื่อโรงเรียน", "อำเภอ", "โทรศัพท์"]
GOOD = sample_tables.xlsx(
    [
        ["ทะเบียนโรงเรียน (ตัวอย่าง)"],
        HEAD,
        *[[n, f"4203{n:04}", f"บ้านตัวอย่างที่ {n}", "ด่านซ้าย", 42891234] for n in range(1, 14)],
        [None, None, "รวม 13 โรงเรียน"],
    ]
)
WRONG = sample_tables.xlsx(
    [HEAD, *[[n, f"4203{n:03}", f"บ้านตัวอย่างที่ {n}" * 3, "ด่านซ้าย"] for n in range(1, 60)]]
)
RESULTS_OF_A_MISSPELT_SCHOOL = sample_tables.xlsx(
    [
        ["ผลการทดสอบ NT ชั้น ป.3 ปีการศึกษา 2568"],
        ["โรงเรียน", "จำนวนผู้เข้าสอบ", "ภาษาไทย"],
        ["บ้านตัวอยางที่ 1", 9, 51.5],
    ]
)


@pytest.fixture
def look(page, live_server):
    """Go to a page at a width and find nothing wrong with it."""

    def look(url: str, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.goto(live_server.url + url).status == 200, url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{url}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url

    return look


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_of_an_import(page, live_server, login, clerk, look, width):
    AreaFactory()
    SchoolFactory(name="โรงเรียนบ้านตัวอย่างที่ 1", district="เดิม")
    TestSubjectFactory()
    files = {"ดี": GOOD, "ผิด": WRONG, "โปรแกรม": b"MZ\x90\x00", "ถาม": RESULTS_OF_A_MISSPELT_SCHOOL}
    brought_in = {}
    for name, content in files.items():
        file, kind = SimpleUploadedFile(f"{name}.xlsx", content), "schools"
        if name == "ถาม":
            kind = "learning_results"
        import_ = actions.upload_import_file(file, kind=kind, by=clerk)
        brought_in[name] = import_.get_absolute_url()
    assert Import.objects.filter(state="asked").count() == 1
    sign_in(page, login(clerk), live_server.url)
    for url in (reverse("imports"), *brought_in.values()):
        look(url, width)
    actions.confirm_import(Import.objects.get(name="ดี.xlsx"), by=clerk)
    look(brought_in["ดี"], width)


def test_a_clerk_brings_in_a_file(page, live_server, login, clerk):
    AreaFactory()
    sign_in(page, login(clerk), live_server.url)
    page.goto(live_server.url + reverse("imports"))
    sent = {"name": "โรงเรียน.xlsx", "mimeType": "application/octet-stream", "buffer": GOOD}
    page.set_input_files("#id_schools_file", sent)
    page.get_by_role("button", name="ตรวจไฟล์ ทะเบียนโรงเรียน").click()
    page.get_by_role("button", name="ยืนยันบันทึก 13 รายการ").click()
    page.get_by_text("บันทึกข้อมูลแล้ว").wait_for()
    assert School.objects.count() == 13
