from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from schools.access import Permission, can, capacity_of
from schools.models import User
from schools.thai import short_date
from supervision.assessments.actions import copy_of, freeze, lock, new_sheet
from supervision.assessments.enums import SheetKind
from supervision.criteria.models import IndicatorSet
from supervision.needs.enums import Mode
from supervision.rounds.actions import check_goes_on
from supervision.rounds.models import Round
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Observation, Visit
from supervision.visits.queries import leaders_for, missing_to_sign
from supervision.workflow.actions import begin, check, move
from supervision.workflow.errors import Refused


@transaction.atomic
def plan(
    round_: Round,
    *,
    by: User,
    visit_on: date,
    purpose: str,
    leader: User,
    starts_at: time | None = None,
    ends_at: time | None = None,
    mode: Mode = Mode.ON_SITE,
    kind: VisitKind = VisitKind.ORDINARY,
    team: Iterable[User] = (),
) -> Visit:
    """Make an appointment with the school; a round may have several visits.

    Raises Refused when the round has ended, or has this very appointment already.
    """
    round_.lock()
    check_goes_on(round_)
    last = round_.visits.aggregate(last=Max("number"))["last"] or 0
    visit = Visit(
        round=round_,
        number=last + 1,
        visit_on=visit_on,
        starts_at=starts_at,
        ends_at=ends_at,
        mode=mode,
        kind=kind,
        purpose=purpose,
        leader=leader,
    )
    _check_time_is_free(visit)
    begin(visit, "plan", by=by)
    visit.team.set(team)
    return visit


def _check_time_is_free(visit: Visit) -> None:
    """The same form sent twice makes one appointment."""
    same_time = visit.round.visits.taking_place().filter(
        visit_on=visit.visit_on, starts_at=visit.starts_at
    )
    same = same_time.exclude(pk=visit.pk).first()
    if same:
        raise Refused(f"มีนัดหมายวันและเวลานี้แล้ว คือการนิเทศครั้งที่ {same.number} โปรดเปลี่ยนวันหรือเวลา")


@transaction.atomic
def postpone(
    visit: Visit,
    *,
    by: User,
    reason: str,
    visit_on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
) -> None:
    """Move an appointment to another day or time; the log keeps the day it had."""
    visit.round.lock()
    before = short_date(visit.visit_on)
    visit.visit_on, visit.starts_at = visit_on, starts_at
    _check_time_is_free(visit)
    facts = {"visit_on": visit_on, "starts_at": starts_at, "ends_at": ends_at}
    move(visit, "postpone", by=by, reason=f"เดิมนัด {before}: {reason}" if reason else "", **facts)


@transaction.atomic
def cancel(visit: Visit, *, by: User, reason: str) -> None:
    """Call a visit off. What was recorded so far is kept for the office and goes no further."""
    visit.round.lock()
    move(visit, "cancel", by=by, reason=reason)
    if visit.sheet:
        lock(visit.sheet)
        freeze(visit.sheet)


def hand_over(visit: Visit, *, by: User, leader: User, reason: str) -> None:
    """Give the visit to another leader, who signs from now on."""
    verb = "hand_over_record" if visit.state == VisitState.RECORDING else "hand_over"
    move(visit, verb, by=by, reason=reason, leader=leader)


@transaction.atomic
def start_record(visit: Visit, *, by: User) -> None:
    """Open the record's answer sheet on the round's indicator sets.

    A record never bears a day still to come: who goes earlier than planned went today.
    """
    check(visit, "record")
    sheet = new_sheet(visit.round, SheetKind.VISIT)
    move(visit, "record", by=by, sheet=sheet, visit_on=_day_of(visit))


def _day_of(visit: Visit) -> date:
    return min(visit.visit_on, timezone.localdate())


@transaction.atomic
def start_observation(
    visit: Visit, *, by: User, form: IndicatorSet, lesson: Mapping[str, Any]
) -> Observation:
    """Open a classroom observation's short form and say which lesson is seen.

    `lesson` holds the facts of an Observation: teacher (role or initials), grade, subject,
    lesson. Raises Refused for a visit of another kind.
    """
    if not visit.is_observation:
        raise Refused("การนิเทศครั้งนี้ไม่ใช่การสังเกตชั้นเรียน โปรดใช้แบบบันทึกการนิเทศ")
    check(visit, "record")
    sheet = new_sheet(visit.round, SheetKind.VISIT, form)
    move(visit, "record", by=by, sheet=sheet, visit_on=_day_of(visit))
    return Observation.objects.create(visit=visit, **lesson)


