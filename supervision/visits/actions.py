from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from schools.access import Permission, can, capacity_of
from schools.core.errors import ActionRefused
from schools.core.thai import short_date
from schools.models import User
from supervision.assessments.actions import copy_sheet, create_sheet, freeze_sheet
from supervision.assessments.enums import SheetKind
from supervision.assessments.models import AnswerSheet
from supervision.assessments.version_tokens import SheetVersionToken, ensure_sheet_unchanged
from supervision.criteria.enums import SetUse
from supervision.criteria.models import IndicatorSet
from supervision.needs.enums import SupervisionMode
from supervision.rounds.actions import ensure_round_is_current
from supervision.rounds.models import Round
from supervision.visits.enums import VisitAction, VisitKind, VisitState
from supervision.visits.models import Observation, Visit
from supervision.visits.queries import eligible_leaders, missing_to_sign, newer_visit_version
from supervision.workflow.actions import ensure_allowed, start, transition


@transaction.atomic
def plan_visit(
    round_: Round,
    *,
    by: User,
    visit_on: date,
    purpose: str,
    leader: User,
    starts_at: time | None = None,
    ends_at: time | None = None,
    mode: SupervisionMode = SupervisionMode.ON_SITE,
    kind: VisitKind = VisitKind.ORDINARY,
    team: Iterable[User] = (),
) -> Visit:
    """Make an appointment with the school; a round may have several visits.

    Raises Refused when the round has ended, or has this very appointment already.
    """
    round_.lock()
    ensure_round_is_current(round_)
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
    check_visit_is_new(visit)
    start(visit, VisitAction.PLAN, by=by)
    visit.team.set(team)
    return visit


def lock_visit(visit: Visit) -> None:
    """Take turns with all other acts on the round, and judge the visit as it stands by then."""
    visit.round.lock()
    visit.refresh_from_db()


def check_visit_is_new(visit: Visit) -> None:
    """The same form sent twice makes one appointment; two people may see two classes at once."""
    alike = visit.round.visits.not_cancelled().filter(
        visit_on=visit.visit_on, starts_at=visit.starts_at, kind=visit.kind, leader=visit.leader
    )
    same = alike.exclude(pk=visit.pk).first()
    if same:
        raise ActionRefused(f"มีนัดหมายวันและเวลานี้แล้ว คือการนิเทศครั้งที่ {same.number} โปรดเปลี่ยนวันหรือเวลา")


@transaction.atomic
def postpone_visit(
    visit: Visit,
    *,
    by: User,
    reason: str,
    visit_on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
) -> None:
    """Move an appointment to another day or time; the log keeps the one it had.

    Raises Refused where it stands already, as when the same form is sent twice.
    """
    lock_visit(visit)
    before = f"{short_date(visit.visit_on)} {visit.times}".strip()
    if (visit_on, starts_at, ends_at) == (visit.visit_on, visit.starts_at, visit.ends_at):
        raise ActionRefused(f"นัดหมายไว้วันที่ {before} อยู่แล้ว โปรดเปลี่ยนวันหรือเวลา")
    visit.visit_on, visit.starts_at = visit_on, starts_at
    check_visit_is_new(visit)
    facts = {"visit_on": visit_on, "starts_at": starts_at, "ends_at": ends_at}
    told = reason.strip() and f"เดิมนัด {before} · {reason.strip()}"
    transition(visit, VisitAction.POSTPONE, by=by, reason=told, **facts)


@transaction.atomic
def cancel_visit(visit: Visit, *, by: User, reason: str) -> None:
    """Call a visit off. What was recorded so far is kept for the office and goes no further."""
    visit.round.lock()
    transition(visit, VisitAction.CANCEL, by=by, reason=reason)
    if visit.sheet:
        visit.sheet.lock()
        _freeze(visit)


def _freeze(visit: Visit) -> None:
    """The record takes no more edits, nor does what its raters left unfinished."""
    freeze_sheet(_sheet_of(visit))
    for sheet in AnswerSheet.objects.filter(rating__visit=visit, frozen_at=None):
        freeze_sheet(sheet)


def _sheet_of(visit: Visit) -> AnswerSheet:
    if visit.sheet is None:
        raise ActionRefused("ยังไม่ได้เริ่มบันทึกการนิเทศครั้งนี้")
    return visit.sheet


