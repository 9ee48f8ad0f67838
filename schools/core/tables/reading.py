"""A file as it was sent → sheets of plain text cells, or the Thai reason why it is no table.

The content decides, never the file's name. Nothing reads a workbook before its size, packed
and unpacked, is known to be harmless, and then another process does (see workbook_process.py).
"""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO, StringIO
from statistics import median
from zipfile import ZipFile, ZipInfo

from django.conf import settings

from schools.core.archives import (
    OLE_SIGNATURE,
    DamagedArchive,
    OversizedArchive,
    open_archive,
    read_overlapping_chunks,
)
from schools.core.thai import strip_invisible

MAX_TABLE_ROWS = 20_000
MAX_PARTS = 2_000
READING_SECONDS = 90
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
DELIMITERS = ",;\t|"

SAVE_AGAIN_REMEDY = "โปรดเปิดด้วย Excel แล้วบันทึกเป็น .xlsx จากนั้นเลือกไฟล์นั้นอีกครั้ง"
UNREADABLE_MESSAGES = {
    "password": "ไฟล์นี้มีรหัสผ่าน ระบบจึงเปิดอ่านไม่ได้ โปรดเปิดด้วย Excel เอารหัสผ่านออก แล้วบันทึกใหม่",
    "too_big": (
        "ตารางในไฟล์นี้ใหญ่เกินกว่าที่ระบบอ่านได้ มักเกิดจากมีข้อมูลหลงอยู่ไกลจากตาราง "
        "โปรดคัดลอกเฉพาะตารางไปวางในไฟล์ใหม่ แล้วบันทึกเป็น .xlsx"
    ),
    "broken": f"อ่านไฟล์นี้ไม่ได้ ไฟล์อาจเสียหายหรือบันทึกไม่สมบูรณ์ {SAVE_AGAIN_REMEDY}",
    "unsafe": f"ไฟล์นี้มีส่วนที่อ้างถึงข้อมูลนอกไฟล์ ระบบจึงไม่เปิดอ่าน {SAVE_AGAIN_REMEDY}",
    "too_long": "ตารางในไฟล์นี้มีมากกว่า {most:,} แถว โปรดแบ่งเป็นหลายไฟล์ แล้วนำเข้าทีละไฟล์",
    "long_cell": (
        f"ช่องหนึ่งยาวเกิน {csv.field_size_limit():,} ตัวอักษร "
        f'มักเกิดจากเครื่องหมายคำพูด (") ที่ไม่มีตัวปิด {SAVE_AGAIN_REMEDY}'
    ),
    "web_page": f"ไฟล์นี้เป็นหน้าเว็บที่ตั้งชื่อเหมือนไฟล์ Excel {SAVE_AGAIN_REMEDY}",
    "open_document": f"ไฟล์นี้เป็นตารางของ LibreOffice หรือ Google {SAVE_AGAIN_REMEDY}",
    "empty": "ไฟล์นี้ไม่มีข้อมูล โปรดตรวจว่าเลือกไฟล์ที่บันทึกแล้ว",
}


class UnreadableTableError(Exception):
    """The file is no table we can read. `str()` is what the clerk reads: cause and remedy."""


