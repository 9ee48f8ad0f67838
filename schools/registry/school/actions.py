"""What happens to a school as a whole. An action that cannot be done now raises ActionRefused."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from schools.core.errors import ActionRefused
from schools.core.history import save_with_history, set_history_author
from schools.core.thai import short_date
from schools.models import Appointment, Cluster, ClusterMembership, School, User

ONE_DAY = timedelta(days=1)
SCHOOL_CLOSED = "โรงเรียนเลิกหรือรวม"  # in the history of a appointment that ended with its school


@transaction.atomic
def create_school(
    school: School, *, by: User, cluster: Cluster | None, since: date | None, reason: str = ""
) -> None:
    """Enter a school in the register, in its cluster from a day on where that is known."""
    save_with_history(school, by=by, reason=reason)
    if cluster and since:
        save_with_history(new_membership(school, cluster, since), by=by)


@transaction.atomic
def update_school(school: School, *, by: User) -> None:
    """Keep what was put right about a school in the register; the caller has locked it."""
    save_with_history(school, by=by)


@transaction.atomic
def change_school_cluster(school: School, *, by: User, cluster: Cluster, since: date) -> None:
    """From that day on the school is in another cluster; in the old one until the day before."""
    _lock(school)
    last = school.memberships.select_related("cluster").first()
    for membership in memberships_changed_by_move(school, last, cluster, since):
        save_with_history(membership, by=by)


def memberships_changed_by_move(
    school: School, last: ClusterMembership | None, cluster: Cluster, since: date
) -> list[ClusterMembership]:
    """The rows that a move changes: the last membership with its new end, and the new one."""
    if not school.is_open_on(since):
        raise ActionRefused(f"{school}เลิกหรือรวมแล้วในวันนั้น จึงย้ายกลุ่มไม่ได้ โปรดตรวจวันที่")
    joined = new_membership(school, cluster, since)
    return [joined] if last is None else [*_end_last_membership(last, cluster, since), joined]


def _end_last_membership(
    last: ClusterMembership, cluster: Cluster, since: date
) -> list[ClusterMembership]:
    """The last membership with its new end; nothing where it has ended before."""
    if last.cluster == cluster and last.ends_on is None:
        raise ActionRefused(f"โรงเรียนอยู่{cluster}แล้ว โปรดเลือกกลุ่มอื่น")
    if since <= last.starts_on:
        raise ActionRefused(
            f"โรงเรียนเข้า{last.cluster}เมื่อ {short_date(last.starts_on)} "
            "วันที่ย้ายต้องอยู่หลังวันนั้น โปรดตรวจวันที่ หรือยกเลิกการย้ายครั้งล่าสุดก่อน"
        )
    if last.ends_on and last.ends_on < since:
        return []
    last.ends_on = since - ONE_DAY
    return [last]


def new_membership(school: School, cluster: Cluster, since: date) -> ClusterMembership:
    """The school in its new cluster, not saved yet."""
    return ClusterMembership(school=school, cluster=cluster, starts_on=since)


@transaction.atomic
def undo_cluster_change(school: School, *, by: User) -> None:
    """Take back the newest membership, entered by mistake; the one it ended goes on."""
    _lock(school)
    newest = school.memberships.first()
    if newest is None:
        raise ActionRefused("โรงเรียนนี้ยังไม่เคยสังกัดกลุ่มใด จึงไม่มีการย้ายให้ยกเลิก")
    set_history_author(newest, by=by)
    newest.delete()
    before = school.memberships.filter(ends_on=newest.starts_on - ONE_DAY).first()
    if before:
        before.ends_on = None
        save_with_history(before, by=by, fields=["ends_on"])


@transaction.atomic
def close_or_merge_school(
    school: School, *, by: User, on: date, into: School | None = None, reference: str = ""
) -> None:
    """From that day it is no school of its own: closed, or merged; its appointments end the day
    before."""
    _lock(school, into)
    _check_can_close(school, on, into)
    _end_appointments(school, on, by=by)
    school.closed_on, school.merged_into = on, into
    save_with_history(school, by=by, fields=["closed_on", "merged_into"], reason=reference)


def _check_can_close(school: School, on: date, into: School | None) -> None:
    if school.closed_on:
        raise ActionRefused(
            f"ทะเบียนระบุแล้วว่า{school}เลิกหรือรวมตั้งแต่ {short_date(school.closed_on)} "
            "ถ้าไม่ถูกต้อง โปรดยกเลิกการเลิกหรือรวมก่อน"
        )
    if into and not into.is_open_on(on):
        raise ActionRefused(f"{into}เลิกหรือรวมแล้วในวันนั้น โปรดเลือกโรงเรียนอื่น")
    coming = school.merged_from.filter(closed_on__gt=on).first()
    if coming and coming.closed_on:
        raise ActionRefused(
            f"{coming}จะมารวมกับโรงเรียนนี้ {short_date(coming.closed_on)} จึงเลิกหรือรวมก่อนวันนั้นไม่ได้"
        )


def appointments_ending_after(school: School, day: date) -> list[Appointment]:
    """The school's appointments that are still held on that day or begin later."""
    appointments = school.appointments.filter(Q(ends_on=None) | Q(ends_on__gte=day))
    return list(appointments.select_related("user"))


def _end_appointments(school: School, on: date, *, by: User) -> None:
    for appointment in appointments_ending_after(school, on):
        if appointment.starts_on >= on:
            raise ActionRefused(
                f"{appointment.user} เป็น{appointment.printed_title}ตั้งแต่ "
                f"{short_date(appointment.starts_on)} "
                "ซึ่งไม่ก่อนวันที่เลิกหรือรวม โปรดตรวจวันที่ หรือแก้ไขตำแหน่งนั้นก่อน"
            )
        appointment.ends_on = on - ONE_DAY
        save_with_history(appointment, by=by, fields=["ends_on"], reason=SCHOOL_CLOSED)


@transaction.atomic
def undo_school_closure(school: School, *, by: User, reason: str) -> None:
    """Take back a closing entered by mistake; the appointments that ended with it go on as
    before."""
    _lock(school)
    if school.closed_on is None:
        raise ActionRefused(f"{school}เปิดสอนอยู่แล้ว จึงไม่มีอะไรให้ยกเลิก")
    for appointment in school.appointments.filter(ends_on=school.closed_on - ONE_DAY):
        _restore_appointment(appointment, by=by)
    school.closed_on = school.merged_into = None
    save_with_history(school, by=by, fields=["closed_on", "merged_into"], reason=reason)


def _restore_appointment(appointment: Appointment, *, by: User) -> None:
    """A appointment ends as it would have, had its school not closed; others ended on that day
    too."""
    ended = appointment.history.filter(history_change_reason=SCHOOL_CLOSED).first()
    if ended and ended.prev_record:
        appointment.ends_on = ended.prev_record.ends_on
        save_with_history(appointment, by=by, fields=["ends_on"])


def _lock(*schools: School | None) -> None:
    """In the order of their keys, so that two clerks never wait for each other."""
    for school in sorted(filter(None, schools), key=lambda school: school.pk):
        school.refresh_from_db(from_queryset=School.objects.select_for_update())
