"""Where rounds stand in the cycle, for one viewer: the facts of every package put in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from schools.access import Permission, Rights
from schools.core.status import StatusKind
from schools.core.thai import local_day
from schools.models import User
from supervision.cycle.steps import RoundStepFacts, RoundWithFacts, Step, all_steps
from supervision.rounds.due_dates import NOT_REACHED, StepTiming, TimingFacts, step_timing
from supervision.rounds.enums import CycleStep
from supervision.rounds.queries import RoundDays, days_by_round
from supervision.rounds.step_state import StepConditions, StepState, step_state


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
    Permission.CONFIRM_DATA: _SCHOOL_DIRECTOR,
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

    `since` is when the step was done, or when its turn came to who does it now; None before.
    `opens_on` is from when it is asked for, while that day is to come. `is_allowed` says whether
    this person is allowed the next action at all, `is_mine` that it waits for this person.
    `closure` is what became of a school that nobody is asked to act for any more.
    """

    step: Step
    facts: RoundStepFacts
    state: StepState = StepState.NOT_REACHED
    timing: StepTiming = NOT_REACHED
    since: datetime | None = None
    opens_on: date | None = None
    is_allowed: bool = False
    is_mine: bool = False
    closure: str = ""

    @property
    def kind(self) -> StatusKind:
        return self.state.kind

    @property
    def has_its_turn(self) -> bool:
        """Whether somebody can do it now; an appointment may be made before its turn."""
        return self.since is not None and self.state.is_pending

    def is_booked_on(self, today: date) -> bool:
        """Whether the appointment of a step in its turn is still to come."""
        day = self.facts.visit_day
        return self.has_its_turn and day is not None and day.on >= today

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
        """The word on the pill; never the colour alone."""
        if self.state == StepState.OVERDUE:
            return f"{self.state.word} {self.overdue} วัน"
        return self.closure or self.state.word

    @property
    def is_reached(self) -> bool:
        """Whether there is something to show: done, waiting, or an appointment before its turn."""
        return self.kind != StatusKind.IDLE

    @property
    def action_label(self) -> str:
        """What is to be done next; empty where the step is done or nothing may be said."""
        return self.facts.next_action.label if self.facts.next_action else ""

    @property
    def action_url(self) -> str:
        return self.facts.next_action.url if self.facts.next_action else ""

    @property
    def url(self) -> str:
        """Where the step's record or next action is, as far as this person may open it."""
        may_act = self.is_allowed and self.is_reached
        return self.facts.page_url or (self.action_url if may_act else "")

    @property
    def waits_for(self) -> str:
        """Whom the next action waits for, in full."""
        action = self.facts.next_action
        if action is None:
            return ""
        return "หัวหน้าคณะนิเทศ" if action.leader_id else RESPONSIBLE_PARTIES[action.permission].name

    @property
    def waits_short(self) -> str:
        """Whom it waits for, in a cell of the board."""
        action = self.facts.next_action
        return RESPONSIBLE_PARTIES[action.permission].short if action else ""


@dataclass(frozen=True)
class RoundProgress:
    """One round's seven steps; it goes no further after ไม่บรรลุ, or when its school has closed.

    `proposed_steps` are those whose day is still the one that the system proposed.
    """

    round: RoundWithFacts
    steps: Sequence[RoundStep]
    proposed_steps: frozenset[int] = frozenset()

    @cached_property
    def current(self) -> RoundStep | None:
        """The first step not done; None when nothing is left to do in this round."""
        if self.stopped or any(round_step.facts.ends_round for round_step in self.steps):
            return None
        return next((round_step for round_step in self.steps if not round_step.facts.done), None)

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
        return sum(round_step.facts.done for round_step in self.steps)

    @property
    def text(self) -> str:
        """The progress in words, for who cannot see the squares."""
        text = f"เสร็จ {self.done} จาก {len(self.steps)} ขั้น"
        if self.current is None:
            return f"{text} {self.stopped}".rstrip()
        return f"{text} ขั้นที่ {self.current.step.number} {self.current.word}"