@transaction.atomic
def sign(visit: Visit, *, by: User) -> None:
    """Sign as the leader and freeze the record.

    Raises Refused when somebody else signs, or with the list of what is missing.
    """
    check_signer(visit, by=by)
    if visit.sheet is None:
        raise Refused("ยังไม่ได้เริ่มบันทึกการนิเทศ จึงลงนามไม่ได้")
    visit.round.lock()
    lock(visit.sheet)
    missing = missing_to_sign(visit)
    if missing:
        raise Refused(f"ยังลงนามไม่ได้ ขาดอีก {len(missing)} รายการ", missing=missing)
    capacity = capacity_of(by, Permission.RECORD_VISIT, visit.round.school_id)
    move(visit, "sign", by=by, signed_by=by, signed_at=timezone.now(), signed_as=capacity)
    freeze(visit.sheet)


def check_signer(visit: Visit, *, by: User) -> None:
    """Raises Refused for anybody but the leader, naming who must sign."""
    if not is_signer(visit, by):
        raise Refused(f"ผู้ลงนามต้องเป็นหัวหน้าคณะนิเทศ คือ {visit.leader}")


def is_signer(visit: Visit, person: User) -> bool:
    """The leader; once the leader has left the post, whoever has the school in charge now."""
    if person.pk == visit.leader_id:
        return True
    in_charge = leaders_for(visit.round.school, timezone.localdate())
    leader_left = not in_charge.filter(pk=visit.leader_id).exists()
    return leader_left and can(person, Permission.RECORD_VISIT, visit.round.school_id)


@transaction.atomic
def acknowledge(visit: Visit, *, by: User, comment: str = "") -> None:
    """The school's director has read the record (step 4 done); a comment is optional."""
    visit.round.lock()
    capacity = capacity_of(by, Permission.ACKNOWLEDGE_VISIT, visit.round.school_id)
    move(
        visit,
        "acknowledge",
        by=by,
        acknowledged_by=by,
        acknowledged_at=timezone.now(),
        acknowledged_as=capacity,
        school_comment=comment.strip(),
    )


@transaction.atomic
def amend(visit: Visit, *, by: User, reason: str) -> Visit:
    """Put a signed record right in a new version; the one before stays in force until it is signed.

    Raises Refused while it is not signed, when an amendment stands already, and once the round
    was decided on it.
    """
    visit.round.lock()
    check_can_amend(visit)
    following = Visit(
        round=visit.round,
        number=visit.number,
        version=visit.version + 1,
        previous=visit,
        visit_on=visit.visit_on,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        mode=visit.mode,
        kind=visit.kind,
        purpose=visit.purpose,
        leader=by,
        sheet=copy_of(visit.sheet),
    )
    begin(following, "amend", by=by, reason=reason)
    following.team.set(visit.team.all())
    _carry_over(visit, following)
    return following


def check_can_amend(visit: Visit) -> None:
    """Raises Refused as `amend` would, for the page that asks before it."""
    visit.refresh_from_db()
    if not visit.is_signed:
        raise Refused("แก้ไขเป็นฉบับใหม่ได้เมื่อลงนามแล้วเท่านั้น ระหว่างบันทึกโปรดแก้ไขในแบบบันทึก")
    if Visit.objects.filter(previous=visit).exists():
        raise Refused("บันทึกนี้มีฉบับแก้ไขแล้ว โปรดเปิดฉบับล่าสุด")
    if hasattr(visit.round, "decision"):
        raise Refused("รอบนี้พิจารณาผลจากบันทึกนี้แล้ว จึงแก้ไขไม่ได้ โปรดบันทึกเป็นการนิเทศครั้งใหม่")


def _carry_over(visit: Visit, following: Visit) -> None:
    if visit.is_observation:
        seen = visit.observation
        seen.pk, seen.visit = None, following
        seen.save(force_insert=True)
