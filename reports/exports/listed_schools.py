"""The schools behind a number of the overview as an Excel file."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from reports.exports.files import (
    SIGNED_RESULTS,
    excel_response,
    school_columns,
    selection_in_words,
    term_words,
)
from reports.overview.page import grouped_page_of
from reports.overview.school_lines import SchoolCount, SchoolLine
from reports.overview.school_list import SchoolList, SchoolListForm, build_school_list
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import NO_FILTER, CellKind, ExportColumn, ExportSheet

LEDGER = "ทะเบียนข้อเสนอแนะ"


def overview_schools_export(request: SignedInRequest) -> HttpResponse:
    """The list of schools with all that its address asks for."""
    page = grouped_page_of(request, SchoolListForm.base_fields)
    if page is None:
        raise Http404
    found = build_school_list(page)
    return excel_response([listed_schools_sheet(found)], f"ผลรายโรงเรียน {_period(found)}")


def _period(found: SchoolList) -> str:
    return term_words(found.page.results.term)


def listed_schools_sheet(found: SchoolList) -> ExportSheet[SchoolLine]:
    """The schools that the list shows, in its order."""
    return ExportSheet(
        name="ผลรายโรงเรียน",
        title=f"ผลรายโรงเรียน {found.standard.label if found.standard else 'ทุกมาตรฐานรวมกัน'}",
        columns=_columns(),
        rows=found.shown,
        one_row="1 โรงเรียน",
        period=_period(found),
        filters=_filters_in_words(found),
        frozen_columns=3,
    )


def _filters_in_words(found: SchoolList) -> str:
    """Those of the overview, and what the list asks besides."""
    asked = found.asked
    words = [
        selection_in_words(found.page.selection.filters),
        str(SchoolCount(found.show).label) if found.show else "",
        f"กลุ่ม {found.group_name}" if found.group_name else "",
        f"ระดับ {found.band}" if found.band else "",
        f"ค้นหา “{asked['q']}”" if asked.get("q") else "",
    ]
    return " · ".join(word for word in words if word and word != NO_FILTER) or NO_FILTER


def _columns() -> list[ExportColumn[SchoolLine]]:
    return [
        *school_columns(lambda line: line.row.school, lambda line: line.cluster),
        ExportColumn(
            "ศึกษานิเทศก์ผู้ดูแล",
            lambda line: ", ".join(map(str, line.in_charge)),
            "ผู้รับผิดชอบกลุ่มโรงเรียน",
        ),
        ExportColumn(
            "สถานะ", lambda line: line.state[1], "โรงเรียนอยู่ที่ใดในภาคเรียน", source=SIGNED_RESULTS
        ),
        ExportColumn(
            "จำนวนรอบ", lambda line: line.row.rounds, "รอบการนิเทศในภาคเรียน", CellKind.WHOLE, "รอบ"
        ),
        ExportColumn(
            "วันที่นิเทศ",
            lambda line: line.row.visit.visit_on if line.row.visit else None,
            "วันของการนิเทศที่นับเป็นผลของภาคเรียน",
            CellKind.DATE,
            source=SIGNED_RESULTS,
        ),
        ExportColumn(
            "นิเทศครั้งสุดท้าย",
            lambda line: line.last_seen_on,
            "ของโรงเรียนที่ยังไม่ได้รับการนิเทศ มีเมื่อเลือกแสดงเฉพาะโรงเรียนเหล่านี้",
            CellKind.DATE,
        ),
        *_score_columns(),
        *_advice_columns(),
    ]


def _score_columns() -> list[ExportColumn[SchoolLine]]:
    mean, level = CellKind.DECIMAL, "ระดับ"
    return [
        ExportColumn("ศึกษานิเทศก์", lambda line: line.mean, "ค่าเฉลี่ย", mean, level, SIGNED_RESULTS),
        ExportColumn(
            "การแปลผล",
            lambda line: line.score.meaning if line.score else "",
            "ของค่าเฉลี่ย",
            source=SIGNED_RESULTS,
        ),
        ExportColumn(
            "โรงเรียน (ตนเอง)", lambda line: line.own, "ค่าเฉลี่ย", mean, level, SIGNED_RESULTS
        ),
        ExportColumn(
            "ผลต่าง", lambda line: line.gap, "ศึกษานิเทศก์ − โรงเรียน", mean, level, SIGNED_RESULTS
        ),
        _count_column(
            "ต่างมาก (ข้อ)", lambda line: line.gaps.wide, "ต่างกันตั้งแต่ 2 ระดับ", SIGNED_RESULTS
        ),
        _count_column(
            "อธิบายแล้ว (ข้อ)", lambda line: line.gaps.explained, "ต่างมากและมีข้อค้นพบ", SIGNED_RESULTS
        ),
    ]


def _advice_columns() -> list[ExportColumn[SchoolLine]]:
    return [
        _count_column(
            "ข้อเสนอแนะยังไม่ปิด (ข้อ)", lambda line: line.advice.open, "ณ วันนี้ ทุกภาคเรียนที่ยังค้าง", LEDGER
        ),
        _count_column("เกินกำหนด (ข้อ)", lambda line: line.advice.overdue, "ณ วันนี้", LEDGER),
    ]


def _count_column(
    label: str, cell: Callable[[SchoolLine], int], meaning: str, source: str
) -> ExportColumn[SchoolLine]:
    return ExportColumn(label, cell, meaning, CellKind.WHOLE, "ข้อ", source)
