"""Meetings of school heads and events of cooperation: planned, held, corrected, cancelled."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import long_date
from schools.models import School, User
from supervision.quality_drive.cooperation.enums import DriveEventAction, DriveEventState
from supervision.quality_drive.drives.going_on import check_drive_goes_on
from supervision.quality_drive.models import DriveEvent, QualityDrive
from supervision.workflow.actions import start, transition


@transaction.atomic
def plan_drive_event(
    drive: QualityDrive, *, by: User, schools: Collection[School], fields: Mapping[str, Any]
) -> DriveEvent:
    """Set the day, place and programme of an event, and invite schools to it.

    Raises ActionRefused once the drive is over, and where it has the same event already: a form
    sent twice makes one.
    """
    drive = QualityDrive.objects.select_for_update(of=("self",)).get(pk=drive.pk)
    check_drive_goes_on(drive)
    event = DriveEvent(drive=drive, **fields)
    _check_event_is_new(event)
    start(event, DriveEventAction.PLAN, by=by)
    event.schools.set(schools)
    return event


def _check_event_is_new(event: DriveEvent) -> None:
    same = DriveEvent.objects.not_cancelled().filter(
        drive=event.drive, kind=event.kind, title=event.title, held_on=event.held_on
    )
    if same.exists():
        raise ActionRefused(
            f"มี “{event}” วันที่ {long_date(event.held_on)} อยู่แล้ว โปรดแก้ไขกิจกรรมนั้น หรือใช้ชื่ออื่น"
        )


@transaction.atomic
def update_drive_event(
    event: DriveEvent, *, by: User, schools: Collection[School], fields: Mapping[str, Any]
) -> None:
    """Change an event until it was held or cancelled, and while the drive goes on."""
    check_drive_goes_on(event.drive)
    transition(event, DriveEventAction.UPDATE, by=by, **fields)
    event.schools.set(schools)


@transaction.atomic
def record_drive_event(
    event: DriveEvent,
    *,
    by: User,
    people: int,
    result: str,
    attended: Collection[School],
    reason: str = "",
) -> None:
    """Record how many came, from which schools, and what was agreed; or put that right.

    Raises ActionRefused before its day, for a cancelled event, and where what stands there
    already is changed without a reason.
    """
    event.refresh_from_db(from_queryset=DriveEvent.objects.select_for_update())
    if event.held_on > timezone.localdate():
        raise ActionRefused(f"กิจกรรมนี้กำหนดจัด {long_date(event.held_on)} จึงยังบันทึกผลไม่ได้")
    held = event.state == DriveEventState.HELD
    action = DriveEventAction.CORRECT if held else DriveEventAction.RECORD
    before = f" (เดิม: {_result_in_words(event)})" if held and reason.strip() else ""
    facts = {"people": people, "result": result.strip()}
    transition(event, action, by=by, reason=f"{reason}{before}", **facts)
    event.attended.set(attended)


def _result_in_words(event: DriveEvent) -> str:
    schools = event.attended.count()
    return f"ผู้เข้าร่วม {event.people} คน {schools} โรงเรียน ผลการจัด “{event.result}”"


def cancel_drive_event(event: DriveEvent, *, by: User, reason: str) -> None:
    """Call a planned event off, with the reason; it stays on record."""
    transition(event, DriveEventAction.CANCEL, by=by, reason=reason)
