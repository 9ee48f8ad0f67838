"""A school objects to its place, and the office answers: corrected, or kept with the reason."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.models import School, User
from supervision.quality_drive.models import Ranking, RankingObjection
from supervision.quality_drive.ranking.enums import ObjectionAction, RankingState
from supervision.workflow.actions import ensure_allowed, start, transition

ONE_AT_A_TIME = "โรงเรียนยื่นข้อทักท้วงไว้แล้วและยังรอคำตอบ หากต้องการแก้ไขข้อความ โปรดถอนเรื่องเดิมแล้วยื่นใหม่"
COMPUTE_FIRST = (
    "ยังไม่ได้คำนวณลำดับใหม่หลังโรงเรียนยื่นข้อทักท้วง โปรดแก้ไขข้อมูลต้นทางและคำนวณใหม่ก่อน แล้วจึงตอบว่าแก้ไขตามที่ทักท้วง"
)


@transaction.atomic
def submit_ranking_objection(
    ranking: Ranking, school: School, *, by: User, text: str
) -> RankingObjection:
    """Put the school's objection before the office.

    Raises ActionRefused unless the order is shown to schools and the day has not passed, and
    while an objection of the school waits for its answer.
    """
    ranking = Ranking.objects.select_for_update(of=("self",)).get(pk=ranking.pk)
    check_takes_objections(ranking)
    objection = RankingObjection(
        ranking=ranking, school=school, text=text, submitted_at=timezone.now(), submitted_by=by
    )
    with unique_violation_as_refusal(ONE_AT_A_TIME):
        start(objection, ObjectionAction.SUBMIT, by=by)
    return objection


def check_takes_objections(ranking: Ranking) -> None:
    """Raises ActionRefused once an order takes no objections any more, or before it is shown."""
    if ranking.state != RankingState.SHOWN:
        raise ActionRefused("ขณะนี้ไม่ได้อยู่ระหว่างรับข้อทักท้วง โปรดดูประกาศของสำนักงาน")
    if not ranking.takes_objections_on(timezone.localdate()):
        raise ActionRefused("พ้นกำหนดรับข้อทักท้วงแล้ว หากยังมีข้อสงสัย โปรดติดต่อกลุ่มนิเทศฯ")


def withdraw_ranking_objection(objection: RankingObjection, *, by: User) -> None:
    """The school takes its objection back before it is answered."""
    transition(objection, ObjectionAction.WITHDRAW, by=by)


@transaction.atomic
def answer_by_correction(objection: RankingObjection, *, by: User, answer: str) -> None:
    """Answer that what the order rests on was corrected; names the order computed since.

    Raises ActionRefused where no order was computed after the school objected.
    """
    ensure_allowed(objection, ObjectionAction.CORRECT)
    newer = corrected_ranking(objection)
    if newer is None:
        raise ActionRefused(COMPUTE_FIRST)
    _answer(objection, ObjectionAction.CORRECT, by=by, answer=answer, corrected_in=newer)


def corrected_ranking(objection: RankingObjection) -> Ranking | None:
    """The order in use, if it was computed after the one that the objection is about."""
    newer = Ranking.objects.filter(
        drive=objection.ranking.drive_id, version__gt=objection.ranking.version
    )
    return newer.exclude(state=RankingState.REPLACED).first()


def answer_by_keeping(objection: RankingObjection, *, by: User, answer: str) -> None:
    """Answer that the place stays as it is, with the reason."""
    _answer(objection, ObjectionAction.KEEP, by=by, answer=answer)


def _answer(
    objection: RankingObjection,
    action: ObjectionAction,
    *,
    by: User,
    answer: str,
    corrected_in: Ranking | None = None,
) -> None:
    facts: dict[str, Any] = {"answer": answer, "answered_at": timezone.now(), "answered_by": by}
    if corrected_in:
        facts["corrected_in"] = corrected_in
    transition(objection, action, by=by, **facts)
