"""The manual's standards: read by all, filled in by the group director, with its history."""

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission
from schools.core.thai import fiscal_year
from supervision.assignments.enums import DutyKind, OrderState
from supervision.assignments.models import Duty, OfficialOrder, OrderOfficer
from supervision.standards.enums import FlowSymbol, PassageKind
from supervision.standards.flow import flow_chart
from supervision.standards.models import (
    MANUAL_FISCAL_YEAR,
    FlowEdge,
    FlowNode,
    ManualForm,
    ManualPassage,
    PrintedSheetRow,
    StepSheet,
)
from supervision.standards.processes import StepKey, StepPage, step_pages
from supervision.standards.sheets import update_step_sheet
from tests.factories import WorkProcessFactory
from tests.form_data import page_form_data

LIST = reverse("standards")
PAGE = reverse("work_process", args=["P3"])
YEAR = fiscal_year(timezone.localdate())
CODE = reverse("document_code", args=["P3", YEAR])


def page_of(year):
    return reverse("work_process_year", args=["P3", year])


def step_form(year, number=1):
    return reverse("step_sheet", args=["P3", year, number])


@pytest.fixture
def process(db):
    return WorkProcessFactory()


@pytest.fixture
def sheet(process):
    sheet = StepSheet.objects.create(
        number=1,
        detail="รวบรวมข้อมูลสารสนเทศ",
        timing_suggested="ตลอดปีการศึกษา",
        responsible="กลุ่มงานนิเทศฯ",
        note="คู่มือไม่มีข้อความในช่องเวลาดำเนินการ",
    )
    PrintedSheetRow.objects.create(position=1, step=sheet, number="1.", detail="รวบรวมข้อมูล")
    return sheet


@pytest.fixture
def edit(sheet):
    return step_form(YEAR, sheet.number)


def test_anonymous_is_sent_to_sign_in(client, edit):
    assert client.get(PAGE).status_code == client.get(edit).status_code == 302


@pytest.mark.parametrize("who", ["academic_teacher", "supervisor", "clerk", "administrator"])
def test_everybody_reads(request, login, sheet, edit, who):
    ManualForm.objects.create(process="P3", code="7.1", name="แบบสำรวจ", step=1)
    client = login(request.getfixturevalue(who))
    listed = client.get(LIST).content.decode()
    text = client.get(PAGE).content.decode()
    assert "4.5.3 งานนิเทศ ติดตาม" in listed
    assert PAGE in listed
    for expected in ("7.1 แบบสำรวจ", "คู่มือไม่มีข้อความในช่องเวลาดำเนินการ", "คู่มือเว้นว่างไว้"):
        assert expected in text
    assert "อ่านไม่ได้ในคู่มือ (เสนอ: ตลอดปีการศึกษา)" in text
    assert edit not in text


def test_an_empty_register_says_what_to_do(login, clerk):
    assert "ยังไม่มีข้อมูลตามคู่มือ" in login(clerk).get(LIST).content.decode()
    assert "ยังไม่มีข้อมูลตามคู่มือ" in login(clerk).get(reverse("manual_texts")).content.decode()
    assert login(clerk).get(PAGE).status_code == 404


@pytest.mark.parametrize("who", ["supervisor", "school_director", "area_director", "clerk"])
def test_only_the_group_director_edits(request, login, edit, who):
    client = login(request.getfixturevalue(who))
    assert client.get(edit).status_code == 403
    assert client.post(edit, {"detail": "ก", "timing": "ทุกเดือน"}).status_code == 403


def test_an_unknown_step_is_not_found(login, group_director, sheet):
    assert login(group_director).get(step_form(YEAR, 9)).status_code == 404


def test_what_is_filled_in_replaces_the_gap_and_names_who(login, group_director, sheet, edit):
    client = login(group_director)
    assert "เสนอ: ตลอดปีการศึกษา" in client.get(edit).content.decode()
    response = client.post(edit, page_form_data(client, edit, timing="ตลอดปี"), follow=True)
    text = response.content.decode()
    assert response.redirect_chain[-1][0] == page_of(YEAR)
    assert f"บันทึกมาตรฐานงานขั้นที่ 1 ปีงบประมาณ {YEAR} แล้ว" in text
    assert f"แก้ไขล่าสุดโดย {group_director}" in text
    assert "(เสนอ: ตลอดปีการศึกษา)" not in text
    assert StepSheet.objects.get(fiscal_year=YEAR).timing == "ตลอดปี"
    sheet.refresh_from_db()
    assert (sheet.fiscal_year, sheet.timing) == (MANUAL_FISCAL_YEAR, "")


