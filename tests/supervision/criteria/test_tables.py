"""A set in Excel: taken along unchanged, brought back whole or not at all."""

import zipfile
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schools.core.tables.reading import read_sheets
from supervision.criteria import actions
from supervision.criteria.content import content_changes, content_of
from supervision.criteria.models import Indicator, IndicatorSet, Rubric
from supervision.criteria.tables.reading import read_indicator_set_workbook
from supervision.criteria.tables.workbook import (
    INDICATORS_SHEET,
    SET_FIELD_LABELS,
    SET_SHEET,
    STANDARDS_SHEET,
    write_indicator_set_workbook,
)
from tests.factories import IndicatorSetFactory, ScaleFactory

pytestmark = pytest.mark.django_db
SCALE = "ระดับคุณภาพ 5 ระดับ"


@pytest.fixture
def full_draft():
    """A draft with everything that a set can have."""
    draft = IndicatorSetFactory(draft=True, name="ชุดครบ", provenance="ประกาศ ก · ข้อ 1.10")
    first, second = Indicator.objects.filter(standard__number=1)
    actions.save_indicator(
        first,
        facts={
            "code": "1.10",
            "text": "=1+1 ไม่ใช่สูตร",
            "group": "1.1 หัวข้อ",
            "weight": "2.5",
            "achieved_from": 3,
            "evidence_hint": "รายงาน",
            "is_local": True,
        },
    )
    actions.save_rubrics(first, texts={5: "ยอด", 1: "เริ่ม"})
    actions.save_indicator(second, facts={"code": "1.1.1"})
    actions.save_standard(draft.standards.get(number=2), facts={"target": None})
    return IndicatorSet.objects.get(pk=draft.pk)


