"""The directory of schools as an Excel file, which can be corrected and imported again."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone

from reports.exports.files import REGISTRY, excel_response, filters_in_words
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet, ExportValue
from schools.enums import Grade
from schools.imports.columns import SCHOOL_COLUMNS
from schools.registry.directory import (
    DirectoryRow,
    SchoolDirectory,
    SchoolStatusFilter,
    load_directory,
)
from schools.registry.queries import require_registry_reader
from schools.registry.school_fields import ELECTRICITY_WORDS


def directory_export(request: SignedInRequest) -> HttpResponse:
    """The directory of schools with the filters of the screen."""
    require_registry_reader(request.user)
    directory = load_directory(request.user, request.GET.dict(), timezone.localdate())
    return excel_response([directory_sheet(directory)], "โรงเรียน")


def directory_sheet(directory: SchoolDirectory) -> ExportSheet[DirectoryRow]:
    """The schools that the filters leave, in the order of the screen."""
    return ExportSheet(
        name="โรงเรียน",
        title="ทะเบียนโรงเรียน",
        columns=[*_registry_columns(), *_count_columns()],
        rows=directory.rows,
        one_row="1 โรงเรียน",
        filters=filters_in_words(directory.form, usual={"status": SchoolStatusFilter.OPEN}),
        frozen_columns=3,
    )


def _registry_columns() -> list[ExportColumn[DirectoryRow]]:
    return [
        _text("obec_code", "รหัสของ สพฐ."),
        _text("ministry_code", "รหัสของกระทรวงศึกษาธิการ"),
        _text("name", "ชื่อเต็ม"),
        _text("sub_district", "ที่ตั้ง"),
        _text("district", "ที่ตั้ง"),
        _column("cluster", lambda row: row.cluster, "กลุ่มที่สังกัดวันนี้"),
        _column("first_grade", lambda row: _grade(row.school.first_grade), "ชั้นต่ำสุดที่เปิดสอน"),
        _column("last_grade", lambda row: _grade(row.school.last_grade), "ชั้นสูงสุดที่เปิดสอน"),
        _text("latitude", "พิกัด องศาทศนิยม"),
        _text("longitude", "พิกัด องศาทศนิยม"),
        _column("internet", lambda row: row.school.get_internet_display(), "อินเทอร์เน็ตที่ใช้"),
        _column(
            "has_electricity", lambda row: ELECTRICITY_WORDS[row.school.has_electricity], "มีไฟฟ้าใช้"
        ),
        _text("phone", "โทรศัพท์ของโรงเรียน"),
        _text("email", "อีเมลของโรงเรียน"),
        _column("status", lambda row: row.status, "เปิดสอน เลิก หรือรวม"),
    ]


def _text(name: str, meaning: str) -> ExportColumn[DirectoryRow]:
    """A fact of the register as it is written there."""
    return _column(name, lambda row: _written(getattr(row.school, name)), meaning)


def _column(
    name: str, cell: Callable[[DirectoryRow], ExportValue], meaning: str
) -> ExportColumn[DirectoryRow]:
    return ExportColumn(SCHOOL_COLUMNS[name], cell, meaning, source=REGISTRY)


def _written(fact: object) -> str:
    return "" if fact is None else str(fact)


def _grade(grade: int | None) -> str:
    return "" if grade is None else Grade(grade).label


def _count_columns() -> list[ExportColumn[DirectoryRow]]:
    source = "จำนวนนักเรียนรายปี"
    return [
        ExportColumn(
            "นักเรียน (คน)",
            lambda row: row.counted.pupils if row.counted else None,
            "จำนวนนักเรียนทุกชั้นที่นับล่าสุด",
            CellKind.WHOLE,
            unit="คน",
            source=source,
        ),
        ExportColumn("ปีการศึกษาที่นับ", _counted_in, "ปีการศึกษาของจำนวนนักเรียน", source=source),
        ExportColumn("ขนาด", lambda row: row.size, "ขนาดตามเกณฑ์ที่สำนักงานใช้", source=source),
    ]


def _counted_in(row: DirectoryRow) -> str:
    if row.counted is None:
        return ""
    return f"{row.counted.year}{' (ตัวอย่าง)' if row.counted.is_sample else ''}"
