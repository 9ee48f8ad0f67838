"""The plan of a year, its summary as PDF and Word, the forms of P1, and activities in Excel."""

import pytest
from django.urls import reverse

from schools.core.thai import thai_digits
from supervision.programmes.plans import activity_actions
from tests import scenarios
from tests.exported_files import exported_tables
from tests.pdf_readers import pdfium_text, poppler_text, pypdf_text
from tests.reports.conftest import normalized
from tests.word_readers import word_text

pytestmark = pytest.mark.db_agnostic


@pytest.fixture
def plan(group_director, area_director, supervisor, school):
    """Approved, with one activity whose result is recorded."""
    plan = scenarios.plan_approved(
        group_director=group_director,
        area_director=area_director,
        owner=supervisor,
        schools=[school],
    )
    scenarios.activity_finished(
        plan.activities.get(),
        by=supervisor,
        result="ครูกำหนดเป้าหมายการอ่านได้",
        lessons="ควรซ้ำทุกภาคเรียน",
    )
    return plan


def holds(text, words):
    return [word for word in words if normalized(thai_digits(word)) not in normalized(text)] == []


def test_the_plan_is_printed_as_approved(login, supervisor, area_director, plan):
    pdf = login(supervisor).get(reverse("year_plan_paper", args=[plan.pk])).content
    words = ("ปีงบประมาณ 2570", "นโยบายการอ่านของปีนี้", "นิเทศการอ่าน", "1,000", "ร้อยละ 80")
    for read in (pdfium_text, pypdf_text, poppler_text):
        assert holds(read(pdf), (*words, str(area_director)))
    assert "ร่าง" not in poppler_text(pdf)


def test_a_plan_not_approved_is_a_draft(login, group_director, school):
    plan = scenarios.plan_drafted(by=group_director)
    pdf = login(group_director).get(reverse("year_plan_paper", args=[plan.pk])).content
    assert "ร่าง" in poppler_text(pdf)


def test_pdf_and_word_of_the_summary_say_the_same(login, supervisor, plan):
    client = login(supervisor)
    pdf = poppler_text(client.get(reverse("plan_summary", args=[plan.pk])).content)
    word = word_text(client.get(reverse("plan_summary_word", args=[plan.pk])).content)
    said = (
        *("ครูกำหนดเป้าหมายการอ่านได้", "ควรซ้ำทุกภาคเรียน", "คู่มือให้เฉพาะชื่อเอกสาร"),
        *("บรรลุค่าเป้าหมาย 1 ตัว", "ร้อยละ 85", "900", "รวม 1 กิจกรรม"),
    )
    assert holds(pdf, said)
    assert holds(word, said)


def test_forms_are_blank_or_filled_from_the_record(login, supervisor, plan):
    client, activity = login(supervisor), plan.activities.get()
    for code in ("7.1", "7.2", "7.3", "7.4"):
        text = poppler_text(client.get(reverse("blank_activity_form", args=[code])).content)
        assert holds(text, (f"แบบ {code}", "คู่มือให้เฉพาะชื่อแบบ"))
    filled = client.get(reverse("activity_form", args=[activity.pk, "7.3"])).content
    assert holds(poppler_text(filled), ("ครูกำหนดเป้าหมายการอ่านได้", "ร้อยละ 85", "900"))
    assert client.get(reverse("activity_form", args=[activity.pk, "7.4"])).status_code == 404
    assert client.get(reverse("blank_activity_form", args=["9.9"])).status_code == 404


def test_activities_are_an_excel_file_of_what_is_listed(login, supervisor, group_director, plan):
    other = scenarios.activity_planned(plan, by=group_director, reason="ก", title="วิจัยชั้นเรียน")
    activity_actions.cancel_activity(other, by=group_director, reason="ก")
    response = login(supervisor).get(reverse("activities_export"), {"state": "done"})
    text = str(exported_tables(response))
    assert "นิเทศการอ่าน" in text
    assert "วิจัยชั้นเรียน" not in text
