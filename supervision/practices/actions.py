from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.models import User
from supervision.practices.enums import Result
from supervision.practices.models import Decision, GoodPractice
from supervision.rounds.actions import open_next
from supervision.rounds.models import Round
from supervision.visits.queries import deciding_visit
from supervision.workflow.actions import begin, move
from supervision.workflow.errors import Refused


@transaction.atomic
def decide(
    round_: Round,
    *,
    by: User,
    result: Result,
    reason: str,
    meeting_no: str,
    meeting_on: date,
    will_change: str = "",
) -> Decision:
    """Decide บรรลุ or ไม่บรรลุ for the round, once; ไม่บรรลุ opens the next round.

    Raises Refused before the school has acknowledged a visit, when the round is decided
    already, and when ไม่บรรลุ does not say what will change.
    """
    round_.lock()
    check_can_decide(round_)
    if result == Result.NOT_ACHIEVED and not will_change.strip():
        raise Refused("ผลไม่บรรลุต้องระบุสิ่งที่จะปรับในรอบถัดไป")
    decision = Decision(
        round=round_,
        reason=reason.strip(),
        meeting_no=meeting_no,
        meeting_on=meeting_on,
        decided_by=by,
        decided_as=capacity_of(by, Permission.DECIDE, round_.school_id),
        decided_at=timezone.now(),
    )
    begin(decision, "achieve" if result == Result.ACHIEVED else "not_achieve", by=by)
    if result == Result.NOT_ACHIEVED:
        open_next(round_, will_change=will_change.strip(), by=by)
    return decision


def check_can_decide(round_: Round) -> None:
    """Raises Refused before the school has acknowledged a visit, and once decided."""
    if Decision.objects.filter(round=round_).exists():
        raise Refused("รอบนี้มีผลการพิจารณาแล้ว จึงพิจารณาซ้ำไม่ได้")
    if deciding_visit(round_) is None:
        raise Refused("ยังพิจารณาไม่ได้ เพราะยังไม่มีบันทึกการนิเทศที่โรงเรียนรับทราบ")


@transaction.atomic
def nominate(round_: Round, *, by: User, title: str, process: str, outcome: str) -> GoodPractice:
    """Put a good practice of this round forward; a school or a supervisor may.

    Raises Refused when the round has one of this title: a form sent twice makes one.
    """
    round_.lock()
    if round_.practices.filter(title=title).exists():
        raise Refused(f"รอบนี้เสนอผลงาน “{title}” ไว้แล้ว โปรดใช้ชื่ออื่น")
    practice = GoodPractice(
        round=round_, title=title, process=process, outcome=outcome, nominated_by=by
    )
    begin(practice, "nominate", by=by)
    return practice


def select(practice: GoodPractice, *, by: User) -> None:
    """Choose a nominated practice as a model for other schools."""
    move(practice, "select", by=by, selected_by=by, selected_at=timezone.now())
