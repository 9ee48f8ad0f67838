"""Where rounds stand in the cycle, for one person's eyes: every room's facts put in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from schools.access import Permission, Rights
from schools.models import User
from schools.thai import local_day
from supervision.cycle.facts import Fact
from supervision.cycle.steps import STEPS, Step
from supervision.rounds.due_dates import (
    NOT_REACHED,
    StepFacts,
    StepStatus,
    StepTiming,
    timing_of,
)
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round
from supervision.rounds.queries import RoundDays, days_of

# Only what waits for this person or is overdue is more urgent than its status says.
KINDS = {
    StepStatus.NOT_REACHED: "idle",
    StepStatus.NOT_OPEN: "wait",
    StepStatus.BOOKED: "wait",
    StepStatus.WAITING: "wait",
    StepStatus.RETURNED: "wait",
    StepStatus.OVERDUE: "late",
    StepStatus.DONE: "done",
}
WAITED_FOR = (StepStatus.BOOKED, StepStatus.WAITING, StepStatus.RETURNED, StepStatus.OVERDUE)
KIND_WORDS = {"done": "เสร็จแล้ว", "mine": "รอคุณ", "wait": "รอผู้อื่น", "idle": "ยังไม่ถึง"}


@dataclass(frozen=True)
class Party:
    """Whom an act waits for, as the office says it in full and in a cell of the board."""

    name: str
    short: str


_SCHOOL = Party("ครูวิชาการหรือผู้อำนวยการโรงเรียน", "โรงเรียน")
_SCHOOL_DIRECTOR = Party("ผู้อำนวยการโรงเรียน", "โรงเรียน")
_SUPERVISOR = Party("ศึกษานิเทศก์ประจำกลุ่มโรงเรียน", "ศึกษานิเทศก์")
_GROUP_DIRECTOR = Party("ผู้อำนวยการกลุ่มนิเทศฯ", "กลุ่มนิเทศฯ")
_AREA_DIRECTOR = Party("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", "ผอ.สพป.")

PARTIES = {
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
LOCAL = (Permission.RECORD_VISIT, Permission.SUMMARISE)


@dataclass(frozen=True)
class Place:
    """One step of one round as one person sees it.

    `timing` is the step's status, due day and days overdue; `opens_on` from when it is asked
    for, while that day is to come. `since` is when the step was done, or when its turn came to
    who does it now; `is_mine` that it waits for this person; `may` whether this person is
    allowed the act at all; `ended` that the round ended before it (ไม่บรรลุ); `gone` what became
    of a school that nobody is asked to act for any more; `is_proposed` that its day is still
    the one which the system proposed.
    """

    step: Step
    fact: Fact
    timing: StepTiming = NOT_REACHED
    opens_on: date | None = None
    is_mine: bool = False
    may: bool = False
    since: datetime | None = None
    ended: bool = False
    gone: str = ""
    is_proposed: bool = False

    @property
    def kind(self) -> str:
        """Its sign and colour: done, mine (waits for this person), late, wait or idle."""
        kind = KINDS[self.timing.status]
        return "mine" if kind == "wait" and self.is_mine else kind

    @property
    def has_its_turn(self) -> bool:
        """Whether somebody can do it now; an appointment may stand before its turn."""
        return self.since is not None and not self.fact.done and self.timing.status in WAITED_FOR

    @property
    def is_booked(self) -> bool:
        """Its appointment is still to come."""
        return self.timing.status == StepStatus.BOOKED

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
        if self.gone:
            return self.gone
        if self.ended:
            return "ทำในรอบถัดไป"
        if self.timing.status == StepStatus.NOT_OPEN:
            return "รอวันเปิด"
        if self.fact.ahead and not self.is_mine:
            return "นัดแล้ว"
        if self.timing.status == StepStatus.RETURNED and self.is_mine:
            return "รอคุณแก้ไข"
        return KIND_WORDS[self.kind]

    @property
    def is_reached(self) -> bool:
        """Something stands here already: done, waiting, or an appointment before its turn."""
        return self.kind != "idle"

    @property
    def url(self) -> str:
        """Where the step's record or act is, as far as this person may open it."""
        readable = self.fact.done or self.fact.record
        return self.fact.url if readable or (self.may and self.is_reached) else ""

    @property
    def waits_for(self) -> str:
        if self.fact.leader:
            return "หัวหน้าคณะนิเทศ"
        return PARTIES[self.fact.needs].name if self.fact.needs else ""

    @property
    def waits_short(self) -> str:
        return PARTIES[self.fact.needs].short if self.fact.needs else ""


