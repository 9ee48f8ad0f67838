"""The facts of steps 2 to 6, each in one query over what another package owns."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    Count,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from schools.access import Permission
from schools.core.thai import local_day, short_date
from schools.core.url_cache import cached_url
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import SelfAssessment
from supervision.assessments.progress import (
    SelfAssessmentStage,
    SelfAssessmentWithStage,
    first_confirmed_at,
    self_assessment_stage,
    with_stage_facts,
)
from supervision.assessments.queries import with_progress
from supervision.criteria.models import IndicatorSet
from supervision.cycle.steps import (
    NextAction,
    RoundStepFacts,
    RoundWithFacts,
    SentBack,
    VisitDay,
)
from supervision.improvement.enums import SummaryAction, SummaryState
from supervision.improvement.models import Recommendation, Summary
from supervision.practices.models import Decision
from supervision.rounds.enums import MethodsState
from supervision.rounds.models import Round, SupervisionMethods
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import with_last_reason, with_leader_in_charge
from supervision.workflow.queries import last_transition_at


def with_step_facts(rounds: QuerySet[Round]) -> QuerySet[RoundWithFacts]:
    """Rounds loaded with all that the facts of their steps read from one query."""
    recommendations = Recommendation.objects.not_withdrawn().filter(round=OuterRef("pk"))
    count = recommendations.order_by().values("round").annotate(count=Count("pk")).values("count")
    confirmations = "term__confirmation_request__confirmations"
    own_school = Q(**{f"{confirmations}__school": F("school")})
    return rounds.select_related("school", "decision__meeting", "summary").annotate(
        data_confirmation=FilteredRelation(confirmations, condition=own_school),
        data_opens_on=F("term__confirmation_request__opens_on"),
        data_closes_on=F("term__confirmation_request__closes_on"),
        data_state=F("data_confirmation__state"),
        data_confirmed_at=F("data_confirmation__confirmed_at"),
        recommendation_count=Coalesce(Subquery(count), 0),
        summary_proposed_at=last_transition_at(Summary, "summary__pk", SummaryAction.PROPOSE),
        summary_returned_at=last_transition_at(Summary, "summary__pk", SummaryAction.RETURN),
    )


def with_criteria(rounds: QuerySet[RoundWithFacts]) -> QuerySet[RoundWithFacts]:
    """With the sets chosen in step 2 as well, for pages that name them or lead to them."""
    sets = IndicatorSet.objects.select_related("meeting")
    return rounds.prefetch_related(Prefetch("indicator_sets", sets, to_attr="criteria"))


# --- Step 2: criteria ---


def criteria_facts(rounds: Sequence[RoundWithFacts]) -> dict[int, RoundStepFacts]:
    """The round's own sets, named where they come with the rounds (`with_criteria`).

    Its tools and methods are named where they do (`with_methods`); they do not hold up the step.
    """
    return {r.pk: _criteria_facts_of(r) for r in rounds}


def _methods_detail(round_: Round) -> str:
    """What `with_methods` has loaded, in words; nothing where it has not."""
    if not hasattr(round_, "methods_state"):
        return ""
    if round_.methods_state is None:
        return " · เครื่องมือและวิธีการ: ยังไม่กำหนด"
    if round_.methods_state != MethodsState.ENDORSED:
        return " · เครื่องมือและวิธีการ: รอ ก.ต.ป.น. เห็นชอบ"
    named = SupervisionMethods(methods=round_.methods_chosen, tools=round_.methods_tools)
    return f" · เครื่องมือและวิธีการ: {named.in_words}"


def _criteria_facts_of(round_: Round) -> RoundStepFacts:
    if round_.has_criteria:
        chosen: list[IndicatorSet] = getattr(round_, "criteria", [])
        sets = " และ".join(f"{one} · ก.ต.ป.น. เห็นชอบ ครั้งที่ {one.meeting_no}" for one in chosen)
        return RoundStepFacts(
            done=True,
            detail=f"{sets}{_methods_detail(round_)}",
            page_url=chosen[0].get_absolute_url() if chosen else "",
            since=round_.criteria_chosen_at,
        )
    return RoundStepFacts(
        detail=f"ยังไม่กำหนดชุดตัวชี้วัดของรอบนี้{_methods_detail(round_)}",
        next_action=NextAction(
            "กำหนดชุดตัวชี้วัด", Permission.OPEN_ROUNDS, cached_url("round_criteria", round_.pk)
        ),
    )


# --- Step 3: self-assessment ---

ASSESSMENT_ACTIONS = {
    SelfAssessmentStage.DRAFTING: ("ประเมินต่อ", Permission.DRAFT_SELF_ASSESSMENT),
    SelfAssessmentStage.RETURNED: ("แก้ไขตามที่ส่งกลับ", Permission.DRAFT_SELF_ASSESSMENT),
    SelfAssessmentStage.COMPLETE: ("ยืนยันผลการประเมินตนเอง", Permission.CONFIRM_SELF_ASSESSMENT),
}


def assessment_facts(rounds: Sequence[RoundWithFacts]) -> dict[int, RoundStepFacts]:
    """The latest version of the self-assessment."""
    versions: dict[int, list[SelfAssessmentWithStage]] = {}
    for row in with_stage_facts(SelfAssessment.objects.filter(round__in=rounds)):
        versions.setdefault(row.round_id, []).append(row)
    return {r.pk: _assessment_facts_of(r, versions.get(r.pk, [])) for r in rounds}


def _assessment_facts_of(
    round_: Round, versions: Sequence[SelfAssessmentWithStage]
) -> RoundStepFacts:
    if not versions:
        return RoundStepFacts(
            detail="โรงเรียนยังไม่เริ่มประเมินตนเอง",
            next_action=NextAction(
                "เริ่มประเมินตนเอง",
                Permission.DRAFT_SELF_ASSESSMENT,
                cached_url("self_assessment_start", round_.pk),
            ),
        )
    latest, first_done_at = versions[-1], first_confirmed_at(versions)
    if latest.state == SelfAssessmentState.CONFIRMED and latest.confirmed_at:
        detail = f"ยืนยันเมื่อ {short_date(latest.confirmed_at)} โดย{latest.confirmed_as}"
        if latest.indicators_without_evidence_count:
            detail += f" · ขาดหลักฐาน {latest.indicators_without_evidence_count} ข้อ"
        return RoundStepFacts(
            done=True,
            detail=detail,
            page_url=latest.get_absolute_url(),
            since=latest.confirmed_at,
            first_done_at=first_done_at,
        )
    return _assessment_draft(round_, latest, first_done_at)


def _assessment_draft(
    round_: Round, latest: SelfAssessmentWithStage, first_done_at: datetime | None
) -> RoundStepFacts:
    count = f"{latest.answered}/{latest.total}"
    detail = f"กรอกแล้ว {count} ตัวชี้วัด"
    action, permission = ASSESSMENT_ACTIONS[self_assessment_stage(round_, latest)]
    is_back = latest.version > 1
    return RoundStepFacts(
        detail=f"ศึกษานิเทศก์ส่งกลับให้แก้ไข · {detail}" if is_back else detail,
        word=count,
        page_url=latest.get_absolute_url(),
        since=latest.completed_at,
        first_done_at=first_done_at,
        next_action=NextAction(action, permission, latest.get_absolute_url()),
        sent_back=SentBack(local_day(latest.started_at), latest.correct_by) if is_back else None,
    )


# --- Step 4: visit ---


class VisitProgress(TypedDict):
    """How many of a visit's indicators are answered, as `with_progress` loads it."""

    answered: int
    total: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    VisitWithProgress = WithAnnotations[Visit, VisitProgress]
