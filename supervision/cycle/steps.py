"""The seven steps asked of the facts, and the facts of steps 2 to 6.

Each step is one query over what another package owns; where a school stands is never stored.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from schools.access import Permission
from schools.core.registry import Registry
from schools.core.thai import local_day, short_date
from schools.core.url_cache import cached_url
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import SelfAssessment
from supervision.assessments.progress import (
    SelfAssessmentStage,
    first_confirmed_at,
    self_assessment_stage,
    with_stage_facts,
)
from supervision.assessments.queries import with_progress
from supervision.cycle.facts import RoundStepFacts
from supervision.improvement.enums import SummaryAction, SummaryState
from supervision.improvement.models import Recommendation, Summary
from supervision.practices.models import Decision
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import with_last_reason, with_leader_in_charge
from supervision.workflow.queries import last_transition_at


@dataclass(frozen=True)
class Step:
    """One of the seven steps of the manual's P3."""

    number: CycleStep
    short: str
    facts: Callable[[Sequence[Round]], Mapping[int, RoundStepFacts]]

    @property
    def name(self) -> str:
        return self.number.label


def with_step_facts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Rounds loaded with all that their facts can read from one query."""
    recommendations = Recommendation.objects.not_withdrawn().filter(round=OuterRef("pk"))
    count = recommendations.order_by().values("round").annotate(count=Count("pk")).values("count")
    rounds = rounds.select_related("school", "decision", "summary")
    return rounds.annotate(
        recommendation_count=Coalesce(Subquery(count), 0),
        summary_proposed_at=last_transition_at(Summary, "summary__pk", SummaryAction.PROPOSE),
        summary_returned_at=last_transition_at(Summary, "summary__pk", SummaryAction.RETURN),
    )


def with_criteria(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """With the sets chosen in step 2 as well, for pages that name them or lead to them."""
    return rounds.prefetch_related(Prefetch("indicator_sets", to_attr="criteria"))


def criteria_facts(rounds: Sequence[Round]) -> dict[int, RoundStepFacts]:
    """Step 2: the round's own sets, told where they come with the rounds (`with_criteria`)."""
    return {r.pk: _criteria_fact(r) for r in rounds}


def _criteria_fact(round_: Round) -> RoundStepFacts:
    if round_.has_criteria:
        chosen = getattr(round_, "criteria", [])
        detail = " และ".join(f"{one} · ก.ต.ป.น. เห็นชอบ ครั้งที่ {one.meeting_no}" for one in chosen)
        url = chosen[0].get_absolute_url() if chosen else ""
        return RoundStepFacts(True, detail, round_.criteria_chosen_at, url=url)
    return RoundStepFacts(
        detail="ยังไม่กำหนดชุดตัวชี้วัดของรอบนี้",
        act="กำหนดชุดตัวชี้วัด",
        permission=Permission.OPEN_ROUNDS,
        url=cached_url("round_criteria", round_.pk),
    )


def assessment_facts(rounds: Sequence[Round]) -> dict[int, RoundStepFacts]:
    """Step 3: the latest version of the self-assessment."""
    versions: dict[int, list[SelfAssessment]] = {}
    for row in with_stage_facts(SelfAssessment.objects.filter(round__in=rounds)):
        versions.setdefault(row.round_id, []).append(row)
    return {r.pk: _assessment_fact(r, versions.get(r.pk, [])) for r in rounds}


def _assessment_fact(round_: Round, versions: Sequence[SelfAssessment]) -> RoundStepFacts:
    if not versions:
        return RoundStepFacts(
            detail="โรงเรียนยังไม่เริ่มประเมินตนเอง",
            act="เริ่มประเมินตนเอง",
            permission=Permission.DRAFT_SELF_ASSESSMENT,
            url=cached_url("self_assessment_start", round_.pk),
        )
    latest, first_done_at = versions[-1], first_confirmed_at(versions)
    url = latest.get_absolute_url()
    if latest.state == SelfAssessmentState.CONFIRMED:
        detail = f"ยืนยันเมื่อ {short_date(latest.confirmed_at)} โดย{latest.confirmed_as}"
        if latest.without_evidence:
            detail += f" · ขาดหลักฐาน {latest.without_evidence} ข้อ"
        return RoundStepFacts(True, detail, latest.confirmed_at, first_done_at, url=url)
    count = f"{latest.answered}/{latest.total}"
    detail = f"กรอกแล้ว {count} ตัวชี้วัด"
    act, permission = ACTS[self_assessment_stage(round_, latest)]
    is_back = latest.version > 1
    return RoundStepFacts(
        detail=f"ศึกษานิเทศก์ส่งกลับให้แก้ไข · {detail}" if is_back else detail,
        since=latest.completed_at,
        first_done_at=first_done_at,
        returned_on=local_day(latest.started_at) if is_back else None,
        correct_by=latest.correct_by,
        act=act,
        permission=permission,
        url=url,
        word=count,
        has_page=True,
    )


