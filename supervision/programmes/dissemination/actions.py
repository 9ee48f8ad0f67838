"""Lines of the register of dissemination: recorded, put right with a reason, withdrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from schools.core.errors import ActionRefused
from schools.core.thai import short_date
from schools.core.uploads import SanitizedFile, delete_files_on_rollback
from schools.models import User
from supervision.programmes.dissemination.enums import DisseminationAction
from supervision.programmes.models.dissemination import Dissemination
from supervision.workflow.actions import start, transition


def record_dissemination(
    *, by: User, fields: Mapping[str, Any], file: SanitizedFile | None = None
) -> Dissemination:
    """Enter what was sent or shown to others into the register."""
    line = Dissemination(recorded_by=by, **fields)
    with delete_files_on_rollback(line.file):
        if file:
            _store(line, file)
        start(line, DisseminationAction.RECORD, by=by)
    return line


@transaction.atomic
def correct_dissemination(
    line: Dissemination,
    *,
    by: User,
    reason: str,
    fields: Mapping[str, Any],
    file: SanitizedFile | None = None,
) -> None:
    """Put a line right; the log keeps what stood there before, of an earlier file its name.

    Raises ActionRefused when nothing differs, without a reason, and once it was withdrawn.
    """
    line.refresh_from_db(from_queryset=Dissemination.objects.select_for_update())
    before = _differences(line, fields)
    if not before and file is None:
        raise ActionRefused("ข้อมูลเหมือนเดิมทุกช่อง จึงไม่มีสิ่งที่แก้ไข")
    if file:
        before.append(f"ไฟล์ {line.file_name or 'ไม่มี'}")
    said = f"{reason.strip()} (เดิม: {', '.join(before)})" if reason.strip() else ""
    with delete_files_on_rollback(*([] if file is None else [line.file])):
        facts = dict(fields)
        if file:
            _store(line, file)
            facts |= {"file": line.file, "file_name": line.file_name}
        transition(line, DisseminationAction.CORRECT, by=by, reason=said, **facts)


def _store(line: Dissemination, file: SanitizedFile) -> None:
    line.file_name = file.name
    line.file.save(f"{uuid4()}{file.suffix}", file.content, save=False)


def _differences(line: Dissemination, fields: Mapping[str, Any]) -> list[str]:
    """What stands there now where it differs, by the names of the boxes."""
    return [
        f"{_label(name)} {_in_words(line, name)}"
        for name, value in fields.items()
        if getattr(line, name) != value
    ]


def _label(name: str) -> str:
    return str(getattr(Dissemination._meta.get_field(name), "verbose_name", name))


def _in_words(line: Dissemination, name: str) -> str:
    value = getattr(line, name)
    if isinstance(value, date):
        return short_date(value)
    choice = getattr(line, f"get_{name}_display", None)
    return str((choice() if choice else value) or "ว่าง")


def withdraw_dissemination(line: Dissemination, *, by: User, reason: str) -> None:
    """Take a line out of the count, with the reason; it stays in the register."""
    transition(line, DisseminationAction.WITHDRAW, by=by, reason=reason)
