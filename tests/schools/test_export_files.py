"""How exported tables look to Excel, and to programs that read CSV."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from schools.core.tables.csv_lines import csv_lines
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.tables.export_workbook import (
    HEAD_LINES,
    ExportStamp,
    column_width,
    export_workbook,
)

STAMP = ExportStamp("สพป.ทดสอบ", datetime(2026, 11, 18, 3, 0, tzinfo=UTC))
LATE_EVENING = datetime(2026, 11, 18, 18, 30, tzinfo=UTC)  # the next day in Thailand
FORMULAS = ["=1+1", "+66 42", "-2", "@SUM(1)", "\tx", "\r=1", "\n=1", "＝1", "=HYPERLINK(1)"]


def column(kind=CellKind.TEXT, label="คอลัมน์") -> ExportColumn:
    return ExportColumn(label, lambda row: row, "ความหมาย", kind)


def sheet(rows, kind=CellKind.TEXT, **more) -> ExportSheet:
    return ExportSheet("แผ่นงาน", "ชื่อตาราง", [column(kind)], rows, "1 ข้อ", **more)


def cells(content: bytes) -> list:
    read = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    lines = read.to_python(skip_empty_area=False)
    return [line[0] for line in lines[HEAD_LINES + 1 :]]


def part(content: bytes, name: str) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(f"xl/{name}").decode()


@pytest.mark.parametrize("text", FORMULAS)
def test_text_stays_text_in_excel(text):
    content = export_workbook([sheet([text])], STAMP)
    assert "<f>" not in part(content, "worksheets/sheet1.xml")
    assert cells(content) == [text]


def test_days_and_figures_are_real_ones():
    day, moment = date(2026, 11, 18), LATE_EVENING
    assert cells(export_workbook([sheet([day], CellKind.DATE)], STAMP)) == [day]
    assert cells(export_workbook([sheet([moment], CellKind.MOMENT)], STAMP)) == [
        datetime(2026, 11, 19, 1, 30)
    ]
    assert cells(export_workbook([sheet([Decimal("3.67"), 4, None], CellKind.DECIMAL)], STAMP)) == [
        3.67,
        4.0,
    ]


def test_a_moment_in_a_column_of_days_is_the_day_in_thailand():
    content = export_workbook([sheet([LATE_EVENING], CellKind.DATE)], STAMP)
    assert cells(content) == [date(2026, 11, 19)]


def test_days_are_shown_in_the_buddhist_era_and_texts_in_sarabun():
    styles = part(
        export_workbook([sheet([date(2026, 11, 18)], CellKind.DATE)], STAMP), "styles.xml"
    )
    assert 'formatCode="[$-107041E]d mmm yyyy"' in styles
    assert 'name val="TH Sarabun New"' in styles


def test_a_sheet_says_what_it_is_of():
    content = export_workbook([sheet(["ก"], period="ภาคเรียนที่ 1/2569")], STAMP)
    read = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("แผ่นงาน")
    assert [line[0] for line in read.to_python(skip_empty_area=False)][: HEAD_LINES + 1] == [
        "ชื่อตาราง",
        "สพป.ทดสอบ · ภาคเรียนที่ 1/2569 · ข้อมูล ณ วันที่ 18 พฤศจิกายน 2569 เวลา 10.00\u00a0น.",
        "ตัวกรอง: ไม่ได้กรอง",
        "1 แถวคือ 1 ข้อ รวม 1 แถว",
        "",
        "คอลัมน์",
    ]


def test_a_sheet_is_ready_for_screen_and_paper():
    xml = part(export_workbook([sheet(["ก", "ข"])], STAMP), "worksheets/sheet1.xml")
    assert f'ySplit="{HEAD_LINES + 1}"' in xml
    assert '<autoFilter ref="A6:A8"/>' in xml
    assert 'paperSize="9"' in xml
    assert 'orientation="landscape"' in xml
    assert 'fitToHeight="0"' in xml
    assert "หน้า &amp;P จาก &amp;N" in xml
    names = part(export_workbook([sheet(["ก"])], STAMP), "workbook.xml")
    assert "'แผ่นงาน'!$6:$6" in names


def test_marks_above_and_below_make_no_column_wider():
    plain, marked = ["นกกกกกกกกก"], ["นี้กี่กี้กุ๊กกั้นกู้"]
    assert column_width(column(), plain) >= column_width(column(), marked)


def test_long_texts_wrap_in_a_column_of_bearable_width():
    assert column_width(column(CellKind.LONG_TEXT), ["ก" * 500]) == 60


# --- CSV ---


def csv_text(rows, kind=CellKind.TEXT) -> str:
    return "".join(csv_lines([column(kind)], rows))


def test_csv_begins_with_its_mark_and_its_headings():
    assert csv_text(["ก"]) == "\ufeffคอลัมน์\r\nก\r\n"


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_texts_are_no_formulas(text):
    told = csv_text([text]).splitlines(keepends=True)[1]
    assert told.removeprefix('"').startswith("'")


def test_csv_figures_and_days_are_for_programs():
    rows = [-2, Decimal("-0.33"), date(2026, 11, 18), LATE_EVENING, None, 'เขาว่า "ดี", จริง']
    assert csv_text(rows).split("\r\n")[1:] == [
        "-2",
        "-0.33",
        "2026-11-18",
        "2026-11-19 01:30",
        '""',
        '"เขาว่า ""ดี"", จริง"',
        "",
    ]