ACTS = {
    SelfAssessmentStage.DRAFTING: ("ประเมินต่อ", Permission.DRAFT_SELF_ASSESSMENT),
    SelfAssessmentStage.RETURNED: ("แก้ไขตามที่ส่งกลับ", Permission.DRAFT_SELF_ASSESSMENT),
    SelfAssessmentStage.COMPLETE: ("ยืนยันผลการประเมินตนเอง", Permission.CONFIRM_SELF_ASSESSMENT),
}


def visit_facts(rounds: Sequence[Round]) -> dict[int, RoundStepFacts]:
    """Step 4: done once the school acknowledged a visit, the last such one; else the latest.

    Each round keeps all its visits as `visit_rows`, for the page that lists them.
    """
    by_round: dict[int, list[Visit]] = {}
    visits = with_progress(with_last_reason(Visit.objects.filter(round__in=rounds)))
    visits = with_leader_in_charge(visits, timezone.localdate())
    for visit in visits.order_by("number", "version"):
        by_round.setdefault(visit.round_id, []).append(visit)
    for round_ in rounds:
        round_.visit_rows = by_round.get(round_.pk, [])
    return {r.pk: _visit_fact(r, _decisive_visit(r.visit_rows)) for r in rounds}


def _decisive_visit(visits: Sequence[Visit]) -> Visit | None:
    counted = [visit for visit in visits if not (visit.is_cancelled or visit.is_observation)]
    read = [visit for visit in counted if visit.state == VisitState.ACKNOWLEDGED]
    return (read or counted or [None])[-1]


def _visit_fact(round_: Round, visit: Visit | None) -> RoundStepFacts:
    if visit is None:
        return RoundStepFacts(
            detail="ยังไม่มีนัดหมายการนิเทศ",
            act="นัดหมายการนิเทศ",
            permission=Permission.RECORD_VISIT,
            url=cached_url("visit_plan", round_.pk),
        )
    return VISIT_FACTS[VisitState(visit.state)](visit)


def _planned(visit: Visit) -> RoundStepFacts:
    day = short_date(visit.visit_on)
    return RoundStepFacts(
        detail=f"นัดหมาย {day} · {visit.get_mode_display()}",
        act="ออกนิเทศ",
        permission=Permission.RECORD_VISIT,
        url=visit.get_absolute_url(),
        word=day,
        has_page=True,
        may_precede_turn=True,
        day=visit.visit_on,
        at=visit.starts_at,
        leader_id=_leader_of(visit),
    )


def _recording(visit: Visit) -> RoundStepFacts:
    count = f"{visit.answered}/{visit.total}"
    return RoundStepFacts(
        detail=f"ออกนิเทศเมื่อ {short_date(visit.visit_on)} · บันทึกแล้ว {count}",
        act="ลงนามบันทึกการนิเทศ" if visit.answered == visit.total else "บันทึกการนิเทศต่อ",
        permission=Permission.RECORD_VISIT,
        url=visit.get_absolute_url(),
        word=count,
        has_page=True,
        day=visit.visit_on,
        leader_id=_leader_of(visit),
    )


def _leader_of(visit: Visit) -> int | None:
    """Who makes and signs it; nobody once the leader left: then who has the school in charge."""
    return visit.leader_id if visit.leader_in_charge else None


def _signed(visit: Visit) -> RoundStepFacts:
    return RoundStepFacts(
        detail=f"ศึกษานิเทศก์ลงนามเมื่อ {short_date(visit.signed_at)}",
        since=visit.signed_at,
        act="รับทราบผลการนิเทศ",
        permission=Permission.ACKNOWLEDGE_VISIT,
        url=visit.get_absolute_url(),
        word="รอรับทราบ",
        has_page=True,
    )


def _acknowledged(visit: Visit) -> RoundStepFacts:
    detail = (
        f"นิเทศเมื่อ {short_date(visit.visit_on)} · โรงเรียนรับทราบ {short_date(visit.acknowledged_at)}"
    )
    return RoundStepFacts(True, detail, visit.acknowledged_at, url=visit.get_absolute_url())


VISIT_FACTS = {
    VisitState.PLANNED: _planned,
    VisitState.RECORDING: _recording,
    VisitState.SIGNED: _signed,
    VisitState.ACKNOWLEDGED: _acknowledged,
}


