from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from supervision.visits.records_of_kinds import record_of_kind
from supervision.workflow.actions import ensure_allowed, start, transition

KIND_IS_FIXED = "เริ่มบันทึกแล้ว เปลี่ยนประเภทไม่ได้เพราะแบบบันทึกขึ้นกับประเภท"


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
    """Plan a visit to the round's school on a day; a round may have several visits.

    Raises ActionRefused when the round has ended, or has the same visit planned already.
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
    """Lock the visit's round until the transaction ends, and load the visit as it is by then."""
    visit.round.lock()
    visit.refresh_from_db()


def check_visit_is_new(visit: Visit) -> None:
    """Raises ActionRefused where the round has the same visit already: a form was sent twice."""
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
    """Move a planned visit to another day or time; the log keeps the one it had.

    Raises ActionRefused where it is planned for then already: a form was sent twice.
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
    """Cancel a visit. What was recorded so far is kept for the office to read."""
    visit.round.lock()
    transition(visit, VisitAction.CANCEL, by=by, reason=reason)
    if visit.sheet:
        visit.sheet.lock()
        _freeze(visit)


def _freeze(visit: Visit) -> None:
    """Freeze the record's sheet and the sheets that its raters have not submitted."""
    freeze_sheet(visit.record_sheet)
    for sheet in AnswerSheet.objects.filter(rating__visit=visit, frozen_at=None):
        freeze_sheet(sheet)


@transaction.atomic
def change_visit_leader(visit: Visit, *, by: User, leader: User, reason: str) -> None:
    """Change who leads the visit, and thereby who signs its record.

    Raises ActionRefused once it is signed or cancelled, and for who leads it already.
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

    A visit that was planned for a later day is dated today, for it is made now.
    Raises ActionRefused for an observation and for mentoring, which have forms of their own.
    """
    lock_visit(visit)
    if visit.is_observation:
        raise ActionRefused("การสังเกตชั้นเรียนใช้แบบเฉพาะ โปรดเลือกแบบสังเกตชั้นเรียนก่อนบันทึก")
    if visit.is_mentoring:
        raise ActionRefused("การให้คำปรึกษาไม่มีคะแนน โปรดใช้แบบบันทึกการให้คำปรึกษา")
    ensure_allowed(visit, VisitAction.RECORD)
    ensure_round_is_current(visit.round)
    sheet = create_sheet(visit.round, SheetKind.VISIT)
    transition(visit, VisitAction.RECORD, by=by, sheet=sheet, visit_on=_day_of(visit))


@transaction.atomic
def start_record_in_words(visit: Visit, *, by: User) -> None:
    """Begin the record of a mentoring visit, which has no sheet; dated today if it comes early.

    Raises ActionRefused for a visit of another kind, and once the round has ended.
    """
    lock_visit(visit)
    if not visit.is_mentoring:
        raise ActionRefused("การนิเทศครั้งนี้ไม่ใช่การลงพื้นที่ให้คำปรึกษา โปรดใช้แบบบันทึกการนิเทศ")
    ensure_allowed(visit, VisitAction.RECORD)
    ensure_round_is_current(visit.round)
    transition(visit, VisitAction.RECORD, by=by, visit_on=_day_of(visit))


def _day_of(visit: Visit) -> date:
    return min(visit.visit_on, timezone.localdate())