@dataclass(frozen=True)
class Walk:
    """One round's seven places; it goes no further after ไม่บรรลุ, or when its school is gone."""

    round: Round
    places: Sequence[Place]

    @cached_property
    def current(self) -> Place | None:
        """The first step not done; None when nothing is left to do in this round."""
        if self.stopped or any(place.fact.ends for place in self.places):
            return None
        return next((place for place in self.places if not place.fact.done), None)

    @property
    def overdue(self) -> int:
        """The most days for which any of its steps has been waited for too long."""
        return max((place.overdue for place in self.places), default=0)

    @property
    def stopped(self) -> str:
        """Why nobody is asked for the rest: the school closed or merged; else nothing."""
        return next((place.gone for place in self.places if place.gone), "")

    @property
    def done(self) -> int:
        return sum(place.fact.done for place in self.places)

    @property
    def text(self) -> str:
        """The walk in words, for who cannot see the squares."""
        text = f"เสร็จ {self.done} จาก {len(self.places)} ขั้น"
        if self.current is None:
            return f"{text} {self.stopped}".rstrip()
        return f"{text} ขั้นที่ {self.current.step.number} {self.current.word}"


@dataclass(frozen=True)
class Eyes:
    """Who looks, on which day, and the days of each round."""

    reader: User | None
    rights: Rights
    today: date
    days: Mapping[int, RoundDays]

    def timing(self, step: Step, fact: Fact, round_: Round, began: datetime | None) -> StepTiming:
        """`began` is when its turn came; None before it came."""
        days = self.days[round_.pk]
        handed_in = fact.handed_in or (fact.since if fact.done else None)
        if began and fact.since and not handed_in:
            began = max(began, fact.since)
        return timing_of(
            StepFacts(
                today=self.today,
                due_on=_due_on(step, fact, days),
                turn_began_on=began and local_day(began),
                appointment_on=fact.day if began or fact.ahead else None,
                returned_on=fact.returned_on,
                correct_by=fact.correct_by,
                handed_in_on=handed_in and local_day(handed_in),
                not_before=fact.not_before,
                is_done=fact.done,
                turn_days=days.turn_days,
            )
        )

    def waited_for(self, fact: Fact, school_id: int) -> bool:
        """Whether the act, which others may do too, is this person's to do."""
        if fact.leader:
            return self.reader is not None and fact.leader == self.reader.pk
        return fact.needs not in LOCAL or school_id in self.rights.schools(fact.needs)


def _due_on(step: Step, fact: Fact, days: RoundDays) -> date | None:
    """The round's own day; else the last day of the survey; else the term's day."""
    own = days.of(step.number).due_on
    return own if step.number in days.own else fact.due_on or own


def walks_of(
    rounds: Iterable[Round], rights: Rights, today: date, *, reader: User | None = None
) -> list[Walk]:
    """The walks of any number of rounds (of `with_facts`) in a constant number of queries.

    Without a reader, what only one person can do waits for somebody else.
    """
    rounds = list(rounds)
    facts = [(step, step.facts(rounds)) for step in STEPS]
    eyes = Eyes(reader, rights, today, days_of(rounds))
    return [
        Walk(round_, _places(round_, [(s, f[round_.pk]) for s, f in facts], eyes))
        for round_ in rounds
    ]


def walk_of_each_school(
    rounds: Iterable[Round], rights: Rights, today: date, *, reader: User
) -> list[Walk]:
    """One walk for each school, of all its rounds of a term (of `with_facts`).

    The latest round's; or the outline where the reader follows how far a school is without
    seeing the school.
    """
    by_school: dict[int, list[Walk]] = {}
    for walk in walks_of(rounds, rights, today, reader=reader):
        by_school.setdefault(walk.round.school_id, []).append(walk)
    every = [sorted(walks, key=lambda walk: walk.round.number) for walks in by_school.values()]
    return [
        walks[-1] if rights.allows(Permission.VIEW_SCHOOL, school) else _outline(walks)
        for school, walks in zip(by_school, every, strict=True)
    ]


