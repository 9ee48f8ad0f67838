from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import be_year, fiscal_year, numeric_date
from supervision.programmes.models import Dissemination
from tests import scenarios
from tests.exported_files import exported_table
from tests.factories import DisseminationFactory
from tests.form_data import page_form_data
from tests.sample_files import jpeg


def record(client, **typed):
    today = numeric_date(timezone.localdate())
    fields = {
        "kind": "summary",
        "title": "สรุปผลงานเครือข่าย",
        "audience": "parent_agency",
        "receivers": "สพฐ.",
        "channel": "letter",
        "disseminated_on": today,
        "letter_number": "ศธ 04001/15",
        "letter_on": today,
        "process": "P2",
        "fiscal_year": str(fiscal_year(timezone.localdate())),
    }
    return client.post(reverse("dissemination_add"), fields | typed, follow=True)


def register(client, **asked):
    page = client.get(reverse("dissemination_register"), asked)
    return [line.title for line in page.context["page"]]


def test_the_clerk_records_what_was_sent_with_its_file(login, clerk, area_director):
    photo = SimpleUploadedFile("ปก.jpg", jpeg())
    page = record(login(clerk), file=photo).content.decode()
    assert "ศธ 04001/15" in page
    line = Dissemination.objects.get()
    url = reverse("dissemination_file", args=[line.pk])
    assert login(area_director).get(url).getvalue().startswith(b"\xff\xd8")
    assert register(login(area_director)) == ["สรุปผลงานเครือข่าย"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"title": ""}, "โปรดกรอกชื่อเรื่อง"),
        ({"letter_on": ""}, "ทั้งเลขที่และวันที่ของหนังสือ"),
        ({"fiscal_year": ""}, "โปรดระบุปีงบประมาณ"),
        ({"disseminated_on": "1/1/2026"}, "พ.ศ."),
        ({"link": "ไม่ใช่ลิงก์"}, "ลิงก์"),
    ],
)
def test_a_line_says_what_is_wrong(login, clerk, typed, message):
    assert message in record(login(clerk), **typed).content.decode()
    assert not Dissemination.objects.exists()


def test_a_line_is_put_right_with_a_reason_and_keeps_what_it_said(login, clerk):
    client, line = login(clerk), DisseminationFactory()
    url = reverse("dissemination_edit", args=[line.pk])
    same = page_form_data(client, url, reason="ลองดู")
    assert "ไม่มีสิ่งที่แก้ไข" in client.post(url, same).content.decode()
    assert "โปรดกรอกเหตุผล" in client.post(url, same | {"reason": ""}).content.decode()
    typed = page_form_data(client, url, letter_number="ศธ 04001/99", reason="พิมพ์ผิด")
    page = client.post(url, typed, follow=True).content.decode()
    assert "พิมพ์ผิด (เดิม: ที่ (เลขที่หนังสือ) ศธ 04001/1)" in page


def test_a_withdrawn_line_stays_and_does_not_count(login, clerk):
    line = DisseminationFactory(process="P2", fiscal_year=2569)
    client = login(clerk)
    client.post(reverse("dissemination_withdraw", args=[line.pk]), {"reason": "บันทึกซ้ำ"})
    assert register(client) == [line.title]
    assert not Dissemination.objects.of_process("P2", 2569).exists()
    assert client.get(reverse("dissemination_edit", args=[line.pk])).status_code == 409


def test_the_register_is_filtered_by_year_words_and_audience(login, clerk):
    today = timezone.localdate()
    DisseminationFactory(title="ปีนี้", process="P2", fiscal_year=2560)
    DisseminationFactory(
        title="ปีก่อน", disseminated_on=today - timedelta(days=366), audience="public"
    )
    client = login(clerk)
    assert register(client) == ["ปีนี้", "ปีก่อน"]
    assert register(client, year=be_year(today)) == ["ปีนี้"]
    assert register(client, fiscal_year=2560) == ["ปีนี้"]
    assert register(client, q="ก่อน") == ["ปีก่อน"]
    assert register(client, audience="public") == ["ปีก่อน"]
    assert register(client, origin="portal") == []


def test_reports_of_the_portal_are_lines_of_their_own(
    login, round_, supervisor, school_director, group_director, area_director
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    scenarios.practice_selected(round_, supervisor=supervisor, group_director=group_director)
    scenarios.report_published(round_, by=group_director, signer=area_director)
    client = login(group_director)
    page = client.get(reverse("dissemination_register")).context["page"]
    assert sorted(line.kind for line in page) == ["practice", "report", "summary"]
    assert register(client, origin="recorded") == []
    sheet = exported_table(client.get(reverse("dissemination_export"), {"kind": "practice"}))
    assert "ห้องเรียนแห่งการอ่าน" in str(sheet.rows)


def test_the_register_costs_the_same_with_more_lines(login, clerk):
    client, url = login(clerk), reverse("dissemination_register")
    DisseminationFactory()
    client.get(url)  # what is asked once for all pages
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(2):
        DisseminationFactory()
    with CaptureQueriesContext(connection) as more:
        client.get(url)
    assert len(more) == len(few) <= 15


def test_step_7_names_what_was_disseminated_of_the_term(
    login, round_, supervisor, school_director, group_director, area_director
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    scenarios.report_published(round_, by=group_director, signer=area_director)
    DisseminationFactory(process="P3", term=round_.term)
    page = login(school_director).get(round_.get_absolute_url()).content.decode()
    assert "เผยแพร่ต่อหน่วยงานต้นสังกัดเมื่อ" in page