@transaction.atomic
def start_observation(
    visit: Visit, *, by: User, form: IndicatorSet, lesson: Mapping[str, Any]
) -> Observation:
    """Open the answer sheet of a classroom observation and save which lesson is observed.

    `lesson` holds the facts of an Observation: teacher (role or initials), grade, subject,
    lesson. Raises ActionRefused for a visit of another kind, a round that has ended, or a form
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
    """Raises ActionRefused as `start_observation` would, for the page that asks for the lesson."""
    if not visit.is_observation:
        raise ActionRefused("การนิเทศครั้งนี้ไม่ใช่การสังเกตชั้นเรียน โปรดใช้แบบบันทึกการนิเทศ")
    ensure_allowed(visit, VisitAction.RECORD)
    ensure_round_is_current(visit.round)


@transaction.atomic
def sign_visit(visit: Visit, *, by: User, shown_version: SheetVersionToken | None = None) -> None:
    """Sign and freeze the record as its leader; `shown_version` is the one the page has shown.

    Raises ActionRefused when somebody else signs, or with the list of what is missing, and Outdated
    when the record was changed since.
    """
    lock_visit(visit)
    ensure_allowed(visit, VisitAction.SIGN)
    check_visit_signer(visit, by=by)
    missing = _missing_to_sign(visit, shown_version)
    if missing:
        raise ActionRefused(f"ยังลงนามไม่ได้ ขาดอีก {len(missing)} รายการ", missing=missing)
    capacity = capacity_of(by, Permission.RECORD_VISIT, visit.round.school_id)
    transition(
        visit, VisitAction.SIGN, by=by, signed_by=by, signed_at=timezone.now(), signed_as=capacity
    )
    if visit.sheet:
        _freeze(visit)


def _missing_to_sign(visit: Visit, shown_version: SheetVersionToken | None) -> Sequence[object]:
    """What its record lacks, which nobody changes from now on; raises Outdated if changed since."""
    if record := record_of_kind(visit):
        return record.missing_to_sign(visit)
    visit.record_sheet.lock()
    ensure_sheet_unchanged(visit.record_sheet, shown_version)
    return missing_to_sign(visit)


def check_visit_signer(visit: Visit, *, by: User) -> None:
    """Raises ActionRefused for anybody but the leader, naming who must sign."""
    if not is_visit_signer(visit, by):
        raise ActionRefused(f"ผู้ลงนามต้องเป็นหัวหน้าคณะนิเทศ คือ {visit.leader}")


def is_visit_signer(visit: Visit, person: User) -> bool:
    """Whether the person may sign: the leader, or who is in charge once the leader has left."""
    if person.pk == visit.leader_id:
        return True
    in_charge = eligible_leaders(visit.round.school, timezone.localdate())
    leader_left = not in_charge.filter(pk=visit.leader_id).exists()
    return leader_left and can(person, Permission.RECORD_VISIT, visit.round.school_id)


@transaction.atomic
def acknowledge_visit(visit: Visit, *, by: User, comment: str = "") -> None:
    """Save that the school's director has read the record, which ends step 4.

    Raises ActionRefused for a record that is being revised: the school reads the new version.
    """
    lock_visit(visit)
    check_can_acknowledge_visit(visit)
    record = record_of_kind(visit)
    if record and (missing := record.missing_to_acknowledge(visit)):
        raise ActionRefused("ยังรับทราบไม่ได้ โปรดเขียนให้ครบก่อน", missing=missing)
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
    """Raises ActionRefused unless the record is signed and no new version of it was begun."""
    ensure_allowed(visit, VisitAction.ACKNOWLEDGE)
    if following := newer_visit_version(visit):
        raise ActionRefused(f"บันทึกนี้มีฉบับแก้ไขแล้ว โปรดรับทราบ{following.label} แทน เมื่อลงนามแล้ว")


@transaction.atomic
def revise_visit(visit: Visit, *, by: User, reason: str) -> Visit:
    """Begin a new version of a signed record as a copy of it.

    This one stays in force until the school has acknowledged the new one. Raises ActionRefused for
    anybody but the leader, while it is not signed, when there is a newer version already, and once
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
        sheet=None if visit.is_mentoring else copy_sheet(visit.record_sheet),
    )
    start(following, VisitAction.REVISE_RECORD, by=by, reason=reason)
    following.team.add(*visit.team.all())
    if visit.is_observation:
        _copy_observation(visit.observation, following)
    if record := record_of_kind(visit):
        record.copy(visit, following)
    return following