else:
    VisitWithProgress = Visit


def visits_by_round(rounds: Sequence[Round]) -> dict[int, list[VisitWithProgress]]:
    """All visits of each round, in the order of their numbers and versions, in one query."""
    found: dict[int, list[VisitWithProgress]] = {}
    visits = with_last_reason(Visit.objects.filter(round__in=rounds))
    visits = with_leader_in_charge(visits, timezone.localdate())
    for visit in with_progress(visits.order_by("number", "version")):
        found.setdefault(visit.round_id, []).append(visit)
    return found


def visit_facts(rounds: Sequence[RoundWithFacts]) -> dict[int, RoundStepFacts]:
    """Done once the school acknowledged a visit, the last such one; else of the latest."""
    visits = visits_by_round(rounds)
    return {r.pk: _visit_facts_of(r, _decisive_visit(visits.get(r.pk, []))) for r in rounds}


def _decisive_visit(visits: Sequence[VisitWithProgress]) -> VisitWithProgress | None:
    counted = [visit for visit in visits if not (visit.is_cancelled or visit.judges_no_school)]
    read = [visit for visit in counted if visit.state == VisitState.ACKNOWLEDGED]
    found = read or counted
    return found[-1] if found else None


def _visit_facts_of(round_: Round, visit: VisitWithProgress | None) -> RoundStepFacts:
    if visit is None:
        return RoundStepFacts(
            detail="ยังไม่มีนัดหมายการนิเทศ",
            next_action=NextAction(
                "นัดหมายการนิเทศ", Permission.RECORD_VISIT, cached_url("visit_plan", round_.pk)
            ),
        )
    return VISIT_FACTS[VisitState(visit.state)](visit)


