"""The slow part of an import: a stored file becomes its plan, and the plan is saved.

Each task may be run again after its worker was killed.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks import task

from schools.core.file_responses import StoredFileMissing, open_stored_file
from schools.core.tables.kinds import import_kinds
from schools.core.tables.layout import ImportTable, find_tables, table_location
from schools.core.tables.reading import UnreadableTableError, read_sheets
from schools.enums import ImportState
from schools.imports.plan import ImportPlan, ProgressCallback
from schools.models import Area, Import

MAX_REPORTED_PROBLEMS = 2_000  # problems or warnings; who has more corrects a column, not cells
MAX_REPORTED_CHANGES = 100


def read_import_plan(import_: Import, on_progress: ProgressCallback) -> ImportPlan:
    """Read the file and understand its rows. Raises UnreadableTableError."""
    sheets = read_sheets(_content_of(import_))
    kind = import_kinds.get(import_.kind)
    others = [other.layout() for other in import_kinds if other is not kind]
    plan = kind.plan(find_tables(sheets, kind.layout(), others))
    plan.answers = import_.answers
    plan.read(on_progress)
    if not (plan.rows or plan.problems or plan.questions):
        raise UnreadableTableError("ไม่มีแถวใดในตารางที่มีข้อมูลให้นำเข้า โปรดตรวจว่าเลือกไฟล์ที่กรอกแล้ว")
    return plan


def _content_of(import_: Import) -> bytes:
    try:
        with open_stored_file(import_.file) as file:
            return file.read()
    except StoredFileMissing as missing:
        raise UnreadableTableError("ไม่พบไฟล์นี้ในที่เก็บ จึงไม่ได้บันทึกข้อมูลใด โปรดเลือกไฟล์นี้อีกครั้ง") from missing


def compare_with_stored(plan: ImportPlan, import_: Import, *, locked: bool = False) -> ImportPlan:
    """What the table would change in what is stored now; nobody else waits for it."""
    plan.compare(by=import_.by, reason=f"นำเข้าจากไฟล์ {import_.name}", locked=locked)
    return plan


def compare_for_saving(plan: ImportPlan, import_: Import) -> ImportPlan:
    """The same in the transaction that saves.

    One import at a time, so that two of them never wait for each other's rows.
    """
    Area.objects.select_for_update().first()
    return compare_with_stored(plan, import_, locked=True)


def import_report(plan: ImportPlan) -> dict:
    """The findings that the import's page shows, as JSON."""
    tables = plan.tables
    return {
        "place": ", ".join(map(table_location, tables)),
        "rows": plan.row_count,
        "new": plan.new,
        "changed": len(plan.changes) - plan.new,
        "unchanged": plan.unchanged,
        "ignored": _by_sheet(tables, lambda table: table.ignored),
        "totals": _by_sheet(tables, lambda table: [words for _, _, words in table.totals]),
        "left_out": _by_sheet(tables, lambda table: table.left_out),
        "notes": plan.notes,
        "questions": [asdict(question) for question in plan.open_questions],
        "answered": [[one.text, plan.answer_words(one)] for one in plan.answered_questions],
        "problem_count": len(plan.problems),
        "problems": [asdict(problem) for problem in sorted_by_row(plan.problems)],
        "warnings": [asdict(problem) for problem in sorted_by_row(plan.warnings)],
        "changes": [asdict(change) for change in plan.changes[:MAX_REPORTED_CHANGES]],
        "digest": plan.digest,
    }


def _by_sheet(
    tables: Sequence[ImportTable], findings: Callable[[ImportTable], list[str]]
) -> list[str]:
    """The findings on all tables; of several, each with the name of its sheet."""
    if len(tables) == 1:
        return findings(tables[0])
    return [f"{table.sheet.name}: {words}" for table in tables for words in findings(table)]


def sorted_by_row(problems: list) -> list:
    return sorted(problems, key=lambda problem: problem.row)[:MAX_REPORTED_PROBLEMS]


STORED_CHANGED_MESSAGE = (
    "ข้อมูลในระบบเปลี่ยนไปหลังจากตรวจไฟล์นี้ จึงยังไม่ได้บันทึก ผลตรวจใหม่อยู่ด้านล่าง โปรดตรวจดูแล้วยืนยันอีกครั้ง"
)
IMPORT_FAILED_MESSAGE = (
    "ระบบขัดข้องระหว่างทำงานกับไฟล์นี้ จึงไม่ได้บันทึกข้อมูลใด โปรดลองอีกครั้ง หากยังไม่ได้โปรดแจ้งผู้ดูแลระบบ"
)


class StoredChangedError(Exception):
    """What is stored is not as the clerk saw it: nothing is saved."""


@task()
def check_import(import_id: int) -> None:
    """Find out what the file would change and what is wrong with it; change nothing."""
    import_ = _still(import_id, ImportState.READING)
    if import_:
        _settle(import_)


@task()
def save_import(import_id: int) -> None:
    """Save all of a confirmed file in one transaction, if what is stored is as it was seen."""
    import_ = _still(import_id, ImportState.SAVING)
    if import_ is None:
        return
    try:
        _save(import_)
    except (StoredChangedError, DatabaseError):
        # Who came first has taken a name, or a row we wait for.
        _settle(import_, note=STORED_CHANGED_MESSAGE)
    except UnreadableTableError as reason:
        _end(import_, ImportState.FAILED, {"failure": str(reason)})
    except Exception:
        _end(import_, ImportState.FAILED, {"failure": IMPORT_FAILED_MESSAGE})
        raise


def _still(import_id: int, state: ImportState) -> Import | None:
    """None if the work is done already, or the file was taken away."""
    return Import.objects.filter(pk=import_id, state=state).select_related("by").first()


def _settle(import_: Import, *, note: str = "") -> None:
    """Check the file and keep what was found."""
    try:
        plan = compare_with_stored(read_import_plan(import_, _progress_callback(import_)), import_)
    except UnreadableTableError as reason:
        _end(import_, ImportState.FAILED, {"failure": str(reason)})
    except Exception:
        _end(import_, ImportState.FAILED, {"failure": IMPORT_FAILED_MESSAGE})
        raise
    else:
        _end(import_, _state_after(plan), import_report(plan) | {"stored_changed": note})


def _state_after(plan: ImportPlan) -> ImportState:
    """What is wrong comes before what is asked: the file comes back another one."""
    if plan.problems:
        return ImportState.REFUSED
    return ImportState.ASKED if plan.open_questions else ImportState.CHECKED


def _save(import_: Import) -> None:
    plan = read_import_plan(import_, _progress_callback(import_))
    with transaction.atomic():
        locked = Import.objects.select_for_update(of=("self",)).get(pk=import_.pk)
        if locked.state != ImportState.SAVING:
            return
        compare_for_saving(plan, import_)
        if plan.problems or plan.open_questions or plan.digest != import_.report["digest"]:
            raise StoredChangedError
        plan.save_rows()
        locked.state, locked.saved_at = ImportState.SAVED, timezone.now()
        locked.report = import_report(plan) | {"opened": [person.pk for person in plan.opened]}
        locked.save(update_fields=["state", "saved_at", "report"])


def _progress_callback(import_: Import) -> ProgressCallback:
    """Progress, kept outside of every transaction so that the page can show it."""

    def on_progress(done: int, total: int) -> None:
        Import.objects.filter(pk=import_.pk).update(done=done, total=total)

    return on_progress


def _end(import_: Import, state: ImportState, report: dict) -> None:
    Import.objects.filter(pk=import_.pk, state=import_.state).update(state=state, report=report)
