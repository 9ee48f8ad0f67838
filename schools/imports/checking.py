"""From a stored file to its plan, and from the plan to what the import's page tells."""

from dataclasses import asdict

from schools.enums import ImportKind
from schools.imports.columns import COUNTS_LAYOUT, PEOPLE_LAYOUT, SCHOOLS_LAYOUT
from schools.imports.of_counts import CountsPlan
from schools.imports.of_people import PeoplePlan
from schools.imports.of_schools import SchoolsPlan
from schools.imports.plan import Plan, Tell
from schools.imports.reading import Unreadable, read_sheets
from schools.imports.tables import find_table, place_of
from schools.models import Area, Import
from schools.sending import FileMissing, opened

LAYOUTS = {
    ImportKind.SCHOOLS: SCHOOLS_LAYOUT,
    ImportKind.COUNTS: COUNTS_LAYOUT,
    ImportKind.PEOPLE: PEOPLE_LAYOUT,
}
PLANS: dict[str, type[Plan]] = {
    ImportKind.SCHOOLS: SchoolsPlan,
    ImportKind.COUNTS: CountsPlan,
    ImportKind.PEOPLE: PeoplePlan,
}
MOST_KEPT = 2_000  # problems or warnings; who has more corrects a column, not cells
CHANGES_SHOWN = 100


def plan_of(import_: Import, tell: Tell) -> Plan:
    """Read the file and understand its rows. Raises Unreadable."""
    sheets = read_sheets(_content_of(import_))
    layout = LAYOUTS[import_.kind]
    others = [other for other in LAYOUTS.values() if other is not layout]
    plan = PLANS[import_.kind](find_table(sheets, layout, others))
    plan.read(tell)
    if not plan.rows and not plan.problems:
        raise Unreadable("ไม่มีแถวใดในตารางที่มีข้อมูลให้นำเข้า โปรดตรวจว่าเลือกไฟล์ที่กรอกแล้ว")
    return plan


def _content_of(import_: Import) -> bytes:
    try:
        with opened(import_.file) as file:
            return file.read()
    except FileMissing as missing:
        raise Unreadable("ไม่พบไฟล์นี้ในที่เก็บ จึงไม่ได้บันทึกข้อมูลใด โปรดเลือกไฟล์นี้อีกครั้ง") from missing


def compared(plan: Plan, import_: Import, *, locked: bool = False) -> Plan:
    """What the table would change in the registry as it is now; nobody else waits for it."""
    plan.compare(by=import_.by, reason=f"นำเข้าจากไฟล์ {import_.name}", locked=locked)
    return plan


def compared_to_save(plan: Plan, import_: Import) -> Plan:
    """The same in the transaction that saves.

    One import at a time, so that two of them never wait for each other's rows.
    """
    Area.objects.select_for_update().first()
    return compared(plan, import_, locked=True)


def report_of(plan: Plan) -> dict:
    """What the import's page tells, as JSON."""
    table = plan.table
    return {
        "place": place_of(table),
        "rows": len(table.rows),
        "new": plan.new,
        "changed": len(plan.changes) - plan.new,
        "unchanged": plan.unchanged,
        "ignored": table.ignored,
        "totals": [words for _, _, words in table.totals],
        "left_out": table.left_out,
        "notes": plan.notes,
        "problem_count": len(plan.problems),
        "problems": [asdict(problem) for problem in by_row(plan.problems)],
        "warnings": [asdict(problem) for problem in by_row(plan.warnings)],
        "changes": [asdict(change) for change in plan.changes[:CHANGES_SHOWN]],
        "digest": plan.digest,
    }


def by_row(problems: list) -> list:
    return sorted(problems, key=lambda problem: problem.row)[:MOST_KEPT]
