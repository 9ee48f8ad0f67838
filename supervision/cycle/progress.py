"""Where rounds stand in the cycle, for one viewer: the facts of every package put in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from schools.access import Permission, Rights
from schools.core.thai import local_day
from schools.models import User
from supervision.cycle.facts import RoundStepFacts
from supervision.cycle.steps import Step, all_steps
from supervision.rounds.due_dates import (
    NOT_REACHED,
    StepTiming,
    TimingFacts,
    TimingStatus,
    step_timing,
)
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round
from supervision.rounds.queries import RoundDays, days_by_round

# Only what waits for this person or is overdue is more urgent than its status says.
STEP_STATUS_KINDS = {
    TimingStatus.NOT_REACHED: "idle",
    TimingStatus.NOT_OPEN: "wait",
    TimingStatus.BOOKED: "wait",
    TimingStatus.WAITING: "wait",
    TimingStatus.RETURNED: "wait",
    TimingStatus.OVERDUE: "late",
    TimingStatus.DONE: "done",
}
PENDING_STATUSES = (
    TimingStatus.BOOKED,
    TimingStatus.WAITING,
    TimingStatus.RETURNED,
    TimingStatus.OVERDUE,
)
STEP_KIND_WORDS = {"done": "เสร็จแล้ว", "mine": "รอคุณ", "wait": "รอผู้อื่น", "idle": "ยังไม่ถึง"}


@dataclass(frozen=True)
class ResponsibleParty:
    """Whom an act waits for, as the office says it in full and in a cell of the board."""

    name: str
    short: str


_SCHOOL = ResponsibleParty("ครูวิชาการหรือผู้อำนวยการโรงเรียน", "โรงเรียน")
_SCHOOL_DIRECTOR = ResponsibleParty("ผู้อำนวยการโรงเรียน", "โรงเรียน")
_SUPERVISOR = ResponsibleParty("ศึกษานิเทศก์ประจำกลุ่มโรงเรียน", "ศึกษานิเทศก์")
_GROUP_DIRECTOR = ResponsibleParty("ผู้อำนวยการกลุ่มนิเทศฯ", "กลุ่มนิเทศฯ")
_AREA_DIRECTOR = ResponsibleParty("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", "ผอ.สพป.")

RESPONSIBLE_PARTIES = {
    Permission.OPEN_ROUNDS: _GROUP_DIRECTOR,
    Permission.ANSWER_NEEDS: _SCHOOL,
    Permission.DRAFT_SELF_ASSESSMENT: _SCHOOL,
    Permission.CONFIRM_SELF_ASSESSMENT: _SCHOOL_DIRECTOR,
    Permission.RECORD_VISIT: _SUPERVISOR,
    Permission.ACKNOWLEDGE_VISIT: _SCHOOL_DIRECTOR,
    Permission.DECIDE: _GROUP_DIRECTOR,
    Permission.SUMMARISE: _SUPERVISOR,
    Permission.AGREE_SUMMARY: _SCHOOL_DIRECTOR,
    Permission.PREPARE_REPORT: _GROUP_DIRECTOR,
    Permission.ISSUE_REPORT: _AREA_DIRECTOR,
}

# The group director may do these at any school, but they wait for the supervisor in charge.
SUPERVISOR_PERMISSIONS = (Permission.RECORD_VISIT, Permission.SUMMARISE)


@dataclass(frozen=True)
class RoundStep:
    """One step of one round as one person sees it.

    `timing` is the step's status, due day and days overdue; `opens_on` from when it is asked
    for, while that day is to come. `since` is when the step was done, or when its turn came to
    who does it now; `is_mine` that it waits for this person; `is_allowed` whether this person is
    allowed the act at all; `ended` that the round ended before it (ไม่บรรลุ); `closure` what became
    of a school that nobody is asked to act for any more; `is_proposed` that its day is still
    the one which the system proposed.
    """

    step: Step
    fact: RoundStepFacts
    timing: StepTiming = NOT_REACHED
    opens_on: date | None = None
    is_mine: bool = False
    is_allowed: bool = False
    since: datetime | None = None
    ended: bool = False
    closure: str = ""
    is_proposed: bool = False

    @property
    def kind(self) -> str:
        """Its sign and colour: done, mine (waits for this person), late, wait or idle."""
        kind = STEP_STATUS_KINDS[self.timing.status]
        return "mine" if kind == "wait" and self.is_mine else kind

    @property
    def has_its_turn(self) -> bool:
        """Whether somebody can do it now; an appointment may stand before its turn."""
        return (
            self.since is not None and not self.fact.done and self.timing.status in PENDING_STATUSES
        )

    @property
    def is_booked(self) -> bool:
        """Its appointment is still to come."""
        return self.timing.status == TimingStatus.BOOKED

    @property
    def due_on(self) -> date | None:
        return self.timing.due_on

    @property
    def overdue(self) -> int:
        """Days for which whoever does it now has been waited for too long."""
        return self.timing.days_overdue

    @property
    def days_late(self) -> int:
        """Days after its day when the step was done or first handed in."""
        return self.timing.days_late

    @property
    def word(self) -> str:
        """The word on the pill; colour never stands alone."""
        if self.overdue:
            return f"เกินกำหนด {self.overdue} วัน"
        if self.closure:
            return self.closure
        if self.ended:
            return "ทำในรอบถัดไป"
        if self.timing.status == TimingStatus.NOT_OPEN:
            return "รอวันเปิด"
        if self.fact.may_precede_turn and not self.is_mine:
            return "นัดแล้ว"
        if self.timing.status == TimingStatus.RETURNED and self.is_mine:
            return "รอคุณแก้ไข"
        return STEP_KIND_WORDS[self.kind]

    @property
    def is_reached(self) -> bool:
        """Something stands here already: done, waiting, or an appointment before its turn."""
        return self.kind != "idle"

    @property
    def url(self) -> str:
        """Where the step's record or act is, as far as this person may open it."""
        readable = self.fact.done or self.fact.has_page
        return self.fact.url if readable or (self.is_allowed and self.is_reached) else ""

    @property
    def waits_for(self) -> str:
        if self.fact.leader_id:
            return "หัวหน้าคณะนิเทศ"
        return RESPONSIBLE_PARTIES[self.fact.permission].name if self.fact.permission else ""

    @property
    def waits_short(self) -> str:
        return RESPONSIBLE_PARTIES[self.fact.permission].short if self.fact.permission else ""