@transaction.atomic
def change_visit_leader(visit: Visit, *, by: User, leader: User, reason: str) -> None:
    """Give the visit to another leader, who signs from now on.

    Raises Refused once it is signed or called off, and for who leads it already.
    """
    lock_visit(visit)
    if leader == visit.leader:
        raise ActionRefused(f"{leader} เป็นหัวหน้าคณะนิเทศครั้งนี้อยู่แล้ว โปรดเลือกผู้อื่น")
    transition(visit, leader_change_action(visit), by=by, reason=reason, leader=leader)
    visit.team.remove(leader)


def leader_change_action(visit: Visit) -> VisitAction:
    """The action that changes the leader of a visit in its state, which it keeps."""
    if visit.state == VisitState.RECORDING:
        return VisitAction.CHANGE_LEADER_OF_RECORD
    return VisitAction.CHANGE_LEADER


@transaction.atomic
def start_visit_record(visit: Visit, *, by: User) -> None:
    """Open the record's answer sheet on the round's indicator sets.

    A record never bears a day still to come: who goes earlier than planned went today.
    Raises Refused for a classroom observation, which has a form of its own.
    """
    lock_visit(visit)
    if visit.is_observation:
        raise ActionRefused("การสังเกตชั้นเรียนใช้แบบเฉพาะ โปรดเลือกแบบสังเกตชั้นเรียนก่อนบันทึก")
    ensure_allowed(visit, VisitAction.RECORD)
    ensure_round_is_current(visit.round)
    sheet = create_sheet(visit.round, SheetKind.VISIT)
    transition(visit, VisitAction.RECORD, by=by, sheet=sheet, visit_on=_day_of(visit))


def _day_of(visit: Visit) -> date:
    return min(visit.visit_on, timezone.localdate())


@transaction.atomic
def start_observation(
    visit: Visit, *, by: User, form: IndicatorSet, lesson: Mapping[str, Any]
) -> Observation:
    """Open a classroom observation's short form and say which lesson is seen.

    `lesson` holds the facts of an Observation: teacher (role or initials), grade, subject,
    lesson. Raises Refused for a visit of another kind, a round that has ended, or a form
    not in use.
    """
    lock_visit(visit)
    check_can_start_observation(visit)
    form.refresh_from_db(from_queryset=IndicatorSet.objects.select_for_update())
    if not IndicatorSet.objects.approved(SetUse.OBSERVATION).filter(pk=form.pk).exists():
        raise ActionRefused("แบบสังเกตชั้นเรียนนี้ยังไม่ได้รับความเห็นชอบหรือเลิกใช้แล้ว โปรดเลือกแบบอื่น")
    sheet = create_sheet(visit.round, SheetKind.VISIT, form)
    transition(visit, VisitAction.RECORD, by=by, sheet=sheet, visit_on=_day_of(visit))
    return Observation.objects.create(visit=visit, **lesson)


def check_can_start_observation(visit: Visit) -> None:
    """For the page that asks for the lesson: raises Refused as `start_observation` would."""
    if not visit.is_observation:
        raise ActionRefused("การนิเทศครั้งนี้ไม่ใช่การสังเกตชั้นเรียน โปรดใช้แบบบันทึกการนิเทศ")
    ensure_allowed(visit, VisitAction.RECORD)
    ensure_round_is_current(visit.round)


@transaction.atomic
def sign_visit(visit: Visit, *, by: User, shown_version: SheetVersionToken | None = None) -> None:
    """Sign as the leader and freeze the record; `shown_version` is what the page has shown of it.

    Raises Refused when somebody else signs, or with the list of what is missing, and Outdated
    when the record has moved on since.
    """
    lock_visit(visit)
    ensure_allowed(visit, VisitAction.SIGN)
    check_visit_signer(visit, by=by)
    _sheet_of(visit).lock()
    ensure_sheet_unchanged(_sheet_of(visit), shown_version)
    missing = missing_to_sign(visit)
    if missing:
        raise ActionRefused(f"ยังลงนามไม่ได้ ขาดอีก {len(missing)} รายการ", missing=missing)
    capacity = capacity_of(by, Permission.RECORD_VISIT, visit.round.school_id)
    transition(
        visit, VisitAction.SIGN, by=by, signed_by=by, signed_at=timezone.now(), signed_as=capacity
    )
    _freeze(visit)


