"""How long the clerk waits for a table: five years of numbers of every school, from Excel."""

import time
from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from schools.core.tables.writing import single_sheet_workbook
from schools.core.thai import academic_year
from schools.enums import Grade, ImportState
from schools.imports.actions import confirm_import, upload_import_file
from schools.imports.kinds import COUNT_TABLES
from schools.imports.tasks import check_import, save_import
from schools.models import School
from supervision.benchmark.data import BenchmarkData
from supervision.benchmark.measurements import Measurement

YEARS, SECONDS = 5, 60
PUPILS_AND_ROOMS = {"ชาย": 5, "หญิง": 6, "ห้อง": 1}


def measure_count_import(data: BenchmarkData) -> Iterator[Measurement]:
    """The check and the saving, as the worker does them one after the other."""
    schools = list(School.objects.all())
    for number, school in enumerate(schools):
        school.obec_code = f"9999{number:04}"
    School.objects.bulk_update(schools, ["obec_code"], batch_size=500)
    start = time.perf_counter()
    with transaction.atomic():
        file = SimpleUploadedFile(
            "numbers.xlsx", _table(schools, academic_year(data.term.opens_on))
        )
        import_ = upload_import_file(file, kind=COUNT_TABLES.name, by=data.group)
    check_import.call(import_.pk)
    checked = time.perf_counter() - start
    confirm_import(import_, by=data.group)
    save_import.call(import_.pk)
    import_.refresh_from_db()
    import_.file.delete(save=False)
    seconds = time.perf_counter() - start
    rows = f"{import_.report['rows']:,} แถว"
    kept = import_.state == ImportState.SAVED and seconds <= SECONDS
    times = f"ตรวจ {checked:.1f} + บันทึก {seconds - checked:.1f} s"
    yield Measurement(f"นำเข้าจำนวนนักเรียน {YEARS} ปี {rows}", times, f"≤ {SECONDS} s", kept)


def _table(schools: list[School], newest: int) -> bytes:
    """A row for each school and year, as wide as an office keeps it."""
    counts = {f"{grade.label} {what}": n for grade in Grade for what, n in PUPILS_AND_ROOMS.items()}
    return single_sheet_workbook(
        [
            {
                "รหัสโรงเรียน": school.obec_code,
                "ปีการศึกษา": year,
                **counts,
                "ครูชาย": 2,
                "ครูหญิง": 3,
            }
            for school in schools
            for year in range(newest - YEARS + 1, newest + 1)
        ],
        sheet="ข้อมูล",
    )
