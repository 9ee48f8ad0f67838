"""Where rounds stand in the cycle, for one person's eyes: every room's facts put in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schools.access import Rights
from supervision.cycle.steps import STEPS, Fact, Step
from supervision.rounds.models import Round, StepDeadline

KIND_WORDS = {"done": "เสร็จแล้ว", "mine": "รอคุณ", "wait": "รอผู้อื่น", "idle": "ยังไม่ถึง"}


@dataclass(frozen=True)
class Place:
    """One step of one round as one person sees it.

    `kind` is done, mine (waits for this person), late, wait (for somebody else) or idle (its
    turn has not come); `overdue` is in days, 0 when not late.
    """

    step: Step
    fact: Fact
    kind: str
    due_on: date | None = None
    overdue: int = 0
    is_mine: bool = False

    @property
    def word(self) -> str:
        """The word on the pill; colour never stands alone."""
        if self.overdue:
            return f"เกินกำหนด {self.overdue} วัน"
        if self.fact.ahead and not self.is_mine:
            return "นัดแล้ว"
        return KIND_WORDS[self.kind]


@dataclass(frozen=True)
class Walk:
    """One round's seven places; a round that ended in ไม่บรรลุ goes no further."""

    round: Round
    places: Sequence[Place]

    @property
    def current(self) -> Place | None:
        """The first step not done; None when nothing is left to do in this round."""
        if any(place.fact.ends for place in self.places):
            return None
        return next((place for place in self.places if not place.fact.done), None)

    @property
    def done(self) -> int:
        return sum(place.fact.done for place in self.places)


def walks_of(rounds: Iterable[Round], rights: Rights, today: date) -> list[Walk]:
    """The walks of any number of rounds in a constant number of queries."""
    rounds = list(rounds)
    facts = [(step, step.facts(rounds)) for step in STEPS]
    due = _deadlines(rounds)
    return [
        Walk(round_, _places(round_, [(s, f[round_.pk]) for s, f in facts], due, rights, today))
        for round_ in rounds
    ]


def _deadlines(rounds: list[Round]) -> dict[tuple[int, int], date]:
    rows = StepDeadline.objects.filter(term__in={round_.term_id for round_ in rounds})
    return {(row.term_id, row.step): row.due_on for row in rows}


def _places(
    round_: Round,
    facts: Sequence[tuple[Step, Fact]],
    due: Mapping[tuple[int, int], date],
    rights: Rights,
    today: date,
) -> list[Place]:
    places, reached = [], True
    for step, fact in facts:
        due_on = due.get((round_.term_id, step.number))
        mine = fact.needs is not None and rights.allows(fact.needs, round_.school_id)
        places.append(_place(step, fact, due_on, reached, mine, today))
        reached = reached and fact.done and not fact.ends
    return places


def _place(
    step: Step, fact: Fact, due_on: date | None, reached: bool, mine: bool, today: date
) -> Place:
    """A step is reached when all before it are done; an appointment may stand ahead of it."""
    if fact.done:
        return Place(step, fact, "done", due_on)
    if not reached:
        return Place(step, fact, "wait" if fact.ahead else "idle", due_on)
    overdue = max((today - due_on).days, 0) if due_on else 0
    kind = "late" if overdue else "mine" if mine else "wait"
    return Place(step, fact, kind, due_on, overdue, mine)