def check_visit_signer(visit: Visit, *, by: User) -> None:
    """Raises Refused for anybody but the leader, naming who must sign."""
    if not is_visit_signer(visit, by):
        raise ActionRefused(f"ผู้ลงนามต้องเป็นหัวหน้าคณะนิเทศ คือ {visit.leader}")


def is_visit_signer(visit: Visit, person: User) -> bool:
    """The leader; once the leader has left the post, whoever has the school in charge now."""
    if person.pk == visit.leader_id:
        return True
    in_charge = eligible_leaders(visit.round.school, timezone.localdate())
    leader_left = not in_charge.filter(pk=visit.leader_id).exists()
    return leader_left and can(person, Permission.RECORD_VISIT, visit.round.school_id)


@transaction.atomic
def acknowledge_visit(visit: Visit, *, by: User, comment: str = "") -> None:
    """The school's director has read the record (step 4 done); a comment is optional.

    Raises Refused for a record that is being amended: the school reads the amended one.
    """
    lock_visit(visit)
    check_can_acknowledge_visit(visit)
    capacity = capacity_of(by, Permission.ACKNOWLEDGE_VISIT, visit.round.school_id)
    transition(
        visit,
        VisitAction.ACKNOWLEDGE,
        by=by,
        acknowledged_by=by,
        acknowledged_at=timezone.now(),
        acknowledged_as=capacity,
        school_comment=comment.strip(),
    )


def check_can_acknowledge_visit(visit: Visit) -> None:
    """Raises Refused unless the record is signed and no amendment of it was begun."""
    ensure_allowed(visit, VisitAction.ACKNOWLEDGE)
    if following := newer_visit_version(visit):
        raise ActionRefused(f"บันทึกนี้มีฉบับแก้ไขแล้ว โปรดรับทราบ{following.label} แทน เมื่อลงนามแล้ว")


@transaction.atomic
def revise_visit(visit: Visit, *, by: User, reason: str) -> Visit:
    """Put a signed record right in a new version that starts from a copy of this one.

    This one stays in force until the school has acknowledged the new one. Raises Refused for
    anybody but the leader, while it is not signed, when an amendment stands already, and once
    the round was decided on it.
    """
    lock_visit(visit)
    check_can_revise_visit(visit, by=by)
    last = visit.round.visits.filter(number=visit.number).order_by("-version")[0]
    following = Visit(
        **visit.revision_copies(),
        version=last.version + 1,
        previous=last,
        leader=by,
        sheet=copy_sheet(_sheet_of(visit)),
    )
    start(following, VisitAction.REVISE_RECORD, by=by, reason=reason)
    following.team.add(*visit.team.all())
    if visit.is_observation:
        _copy_observation(visit.observation, following)
    return following


def check_can_revise_visit(visit: Visit, *, by: User) -> None:
    """Raises Refused as `amend` would, for the page that asks before it."""
    if not visit.is_signed:
        raise ActionRefused("แก้ไขเป็นฉบับใหม่ได้เมื่อลงนามแล้วเท่านั้น ระหว่างบันทึกโปรดแก้ไขในแบบบันทึก")
    if not is_visit_signer(visit, by):
        raise ActionRefused(f"ผู้แก้ไขบันทึกที่ลงนามแล้วต้องเป็นหัวหน้าคณะนิเทศ คือ {visit.leader}")
    if following := newer_visit_version(visit):
        raise ActionRefused(f"บันทึกนี้มีฉบับแก้ไขแล้ว โปรดเปิด{following.label}")
    if is_decided_on(visit):
        raise ActionRefused("รอบนี้พิจารณาผลจากบันทึกนี้แล้ว จึงแก้ไขไม่ได้ โปรดบันทึกเป็นการนิเทศครั้งใหม่")


def is_decided_on(visit: Visit) -> bool:
    """Whether the round's decision rests on its visits; it never rests on an observation."""
    return hasattr(visit.round, "decision") and not visit.is_observation


def _copy_observation(observation: Observation, following: Visit) -> None:
    observation.pk, observation.visit = None, following
    observation.save(force_insert=True)