@dataclass(frozen=True)
class RoundProgress:
    """One round's seven steps; it goes no further after ไม่บรรลุ, or when its school has closed."""

    round: Round
    steps: Sequence[RoundStep]

    @cached_property
    def current(self) -> RoundStep | None:
        """The first step not done; None when nothing is left to do in this round."""
        if self.stopped or any(round_step.fact.ends_round for round_step in self.steps):
            return None
        return next((round_step for round_step in self.steps if not round_step.fact.done), None)

    @property
    def overdue(self) -> int:
        """The most days for which any of its steps has been waited for too long."""
        return max((round_step.overdue for round_step in self.steps), default=0)

    @property
    def stopped(self) -> str:
        """Why nobody is asked for the rest: the school closed or merged; else nothing."""
        return next((round_step.closure for round_step in self.steps if round_step.closure), "")

    @property
    def done(self) -> int:
        return sum(round_step.fact.done for round_step in self.steps)

    @property
    def text(self) -> str:
        """The progress in words, for who cannot see the squares."""
        text = f"เสร็จ {self.done} จาก {len(self.steps)} ขั้น"
        if self.current is None:
            return f"{text} {self.stopped}".rstrip()
        return f"{text} ขั้นที่ {self.current.step.number} {self.current.word}"


@dataclass(frozen=True)
class Viewer:
    """Who looks, on which day, and the days of each round."""

    user: User | None
    rights: Rights
    today: date
    days: Mapping[int, RoundDays]

    def timing(
        self, step: Step, fact: RoundStepFacts, round_: Round, began: datetime | None
    ) -> StepTiming:
        """`began` is when its turn came; None before it came."""
        days = self.days[round_.pk]
        first_done_at = fact.first_done_at or (fact.since if fact.done else None)
        if began and fact.since and not first_done_at:
            began = max(began, fact.since)
        return step_timing(
            TimingFacts(
                today=self.today,
                due_on=_due_on(step, fact, days),
                turn_started_on=began and local_day(began),
                appointment_on=fact.day if began or fact.may_precede_turn else None,
                returned_on=fact.returned_on,
                correct_by=fact.correct_by,
                handed_in_on=first_done_at and local_day(first_done_at),
                not_before=fact.not_before,
                is_done=fact.done,
                turn_days=days.turn_days,
            )
        )

    def waited_for(self, fact: RoundStepFacts, school_id: int) -> bool:
        """Whether the act, which others may do too, is this person's to do."""
        if fact.leader_id:
            return self.user is not None and fact.leader_id == self.user.pk
        return fact.permission not in SUPERVISOR_PERMISSIONS or school_id in self.rights.schools(
            fact.permission
        )


def _due_on(step: Step, fact: RoundStepFacts, days: RoundDays) -> date | None:
    """The round's own day; else the last day of the survey; else the term's day."""
    own = days.window_for(step.number).due_on
    return own if step.number in days.overridden_steps else fact.due_on or own


def progress_of_rounds(
    rounds: Iterable[Round], rights: Rights, today: date, *, user: User | None = None
) -> list[RoundProgress]:
    """The all_progress of any number of rounds (of `with_facts`) in a constant number of queries.

    Without a user, what only one person can do waits for somebody else.
    """
    rounds = list(rounds)
    facts = [(step, step.facts(rounds)) for step in all_steps()]
    viewer = Viewer(user, rights, today, days_by_round(rounds))
    return [
        RoundProgress(round_, _round_steps(round_, [(s, f[round_.pk]) for s, f in facts], viewer))
        for round_ in rounds
    ]