def decision_facts(rounds: Sequence[Round]) -> dict[int, RoundStepFacts]:
    """Step 5: the decision with its reason; it comes with the round and costs no query."""
    return {r.pk: _decision_fact(r, getattr(r, "decision", None)) for r in rounds}


def _decision_fact(round_: Round, decision: Decision | None) -> RoundStepFacts:
    url = cached_url("decision", round_.pk)
    if decision:
        result = decision.get_state_display()
        detail = f"{result} · ก.ต.ป.น. ครั้งที่ {decision.meeting_no}"
        if decision.is_against_proposal:
            detail += f" · ต่างจากผลที่ระบบเสนอ เพราะ{decision.against_reason}"
        ends_round = not decision.is_achieved
        return RoundStepFacts(
            True, detail, decision.decided_at, url=url, word=result, ends_round=ends_round
        )
    return RoundStepFacts(
        detail="ยังไม่พิจารณาผล", act="พิจารณาผล", permission=Permission.DECIDE, url=url
    )


def summary_facts(rounds: Sequence[Round]) -> dict[int, RoundStepFacts]:
    """Step 6: the summary agreed with the school; it comes with the round too."""
    return {r.pk: _summary_fact(r, getattr(r, "summary", None)) for r in rounds}


def _summary_fact(round_: Round, summary: Summary | None) -> RoundStepFacts:
    if summary is None:
        return RoundStepFacts(
            detail="ยังไม่สรุปผล",
            act="สรุปผลการนิเทศ",
            permission=Permission.SUMMARISE,
            url=cached_url("summary_start", round_.pk),
        )
    return SUMMARY_FACTS[SummaryState(summary.state)](round_, summary)


def _summary_draft(round_: Round, summary: Summary) -> RoundStepFacts:
    """What a summary opened again will advise is told once it is proposed."""
    drafting = f"กำลังสรุปผล · ข้อเสนอแนะ {_recommendation_count(round_)} ข้อ"
    again = ("เปิดสรุปผลให้แก้ไขอีกครั้ง", "แก้ไขสรุปผล")
    detail, act = again if summary.is_reopened else (drafting, "สรุปผลต่อ")
    return RoundStepFacts(
        detail=detail,
        first_done_at=summary.first_agreed_at,
        returned_on=_sent_back_on(round_, summary),
        act=act,
        permission=Permission.SUMMARISE,
        url=summary.get_absolute_url(),
        word="กำลังสรุป",
        has_page=True,
    )


def _sent_back_on(round_: Round, summary: Summary) -> date | None:
    """Since when the school waits for another proposal; nothing once it was opened again."""
    asked_at = None if summary.first_agreed_at else round_.summary_returned_at
    return local_day(asked_at) if asked_at else None


def _summary_proposed(round_: Round, summary: Summary) -> RoundStepFacts:
    return RoundStepFacts(
        detail=f"เสนอโรงเรียนแล้ว · ข้อเสนอแนะ {_recommendation_count(round_)} ข้อ",
        since=round_.summary_proposed_at,
        first_done_at=summary.first_agreed_at,
        act="เห็นชอบสรุปผล",
        permission=Permission.AGREE_SUMMARY,
        url=summary.get_absolute_url(),
        word="รอโรงเรียน",
        has_page=True,
    )


def _summary_agreed(round_: Round, summary: Summary) -> RoundStepFacts:
    detail = (
        f"เห็นชอบร่วมกันเมื่อ {short_date(summary.agreed_at)} · "
        f"ข้อเสนอแนะ {_recommendation_count(round_)} ข้อ"
    )
    first_done_at = summary.first_agreed_at
    return RoundStepFacts(
        True, detail, summary.agreed_at, first_done_at, url=summary.get_absolute_url()
    )


def _recommendation_count(round_: Round) -> int:
    """Counted with the rounds when many are loaded; a lone round is asked by itself."""
    return (
        round_.recommendation_count
        if hasattr(round_, "recommendation_count")
        else round_.recommendations.not_withdrawn().count()
    )


SUMMARY_FACTS = {
    SummaryState.DRAFT: _summary_draft,
    SummaryState.PROPOSED: _summary_proposed,
    SummaryState.AGREED: _summary_agreed,
}


steps_of_cycle: Registry[CycleStep, Step] = Registry("steps of the cycle")


def all_steps() -> list[Step]:
    """The seven steps in their order; raises LookupError while one is not registered."""
    return [steps_of_cycle.get(number) for number in CycleStep]
