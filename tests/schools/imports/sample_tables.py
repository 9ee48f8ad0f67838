"""Files as offices send them, made on the spot: tidy, ugly and hostile ones."""

import csv
import struct
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

Rows = Sequence[Sequence[object]]
NOTHING: Mapping[str, object] = {}


def xlsx(rows: Rows = (), *, merged: Mapping[str, object] = NOTHING, **sheets: Rows) -> bytes:
    """A workbook: `rows` on the first sheet, `merged` cells on top; further sheets by name.

    Dates become true Excel dates, and text that begins with = a formula.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "d/m/yyyy"})
        for name, table in {"Sheet1": rows, **sheets}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table):
                for at, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, at, value, day)
                    elif value is not None:
                        sheet.write(number, at, value)
            for place, value in (merged if name == "Sheet1" else NOTHING).items():
                sheet.merge_range(place, value)
    return content.getvalue()


def text(rows: Rows, *, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """The same table as a text file."""
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


# --- Workbooks of other programs ---

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
SCHEMA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<?xml version="1.0"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{schema}/{kind}" Target="{target}"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    '<?xml version="1.0"?>'
    f'<workbook xmlns="{MAIN}" xmlns:r="{SCHEMA}">'
    '<sheets><sheet name="ข้อมูล" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def minimal_xlsx(cells: str, *, before: str = "", **parts: bytes) -> bytes:
    """An .xlsx of the fewest parts, its one sheet written by hand; `before` stands on top of it."""
    sheet = f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}">'
    sheet += f"<sheetData>{cells}</sheetData></worksheet>"
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        target = RELATIONS.format(schema=SCHEMA, kind="officeDocument", target="xl/workbook.xml")
        archive.writestr("_rels/.rels", target)
        archive.writestr("xl/workbook.xml", BOOK)
        target = RELATIONS.format(schema=SCHEMA, kind="worksheet", target="worksheets/sheet1.xml")
        archive.writestr("xl/_rels/workbook.xml.rels", target)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def inline_cells(rows: Rows) -> str:
    """Rows as old programs write them: every text in its cell, no dimensions, no styles."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
            for at, value in enumerate(row)
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return "".join(lines)


def xls(rows: Rows) -> bytes:
    """An Excel 97 workbook: BIFF8 records in a compound file, as small as one can be."""
    globals_ = biff_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = "Sheet1".encode("utf-16-le")
    start = len(globals_) + 4 + 8 + len(name) + 4
    globals_ += biff_record(0x0085, struct.pack("<IBBBB", start, 0, 0, 6, 1) + name) + biff_record(
        0x000A
    )
    sheet = biff_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for number, row in enumerate(rows):
        for at, value in enumerate(row):
            sheet += biff_cell(number, at, value)
    return compound_file(globals_ + sheet + biff_record(0x000A), "Workbook")


def biff_record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def biff_cell(row: int, at: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, at, 0)
    if isinstance(value, str):
        words = value.encode("utf-16-le")
        return biff_record(0x0204, place + struct.pack("<HB", len(value), 1) + words)
    return biff_record(0x0203, place + struct.pack("<d", value))


SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(stream: bytes, name: str) -> bytes:
    """A compound file (OLE2) of one stream: header, one table of sectors, directory, stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(stream) // SECTOR
    chain = [FAT, END, *(n + 1 for n in range(2, sectors + 1)), END]
    table = struct.pack("<128I", *(chain + [FREE] * (128 - len(chain))))
    directory = directory_entry("Root Entry", 5, child=1, start=END, size=0)
    directory += directory_entry(name, 2, child=FREE, start=2, size=len(stream)) + bytes(256)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    return header + struct.pack("<108I", *[FREE] * 108) + table + directory + stream


def directory_entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    words = name.encode("utf-16-le")
    head = words.ljust(64, b"\0") + struct.pack("<HBB", len(words) + 2, kind, 1)
    return (
        head
        + struct.pack("<III", FREE, FREE, child)
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )
