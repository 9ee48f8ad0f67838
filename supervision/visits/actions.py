from collections.abc import Iterable
from datetime import date, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from schools.access import Permission, can, capacity_of
from schools.models import User
from supervision.assessments.actions import freeze, lock, new_sheet
from supervision.assessments.enums import SheetKind
from supervision.needs.enums import Mode
from supervision.rounds.actions import check_goes_on
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import leaders_for, missing_to_sign
from supervision.workflow.actions import begin, move
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
    mode: Mode = Mode.ON_SITE,
    team: Iterable[User] = (),
) -> Visit:
    """Make an appointment with the school; a round may have several visits.

    Raises Refused when the round has ended, or has this very appointment already.
    """
    round_.lock()
    check_goes_on(round_)
    _check_time_is_free(round_, visit_on, starts_at)
    last = round_.visits.aggregate(last=Max("number"))["last"] or 0
    visit = Visit(
        round=round_,
        number=last + 1,
        visit_on=visit_on,
        starts_at=starts_at,
        mode=mode,
        purpose=purpose,
        leader=leader,
    )
    begin(visit, "plan", by=by)
    visit.team.set(team)
    return visit


def _check_time_is_free(round_: Round, visit_on: date, starts_at: time | None) -> None:
    """The same form sent twice makes one appointment."""
    same = round_.visits.filter(visit_on=visit_on, starts_at=starts_at).first()
    if same:
        raise Refused(f"มีนัดหมายวันและเวลานี้แล้ว คือการนิเทศครั้งที่ {same.number} โปรดเปลี่ยนวันหรือเวลา")


@transaction.atomic
def start_record(visit: Visit, *, by: User) -> None:
    """Open the record's answer sheet on the round's indicator set.

    A record never bears a day still to come: who goes earlier than planned went today.
    """
    day = min(visit.visit_on, timezone.localdate())
    sheet = new_sheet(visit.round, SheetKind.VISIT)
    move(visit, "record", by=by, sheet=sheet, visit_on=day)


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