def _planned_visit(visit: VisitWithProgress) -> RoundStepFacts:
    day = short_date(visit.visit_on)
    return RoundStepFacts(
        detail=f"นัดหมาย {day} · {visit.get_mode_display()}",
        word=day,
        page_url=visit.get_absolute_url(),
        next_action=_leaders_action("ออกนิเทศ", visit),
        visit_day=VisitDay(visit.visit_on, visit.starts_at),
    )


def _visit_being_recorded(visit: VisitWithProgress) -> RoundStepFacts:
    count = f"{visit.answered}/{visit.total}"
    is_complete = visit.answered == visit.total
    action = "ลงนามบันทึกการนิเทศ" if is_complete else "บันทึกการนิเทศต่อ"
    return RoundStepFacts(
        detail=f"ออกนิเทศเมื่อ {short_date(visit.visit_on)} · บันทึกแล้ว {count}",
        word=count,
        page_url=visit.get_absolute_url(),
        next_action=_leaders_action(action, visit),
        visit_day=VisitDay(visit.visit_on, is_kept=True),
    )


def _leaders_action(label: str, visit: Visit) -> NextAction:
    """The leader's; once the leader left, of whoever has the school in charge."""
    leader_id = visit.leader_id if visit.leader_in_charge else None
    return NextAction(label, Permission.RECORD_VISIT, visit.get_absolute_url(), leader_id)


def _signed_visit(visit: VisitWithProgress) -> RoundStepFacts:
    signed_on = short_date(visit.signed_at) if visit.signed_at else ""
    url = visit.get_absolute_url()
    return RoundStepFacts(
        detail=f"ศึกษานิเทศก์ลงนามเมื่อ {signed_on}",
        word="รอรับทราบ",
        page_url=url,
        since=visit.signed_at,
        next_action=NextAction("รับทราบผลการนิเทศ", Permission.ACKNOWLEDGE_VISIT, url),
    )


def _acknowledged_visit(visit: VisitWithProgress) -> RoundStepFacts:
    read_on = short_date(visit.acknowledged_at) if visit.acknowledged_at else ""
    return RoundStepFacts(
        done=True,
        detail=f"นิเทศเมื่อ {short_date(visit.visit_on)} · โรงเรียนรับทราบ {read_on}",
        page_url=visit.get_absolute_url(),
        since=visit.acknowledged_at,
    )


VISIT_FACTS = {
    VisitState.PLANNED: _planned_visit,
    VisitState.RECORDING: _visit_being_recorded,
    VisitState.SIGNED: _signed_visit,
    VisitState.ACKNOWLEDGED: _acknowledged_visit,
}


# --- Step 5: decision ---