def test_a_year_begins_with_the_last_and_what_is_over_stays(login, group_director, sheet):
    client = login(group_director)
    for year, timing in ((YEAR, "ตลอดปี"), (YEAR + 1, "ทุกเดือน")):
        client.post(step_form(year), page_form_data(client, step_form(year), timing=timing))
    StepSheet.objects.filter(fiscal_year=YEAR).update(fiscal_year=YEAR - 1)
    pages = {
        year: " ".join(client.get(page_of(year)).content.decode().split())
        for year in range(2567, YEAR + 2)
    }
    assert "(เสนอ: ตลอดปีการศึกษา)" in pages[YEAR - 2]
    assert "<td> ตลอดปี </td>" in pages[YEAR - 1]
    assert "<td> ตลอดปี </td>" in pages[YEAR]
    assert "<td> ทุกเดือน </td>" in pages[YEAR + 1]
    assert step_form(YEAR - 1) not in pages[YEAR - 1]
    refused = client.get(step_form(YEAR - 1))
    assert refused.status_code == 409
    assert f"ปีงบประมาณ {YEAR - 1} สิ้นสุดแล้ว" in refused.content.decode()


@pytest.mark.parametrize("year", [2566, YEAR + 2])
def test_years_that_have_no_sheet_are_not_found(login, group_director, sheet, year):
    client = login(group_director)
    addresses = (page_of(year), step_form(year), reverse("document_code", args=["P3", year]))
    assert {client.get(url).status_code for url in addresses} == {404}


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
    saved = StepSheet.objects.get(fiscal_year=YEAR)
    assert (saved.note, saved.timing) == ("ตรวจกับต้นฉบับแล้ว", "")


def test_a_reading_has_the_manual_s_own_words_beside_it(login, supervisor, process):
    ManualPassage.objects.create(
        position=1,
        process="P3",
        kind=PassageKind.SCOPE,
        text="กระบวนการนิเทศ",
        printed="กระบวนกรนิเทศ",
    )
    ManualPassage.objects.create(
        position=2, kind=PassageKind.DUTY, number="1.1", title="งานนิเทศการศึกษา"
    )
    client = login(supervisor)
    text = client.get(PAGE).content.decode()
    assert "ดูตามที่คู่มือพิมพ์" in text
    assert "กระบวนกรนิเทศ" in text
    assert "งานนิเทศการศึกษา" not in text
    others = client.get(reverse("manual_texts")).content.decode()
    assert "งานนิเทศการศึกษา" in others
    assert "กระบวนการนิเทศ" not in others


@pytest.mark.parametrize(("who", "may_open"), [("supervisor", True), ("administrator", False)])
def test_a_step_leads_to_where_it_is_done_if_its_reader_may_go_there(
    request, login, sheet, who, may_open
):
    text = login(request.getfixturevalue(who)).get(PAGE).content.decode()
    assert ("ทำในพอร์ทัล: ความต้องการ" in text) == may_open


@pytest.fixture
def network_page(monkeypatch):
    monkeypatch.setattr(step_pages, "_providers", {})
    page = StepPage(StepKey("P2", 3), "visits", "เครือข่าย", Permission.VIEW_SCHOOL)
    step_pages.register((page.key, page.url_name), page)


def test_a_process_without_a_sheet_leads_to_where_its_steps_are_done(
    login, supervisor, administrator, process, network_page
):
    WorkProcessFactory(code="P2", work=process.work.work_group.works.create(code="4.5.2", name="ข"))
    page = reverse("work_process", args=["P2"])
    text = login(supervisor).get(page).content.decode()
    assert "ขั้นที่ 3: " in text
    assert "เครือข่าย</a>" in text
    assert "ทำในพอร์ทัล" not in login(supervisor).get(PAGE).content.decode()
    assert "ทำในพอร์ทัล" not in login(administrator).get(page).content.decode()


def test_a_process_without_a_sheet_in_the_manual_has_cells_of_the_office(
    login, group_director, process
):
    WorkProcessFactory(code="P2", work=process.work.work_group.works.create(code="4.5.2", name="ข"))
    sheet = StepSheet.objects.create(process="P2", number=1, detail="ประสานข้อมูลเครือข่าย")
    client, page = login(group_director), reverse("work_process", args=["P2"])
    text = client.get(page).content.decode()
    assert "คู่มือไม่มีแบบสรุปมาตรฐานงานของกระบวนงานนี้" in text
    assert "อ่านไม่ได้ในคู่มือ" not in text
    assert reverse("standard_sheet", args=["P2", YEAR]) not in text
    update_step_sheet(sheet, by=group_director, fiscal_year=YEAR, fields={"timing": "ตุลาคม"})
    assert reverse("standard_sheet", args=["P2", YEAR]) in client.get(page).content.decode()