def workbook(sheets):
    """An .xlsx of these sheets; numbers stay numbers."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return stream.getvalue()


def sheets(**change):
    """A small good workbook, with rows of a sheet replaced."""
    facts = {"name": "ชุดจากไฟล์", "level": "ปฐมวัย", "use": "ประเมินและนิเทศสถานศึกษา", "scale": SCALE}
    facts |= {"provenance": "", **change.pop("facts", {})}
    rows = {
        SET_SHEET: [[SET_FIELD_LABELS[key], value] for key, value in facts.items()],
        STANDARDS_SHEET: [["มาตรฐานที่", "ชื่อมาตรฐาน", "บรรลุเมื่อค่าเฉลี่ยตั้งแต่"], [1, "คุณภาพเด็ก", 3.5]],
        INDICATORS_SHEET: [
            ["มาตรฐานที่", "เลขที่", "ตัวชี้วัด", "น้ำหนัก", "ระดับ 5"],
            [1, "1.1", "ก", 2, "ยอด"],
        ],
    }
    for name, more in change.items():
        rows[{"standards": STANDARDS_SHEET, "indicators": INDICATORS_SHEET}[name]] += more
    return workbook(rows)


def upload(client, url, content, name="ชุด.xlsx"):
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def save(client, preview):
    """Press the button of the preview."""
    context = preview.context
    return client.post(
        context["save_url"], {"file": context["file"], "version": context["version"]}
    )


# --- round trip ---


def test_export_and_import_change_nothing(preparer, full_draft):
    exported = preparer.get(reverse("indicator_set_export", args=[full_draft.pk]))
    assert exported["Content-Type"].endswith("spreadsheetml.sheet")
    assert ".xlsx" in exported["Content-Disposition"]
    assert exported["Cache-Control"] == "private, no-store"
    before = content_of(full_draft)
    url = reverse("indicator_set_import", args=[full_draft.pk])
    preview = upload(preparer, url, exported.content)
    assert "เหมือนร่างที่มีอยู่ทุกข้อ" in preview.content.decode()
    assert save(preparer, preview).url == full_draft.get_absolute_url()
    again = IndicatorSet.objects.get(pk=full_draft.pk)
    assert content_of(again) == before
    assert (again.name, again.level, again.provenance) == (
        full_draft.name,
        full_draft.level,
        full_draft.provenance,
    )
    assert write_indicator_set_workbook(again, content_of(again))


def test_cells_say_what_the_set_says(full_draft):
    book = {
        sheet.name: sheet
        for sheet in read_sheets(write_indicator_set_workbook(full_draft, content_of(full_draft)))
    }
    assert book[INDICATORS_SHEET].rows[0].cells[-5:] == [
        f"ระดับ {lv}" for lv in full_draft.scale.levels.all()
    ]
    first = book[INDICATORS_SHEET].rows[1].cells
    assert first[:8] == ["1", "1.10", "=1+1 ไม่ใช่สูตร", "1.1 หัวข้อ", "รายงาน", "2.5", "3", "ใช่"]


def test_a_school_exports_an_endorsed_set_only(login, school_director, full_draft):
    client = login(school_director)
    assert client.get(reverse("indicator_set_export", args=[full_draft.pk])).status_code == 404
    endorsed = IndicatorSetFactory()
    assert client.get(reverse("indicator_set_export", args=[endorsed.pk])).status_code == 200


# --- a new set ---


def test_a_file_becomes_a_new_draft_after_a_look(preparer, group_director):
    ScaleFactory()
    preview = upload(preparer, reverse("criteria_import"), sheets())
    html = preview.content.decode()
    for words in ("ชุดจากไฟล์", "1 มาตรฐาน 1 ตัวชี้วัด", "1.1 ก", "บันทึกเป็นร่างใหม่"):
        assert words in html
    assert not IndicatorSet.objects.exists()
    save(preparer, preview)
    new = IndicatorSet.objects.get()
    one = Indicator.objects.get()
    assert (new.name, new.get_level_display(), new.state) == ("ชุดจากไฟล์", "ปฐมวัย", "draft")
    assert (one.code, one.weight, one.rubrics.get().text) == ("1.1", 2, "ยอด")
    page = preparer.get(new.get_absolute_url()).content.decode()
    assert "นำเข้าเนื้อหาทั้งชุดจาก Excel" in page
    assert group_director.full_name in page


def test_the_template_is_filled_in_and_comes_back(preparer):
    scale = ScaleFactory()
    page = preparer.get(reverse("criteria_import")).content.decode()
    url = f"{reverse('criteria_template')}?scale={scale.key}"
    assert url in page
    empty = preparer.get(url).content
    html = upload(preparer, reverse("criteria_import"), empty).content.decode()
    assert "ชื่อชุดตัวชี้วัด (B)" in html
    assert "ยังไม่มีมาตรฐาน" in html


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        ({"facts": {"name": ""}}, (SET_SHEET, 1, "ชื่อชุดตัวชี้วัด (B)"), "เว้นว่าง"),
        ({"facts": {"name": "มีแล้ว"}}, (SET_SHEET, 1, "ชื่อชุดตัวชี้วัด (B)"), "มีชุดชื่อนี้แล้ว"),
        (
            {"facts": {"level": "ประถม"}},
            (SET_SHEET, 2, "ระดับการศึกษา (B)"),
            "ทุกระดับ, ปฐมวัย, ขั้นพื้นฐาน",
        ),
        ({"facts": {"scale": "ไม่มี"}}, (SET_SHEET, 4, "มาตราส่วนประมาณค่า (B)"), SCALE),
        ({"standards": [[1, "ซ้ำ"]]}, (STANDARDS_SHEET, 3, "มาตรฐานที่ (A)"), "เลขมาตรฐานซ้ำ"),
        ({"standards": [["สอง", "ข"]]}, (STANDARDS_SHEET, 3, "มาตรฐานที่ (A)"), "ต้องเป็นตัวเลข"),
        ({"standards": [[2, ""]]}, (STANDARDS_SHEET, 3, "ชื่อมาตรฐาน (B)"), "เว้นว่าง"),
        (
            {"standards": [[2, "ข", 9]]},
            (STANDARDS_SHEET, 3, "บรรลุเมื่อค่าเฉลี่ยตั้งแต่ (C)"),
            "ระหว่าง 1 ถึง 5",
        ),
        (
            {"standards": [[2, "ข", 3.333]]},
            (STANDARDS_SHEET, 3, "บรรลุเมื่อค่าเฉลี่ยตั้งแต่ (C)"),
            "ทศนิยมเกิน 2",
        ),
        (
            {"indicators": [[7, "7.1", "ข"]]},
            (INDICATORS_SHEET, 3, "มาตรฐานที่ (A)"),
            "ไม่มีมาตรฐานนี้ในแผ่นงาน",
        ),
        ({"indicators": [[1, "1.1", "ข"]]}, (INDICATORS_SHEET, 3, "เลขที่ (B)"), "ซ้ำกับแถว 2"),
        (
            {"indicators": [[1, "2001-01-01", "ข"]]},
            (INDICATORS_SHEET, 3, "เลขที่ (B)"),
            "เปลี่ยนเลขที่เป็นวันที่",
        ),
        ({"indicators": [[1, "1.2", ""]]}, (INDICATORS_SHEET, 3, "ตัวชี้วัด (C)"), "เว้นว่าง"),
        ({"indicators": [[1, "1.2", "ก" * 401]]}, (INDICATORS_SHEET, 3, "ตัวชี้วัด (C)"), "เกิน 400"),
        (
            {"indicators": [[1, "1.2", "ข", 0]]},
            (INDICATORS_SHEET, 3, "น้ำหนัก (D)"),
            "ระหว่าง 0.01",
        ),
    ],
)
def test_every_problem_is_told_by_sheet_row_and_column(preparer, change, place, message):
    IndicatorSetFactory(name="มีแล้ว", scale=ScaleFactory())
    preview = upload(preparer, reverse("criteria_import"), sheets(**change))
    problems = preview.context["table"].problems
    assert [(p.sheet, p.row, p.column) for p in problems] == [place]
    assert message in problems[0].message
    assert message.split(",")[0] in preview.content.decode()
    assert save(preparer, preview).status_code == 200  # the button is not there, and would not help
    assert IndicatorSet.objects.count() == 1


def test_all_problems_are_listed_at_once_and_nothing_is_saved(preparer):
    ScaleFactory()
    content = sheets(
        facts={"level": ""}, standards=[[1, ""]], indicators=[[9, "", "", "มาก"], ["", "1.1", "ข"]]
    )
    preview = upload(preparer, reverse("criteria_import"), content)
    assert len(preview.context["table"].problems) == 9
    assert "ไฟล์นี้มีข้อที่ต้องแก้ไข 9 รายการ" in preview.content.decode()
    assert not IndicatorSet.objects.exists()


def test_thai_figures_and_columns_in_any_order_are_read(preparer):
    ScaleFactory()
    rows = {
        SET_SHEET: [
            ["ชื่อชุดตัวชี้วัด", "ก"],
            ["ระดับการศึกษา", "ทุกระดับ"],
            ["ใช้สำหรับ", "สังเกตชั้นเรียน"],
            ["มาตราส่วนประมาณค่า", SCALE],
        ],
        STANDARDS_SHEET: [["แบบร่างของเขต"], ["ชื่อมาตรฐาน", "มาตรฐานที่"], ["คุณภาพ", "๑"]],
        INDICATORS_SHEET: [["ตัวชี้วัด", "มาตรฐานที่", "เลขที่", "ระดับ ๔ ดีเลิศ"], ["ข", "๑", "๑.๑", "ดีมาก"]],
    }
    table = read_indicator_set_workbook(workbook(rows))
    assert table.problems == []
    assert [one.rubrics for one in table.content[0].indicators] == [{4: "ดีมาก"}]


def test_a_level_column_that_the_scale_lacks_is_told():
    ScaleFactory()
    rows = [["มาตรฐานที่", "เลขที่", "ตัวชี้วัด", "ระดับ 6"], [1, "1.1", "ก", "เกิน"]]
    content = workbook(
        {
            SET_SHEET: [
                [SET_FIELD_LABELS["name"], "ก"],
                [SET_FIELD_LABELS["level"], "ปฐมวัย"],
                [SET_FIELD_LABELS["use"], "สังเกตชั้นเรียน"],
                [SET_FIELD_LABELS["scale"], SCALE],
            ],
            STANDARDS_SHEET: [["มาตรฐานที่", "ชื่อมาตรฐาน"], [1, "ก"]],
            INDICATORS_SHEET: rows,
        }
    )
    (problem,) = read_indicator_set_workbook(content).problems
    assert (problem.row, problem.column) == (1, "ระดับ 6 (D)")
    assert "ไม่มีระดับ 6" in problem.message


# --- into a draft ---


def test_a_file_takes_the_place_of_a_draft_whole(preparer, full_draft):
    content = sheets(facts={"name": "ชุดครบ", "level": "ขั้นพื้นฐาน"})
    preview = upload(preparer, reverse("indicator_set_import", args=[full_draft.pk]), content)
    html = preview.content.decode()
    for words in ("สิ่งที่จะเปลี่ยน", "ตัดออก", "มาตรฐานที่ 2", "ที่มา", "นำเข้าแทนของเดิมทั้งชุด"):
        assert words in html
    before = content_of(full_draft)
    save(preparer, preview)
    again = IndicatorSet.objects.get(pk=full_draft.pk)
    assert [one.text for part in content_of(again) for one in part.indicators] == ["ก"]
    assert content_changes(before, content_of(again)) == preview.context["changes"]
    assert again.provenance == ""


def test_it_is_no_change_in_what_order_the_rows_lie(preparer, full_draft):
    content = sheets(facts={"name": "ชุดครบ"})
    preview = upload(preparer, reverse("indicator_set_import", args=[full_draft.pk]), content)
    highest = Rubric.objects.get(indicator__standard__indicator_set=full_draft, level__value=5)
    highest.delete()
    Rubric.objects.create(indicator=highest.indicator, level=highest.level, text=highest.text)
    assert save(preparer, preview).status_code == 302


def test_a_colleagues_change_meanwhile_is_shown_before_it_is_overwritten(preparer, full_draft):
    content = sheets(facts={"name": "ชุดครบ"})
    preview = upload(preparer, reverse("indicator_set_import", args=[full_draft.pk]), content)
    actions.delete_standard(full_draft.standards.get(number=2))
    second = save(preparer, preview)
    assert "มีผู้แก้ไขร่างนี้ระหว่างที่คุณตรวจ" in second.content.decode()
    assert full_draft.standards.get().number == 1
    assert full_draft.standards.get().indicators.count() == 2
    assert save(preparer, second).status_code == 302


def test_a_version_keeps_its_name_through_a_file(preparer, group_director):
    second = actions.revise_indicator_set(IndicatorSetFactory(), by=group_director)
    preview = upload(preparer, reverse("indicator_set_import", args=[second.pk]), sheets())
    messages = [problem.message for problem in preview.context["table"].problems]
    assert messages[0].startswith("ฉบับใหม่ต้องใช้ชื่อเดิม")
    assert messages[1].startswith("ฉบับใหม่ต้องเหมือนฉบับก่อน")


# --- files that are none ---


def zip_bomb():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (210 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ไฟล์นี้ไม่มีข้อมูล"),
        (b"MZ\x90\x00" + b"\x00" * 200, "ไม่ใช่ตาราง"),
        (b"%PDF-1.7 ...", "เอกสาร PDF"),
        (b"<svg xmlns='x'><script/></svg>", "แผ่นงาน"),
        (b"PK\x03\x04broken", "อ่านไฟล์นี้ไม่ได้"),
        (b"x" * (2 * 1024 * 1024 + 1), "ไฟล์ใหญ่เกิน 2 MB"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "มีรหัสผ่าน"),
    ],
    ids=["empty", "exe", "pdf", "svg", "broken", "big", "encrypted"],
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(preparer, content, message):
    ScaleFactory()
    html = upload(preparer, reverse("criteria_import"), content).content.decode()
    assert message in html
    assert not IndicatorSet.objects.exists()


def test_a_zip_bomb_is_never_unpacked(preparer):
    ScaleFactory()
    html = upload(preparer, reverse("criteria_import"), zip_bomb()).content.decode()
    assert "ใหญ่เกินกว่าที่ระบบอ่านได้" in html


def test_another_workbook_is_told_what_it_lacks(preparer):
    ScaleFactory()
    content = workbook({"Sheet1": [["โรงเรียน", "รหัส"], ["ก", "1"]]})
    html = upload(preparer, reverse("criteria_import"), content).content.decode()
    assert "ไม่มีแผ่นงาน “ชุด”, “มาตรฐาน”, “ตัวชี้วัด”" in html


def test_nothing_sent_or_a_broken_preview_saves_nothing(preparer):
    ScaleFactory()
    html = preparer.post(reverse("criteria_import"), {}).content.decode()
    assert "โปรดเลือกไฟล์ Excel" in html
    assert preparer.post(reverse("criteria_import_save"), {"file": "@@"}).status_code == 409
    assert preparer.post(reverse("criteria_import_save"), {}).status_code == 409
