"""Exchange events of a drive, and what schools took home from them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.models import School, User
from supervision.practices.models import GoodPractice
from supervision.programmes.models import Forum
from supervision.programmes.networks.enums import ForumState
from supervision.programmes.networks.forum_actions import plan_forum
from supervision.quality_drive.drives.going_on import check_drive_goes_on
from supervision.quality_drive.models import ExchangeEvent, QualityDrive, Takeaway


@transaction.atomic
def choose_exchange_event(drive: QualityDrive, forum: Forum) -> ExchangeEvent:
    """Make a forum an exchange event of the drive; who planned the forum is in its own history.

    Raises ActionRefused once the drive is over, for a cancelled forum, and for one that is an
    exchange event already.
    """
    check_drive_goes_on(drive)
    if forum.state == ForumState.CANCELLED:
        raise ActionRefused("เวทีวิชาการนี้ยกเลิกแล้ว โปรดเลือกเวทีอื่น")
    with unique_violation_as_refusal("เวทีวิชาการนี้เป็นเวทีแลกเปลี่ยนเรียนรู้ของการขับเคลื่อนอยู่แล้ว"):
        return ExchangeEvent.objects.create(drive=drive, forum=forum)


@transaction.atomic
def plan_exchange_event(
    drive: QualityDrive,
    *,
    by: User,
    practices: Collection[GoodPractice],
    fields: Mapping[str, Any],
) -> ExchangeEvent:
    """Plan a forum that is an exchange event of the drive from the beginning."""
    return choose_exchange_event(drive, plan_forum(by=by, practices=practices, fields=fields))


def remove_exchange_event(event: ExchangeEvent) -> None:
    """Take a forum that was chosen by mistake out of the drive; the forum itself stays.

    Raises ActionRefused once a school wrote down what it took home, or the drive is over.
    """
    check_drive_goes_on(event.drive)
    if event.takeaways.exists():
        raise ActionRefused("มีโรงเรียนบันทึกสิ่งที่นำกลับไปใช้แล้ว จึงนำออกไม่ได้")
    event.delete()


def check_takes_takeaways(event: ExchangeEvent) -> None:
    """Raises ActionRefused before the event has begun, and for one that was cancelled."""
    forum = event.forum
    if forum.state == ForumState.CANCELLED or timezone.localdate() < forum.starts_on:
        raise ActionRefused("บันทึกสิ่งที่นำกลับไปใช้ได้ตั้งแต่วันที่จัดเวที")


@transaction.atomic
def save_takeaway(
    takeaway: Takeaway,
    *,
    by: User,
    text: str,
    practice: GoodPractice | None,
    try_by: date | None,
) -> Takeaway:
    """Write down what a school took home from an event, or put it right.

    Raises ActionRefused before the event has begun, and for a school that has closed.
    """
    check_takes_takeaways(takeaway.event)
    school = School.objects.select_for_update().get(pk=takeaway.school_id)
    if not school.is_open_on(timezone.localdate()):
        raise ActionRefused(f"{school}เลิกหรือรวมแล้ว จึงบันทึกเพิ่มไม่ได้")
    takeaway.text, takeaway.practice, takeaway.try_by = text.strip(), practice, try_by
    takeaway.by, takeaway.at = by, timezone.now()
    takeaway.save()
    return takeaway