def test_the_page_says_who_is_responsible_today(login, supervisor, school_director, sheet):
    today, work = timezone.localdate(), WorkProcessFactory().work
    page = login(supervisor).get(PAGE).content.decode()
    assert "ยังไม่มีคำสั่งที่ระบุผู้รับผิดชอบงานนี้" in page
    order = OfficialOrder.objects.create(
        number="1/2569", state=OrderState.ISSUED, ordered_on=today, effective_on=today
    )
    officer = OrderOfficer.objects.create(
        order=order, position=1, user=supervisor, printed_post="ศึกษานิเทศก์"
    )
    facts = {"officer": officer, "starts_on": today}
    Duty.objects.create(
        position=1,
        code="5.1",
        kind=DutyKind.WORK_GROUP_HEAD,
        text="หัวหน้ากลุ่มงาน",
        work_group=work.work_group,
        **facts,
    )
    Duty.objects.create(
        position=2, code="5.1.3", kind=DutyKind.WORK, text="งานนิเทศ", work=work, **facts
    )
    text = " ".join(login(supervisor).get(PAGE).content.decode().split())
    assert f"<strong>{supervisor}</strong> ข้อ 5.1 หัวหน้ากลุ่มงาน, ข้อ 5.1.3 งานนิเทศ" in text
    assert "คำสั่งที่ 1/2569" in text
    assert "คำสั่งที่ 1/2569" not in login(school_director).get(PAGE).content.decode()


def test_the_group_director_fills_in_the_document_code(login, group_director, supervisor, sheet):
    client = login(group_director)
    response = client.post(CODE, page_form_data(client, CODE, code="ศน. 1"), follow=True)
    assert response.redirect_chain[-1][0] == page_of(YEAR)
    assert "ศน. 1" in response.content.decode()
    assert "ศน. 1" not in client.get(page_of(YEAR - 1)).content.decode()
    assert client.post(CODE, page_form_data(client, CODE, code="ก" * 51)).status_code == 200
    assert client.get(reverse("document_code", args=["P9", YEAR])).status_code == 404
    other = login(supervisor)
    assert other.post(CODE, {"code": "ข"}).status_code == 403


def test_the_flow_goes_down_and_a_loop_leads_back(login, supervisor, sheet):
    symbols = (FlowSymbol.TERMINATOR, FlowSymbol.DECISION, FlowSymbol.TERMINATOR)
    for step, symbol in enumerate(symbols, 1):
        FlowNode.objects.create(process="P3", step=step, symbol=symbol, label=f"ช่อง {step}")
    for start, end, label in ((1, 2, ""), (2, 1, "ไม่บรรลุ"), (2, 3, "บรรลุ")):
        FlowEdge.objects.create(process="P3", start=start, end=end, label=label)
    chart = flow_chart("P3")
    assert [box.top for box in chart.boxes] == [0, 88, 176]
    assert chart.height == 240
    assert [arrow.line for arrow in chart.arrows] == [
        "125,64 125,88",
        "250,120 278,120 278,32 250,32",
        "125,152 125,176",
    ]
    text = " ".join(login(supervisor).get(PAGE).content.decode().split())
    assert "กลับไปขั้นที่ 1" in text
    assert '<polygon points="125,88 250,120 125,152 0,120"' in text
    assert '<span class="flow-forward">บรรลุ</span>' in text


def test_the_page_asks_as_much_for_many_steps_as_for_one(
    login, supervisor, sheet, django_assert_num_queries, django_assert_max_num_queries
):
    client = login(supervisor)
    client.get(PAGE)
    with django_assert_max_num_queries(15) as one:
        client.get(PAGE)
    for number in range(2, 8):
        StepSheet.objects.create(number=number, detail="ก")
        FlowNode.objects.create(process="P3", step=number, symbol=FlowSymbol.ACTIVITY, label="ก")
        ManualPassage.objects.create(position=number, process="P3", kind=PassageKind.SCOPE)
    with django_assert_num_queries(len(one)):
        client.get(PAGE)
