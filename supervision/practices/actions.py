from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, can, capacity_of
from schools.core.errors import ActionRefused
from schools.models import Term, User
from supervision.committees.meeting_field import check_meeting_decides
from supervision.committees.models import Meeting
from supervision.practices.enums import (
    AwardLevel,
    DecisionAction,
    DecisionResult,
    PracticeAction,
    PracticeKind,
)
from supervision.practices.models import (
    CriterionMark,
    Decision,
    GoodPractice,
    PracticeCriterion,
    PracticeReview,
)
from supervision.practices.queries import (
    decision_status,
    differs_from_proposal,
    proposed_result_of_round,
)
from supervision.rounds.actions import open_next_round
from supervision.rounds.due_dates import StepWindow
from supervision.rounds.models import Round
from supervision.standards.models import Work
from supervision.workflow.actions import ensure_allowed, start, transition


@transaction.atomic
def decide_round(
    round_: Round,
    *,
    by: User,
    result: DecisionResult,
    reason: str,
    meeting: Meeting,
    planned_changes: str = "",
    against_reason: str = "",
    windows: Mapping[int, StepWindow] | None = None,
) -> Decision:
    """Decide บรรลุ or ไม่บรรลุ for the round, once; ไม่บรรลุ opens the next round.

    The next round gets the days of `windows`, or those the system proposes.

    Raises ActionRefused before the school has acknowledged a visit, when the round is decided
    already, when ไม่บรรลุ does not say what will change, when a result against the proposal does
    not say why, and for who signs for the school.
    """
    round_.lock()
    check_may_decide_on_school(by, round_.school_id)
    check_can_decide_round(round_)
    check_meeting_decides(meeting)
    check_will_change(result, planned_changes)
    proposal = proposed_result_of_round(round_)
    against = differs_from_proposal(proposal, result)
    if against:
        check_against_reason(against_reason)
    decision = Decision(
        round=round_,
        reason=reason.strip(),
        proposed=proposal or "",
        against_reason=against_reason.strip() if against else "",
        meeting=meeting,
        decided_by=by,
        decided_as=capacity_of(by, Permission.DECIDE, round_.school_id),
        decided_at=timezone.now(),
    )
    start(
        decision,
        DecisionAction.ACHIEVE if result == DecisionResult.ACHIEVED else DecisionAction.NOT_ACHIEVE,
        by=by,
    )
    if result == DecisionResult.NOT_ACHIEVED:
        open_next_round(round_, planned_changes=planned_changes.strip(), by=by, windows=windows)
    return decision


def check_can_decide_round(round_: Round) -> None:
    """Raises ActionRefused before the school has acknowledged a visit, and once decided."""
    if blocking_reason := decision_status(round_).blocking_reason:
        raise ActionRefused(blocking_reason)


def check_may_decide_on_school(by: User, school: int) -> None:
    """Raises ActionRefused for who signs for the school: nobody decides on their own."""
    if can(by, Permission.ACKNOWLEDGE_VISIT, school):
        raise ActionRefused("คุณลงนามแทนโรงเรียนนี้ จึงไม่ร่วมพิจารณาผลของโรงเรียนนี้ โปรดให้ผู้มีสิทธิ์คนอื่นบันทึกมติ")


def check_will_change(result: str, planned_changes: str) -> None:
    """Raises ActionRefused where another round begins and nothing is said to change."""
    if result == DecisionResult.NOT_ACHIEVED and not planned_changes.strip():
        raise ActionRefused("ผลไม่บรรลุต้องระบุสิ่งที่จะปรับ เพื่อให้รอบถัดไปเริ่มได้ถูกจุด")


def check_against_reason(against_reason: str) -> None:
    """Raises ActionRefused where a result differs from the proposal and no reason is given."""
    if not against_reason.strip():
        raise ActionRefused("ผลที่เลือกต่างจากผลที่ระบบเสนอตามเกณฑ์ โปรดระบุเหตุผลที่พิจารณาต่างออกไป")


@transaction.atomic
def correct_decision_meeting(
    decision: Decision, *, by: User, meeting: Meeting, reason: str
) -> None:
    """Name the meeting that made the decision instead of another; the log keeps that one.

    Raises ActionRefused when nothing differs, when the meeting is not held, and for who signs for
    the school.
    """
    check_may_decide_on_school(by, decision.round.school_id)
    check_meeting_decides(meeting)
    decision.refresh_from_db(from_queryset=Decision.objects.select_for_update())
    if decision.meeting == meeting:
        raise ActionRefused("การประชุมเหมือนเดิม จึงไม่มีสิ่งที่แก้ไข")
    before = f"เดิม: {decision.meeting.label_with_day}"
    action = (
        DecisionAction.CORRECT_ACHIEVED
        if decision.is_achieved
        else DecisionAction.CORRECT_NOT_ACHIEVED
    )
    said = f"{reason.strip()} ({before})" if reason.strip() else ""
    transition(decision, action, by=by, reason=said, meeting=meeting)


