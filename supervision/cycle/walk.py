"""Where rounds stand in the cycle, for one person's eyes: every room's facts put in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from schools.access import Permission, Rights
from schools.models import User
from supervision.assessments.progress import days_late
from supervision.cycle.facts import Fact
from supervision.cycle.steps import STEPS, Step
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round, StepDeadline

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

    `kind` is done, mine (waits for this person), late, wait (for somebody else) or idle (its
    turn has not come). `late` is in days after `due_on`, until it was first handed in or
    today; `opens_on` from when it is asked for, while that day is to come. `since` is when the
    step was done, or when its turn came; `may` whether this person is allowed the act at all;
    `ended` that the round ended before it (ไม่บรรลุ); `gone` what became of a school that nobody
    is asked to act for any more.
    """

    step: Step
    fact: Fact
    kind: str
    due_on: date | None = None
    opens_on: date | None = None
    late: int = 0
    is_mine: bool = False
    may: bool = False
    since: datetime | None = None
    has_its_turn: bool = False
    ended: bool = False
    gone: str = ""

    @property
    def overdue(self) -> int:
        """Days for which the step has been waited for; what was handed in is no longer overdue."""
        return self.late if self.has_its_turn and not self.fact.handed_in else 0

    @property
    def days_late(self) -> int:
        """Days after its day when the step was done or first handed in."""
        return self.late if self.fact.done or self.fact.handed_in else 0

    @property
    def word(self) -> str:
        """The word on the pill; colour never stands alone."""
        if self.overdue:
            return f"เกินกำหนด {self.overdue} วัน"
        if self.gone:
            return self.gone
        if self.ended:
            return "ทำในรอบถัดไป"
        if self.fact.not_before:
            return "รอวันเปิด"
        if self.fact.ahead and not self.is_mine:
            return "นัดแล้ว"
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
    """Who looks, on which day, and by when each term asks for each step."""

    reader: User | None
    rights: Rights
    today: date
    deadlines: Mapping[tuple[int, int], StepDeadline]

    def window(
        self, round_: Round, step: Step, fact: Fact, handed_in: datetime | None
    ) -> dict[str, Any]:
        """By when the step is asked for, from when if that is still to come, and how late it is."""
        if fact.due_on:
            late = days_late(fact.due_on, handed_in, self.today)
            return {"due_on": fact.due_on, "opens_on": None, "late": late}
        deadline = self.deadlines.get((round_.term_id, step.number))
        if deadline is None or not deadline.binds(round_):
            return {"due_on": None, "opens_on": None, "late": 0}
        return {
            "due_on": deadline.due_on,
            "opens_on": deadline.opens_on_after(self.today),
            "late": days_late(deadline.due_on, handed_in, self.today),
        }

    def waited_for(self, fact: Fact, school_id: int) -> bool:
        """Whether the act, which others may do too, is this person's to do."""
        if fact.leader:
            return self.reader is not None and fact.leader == self.reader.pk
        return fact.needs not in LOCAL or school_id in self.rights.schools(fact.needs)


def walks_of(
    rounds: Iterable[Round], rights: Rights, today: date, *, reader: User | None = None
) -> list[Walk]:
    """The walks of any number of rounds (of `with_facts`) in a constant number of queries.

    Without a reader, what only one person can do waits for somebody else.
    """
    rounds = list(rounds)
    facts = [(step, step.facts(rounds)) for step in STEPS]
    eyes = Eyes(reader, rights, today, _deadlines(rounds))
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
        return Place(place.step, Fact(), "idle", gone=place.gone)
    return Place(place.step, Fact(word="ยังไม่เสร็จ"), "wait", gone=place.gone)


def _deadlines(rounds: list[Round]) -> dict[tuple[int, int], StepDeadline]:
    rows = StepDeadline.objects.filter(term__in={round_.term_id for round_ in rounds})
    return {(row.term_id, row.step): row for row in rows}


def _places(round_: Round, facts: Sequence[tuple[Step, Fact]], eyes: Eyes) -> list[Place]:
    places: list[Place] = []
    reached, ended, before = True, False, round_.opened_at
    for step, fact in facts:
        since = fact.since or (before if reached else None)
        places.append(_place(step, fact, round_, since, reached, ended, eyes))
        reached = reached and fact.done
        ended = ended or fact.ends
        before = fact.since or before
    return places


def _place(
    step: Step,
    fact: Fact,
    round_: Round,
    since: datetime | None,
    reached: bool,
    ended: bool,
    eyes: Eyes,
) -> Place:
    """A step is reached when all before it are done; an appointment may stand ahead of it."""
    handed_in = fact.handed_in or (fact.since if fact.done else None)
    facts = {"since": since, **eyes.window(round_, step, fact, handed_in)}
    if fact.done:
        return Place(step, fact, "done", **facts)
    facts["may"] = fact.needs is not None and eyes.rights.allows(fact.needs, round_.school_id)
    gone = _gone(round_, eyes.today)
    if gone or ended or not reached or fact.not_before:
        stands = (fact.ahead or fact.not_before) and not gone
        return Place(step, fact, "wait" if stands else "idle", ended=ended, gone=gone, **facts)
    mine = facts["may"] and eyes.waited_for(fact, round_.school_id)
    overdue = facts["late"] and not handed_in
    kind = "late" if overdue else "mine" if mine else "wait"
    return Place(step, fact, kind, is_mine=mine, has_its_turn=True, **facts)


def _gone(round_: Round, today: date) -> str:
    """What happened to a school that is none any more: nobody is asked to act for it."""
    return "" if round_.school.is_open_on(today) else f"โรงเรียน{round_.school.status_on(today)}แล้ว"
