"""What is to be checked in the data before its numbers are used, as a sheet."""

from dataclasses import dataclass

from reports.exports.files import selection_in_words, term_words
from reports.overview.data_notes import DataNotes
from reports.overview.page import ResultsPage
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet

DATA_NOTES_PAGE = "หน้าข้อสังเกตข้อมูล"


@dataclass(frozen=True)
class DataNoteRow:
    """One note, and one of the rows that it names; `name` is empty where it names none."""

    note: str
    name: str


def data_notes_sheet(page: ResultsPage) -> ExportSheet[DataNoteRow]:
    """The notes of the page, from the register to the rounds and the visits."""
    return ExportSheet(
        name="ข้อสังเกตข้อมูล",
        title="ข้อสังเกตข้อมูลที่ควรตรวจสอบ",
        columns=[
            ExportColumn(
                "ข้อสังเกต",
                lambda row: row.note,
                "สิ่งที่ควรตรวจก่อนใช้ตัวเลข",
                CellKind.LONG_TEXT,
                source=DATA_NOTES_PAGE,
            ),
            ExportColumn(
                "รายการ",
                lambda row: row.name,
                "โรงเรียนหรือรอบที่เกี่ยวข้อง ว่างเมื่อดูรายชื่อที่หน้าจอ",
                CellKind.LONG_TEXT,
            ),
        ],
        rows=[
            DataNoteRow(note.text, name)
            for note in DataNotes(page).notes
            for name in [row.name for row in note.rows] or [""]
        ],
        one_row="1 ข้อสังเกต หรือ 1 รายการของข้อสังเกตนั้น",
        period=term_words(page.results.term),
        filters=selection_in_words(page.selection.filters),
    )