def _outline(walks: Sequence[Walk]) -> Walk:
    """How far a school is in a term, so told that no decision can be read out of it.

    A second round says that the first came to ไม่บรรลุ. The steps up to the decision are
    therefore the first round's, and of the two after it is said only whether they are done.
    """
    first, last = walks[0], walks[-1]
    until, after = first.places[: CycleStep.DECISION], last.places[CycleStep.DECISION :]
    decision = until[-1]
    if not decision.fact.done:
        return first
    decided = replace(decision, fact=replace(decision.fact, ends=False, word="", detail=""))
    return Walk(first.round, [*until[:-1], decided, *map(_only_whether_done, after)])


def _only_whether_done(place: Place) -> Place:
    if place.fact.done:
        return place
    if place.step.number == CycleStep.REPORT:
        return Place(place.step, Fact(), gone=place.gone)
    waiting = StepTiming(StepStatus.WAITING)
    return Place(place.step, Fact(word="ยังไม่เสร็จ"), waiting, gone=place.gone)


# What must be done before a step can be; needs and criteria may be gathered side by side.
BEFORE = {
    CycleStep.NEEDS: (),
    CycleStep.CRITERIA: (),
    CycleStep.SELF_ASSESSMENT: (CycleStep.CRITERIA,),
    CycleStep.VISIT: (CycleStep.SELF_ASSESSMENT,),
    CycleStep.DECISION: (CycleStep.VISIT,),
    CycleStep.SUMMARY: (CycleStep.DECISION,),
    CycleStep.REPORT: tuple(step for step in CycleStep if step != CycleStep.REPORT),
}


def _places(round_: Round, facts: Sequence[tuple[Step, Fact]], eyes: Eyes) -> list[Place]:
    of_step = {step.number: fact for step, fact in facts}
    ends = next((step.number for step, fact in facts if fact.ends), CycleStep.REPORT)
    return [
        _place(step, fact, round_, _turn(step, of_step, round_), eyes, ended=step.number > ends)
        for step, fact in facts
    ]


def _turn(step: Step, facts: Mapping[int, Fact], round_: Round) -> datetime | None:
    """When all that must be done before the step was done; None while some of it is missing."""
    before = [facts[number] for number in BEFORE[step.number]]
    if not all(fact.done for fact in before):
        return None
    return max([round_.opened_at, *(fact.since for fact in before if fact.since)])


def _place(
    step: Step, fact: Fact, round_: Round, began: datetime | None, eyes: Eyes, *, ended: bool
) -> Place:
    gone, days = _gone(round_, eyes.today), eyes.days[round_.pk]
    place = Place(
        step,
        fact,
        eyes.timing(step, fact, round_, began),
        opens_on=None if fact.due_on else days.of(step.number).opens_on_after(eyes.today),
        may=fact.needs is not None and eyes.rights.allows(fact.needs, round_.school_id),
        since=max(filter(None, [began, fact.since]), default=None),
        is_proposed=step.number in days.proposed,
    )
    if fact.done:
        return place
    if gone or ended:
        return replace(place, timing=_not_asked(place.timing), ended=ended, gone=gone)
    return replace(place, is_mine=_is_mine(place, round_, eyes))


def _not_asked(timing: StepTiming) -> StepTiming:
    """Nobody is asked for it any more; how late it was first handed in stays."""
    return replace(timing, status=StepStatus.NOT_REACHED, days_overdue=0)


def _is_mine(place: Place, round_: Round, eyes: Eyes) -> bool:
    return place.has_its_turn and place.may and eyes.waited_for(place.fact, round_.school_id)


def _gone(round_: Round, today: date) -> str:
    """What happened to a school that is none any more: nobody is asked to act for it."""
    return "" if round_.school.is_open_on(today) else f"โรงเรียน{round_.school.status_on(today)}แล้ว"
