"""What people send becomes rows of text, or a reason that a clerk can act on."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from schools.core import archives
from schools.core.tables.reading import UnreadableTableError, read_sheets
from tests.schools.imports import sample_tables

TABLE = [["รหัส", "ชื่อ"], ["42030001", "บ้านหนึ่ง"], ["42030002", "บ้านสอง"]]


def cells(content: bytes) -> list[list[str]]:
    return [row.cells for row in read_sheets(content)[0].rows]


def why_not(content: bytes) -> str:
    with pytest.raises(UnreadableTableError) as refusal:
        read_sheets(content)
    return str(refusal.value)


@pytest.mark.parametrize("before", ["", "รหัส,ชื่อ\n" * 60])
def test_a_cell_longer_than_any_table_has_is_told(before):
    told = why_not(f'{before}1,"{"ก" * 140_000}"\n'.encode())
    assert "ช่องหนึ่งยาวเกิน" in told
    assert "เครื่องหมายคำพูด" in told


# --- Workbooks ---


def test_numbers_become_text_without_a_decimal_point():
    assert cells(sample_tables.xlsx([[42030001, 42030001.0, 4.203e7, 1042030001, 0.5]])) == [
        ["42030001", "42030001", "42030000", "1042030001", "0.5"]
    ]


def test_true_dates_become_year_month_day_in_whatever_era_they_were_typed():
    row = [date(2567, 5, 9), date(2024, 5, 9)]
    assert cells(sample_tables.xlsx([row])) == [["2567-05-09", "2024-05-09"]]


def test_spaces_and_invisible_letters_go():
    typed = [" บ้าน\u00a0 หนึ่ง ", "บ้าน\u200bสอง", "\ufeffก", "ต\u0e4d\u0e32แหน่ง", "เเม่"]
    assert cells(sample_tables.xlsx([typed])) == [["บ้าน หนึ่ง", "บ้านสอง", "ก", "ตำแหน่ง", "แม่"]]


def test_rows_keep_their_number_though_empty_ones_are_left_out():
    rows = read_sheets(sample_tables.xlsx([[], [None, "ก"], [], ["ข"]]))[0].rows
    assert [(row.number, row.cells) for row in rows] == [(2, ["", "ก"]), (4, ["ข", ""])]


def test_a_merged_text_speaks_for_all_its_places_and_a_number_only_downwards():
    merged = {"A1:B1": "อ.2", "A2:A3": "42030001", "B2:C2": 7}
    content = sample_tables.xlsx([[None, None, "ก"], [], [None, "ข", "ค"]], merged=merged)
    assert cells(content) == [["อ.2", "อ.2", "ก"], ["42030001", "7", ""], ["42030001", "ข", "ค"]]


def test_formulas_give_their_result_and_broken_ones_are_no_zero():
    uncomputed = '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
    failed = '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2"><v>3</v></c></row>'
    assert cells(sample_tables.minimal_xlsx(uncomputed + failed)) == [
        ["#ERROR", "2"],
        ["#ERROR", "3"],
    ]


def test_a_workbook_of_an_old_program_without_dimensions_and_shared_texts():
    assert cells(sample_tables.minimal_xlsx(sample_tables.inline_cells(TABLE))) == TABLE


def test_an_excel_97_workbook():
    rows = [["รหัส", "ชื่อ"], [42030001.0, "บ้านหนึ่ง"]]
    assert cells(sample_tables.xls(rows)) == TABLE[:2]


def test_every_seen_sheet_with_anything_on_it_is_read():
    sheets = read_sheets(sample_tables.xlsx(TABLE, เปล่า=[], อื่น=[["ก"]]))
    assert [sheet.name for sheet in sheets] == ["Sheet1", "อื่น"]


def test_two_hundred_thousand_empty_formatted_rows_are_no_table():
    rows = "".join(f'<row r="{n}"><c r="A{n}"/><c r="B{n}"/></row>' for n in range(4, 200_000))
    assert cells(sample_tables.minimal_xlsx(sample_tables.inline_cells(TABLE) + rows)) == TABLE


# --- Text files ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874", "tis-620"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_files_of_every_program(encoding, delimiter):
    assert cells(sample_tables.text(TABLE, encoding=encoding, delimiter=delimiter)) == TABLE


def test_excels_own_word_on_the_delimiter_is_no_row():
    rows = read_sheets(b"sep=;\r\n" + sample_tables.text(TABLE, encoding="utf-8", delimiter=";"))[
        0
    ].rows
    assert [(row.number, row.cells) for row in rows] == list(enumerate(TABLE, start=2))


# --- What is no table ---


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ไม่มีข้อมูล"),
        (sample_tables.xlsx(), "ไม่มีข้อมูล"),
        (b"MZ\x90\x00\x03" + bytes(200), "โปรแกรม (.exe)"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "เอกสาร PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20), "รูปภาพ"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "รูปภาพ"),
        (b"<html><table><tr><td>42030001</td></tr></table></html>", "หน้าเว็บ"),
        (sample_tables.xlsx(TABLE)[:3000], "เสียหาย"),
        (
            sample_tables.compound_file("EncryptedPackage".encode("utf-16-le"), "EncryptedPackage"),
            "รหัสผ่าน",
        ),
        (sample_tables.compound_file(b"WordDocument", "WordDocument"), "เสียหาย"),
    ],
    ids=["empty", "no-rows", "exe", "pdf", "png", "jpg", "html", "cut", "locked", "doc"],
)
def test_what_is_no_table_is_told_by_its_content(content, message):
    assert message in why_not(content)


def zipped(**parts: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return content.getvalue()


def test_other_packed_files_are_named():
    assert "Word" in why_not(zipped(**{"word/document.xml": b"<w/>"}))
    assert "LibreOffice" in why_not(zipped(**{"content.xml": b"<o/>"}))
    assert "ไฟล์บีบอัด" in why_not(zipped(**{"a.txt": b"a"}))


def test_a_bomb_is_refused_by_what_it_says_of_its_size(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = sample_tables.minimal_xlsx("", **{"xl/media/a.bin": bytes(5_000_000)})
    assert len(bomb) < 10_000
    assert "ใหญ่เกินกว่าที่ระบบอ่านได้" in why_not(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused_too(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = sample_tables.minimal_xlsx("", **{"xl/media/a.bin": bytes(5_000_000)})
    told = (5_000_000).to_bytes(4, "little")
    assert bomb.count(told) == 2
    assert "เสียหาย" in why_not(bomb.replace(told, (5_000).to_bytes(4, "little")))


def test_external_entities_are_never_followed():
    entity = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&secret;</t></is></c></row>'
    assert "นอกไฟล์" in why_not(sample_tables.minimal_xlsx(row, before=entity))


def test_two_cells_at_the_ends_of_the_sheet_end_only_the_reader():
    far = '<row r="1"><c r="A1"><v>1</v></c></row>'
    far += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "หลงอยู่ไกลจากตาราง" in why_not(sample_tables.minimal_xlsx(far))
