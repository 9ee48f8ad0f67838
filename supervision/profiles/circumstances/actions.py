"""What is done with the facts of a school: added, corrected, ended, checked, taken out.

Each holds the school's row until it is saved, so that of two presses of a button one counts.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from schools.core.errors import ActionRefused, deleted_record_as_refusal
from schools.core.history import save_with_history, set_history_author
from schools.models import School, User
from supervision.profiles.models import Circumstance, SchoolFact, SchoolProject, TeacherWanted

FACT_MODELS = (Circumstance, SchoolProject, TeacherWanted)
STILL_SO = "ตรวจแล้ว ยังเป็นเช่นเดิม"


@transaction.atomic
def add_fact(fact: SchoolFact, *, by: User, fields: Mapping[str, Any]) -> SchoolFact:
    """Record a fact of a school; who records it has checked it today.

    Raises ActionRefused where the school has closed, or the same is recorded for these days.
    """
    _lock_open_school(fact)
    return _save(fact, by=by, fields=fields)


@transaction.atomic
def correct_fact(
    fact: SchoolFact, *, by: User, reason: str, fields: Mapping[str, Any]
) -> SchoolFact:
    """Put right what was written of a fact, with the reason; what changed since is a new fact.

    Raises ActionRefused as add_fact does.
    """
    _lock_open_school(fact)
    return _save(fact, by=by, fields=fields, reason=reason)


def _save(fact: SchoolFact, *, by: User, fields: Mapping[str, Any], reason: str = "") -> SchoolFact:
    for name, value in fields.items():
        setattr(fact, name, value)
    _check_days(fact)
    _check_not_twice(fact)
    fact.checked_on, fact.checked_by = timezone.localdate(), by
    save_with_history(fact, by=by, reason=reason)
    return fact


@transaction.atomic
def end_fact(fact: SchoolFact, *, by: User, ends_on: date, reason: str = "") -> None:
    """Say that a fact holds until that day and no longer; it stays among the earlier ones.

    Raises ActionRefused where it has an end already, or would end before it began.
    """
    _lock_open_school(fact)
    with deleted_record_as_refusal():
        fact.refresh_from_db()
    if fact.ends_on is not None:
        raise ActionRefused(f"“{fact}” ระบุวันสิ้นสุดแล้ว โปรดแก้ไขรายการหากวันไม่ถูกต้อง")
    fact.ends_on = ends_on
    _check_days(fact)
    save_with_history(fact, by=by, reason=reason, fields=["ends_on"])


@transaction.atomic
def remove_fact(fact: SchoolFact, *, by: User, reason: str) -> None:
    """Take out what never was so; its history keeps what was written, by whom, and the reason."""
    _lock_open_school(fact)
    with deleted_record_as_refusal():
        fact.refresh_from_db()
    set_history_author(fact, by=by, reason=reason)
    fact.delete()


@transaction.atomic
def check_facts(school: School, *, by: User) -> int:
    """Say that everything recorded of the school is still so; of how many facts.

    Raises ActionRefused where the school has closed, or nothing is recorded.
    """
    today = timezone.localdate()
    _lock_school(school)
    checked = 0
    for model in FACT_MODELS:
        rows = list(model.objects.filter(school=school).in_force(today))
        checked += len(rows)
        _mark_checked([row for row in rows if row.checked_on < today], model, today, by)
    if not checked:
        raise ActionRefused("ยังไม่มีรายการให้ตรวจ โปรดเพิ่มรายการก่อน")
    return checked


def _mark_checked(rows: list[SchoolFact], model: type[SchoolFact], today: date, by: User) -> None:
    for row in rows:
        row.checked_on, row.checked_by = today, by
    fields = ["checked_on", "checked_by"]
    if rows:
        bulk_update_with_history(
            rows, model, fields, default_user=by, default_change_reason=STILL_SO
        )


def _lock_open_school(fact: SchoolFact) -> None:
    _lock_school(School.objects.get(pk=fact.school_id))


def _lock_school(school: School) -> None:
    locked = School.objects.select_for_update().get(pk=school.pk)
    if not locked.is_open_on(timezone.localdate()):
        raise ActionRefused(f"{locked}เลิกหรือรวมแล้ว จึงบันทึกข้อมูลเพิ่มไม่ได้ ข้อมูลเดิมยังอ่านได้")


def _check_days(fact: SchoolFact) -> None:
    if fact.starts_on > timezone.localdate():
        raise ActionRefused(
            field_errors={"starts_on": "วันที่เริ่มยังมาไม่ถึง โปรดบันทึกเมื่อเป็นจริงแล้ว หรือแก้ไขวันที่"}
        )
    if fact.ends_on and fact.ends_on < fact.starts_on:
        raise ActionRefused(field_errors={"ends_on": "สิ้นสุดก่อนเริ่มไม่ได้ โปรดแก้ไข"})


def _check_not_twice(fact: SchoolFact) -> None:
    """Raises ActionRefused where the school has the same fact on some of these days."""
    subject = {name: getattr(fact, name) for name in fact.SUBJECT}
    same = type(fact)._default_manager.filter(school=fact.school_id, **subject)
    if any(fact.overlaps(other) for other in same.exclude(pk=fact.pk)):
        raise ActionRefused(f"มี “{fact}” ในช่วงวันนี้อยู่แล้ว โปรดแก้ไขรายการเดิม")