def progress_of_schools(
    rounds: Iterable[Round], rights: Rights, today: date, *, user: User
) -> list[RoundProgress]:
    """One progress for each school, of all its rounds of a term (of `with_facts`).

    The latest round's; or the outline where the user follows how far a school is without
    seeing the school.
    """
    by_school: dict[int, list[RoundProgress]] = {}
    for progress in progress_of_rounds(rounds, rights, today, user=user):
        by_school.setdefault(progress.round.school_id, []).append(progress)
    every = [
        sorted(all_progress, key=lambda progress: progress.round.number)
        for all_progress in by_school.values()
    ]
    return [
        all_progress[-1]
        if rights.allows(Permission.VIEW_SCHOOL, school)
        else _outline(all_progress)
        for school, all_progress in zip(by_school, every, strict=True)
    ]


def _outline(all_progress: Sequence[RoundProgress]) -> RoundProgress:
    """How far a school is in a term, so told that no decision can be read out of it.

    A second round says that the first came to ไม่บรรลุ. The steps up to the decision are
    therefore the first round's, and of the two after it is said only whether they are done.
    """
    first, last = all_progress[0], all_progress[-1]
    until, after = first.steps[: CycleStep.DECISION], last.steps[CycleStep.DECISION :]
    decision = until[-1]
    if not decision.fact.done:
        return first
    decided = replace(decision, fact=replace(decision.fact, ends_round=False, word="", detail=""))
    return RoundProgress(first.round, [*until[:-1], decided, *map(_only_whether_done, after)])


def _only_whether_done(round_step: RoundStep) -> RoundStep:
    if round_step.fact.done:
        return round_step
    if round_step.step.number == CycleStep.REPORT:
        return RoundStep(round_step.step, RoundStepFacts(), closure=round_step.closure)
    waiting = StepTiming(TimingStatus.WAITING)
    return RoundStep(
        round_step.step, RoundStepFacts(word="ยังไม่เสร็จ"), waiting, closure=round_step.closure
    )


# What must be done before a step can be; needs and criteria may be gathered side by side.
STEP_PREREQUISITES = {
    CycleStep.NEEDS: (),
    CycleStep.CRITERIA: (),
    CycleStep.SELF_ASSESSMENT: (CycleStep.CRITERIA,),
    CycleStep.VISIT: (CycleStep.SELF_ASSESSMENT,),
    CycleStep.DECISION: (CycleStep.VISIT,),
    CycleStep.SUMMARY: (CycleStep.DECISION,),
    CycleStep.REPORT: tuple(step for step in CycleStep if step != CycleStep.REPORT),
}


def _round_steps(
    round_: Round, facts: Sequence[tuple[Step, RoundStepFacts]], viewer: Viewer
) -> list[RoundStep]:
    of_step = {step.number: fact for step, fact in facts}
    ends = next((step.number for step, fact in facts if fact.ends_round), CycleStep.REPORT)
    return [
        _round_step(
            step,
            fact,
            round_,
            _turn_started_at(step, of_step, round_),
            viewer,
            ended=step.number > ends,
        )
        for step, fact in facts
    ]


def _turn_started_at(
    step: Step, facts: Mapping[int, RoundStepFacts], round_: Round
) -> datetime | None:
    """When all that must be done before the step was done; None while some of it is missing."""
    before = [facts[number] for number in STEP_PREREQUISITES[step.number]]
    if not all(fact.done for fact in before):
        return None
    return max([round_.opened_at, *(fact.since for fact in before if fact.since)])


def _round_step(
    step: Step,
    fact: RoundStepFacts,
    round_: Round,
    began: datetime | None,
    viewer: Viewer,
    *,
    ended: bool,
) -> RoundStep:
    closure, days = _closure(round_, viewer.today), viewer.days[round_.pk]
    round_step = RoundStep(
        step,
        fact,
        viewer.timing(step, fact, round_, began),
        opens_on=None if fact.due_on else days.window_for(step.number).opens_on_after(viewer.today),
        is_allowed=fact.permission is not None
        and viewer.rights.allows(fact.permission, round_.school_id),
        since=max(filter(None, [began, fact.since]), default=None),
        is_proposed=step.number in days.proposed_steps,
    )
    if fact.done:
        return round_step
    if closure or ended:
        return replace(
            round_step, timing=_not_asked(round_step.timing), ended=ended, closure=closure
        )
    return replace(round_step, is_mine=_is_mine(round_step, round_, viewer))


def _not_asked(timing: StepTiming) -> StepTiming:
    """Nobody is asked for it any more; how late it was first handed in stays."""
    return replace(timing, status=TimingStatus.NOT_REACHED, days_overdue=0)


def _is_mine(round_step: RoundStep, round_: Round, viewer: Viewer) -> bool:
    return (
        round_step.has_its_turn
        and round_step.is_allowed
        and viewer.waited_for(round_step.fact, round_.school_id)
    )


def _closure(round_: Round, today: date) -> str:
    """What happened to a school that is none any more: nobody is asked to act for it."""
    return "" if round_.school.is_open_on(today) else f"โรงเรียน{round_.school.status_on(today)}แล้ว"