def check_can_revise_visit(visit: Visit, *, by: User) -> None:
    """Raises ActionRefused as `revise_visit` would, for the page that asks before it."""
    if not visit.is_signed:
        raise ActionRefused("แก้ไขเป็นฉบับใหม่ได้เมื่อลงนามแล้วเท่านั้น ระหว่างบันทึกโปรดแก้ไขในแบบบันทึก")
    if not is_visit_signer(visit, by):
        raise ActionRefused(f"ผู้แก้ไขบันทึกที่ลงนามแล้วต้องเป็นหัวหน้าคณะนิเทศ คือ {visit.leader}")
    if following := newer_visit_version(visit):
        raise ActionRefused(f"บันทึกนี้มีฉบับแก้ไขแล้ว โปรดเปิด{following.label}")
    if is_decided_on(visit):
        raise ActionRefused("รอบนี้พิจารณาผลจากบันทึกนี้แล้ว จึงแก้ไขไม่ได้ โปรดบันทึกเป็นการนิเทศครั้งใหม่")


def is_decided_on(visit: Visit) -> bool:
    """Whether the round's decision rests on its visits; some kinds it never rests on."""
    return hasattr(visit.round, "decision") and not visit.judges_no_school


def _copy_observation(observation: Observation, following: Visit) -> None:
    observation.pk, observation.visit = None, following
    observation.save(force_insert=True)


@transaction.atomic
def update_visit_plan(
    visit: Visit,
    *,
    by: User,
    kind: VisitKind,
    mode: SupervisionMode,
    purpose: str,
    team: Iterable[User],
) -> bool:
    """Change what a visit is about, how it is made and who joins; the log says what changed.

    Returns whether anything changed. Raises ActionRefused for another kind once the record is
    begun, for removing somebody who has begun to rate, and once it is signed or cancelled.
    """
    lock_visit(visit)
    ensure_allowed(visit, visit_update_action(visit))
    before, after = set(visit.team.all()), set(team) - {visit.leader}
    told = [*_detail_changes(visit, kind, mode, purpose), *_team_changes(before, after)]
    if told:
        _check_kind(visit, kind)
        _check_raters_stay(visit, before - after)
        facts = {"kind": kind, "mode": mode, "purpose": purpose}
        transition(visit, visit_update_action(visit), by=by, reason="\n".join(told), **facts)
        visit.team.set(after)
    return bool(told)


def visit_update_action(visit: Visit) -> VisitAction:
    """The action that updates the plan of a visit in its state, which it keeps."""
    recording = visit.state == VisitState.RECORDING
    return VisitAction.UPDATE_RECORD if recording else VisitAction.UPDATE


def _detail_changes(
    visit: Visit, kind: VisitKind, mode: SupervisionMode, purpose: str
) -> Iterator[str]:
    pairs = (
        ("ประเภท", visit.get_kind_display(), VisitKind(kind).label),
        ("รูปแบบ", visit.get_mode_display(), SupervisionMode(mode).label),
        ("เรื่องที่นิเทศ", visit.purpose, purpose),
    )
    for what, before, after in pairs:
        if before != after:
            yield f"เปลี่ยน{what}จาก “{before}” เป็น “{after}”"


def _team_changes(before: set[User], after: set[User]) -> Iterator[str]:
    if joining := after - before:
        yield f"เพิ่มผู้ร่วมนิเทศ {_named(joining)}"
    if leaving := before - after:
        yield f"นำ {_named(leaving)} ออกจากผู้ร่วมนิเทศ"


def _named(people: Iterable[User]) -> str:
    return " และ ".join(sorted(map(str, people)))


def _check_kind(visit: Visit, kind: VisitKind) -> None:
    """Raises ActionRefused once the record is begun, or where it would equal another visit."""
    if kind == visit.kind:
        return
    if visit.state == VisitState.RECORDING:
        raise ActionRefused(KIND_IS_FIXED)
    visit.kind = kind
    check_visit_is_new(visit)


def _check_raters_stay(visit: Visit, leaving: Collection[User]) -> None:
    raters = User.objects.filter(ratings__visit=visit, pk__in=[person.pk for person in leaving])
    if raters:
        raise ActionRefused(
            f"{_named(raters)} เริ่มให้คะแนนแล้ว จึงนำออกจากผู้ร่วมนิเทศไม่ได้ คะแนนต้องอยู่คู่กับผู้ให้ โปรดเลือกผู้นี้ไว้"
        )