@dataclass(frozen=True)
class WorkbookRow:
    """One row that holds anything, with its number as on the sheet."""

    number: int
    cells: list[str]

    def cell(self, at: int) -> str:
        return self.cells[at] if at < len(self.cells) else ""


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet of a workbook; a CSV has one without a name."""

    name: str
    rows: list[WorkbookRow]


def read_sheets(content: bytes) -> list[WorkbookSheet]:
    """Every sheet with anything on it. Raises UnreadableTableError."""
    if not content.strip():
        raise UnreadableTableError(UNREADABLE_MESSAGES["empty"])
    if content.startswith(b"PK\x03\x04"):
        check_workbook_archive(content)
        sheets = read_workbook_sheets(content)
    elif content.startswith(OLE_SIGNATURE):
        if ENCRYPTED_PACKAGE in content:
            raise UnreadableTableError(UNREADABLE_MESSAGES["password"])
        sheets = read_workbook_sheets(content)
    else:
        sheets = [read_csv_sheet(decode_text_file(content))]
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise UnreadableTableError(UNREADABLE_MESSAGES["empty"])
    return filled


# --- Workbooks ---


def check_workbook_archive(content: bytes) -> None:
    """Unpack an .xlsx once, bit by bit. Raises UnreadableTableError unless it is a harmless one."""
    try:
        with open_archive(BytesIO(content), max_parts=MAX_PARTS) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                raise UnreadableTableError(not_a_workbook_message(names))
            for part in archive.infolist():
                check_workbook_part(archive, part)
    except OversizedArchive as error:
        raise UnreadableTableError(UNREADABLE_MESSAGES["too_big"]) from error
    except DamagedArchive as error:
        raise UnreadableTableError(UNREADABLE_MESSAGES["broken"]) from error


def not_a_workbook_message(names: set[str]) -> str:
    if "content.xml" in names:
        return UNREADABLE_MESSAGES["open_document"]
    if any(name.startswith("word/") for name in names):
        return "ไฟล์นี้เป็นเอกสาร Word ไม่ใช่ตาราง โปรดคัดลอกตารางไปวางใน Excel แล้วบันทึกเป็น .xlsx"
    return f"ไฟล์นี้เป็นไฟล์บีบอัด ไม่ใช่ตาราง {SAVE_AGAIN_REMEDY}"


def check_workbook_part(archive: ZipFile, part: ZipInfo) -> None:
    """Raises UnreadableTableError for a DOCTYPE, by which a part could call for other files."""
    is_xml = part.filename.endswith((".xml", ".rels"))
    for chunk in read_overlapping_chunks(archive, part):
        if is_xml and b"<!DOCTYPE" in chunk:
            raise UnreadableTableError(UNREADABLE_MESSAGES["unsafe"])


def read_workbook_sheets(content: bytes) -> list[WorkbookSheet]:
    """Read by a process that may die of what it reads."""
    reader = [sys.executable, "-m", "schools.core.tables.workbook_process", str(MAX_TABLE_ROWS)]
    try:
        done = subprocess.run(
            reader,
            input=content,
            capture_output=True,
            cwd=settings.BASE_DIR,
            timeout=READING_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise UnreadableTableError(UNREADABLE_MESSAGES["too_big"]) from error
    answer = json.loads(done.stdout)
    if reason := answer.get("error"):
        raise UnreadableTableError(UNREADABLE_MESSAGES[reason])
    return [make_workbook_sheet(sheet["name"], sheet["rows"]) for sheet in answer["sheets"]]


def check_row_count(sheet: WorkbookSheet, most_rows: int) -> None:
    most = min(most_rows, MAX_TABLE_ROWS)
    if len(sheet.rows) > most:
        raise UnreadableTableError(UNREADABLE_MESSAGES["too_long"].format(most=most))


def make_workbook_sheet(name: str, rows: Iterable[tuple[int, list[str]]]) -> WorkbookSheet:
    cleaned = (
        WorkbookRow(number, [normalize_cell_text(cell) for cell in cells]) for number, cells in rows
    )
    return WorkbookSheet(normalize_cell_text(name), [row for row in cleaned if any(row.cells)])


# --- Text files ---


def decode_text_file(content: bytes) -> str:
    """UTF-8, Excel's "Unicode text", or Windows-874 as most Thai offices' programs still write."""
    for codec in () if content.startswith(b"%PDF") else candidate_codecs(content):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            if re.match(r"\s*<(!doctype|html|table|\?xml|meta|style)", text, re.IGNORECASE):
                raise UnreadableTableError(UNREADABLE_MESSAGES["web_page"])
            return text
    raise UnreadableTableError(
        f"ไฟล์นี้เป็น{file_kind_label(content)} ไม่ใช่ตาราง โปรดเลือกไฟล์ Excel (.xlsx, .xls) หรือ CSV"
    )


def candidate_codecs(content: bytes) -> tuple[str, ...]:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return ("utf-16",) if marked else ("utf-8-sig", "cp874")


def file_kind_label(content: bytes) -> str:
    import filetype

    kind = filetype.guess(content[:8192])
    mime = kind.mime if kind else ""
    if mime.startswith("image/"):
        return "รูปภาพ"
    names = {"application/pdf": "เอกสาร PDF", "application/x-msdownload": "โปรแกรม (.exe)"}
    return names.get(mime, "ไฟล์ชนิดอื่น")


def read_csv_sheet(text: str) -> WorkbookSheet:
    lines = text.splitlines()
    stated = re.fullmatch(r"sep=(.)", lines[0].strip()) if lines else None
    if stated:  # Excel names its delimiter on a line of its own
        text = "\n" + "\n".join(lines[1:])
    try:  # counted as Excel counts them: a cell with line breaks makes one row
        delimiter = stated[1] if stated else guess_delimiter(lines)
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        rows = [(number, cells) for number, cells in enumerate(reader, start=1) if any(cells)]
    except csv.Error as error:
        too_long = "field limit" in str(error)
        raise UnreadableTableError(
            UNREADABLE_MESSAGES["long_cell" if too_long else "broken"]
        ) from error
    return make_workbook_sheet("", rows)


def guess_delimiter(lines: list[str]) -> str:
    """What parts most lines into most columns."""
    sample = [line for line in lines if line.strip()][:50]

    def columns(delimiter: str) -> float:
        return median([len(cells) for cells in csv.reader(sample, delimiter=delimiter)] or [0])

    return max(DELIMITERS, key=columns)


# --- Cells ---

_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


_NATIONAL_ID = re.compile(r"(?:[0-9๐-๙][ .-]?){12,}[0-9๐-๙]")


def without_national_id(text: str) -> str:
    """What we repeat of a file never holds the 13-digit number of a person."""
    return _NATIONAL_ID.sub("(ตัวเลข 13 หลัก)", text)


def normalize_cell_text(text: str) -> str:
    """One space between words, nothing invisible, and Thai letters as keyboards type them."""
    text = _SPLIT_AM.sub(r"\1ำ", strip_invisible(text).replace("เเ", "แ"))
    return " ".join(text.split())
