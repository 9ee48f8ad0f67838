"""The slow part of an import. Each task may be run again after its worker was killed."""

from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks import task

from schools.core.tables.reading import UnreadableTableError
from schools.enums import ImportState
from schools.imports.checking import (
    compare_for_saving,
    compare_with_registry,
    import_report,
    read_import_plan,
)
from schools.imports.plan import ProgressCallback
from schools.models import Import

REGISTRY_CHANGED_MESSAGE = (
    "ทะเบียนเปลี่ยนไปหลังจากตรวจไฟล์นี้ จึงยังไม่ได้บันทึก ผลตรวจใหม่อยู่ด้านล่าง โปรดตรวจดูแล้วยืนยันอีกครั้ง"
)
IMPORT_FAILED_MESSAGE = (
    "ระบบขัดข้องระหว่างทำงานกับไฟล์นี้ จึงไม่ได้บันทึกข้อมูลใด โปรดลองอีกครั้ง หากยังไม่ได้โปรดแจ้งผู้ดูแลระบบ"
)


class RegistryChangedError(Exception):
    """The registry is not as the clerk saw it: nothing is saved."""


@task()
def check_import(import_id: int) -> None:
    """Find out what the file would change and what is wrong with it; change nothing."""
    import_ = _still(import_id, ImportState.READING)
    if import_:
        _settle(import_)


@task()
def save_import(import_id: int) -> None:
    """Save all of a confirmed file in one transaction, if the registry still is as it was seen."""
    import_ = _still(import_id, ImportState.SAVING)
    if import_ is None:
        return
    try:
        _save(import_)
    except (
        RegistryChangedError,
        DatabaseError,
    ):  # who came first has taken a name, or a row we wait for
        _settle(import_, note=REGISTRY_CHANGED_MESSAGE)
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
        plan = compare_with_registry(
            read_import_plan(import_, _progress_callback(import_)), import_
        )
    except UnreadableTableError as reason:
        _end(import_, ImportState.FAILED, {"failure": str(reason)})
    except Exception:
        _end(import_, ImportState.FAILED, {"failure": IMPORT_FAILED_MESSAGE})
        raise
    else:
        state = ImportState.REFUSED if plan.problems else ImportState.CHECKED
        _end(import_, state, import_report(plan) | {"registry_changed": note})


def _save(import_: Import) -> None:
    plan = read_import_plan(import_, _progress_callback(import_))
    with transaction.atomic():
        locked = Import.objects.select_for_update(of=("self",)).get(pk=import_.pk)
        if locked.state != ImportState.SAVING:
            return
        compare_for_saving(plan, import_)
        if plan.problems or plan.digest != import_.report["digest"]:
            raise RegistryChangedError
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