@dataclass(frozen=True)
class Viewer:
    """Who looks at rounds, on which day; without a user, nothing waits for this person."""

    user: User | None
    rights: Rights
    today: date

    def is_allowed(self, facts: RoundStepFacts, school_id: int) -> bool:
        """Whether the person is allowed the next action at all."""
        action = facts.next_action
        return action is not None and self.rights.allows(action.permission, school_id)

    def is_expected(self, facts: RoundStepFacts, school_id: int) -> bool:
        """Whether the next action, which others may do too, is this person's to do."""
        action = facts.next_action
        if action is None or not self.is_allowed(facts, school_id):
            return False
        if action.leader_id:
            return self.user is not None and action.leader_id == self.user.pk
        is_in_charge = school_id in self.rights.schools(action.permission)
        return action.permission not in SUPERVISOR_PERMISSIONS or is_in_charge


# What must be done before a step can be; needs and criteria may be gathered side by side.
STEP_PREREQUISITES: Mapping[CycleStep, Sequence[CycleStep]] = {
    CycleStep.NEEDS: (),
    CycleStep.CRITERIA: (),
    CycleStep.SELF_ASSESSMENT: (CycleStep.CRITERIA,),
    CycleStep.VISIT: (CycleStep.SELF_ASSESSMENT,),
    CycleStep.DECISION: (CycleStep.VISIT,),
    CycleStep.SUMMARY: (CycleStep.DECISION,),
    CycleStep.REPORT: tuple(step for step in CycleStep if step != CycleStep.REPORT),
}


@dataclass(frozen=True)
class RoundView:
    """One round with the facts of its steps and its days, as one person looks at it."""

    round: RoundWithFacts
    facts: Mapping[CycleStep, RoundStepFacts]
    days: RoundDays
    viewer: Viewer

    def progress(self) -> RoundProgress:
        steps = [self._step(step) for step in all_steps()]
        return RoundProgress(self.round, steps, self.days.proposed_steps)

    def _step(self, step: Step) -> RoundStep:
        facts = self.facts[step.number]
        turn_started_at = self._turn_started_at(step.number)
        timing_facts = self._timing_facts(step.number, turn_started_at)
        timing = step_timing(timing_facts)
        conditions = self._conditions(step.number, timing_facts, timing)
        state = step_state(conditions)
        if state in (StepState.SCHOOL_CLOSED, StepState.ROUND_ENDED):
            timing = replace(timing, days_overdue=0)  # how late it was first handed in stays
        return RoundStep(
            step=step,
            facts=facts,
            state=state,
            timing=timing,
            since=max(filter(None, [turn_started_at, facts.since]), default=None),
            opens_on=None if facts.window.due_on else self._opens_on(step.number),
            is_allowed=self.viewer.is_allowed(facts, self.round.school_id),
            is_mine=state.is_pending and conditions.has_its_turn and conditions.is_yours,
            closure="" if facts.done else self._closure,
        )

    def _conditions(
        self, number: CycleStep, timing_facts: TimingFacts, timing: StepTiming
    ) -> StepConditions:
        facts, day = self.facts[number], self.facts[number].visit_day
        return StepConditions(
            is_done=facts.done,
            school_closed=bool(self._closure),
            round_ended=number > self._last_step,
            is_open=timing_facts.is_open,
            has_its_turn=timing_facts.turn_started_on is not None,
            is_overdue=timing.days_overdue > 0,
            is_returned=facts.sent_back is not None,
            is_booked=day is not None and not day.is_kept,
            is_yours=self.viewer.is_expected(facts, self.round.school_id),
        )

    def _timing_facts(self, number: CycleStep, turn_started_at: datetime | None) -> TimingFacts:
        facts = self.facts[number]
        began = turn_started_at
        if began and facts.since and not facts.handed_in_at:
            began = max(began, facts.since)
        day = facts.visit_day
        return TimingFacts(
            today=self.viewer.today,
            due_on=self._due_on(number),
            turn_started_on=began and local_day(began),
            appointment_on=day.on if day and (began or not day.is_kept) else None,
            returned_on=facts.returned_on,
            correct_by=facts.correct_by,
            handed_in_on=facts.handed_in_at and local_day(facts.handed_in_at),
            not_before=facts.window.opens_on_after(self.viewer.today),
            is_done=facts.done,
            turn_days=self.days.turn_days,
        )

    def _turn_started_at(self, number: CycleStep) -> datetime | None:
        """When all that must be done before the step was done; None while some is missing."""
        before = [self.facts[other] for other in STEP_PREREQUISITES[number]]
        if not all(facts.done for facts in before):
            return None
        return max([self.round.opened_at, *(facts.since for facts in before if facts.since)])

    def _due_on(self, number: CycleStep) -> date | None:
        """The round's own day; else the last day of the survey; else the term's day."""
        own = self.days.window_for(number).due_on
        return (
            own if number in self.days.overridden_steps else self.facts[number].window.due_on or own
        )

    def _opens_on(self, number: CycleStep) -> date | None:
        return self.days.window_for(number).opens_on_after(self.viewer.today)

    @cached_property
    def _last_step(self) -> CycleStep:
        """The step with which the round ends: ไม่บรรลุ leaves the rest to the next round."""
        ends = (number for number in CycleStep if self.facts[number].ends_round)
        return next(ends, CycleStep.REPORT)

    @cached_property
    def _closure(self) -> str:
        """What happened to a school that is none any more: nobody is asked to act for it."""
        school, today = self.round.school, self.viewer.today
        return "" if school.is_open_on(today) else f"โรงเรียน{school.status_on(today)}แล้ว"


