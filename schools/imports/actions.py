"""What happens to a file that is imported. Reading and saving are background jobs (tasks.py)."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.tables.reading import without_national_id
from schools.core.task_queue import is_task_queued
from schools.core.uploads import delete_files_on_rollback
from schools.enums import ImportState
from schools.imports.tasks import check_import, save_import
from schools.models import Import, User

IMPORT_FILE_RETENTION = timedelta(days=30)
TASK_BY_STATE = {ImportState.READING: check_import, ImportState.SAVING: save_import}


def upload_import_file(file: UploadedFile, *, kind: str, by: User) -> Import:
    """Keep a file of one of `import_kinds`, have it checked; no other data change yet."""
    delete_old_import_files()
    name = without_national_id(file.name or "")[-200:]
    import_ = Import(kind=kind, state=ImportState.READING, name=name, by=by, at=timezone.now())
    with delete_files_on_rollback(import_.file):
        import_.file.save(name, file, save=False)
        import_.save()
    _begin(import_)
    return import_


def _begin(import_: Import) -> None:
    transaction.on_commit(partial(TASK_BY_STATE[ImportState(import_.state)].enqueue, import_.pk))


@transaction.atomic
def answer_import_questions(import_: Import, answers: Mapping[str, str], *, by: User) -> None:
    """Keep what was answered, by the keys of the questions, and have the file checked again."""
    _lock(import_)
    if by != import_.by:
        raise PermissionDenied
    if import_.state != ImportState.ASKED:
        raise ActionRefused("ไฟล์นี้ไม่มีคำถามที่รอคำตอบแล้ว โปรดดูสถานะปัจจุบัน")
    _check_has_file(import_)
    import_.answers |= answers
    import_.state = ImportState.READING
    import_.save(update_fields=["answers", "state"])
    _begin(import_)


@transaction.atomic
def confirm_import(import_: Import, *, by: User) -> bool:
    """Have a checked file saved; False if that was asked before, so a second tap does no harm.

    Who brought it in answers for it: what they may not do themselves, the file may not do.
    """
    _lock(import_)
    if by != import_.by:
        raise PermissionDenied
    if import_.state in (ImportState.SAVING, ImportState.SAVED):
        return False
    if import_.state != ImportState.CHECKED or not import_has_changes(import_):
        raise ActionRefused("ไฟล์นี้ยังบันทึกไม่ได้ โปรดดูผลการตรวจ")
    _check_has_file(import_)
    import_.state = ImportState.SAVING
    import_.save(update_fields=["state"])
    _begin(import_)
    return True


def import_has_changes(import_: Import) -> bool:
    """Whether saving the table would add or change anything."""
    return bool(import_.report["new"] or import_.report["changed"])


@transaction.atomic
def resume_import(import_: Import, *, by: User) -> None:
    """Begin the work again that a dead worker has left for good."""
    _lock(import_)
    if by != import_.by:
        raise PermissionDenied
    _check_has_file(import_)
    if import_is_stuck(import_):
        _begin(import_)


def import_is_stuck(import_: Import) -> bool:
    """Under way by its state, and yet no task is waiting or running for it."""
    if not import_.is_under_way:
        return False
    if is_task_queued(TASK_BY_STATE[ImportState(import_.state)], import_.pk):
        return False
    import_.refresh_from_db()  # it may have ended between the two looks
    return import_.is_under_way


@transaction.atomic
def delete_import(import_: Import, *, by: User) -> None:
    """Take away a file that was not saved, and its line in the list."""
    _lock(import_)
    if by != import_.by:
        raise PermissionDenied
    if import_.state == ImportState.SAVED or (
        import_.is_under_way and not import_is_stuck(import_)
    ):
        raise ActionRefused("ไฟล์นี้กำลังทำงานหรือบันทึกแล้ว จึงลบไม่ได้ โปรดดูสถานะปัจจุบัน")
    transaction.on_commit(partial(_remove, import_.file.storage, import_.file.name))
    import_.delete()


@transaction.atomic
def delete_old_import_files() -> None:
    """A month after it came the file goes, with every line of it that its report quotes."""
    for import_ in Import.objects.filter(at__lt=timezone.now() - IMPORT_FILE_RETENTION).exclude(
        file=""
    ):
        transaction.on_commit(partial(_remove, import_.file.storage, import_.file.name))
        import_.file = ""
        import_.report |= {
            key: []
            for key in ("problems", "warnings", "changes", "left_out", "questions", "answered")
        }
        import_.save(update_fields=["file", "report"])


def _remove(storage: Storage, name: str | None) -> None:
    if name:
        storage.delete(name)


def _check_has_file(import_: Import) -> None:
    if not import_.file:
        raise ActionRefused("ไฟล์นี้ถูกลบแล้วเพราะนำเข้ามาเกิน 30 วัน โปรดเลือกไฟล์อีกครั้ง")


def _lock(import_: Import) -> None:
    try:
        import_.refresh_from_db(from_queryset=Import.objects.select_for_update(of=("self",)))
    except Import.DoesNotExist:
        raise ActionRefused("มีผู้ลบไฟล์นี้ออกจากรายการแล้ว") from None
