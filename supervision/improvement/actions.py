from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.models import User
from supervision.improvement.enums import Owner, SummaryState
from supervision.improvement.models import Recommendation, Summary
from supervision.practices.enums import Result
from supervision.practices.models import Decision
from supervision.rounds.models import Round
from supervision.visits.queries import deciding_visit
from supervision.workflow.actions import begin, move
from supervision.workflow.errors import Refused


@transaction.atomic
def start(round_: Round, *, by: User) -> Summary:
    """The round's summary, begun now from the visit's own words unless begun before.

    Raises Refused unless the round was decided บรรลุ (manual P3, flow E to F).
    """
    round_.refresh_from_db(from_queryset=Round.objects.select_for_update())
    summary = Summary.objects.filter(round=round_).first()
    if summary is None:
        if not Decision.objects.filter(round=round_, state=Result.ACHIEVED).exists():
            raise Refused("ยังสรุปผลไม่ได้ เพราะรอบนี้ยังไม่มีผลการพิจารณาว่าบรรลุ")
        summary = Summary(round=round_, **_words_of_visit(round_))
        begin(summary, "draft", by=by)
    return summary


def _words_of_visit(round_: Round) -> dict[str, str]:
    visit = deciding_visit(round_)
    if visit is None or visit.sheet is None:
        return {}
    texts = dict(visit.sheet.texts.values_list("field", "text"))
    return {
        "strengths": texts.get("strengths", ""),
        "improvement_points": texts.get("improvement_points", ""),
        "guidelines": texts.get("advice", ""),
    }


def propose(summary: Summary, *, by: User) -> None:
    """Ask the school to agree. Raises Refused naming what is still empty."""
    missing = missing_to_propose(summary)
    if missing:
        raise Refused("ยังเสนอโรงเรียนไม่ได้ โปรดกรอกให้ครบ", missing=missing)
    move(summary, "propose", by=by)


def missing_to_propose(summary: Summary) -> list[str]:
    """What the summary still lacks, in the words the page shows."""
    fields = ("strengths", "improvement_points", "guidelines")
    missing = [
        str(Summary._meta.get_field(field).verbose_name)
        for field in fields
        if not getattr(summary, field).strip()
    ]
    if not summary.round.recommendations.exists():
        missing.append("ข้อเสนอแนะอย่างน้อย 1 ข้อ พร้อมผู้รับผิดชอบและกำหนดเสร็จ")
    return missing


def agree(summary: Summary, *, by: User) -> None:
    """The school's director agrees (step 6 done)."""
    capacity = capacity_of(by, Permission.AGREE_SUMMARY, summary.round.school_id)
    move(summary, "agree", by=by, agreed_by=by, agreed_at=timezone.now(), agreed_as=capacity)


def return_for_correction(summary: Summary, *, by: User, reason: str) -> None:
    move(summary, "return", by=by, reason=reason)


@transaction.atomic
def recommend(
    summary: Summary, *, by: User, text: str, owner: Owner, due_on: date
) -> Recommendation:
    """Add one recommendation while the summary is being drafted."""
    summary.refresh_from_db(from_queryset=Summary.objects.select_for_update())
    if summary.state != SummaryState.DRAFT:
        raise Refused("สรุปผลนี้เสนอโรงเรียนแล้ว จึงเพิ่มข้อเสนอแนะไม่ได้")
    recommendation = Recommendation(
        round=summary.round, text=text.strip(), owner=owner, due_on=due_on
    )
    begin(recommendation, "give", by=by)
    return recommendation


def close(recommendation: Recommendation, *, by: User, proof: str) -> None:
    """Close a recommendation with proof of what was done. Raises Refused without proof."""
    if not proof.strip():
        raise Refused("โปรดระบุหลักฐานการดำเนินการก่อนปิดข้อเสนอแนะ")
    move(
        recommendation,
        "close",
        by=by,
        proof=proof.strip(),
        closed_by=by,
        closed_at=timezone.now(),
    )