def progress_of_rounds(
    rounds: Iterable[RoundWithFacts], rights: Rights, today: date, *, user: User | None = None
) -> list[RoundProgress]:
    """The progress of any number of rounds (of `with_step_facts`) in a constant number of queries.

    Without a user, what only one person can do waits for somebody else.
    """
    rounds = list(rounds)
    facts = {step.number: step.facts(rounds) for step in all_steps()}
    viewer, days = Viewer(user, rights, today), days_by_round(rounds)
    return [
        RoundView(
            round_,
            {number: of_rounds[round_.pk] for number, of_rounds in facts.items()},
            days[round_.pk],
            viewer,
        ).progress()
        for round_ in rounds
    ]


def progress_of_schools(
    rounds: Iterable[RoundWithFacts], rights: Rights, today: date, *, user: User
) -> list[RoundProgress]:
    """One progress for each school, of all its rounds of a term (of `with_step_facts`).

    The latest round's; or the outline where the user follows how far a school is without
    seeing the school.
    """
    by_school: dict[int, list[RoundProgress]] = {}
    for progress in progress_of_rounds(rounds, rights, today, user=user):
        by_school.setdefault(progress.round.school_id, []).append(progress)
    found = []
    for school, of_school in by_school.items():
        in_order = sorted(of_school, key=lambda progress: progress.round.number)
        sees_school = rights.allows(Permission.VIEW_SCHOOL, school)
        found.append(in_order[-1] if sees_school else _outline(in_order))
    return found


def _outline(of_school: Sequence[RoundProgress]) -> RoundProgress:
    """How far a school is in a term, so said that no decision can be read out of it.

    A second round says that the first came to ไม่บรรลุ. The steps up to the decision are
    therefore the first round's, and of the two after it is said only whether they are done.
    """
    first, last = of_school[0], of_school[-1]
    until, after = first.steps[: CycleStep.DECISION], last.steps[CycleStep.DECISION :]
    decision = until[-1]
    if not decision.facts.done:
        return first
    facts = replace(decision.facts, ends_round=False, word="", detail="")
    decided = replace(decision, facts=facts)
    return RoundProgress(first.round, [*until[:-1], decided, *map(_only_whether_done, after)])


def _only_whether_done(round_step: RoundStep) -> RoundStep:
    if round_step.facts.done:
        return round_step
    step, closure = round_step.step, round_step.closure
    if step.number == CycleStep.REPORT:
        return RoundStep(step, RoundStepFacts(), closure=closure)
    facts = RoundStepFacts(word="ยังไม่เสร็จ")
    return RoundStep(step, facts, StepState.WAITING_FOR_OTHERS, closure=closure)
