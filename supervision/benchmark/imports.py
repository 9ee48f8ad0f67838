"""How long the clerk waits for a table from Excel: numbers and results of all schools, by years."""

import time
from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from schools.core.tables.kinds import ImportKind
from schools.core.tables.writing import ExcelRow, single_sheet_workbook
from schools.core.thai import academic_year
from schools.enums import Grade, ImportState
from schools.imports.actions import confirm_import, upload_import_file
from schools.imports.kinds import COUNT_TABLES
from schools.imports.tasks import check_import, save_import
from schools.models import School
from supervision.benchmark.data import BenchmarkData
from supervision.benchmark.measurements import Measurement
from supervision.profiles.imports.kinds import LEARNING_RESULT_TABLES

YEARS, SECONDS = 5, 60
PUPILS_AND_ROOMS = {"ชาย": 5, "หญิง": 6, "ห้อง": 1}
RESULT_FIGURES = {"จำนวนผู้เข้าสอบ": 11, "ร้อยละ": 52.25, "S.D.": 12.5} | {
    f"ร้อยละ {level}": 25 for level in ("ดีมาก", "ดี", "พอใช้", "ปรับปรุง")
}


def measure_imports(data: BenchmarkData) -> Iterator[Measurement]:
    """The check and the saving, as the worker does them one after the other."""
    schools = list(School.objects.all())
    for number, school in enumerate(schools):
        school.obec_code = f"9999{number:04}"
    School.objects.bulk_update(schools, ["obec_code"], batch_size=500)
    newest = academic_year(data.term.opens_on)
    yield _measure(COUNT_TABLES, _count_rows(schools, newest), data)
    yield _measure(LEARNING_RESULT_TABLES, _result_rows(schools, newest), data)


def _measure(kind: ImportKind, rows: Sequence[ExcelRow], data: BenchmarkData) -> Measurement:
    start = time.perf_counter()
    with transaction.atomic():
        file = SimpleUploadedFile("numbers.xlsx", single_sheet_workbook(rows, sheet="ข้อมูล"))
        import_ = upload_import_file(file, kind=kind.name, by=data.group)
    check_import.call(import_.pk)
    checked = time.perf_counter() - start
    confirm_import(import_, by=data.group)
    save_import.call(import_.pk)
    import_.refresh_from_db()
    import_.file.delete(save=False)
    seconds = time.perf_counter() - start
    kept = import_.state == ImportState.SAVED and seconds <= SECONDS
    times = f"ตรวจ {checked:.1f} + บันทึก {seconds - checked:.1f} s"
    what = f"นำเข้า{kind.label} {YEARS} ปี {import_.report['rows']:,} แถว"
    return Measurement(what, times, f"≤ {SECONDS} s", kept)


def _count_rows(schools: Sequence[School], newest: int) -> list[ExcelRow]:
    """A row for each school and year, as wide as an office keeps it."""
    counts = {f"{grade.label} {what}": n for grade in Grade for what, n in PUPILS_AND_ROOMS.items()}
    return [
        {**row, **counts, "ครูชาย": 2, "ครูหญิง": 3} for row in _schools_and_years(schools, newest)
    ]


def _result_rows(schools: Sequence[School], newest: int) -> list[ExcelRow]:
    """The same of NT, two subjects beside each other."""
    figures = {
        f"{subject} {what}": figure
        for subject in ("ภาษาไทย", "คณิตศาสตร์")
        for what, figure in RESULT_FIGURES.items()
    }
    return [{**row, "การทดสอบ": "NT", **figures} for row in _schools_and_years(schools, newest)]


def _schools_and_years(schools: Sequence[School], newest: int) -> Iterator[ExcelRow]:
    for school in schools:
        for year in range(newest - YEARS + 1, newest + 1):
            yield {"รหัสโรงเรียน": school.obec_code, "ปีการศึกษา": year}
