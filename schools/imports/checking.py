"""From a stored file to its plan, and from the plan to the report of the import's page."""

from dataclasses import asdict

from schools.core.file_responses import StoredFileMissing, open_stored_file
from schools.core.tables.layout import find_table, table_location
from schools.core.tables.reading import UnreadableTableError, read_sheets
from schools.enums import ImportKind
from schools.imports.columns import COUNTS_LAYOUT, PEOPLE_LAYOUT, SCHOOLS_LAYOUT
from schools.imports.importers.people import PersonImportPlan
from schools.imports.importers.school_register import SchoolImportPlan
from schools.imports.importers.yearly_counts import CountImportPlan
from schools.imports.plan import ImportPlan, ProgressCallback
from schools.models import Area, Import

LAYOUT_BY_KIND = {
    ImportKind.SCHOOLS: SCHOOLS_LAYOUT,
    ImportKind.COUNTS: COUNTS_LAYOUT,
    ImportKind.PEOPLE: PEOPLE_LAYOUT,
}
PLAN_BY_KIND: dict[ImportKind, type[ImportPlan]] = {
    ImportKind.SCHOOLS: SchoolImportPlan,
    ImportKind.COUNTS: CountImportPlan,
    ImportKind.PEOPLE: PersonImportPlan,
}
MAX_REPORTED_PROBLEMS = 2_000  # problems or warnings; who has more corrects a column, not cells
MAX_REPORTED_CHANGES = 100


def read_import_plan(import_: Import, on_progress: ProgressCallback) -> ImportPlan:
    """Read the file and understand its rows. Raises UnreadableTableError."""
    sheets = read_sheets(_content_of(import_))
    layout = LAYOUT_BY_KIND[ImportKind(import_.kind)]
    others = [other for other in LAYOUT_BY_KIND.values() if other is not layout]
    plan = PLAN_BY_KIND[ImportKind(import_.kind)](find_table(sheets, layout, others))
    plan.read(on_progress)
    if not plan.rows and not plan.problems:
        raise UnreadableTableError("ไม่มีแถวใดในตารางที่มีข้อมูลให้นำเข้า โปรดตรวจว่าเลือกไฟล์ที่กรอกแล้ว")
    return plan


def _content_of(import_: Import) -> bytes:
    try:
        with open_stored_file(import_.file) as file:
            return file.read()
    except StoredFileMissing as missing:
        raise UnreadableTableError("ไม่พบไฟล์นี้ในที่เก็บ จึงไม่ได้บันทึกข้อมูลใด โปรดเลือกไฟล์นี้อีกครั้ง") from missing


def compare_with_registry(plan: ImportPlan, import_: Import, *, locked: bool = False) -> ImportPlan:
    """What the table would change in the registry as it is now; nobody else waits for it."""
    plan.compare(by=import_.by, reason=f"นำเข้าจากไฟล์ {import_.name}", locked=locked)
    return plan


def compare_for_saving(plan: ImportPlan, import_: Import) -> ImportPlan:
    """The same in the transaction that saves.

    One import at a time, so that two of them never wait for each other's rows.
    """
    Area.objects.select_for_update().first()
    return compare_with_registry(plan, import_, locked=True)


def import_report(plan: ImportPlan) -> dict:
    """The findings that the import's page shows, as JSON."""
    table = plan.table
    return {
        "place": table_location(table),
        "rows": len(table.rows),
        "new": plan.new,
        "changed": len(plan.changes) - plan.new,
        "unchanged": plan.unchanged,
        "ignored": table.ignored,
        "totals": [words for _, _, words in table.totals],
        "left_out": table.left_out,
        "notes": plan.notes,
        "problem_count": len(plan.problems),
        "problems": [asdict(problem) for problem in sorted_by_row(plan.problems)],
        "warnings": [asdict(problem) for problem in sorted_by_row(plan.warnings)],
        "changes": [asdict(change) for change in plan.changes[:MAX_REPORTED_CHANGES]],
        "digest": plan.digest,
    }


def sorted_by_row(problems: list) -> list:
    return sorted(problems, key=lambda problem: problem.row)[:MAX_REPORTED_PROBLEMS]
