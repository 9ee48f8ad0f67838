"""The manual's standards: read by all, filled in by the group director, with its history."""

import pytest
from django.urls import reverse

from supervision.standards.models import ManualForm, StepSheet, Work, WorkGroup
from tests.form_data import page_form_data

PAGE = reverse("standards")


@pytest.fixture
def sheet(db):
    return StepSheet.objects.create(
        number=1,
        detail="รวบรวมข้อมูลสารสนเทศ",
        timing_suggested="ตลอดปีการศึกษา",
        responsible="กลุ่มงานนิเทศฯ",
        note="คู่มือไม่มีข้อความในช่องเวลาดำเนินการ",
    )


@pytest.fixture
def edit(sheet):
    return reverse("step_sheet", args=[sheet.number])


def test_anonymous_is_sent_to_sign_in(client, edit):
    assert client.get(PAGE).status_code == client.get(edit).status_code == 302


@pytest.mark.parametrize("who", ["academic_teacher", "supervisor", "clerk", "administrator"])
def test_everybody_reads(request, login, sheet, edit, who):
    group = WorkGroup.objects.create(code="4.5", name="กลุ่มงานนิเทศ")
    Work.objects.create(work_group=group, code="4.5.3", name="งานนิเทศ ติดตาม")
    ManualForm.objects.create(process="P3", code="7.1", name="แบบสำรวจ", step=1)
    text = login(request.getfixturevalue(who)).get(PAGE).content.decode()
    for expected in ("4.5.3 งานนิเทศ ติดตาม", "7.1 แบบสำรวจ", "คู่มือไม่มีข้อความในช่องเวลาดำเนินการ"):
        assert expected in text
    assert "อ่านไม่ได้ในคู่มือ (เสนอ: ตลอดปีการศึกษา)" in text
    assert edit not in text


def test_an_empty_register_says_what_to_do(login, clerk):
    assert "ยังไม่มีข้อมูลตามคู่มือ" in login(clerk).get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["supervisor", "school_director", "area_director", "clerk"])
def test_only_the_group_director_edits(request, login, edit, who):
    client = login(request.getfixturevalue(who))
    assert client.get(edit).status_code == 403
    assert client.post(edit, {"detail": "ก", "timing": "ทุกเดือน"}).status_code == 403


def test_an_unknown_step_is_not_found(login, group_director, sheet):
    assert login(group_director).get(reverse("step_sheet", args=[9])).status_code == 404


def test_what_is_filled_in_replaces_the_gap_and_names_who(login, group_director, sheet, edit):
    client = login(group_director)
    assert "เสนอ: ตลอดปีการศึกษา" in client.get(edit).content.decode()
    response = client.post(edit, page_form_data(client, edit, timing="ตลอดปี"), follow=True)
    text = response.content.decode()
    assert response.redirect_chain[-1][0] == PAGE
    assert "บันทึกมาตรฐานงานขั้นที่ 1 แล้ว" in text
    assert f"แก้ไขล่าสุดโดย {group_director}" in text
    assert "(เสนอ: ตลอดปีการศึกษา)" not in text
    assert [h.timing for h in sheet.history.order_by("history_date")] == ["", "ตลอดปี"]


def test_bad_input_is_named_and_kept(login, group_director, sheet, edit):
    client = login(group_director)
    response = client.post(edit, page_form_data(client, edit, detail="", timing="ย" * 201))
    text = response.content.decode()
    assert response.status_code == 200
    assert "โปรดแก้ไข 2 รายการ" in text
    assert "โปรดกรอกรายละเอียดงาน" in text
    assert "ย" * 201 in text
    sheet.refresh_from_db()
    assert sheet.detail == "รวบรวมข้อมูลสารสนเทศ"


def test_nobody_overwrites_a_note_they_have_not_seen(login, group_director, sheet, edit):
    client = login(group_director)
    before = page_form_data(client, edit, timing="ตลอดปี", note="")
    client.post(edit, page_form_data(client, edit, note="ตรวจกับต้นฉบับแล้ว"))
    text = client.post(edit, before).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ตรวจกับต้นฉบับแล้ว”" in text
    sheet.refresh_from_db()
    assert (sheet.note, sheet.timing) == ("ตรวจกับต้นฉบับแล้ว", "")