@transaction.atomic
def nominate_practice(round_: Round, *, by: User, title: str, **words: str) -> GoodPractice:
    """Nominate a good practice of this round, as a school or a supervisor may.

    `words` are its parts: background, objectives, process, outcome, success_factors, lessons,
    dissemination.

    Raises ActionRefused when the round has one of this title: a form sent twice makes one.
    """
    round_.lock()
    check_term_is_current(round_, today=timezone.localdate())
    practice = GoodPractice(
        round=round_, title=title, nominated_by=by, is_sample=round_.is_sample, **words
    )
    _check_title(practice, title)
    start(practice, PracticeAction.NOMINATE, by=by)
    return practice


@transaction.atomic
def nominate_unit_practice(
    *, by: User, kind: PracticeKind, work: Work, title: str, is_sample: bool = False, **words: str
) -> GoodPractice:
    """Nominate a method, medium, handbook or model that the supervision unit made in a work of its.

    `words` are its parts, as for a school's. It belongs to the term of today.

    Raises ActionRefused before any term has opened, and when the unit has nominated one of this
    title in the term: a form sent twice makes one.
    """
    term = Term.objects.in_force(timezone.localdate())
    if term is None:
        raise ActionRefused("ยังไม่มีภาคเรียนในทะเบียน จึงเสนอผลงานไม่ได้ โปรดแจ้งงานธุรการให้เพิ่มภาคเรียน")
    practice = GoodPractice(
        kind=kind,
        work=work,
        term=term,
        title=title,
        nominated_by=by,
        is_sample=is_sample,
        **words,
    )
    _lock_siblings(practice)
    _check_title(practice, title)
    start(practice, PracticeAction.NOMINATE, by=by)
    return practice


def check_term_is_current(round_: Round, *, today: date) -> None:
    """Raises ActionRefused once another term has opened: practices belong to the current one."""
    now = Term.objects.in_force(today)
    if now and now.opens_on > round_.term.opens_on:
        raise ActionRefused(f"ภาคเรียนที่ {round_.term} ผ่านไปแล้ว โปรดเสนอในรอบของภาคเรียนที่ {now}")


@transaction.atomic
def update_practice(practice: GoodPractice, *, by: User, title: str, **facts: Any) -> None:
    """Change the texts of a practice until it is decided on; of the unit's its kind and work too.

    Raises ActionRefused once it was decided on, and when another beside it has this title.
    """
    _lock_siblings(practice)
    _check_title(practice, title)
    transition(practice, PracticeAction.EDIT, by=by, title=title, **facts)


def _lock_siblings(practice: GoodPractice) -> None:
    """Those that nominate in the same round, or for the unit in the same term, take turns."""
    if practice.round:
        practice.round.lock()
    else:
        list(Term.objects.select_for_update().filter(pk=practice.nominated_in.pk))


def _check_title(practice: GoodPractice, title: str) -> None:
    """Raises ActionRefused where another of the round, or of the unit's in the term, has it."""
    siblings = GoodPractice.objects.filter(round=practice.round, term=practice.term)
    if siblings.exclude(pk=practice.pk).filter(title=title).exists():
        where = "รอบนี้" if practice.round else "ภาคเรียนนี้"
        raise ActionRefused(f"{where}เสนอผลงาน “{title}” ไว้แล้ว โปรดใช้ชื่ออื่น")


@transaction.atomic
def review_practice(
    practice: GoodPractice,
    *,
    by: User,
    score: int,
    comment: str,
    marks: Mapping[PracticeCriterion, int] | None = None,
) -> PracticeReview:
    """Save a reviewer's score (0–100) and comment, which may be changed until the selection.

    `marks` are what the score is the total of, by criterion.
    """
    practice.refresh_from_db(from_queryset=GoodPractice.objects.select_for_update())
    ensure_allowed(practice, PracticeAction.SELECT)
    facts = {"score": score, "comment": comment.strip(), "at": timezone.now()}
    row, _ = practice.reviews.update_or_create(reviewer=by, defaults=facts)
    row.marks.all().delete()
    CriterionMark.objects.bulk_create(
        CriterionMark(review=row, criterion=criterion, marks=given)
        for criterion, given in (marks or {}).items()
    )
    return row


def select_practice(
    practice: GoodPractice,
    *,
    by: User,
    level: AwardLevel = AwardLevel.AREA,
    meeting: Meeting | None = None,
) -> None:
    """Select a nominated practice as a model for other schools, at a level.

    `meeting` is where it was chosen. Raises ActionRefused while that is not held.
    """
    if meeting:
        check_meeting_decides(meeting)
    transition(
        practice,
        PracticeAction.SELECT,
        by=by,
        level=level,
        meeting=meeting,
        selected_by=by,
        selected_at=timezone.now(),
    )


def decline_practice(
    practice: GoodPractice, *, by: User, reason: str, meeting: Meeting | None = None
) -> None:
    """Decline a nominated practice, with the reason; `meeting` is where that was resolved."""
    if meeting:
        check_meeting_decides(meeting)
    transition(practice, PracticeAction.DECLINE, by=by, reason=reason, meeting=meeting)
