"""Read a workbook from stdin and print its cells as JSON; run as a process of its own.

Two cells far apart make the reader ask for half a terabyte, and a crafted file for more: here
that ends this process and no other. It knows nothing of the portal, so it starts in no time.
"""

import json
import re
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile, is_zipfile

import python_calamine as calamine

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 60
MOST_SHEETS = 30
MOST_COLUMNS = 300
LONGEST_CELL = 1_000
MOST_LETTERS = 20_000_000
FORMULA_ERROR = "#ERROR"  # a formula without a result; the reader itself would call the cell empty

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>[^<]")


class WorkbookTooBig(Exception):
    """More rows, columns or letters than a table of an office has."""


def print_workbook_cells(most_rows: int) -> None:
    for kind, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(
            kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )
    json.dump(workbook_answer(sys.stdin.buffer.read(), most_rows), sys.stdout)


def workbook_answer(content: bytes, most_rows: int) -> dict:
    """The sheets, or the name of the reason why there are none."""
    try:
        return {"sheets": list(iter_visible_sheets(content, most_rows))}
    except calamine.PasswordError:
        return {"error": "password"}
    except (WorkbookTooBig, MemoryError):
        return {"error": "too_big"}
    except Exception:  # noqa: BLE001  a broken file breaks its reader in any way there is
        return {"error": "broken"}


def iter_visible_sheets(content: bytes, most_rows: int) -> Iterator[dict]:
    broken = broken_formula_cells(content) if is_zipfile(BytesIO(content)) else {}
    letters = 0
    with calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        for name in visible_sheet_names(workbook):
            rows = sheet_cell_rows(
                workbook.get_sheet_by_name(name), broken.get(name, ()), most_rows
            )
            letters += sum(len(cell) for _, cells in rows for cell in cells)
            if letters > MOST_LETTERS:
                raise WorkbookTooBig
            yield {"name": name, "rows": rows}


def visible_sheet_names(workbook: calamine.CalamineWorkbook) -> list[str]:
    """Names of the sheets a person sees; no charts, no hidden ones."""
    table, seen = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == table]
    return [sheet.name for sheet in sheets if sheet.visible == seen][:MOST_SHEETS]


def sheet_cell_rows(
    sheet: calamine.CalamineSheet, broken: Iterable[tuple[int, int]], most_rows: int
) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, numbered as on the sheet, with one row more than allowed."""
    rows = filled_rows(sheet, most_rows)
    for number, at in broken:
        if number in rows:
            rows[number][at] = FORMULA_ERROR
    for merged in sheet.merged_cell_ranges or ():
        fill_merged_cells(rows, *merged)
    return [(number, [cell_text(cell) for cell in cells]) for number, cells in sorted(rows.items())]


def filled_rows(sheet: calamine.CalamineSheet, most_rows: int) -> dict[int, list]:
    """Rows that hold anything by their numbers. Raises WorkbookTooBig for too wide a sheet."""
    if sheet.width > MOST_COLUMNS:
        raise WorkbookTooBig
    rows: dict[int, list] = {}
    left = [""] * (sheet.start or (0, 0))[1]  # empty columns before the table are not iterated
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if len(rows) > most_rows:
            break
        if any(cell != "" for cell in cells):
            rows[number] = left + cells
    return rows


def fill_merged_cells(rows: dict[int, list], start: tuple[int, int], end: tuple[int, int]) -> None:
    """A merged cell speaks for all its places; a number only downwards, or it would count twice."""
    top, left = start[0] + 1, start[1]
    value = rows[top][left] if top in rows and left < len(rows[top]) else ""
    right = end[1] if isinstance(value, str) else left
    for number in rows if value != "" else ():
        if top <= number <= end[0] + 1:
            for at in range(left, min(right + 1, len(rows[number]))):
                rows[number][at] = value


def cell_text(cell: object) -> str:
    """What a person reads in the cell: a code without .0, a date as year-month-day."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else format(cell, ".15g")
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)[:LONGEST_CELL]


def broken_formula_cells(content: bytes) -> dict[str, list[tuple[int, int]]]:
    """By sheet: the places of formulas that end in an error or were never computed."""
    with ZipFile(BytesIO(content)) as parts:
        relations = _parse(parts.read("xl/_rels/workbook.xml.rels"))
        files = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        book = _parse(parts.read("xl/workbook.xml"))
        found: dict[str, list[tuple[int, int]]] = {}
        for sheet in book.iterfind(".//{*}sheet"):
            file = files.get(sheet.get(_RELATION), "")
            part = file.lstrip("/") if file.startswith("/") else f"xl/{file}"
            if part in parts.namelist():
                found[sheet.get("name", "")] = list(broken_formula_positions(parts.read(part)))
        return found


def _parse(xml: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314  this process has limits of its own


def broken_formula_positions(xml: bytes) -> Iterator[tuple[int, int]]:
    for cell in _CELL.finditer(xml):
        attributes, inside = cell.groups()
        place = _PLACE.search(attributes)
        if place and (b't="e"' in attributes or lacks_formula_result(attributes, inside)):
            yield int(place[2]), column_index(place[1].decode())


def lacks_formula_result(attributes: bytes, inside: bytes) -> bool:
    """A formula that no program has computed; one that gives an empty text is fine."""
    is_text = b't="str"' in attributes
    return not is_text and bool(_FORMULA.search(inside)) and not _RESULT.search(inside)


def column_index(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1


if __name__ == "__main__":
    print_workbook_cells(int(sys.argv[1]))