def decision_facts(rounds: Sequence[RoundWithFacts]) -> dict[int, RoundStepFacts]:
    """The decision with its reason; it comes with the round and costs no query."""
    return {r.pk: _decision_facts_of(r, getattr(r, "decision", None)) for r in rounds}


def _decision_facts_of(round_: Round, decision: Decision | None) -> RoundStepFacts:
    url = cached_url("decision", round_.pk)
    if decision is None:
        action = NextAction("พิจารณาผล", Permission.DECIDE, url)
        return RoundStepFacts(detail="ยังไม่พิจารณาผล", next_action=action)
    result = decision.get_state_display()
    detail = f"{result} · ก.ต.ป.น. ครั้งที่ {decision.meeting_no}"
    if decision.is_against_proposal:
        detail += f" · ต่างจากผลที่ระบบเสนอ เพราะ{decision.against_reason}"
    return RoundStepFacts(
        done=True,
        detail=detail,
        word=result,
        page_url=url,
        since=decision.decided_at,
        ends_round=not decision.is_achieved,
    )


# --- Step 6: summary ---


def summary_facts(rounds: Sequence[RoundWithFacts]) -> dict[int, RoundStepFacts]:
    """The summary agreed with the school; it comes with the round too."""
    return {r.pk: _summary_facts_of(r, getattr(r, "summary", None)) for r in rounds}


def _summary_facts_of(round_: RoundWithFacts, summary: Summary | None) -> RoundStepFacts:
    if summary is None:
        return RoundStepFacts(
            detail="ยังไม่สรุปผล",
            next_action=NextAction(
                "สรุปผลการนิเทศ", Permission.SUMMARISE, cached_url("summary_start", round_.pk)
            ),
        )
    return SUMMARY_FACTS[SummaryState(summary.state)](round_, summary)


def _summary_draft(round_: RoundWithFacts, summary: Summary) -> RoundStepFacts:
    """What a summary opened again will recommend is shown once it is proposed."""
    drafting = f"กำลังสรุปผล · ข้อเสนอแนะ {round_.recommendation_count} ข้อ"
    again = ("เปิดสรุปผลให้แก้ไขอีกครั้ง", "แก้ไขสรุปผล")
    detail, action = again if summary.is_reopened else (drafting, "สรุปผลต่อ")
    url = summary.get_absolute_url()
    # The school waits for another proposal; nothing is sent back once it was opened again.
    returned_at = None if summary.first_agreed_at else round_.summary_returned_at
    return RoundStepFacts(
        detail=detail,
        word="กำลังสรุป",
        page_url=url,
        first_done_at=summary.first_agreed_at,
        next_action=NextAction(action, Permission.SUMMARISE, url),
        sent_back=SentBack(local_day(returned_at)) if returned_at else None,
    )


def _summary_proposed(round_: RoundWithFacts, summary: Summary) -> RoundStepFacts:
    url = summary.get_absolute_url()
    return RoundStepFacts(
        detail=f"เสนอโรงเรียนแล้ว · ข้อเสนอแนะ {round_.recommendation_count} ข้อ",
        word="รอโรงเรียน",
        page_url=url,
        since=round_.summary_proposed_at,
        first_done_at=summary.first_agreed_at,
        next_action=NextAction("เห็นชอบสรุปผล", Permission.AGREE_SUMMARY, url),
    )


def _summary_agreed(round_: RoundWithFacts, summary: Summary) -> RoundStepFacts:
    agreed_on = short_date(summary.agreed_at) if summary.agreed_at else ""
    return RoundStepFacts(
        done=True,
        detail=f"เห็นชอบร่วมกันเมื่อ {agreed_on} · ข้อเสนอแนะ {round_.recommendation_count} ข้อ",
        page_url=summary.get_absolute_url(),
        since=summary.agreed_at,
        first_done_at=summary.first_agreed_at,
    )


SUMMARY_FACTS = {
    SummaryState.DRAFT: _summary_draft,
    SummaryState.PROPOSED: _summary_proposed,
    SummaryState.AGREED: _summary_agreed,
}
