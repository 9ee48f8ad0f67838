"""The seven steps of the cycle, and what the facts of one say of one round.

Where a school stands is never stored: each step is one query over what another package owns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypedDict

from schools.access import Permission
from schools.core.registry import Registry
from supervision.rounds.due_dates import StepWindow
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round


class StepAnnotations(TypedDict):
    """What `step_facts.with_step_facts` loads with each round.

    The days between which the term's schools confirm their data, None where they are not asked;
    how far the school's confirmation is; how many recommendations it has; when its summary was
    last proposed and returned.
    """

    data_opens_on: date | None
    data_closes_on: date | None
    data_state: str | None
    data_confirmed_at: datetime | None
    recommendation_count: int
    summary_proposed_at: datetime | None
    summary_returned_at: datetime | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    RoundWithFacts = WithAnnotations[Round, StepAnnotations]
else:
    RoundWithFacts = Round


@dataclass(frozen=True)
class NextAction:
    """What is to be done next in a step: in Thai, with the permission it takes and its page.

    `leader_id` is the one person whose act it is, where there is such a one among all who may
    do it; `for_all_schools` says that one act serves every school of the term.
    """

    label: str
    permission: Permission
    url: str
    leader_id: int | None = None
    for_all_schools: bool = False


@dataclass(frozen=True)
class SentBack:
    """Work sent back and not handed in again: since when, and until when it is to be put right."""

    on: date
    correct_by: date | None = None


@dataclass(frozen=True)
class VisitDay:
    """The day and hour of a visit; `is_kept` once the visit has begun."""

    on: date
    starts_at: time | None = None
    is_kept: bool = False


NO_WINDOW = StepWindow()


@dataclass(frozen=True)
class RoundStepFacts:
    """What one step's facts say of one round.

    `detail` is a line for the school page, `word` what the board shows ("18/26", "9 ธ.ค. 2569"),
    `page_url` a page for everybody who sees the school. A step that is not done names its
    `next_action`. `since` is when it was done, or when its next action came to who does it now,
    where that is later than the step's own turn. `first_done_at` is when it was first done: it
    is late by that day and no later one. `window` are days of the fact's own, before and after
    which the action is not asked for. `ends_round` says that the round goes no further
    (ไม่บรรลุ: the next round takes over).
    """

    done: bool = False
    detail: str = ""
    word: str = ""
    page_url: str = ""
    since: datetime | None = None
    first_done_at: datetime | None = None
    next_action: NextAction | None = None
    sent_back: SentBack | None = None
    visit_day: VisitDay | None = None
    window: StepWindow = NO_WINDOW
    ends_round: bool = False

    @property
    def handed_in_at(self) -> datetime | None:
        """When it was first done or handed in."""
        return self.first_done_at or (self.since if self.done else None)

    @property
    def returned_on(self) -> date | None:
        return self.sent_back.on if self.sent_back else None

    @property
    def correct_by(self) -> date | None:
        return self.sent_back.correct_by if self.sent_back else None


StepFactsFunction = Callable[[Sequence[RoundWithFacts]], Mapping[int, RoundStepFacts]]


@dataclass(frozen=True)
class Step:
    """One of the seven steps of the manual's P3; `facts` answers for rounds by their key."""

    number: CycleStep
    short: str
    facts: StepFactsFunction

    @property
    def name(self) -> str:
        return self.number.label


steps_of_cycle: Registry[CycleStep, Step] = Registry("steps of the cycle")


def all_steps() -> list[Step]:
    """The seven steps in their order; raises LookupError while one is not registered."""
    return [steps_of_cycle.get(number) for number in CycleStep]
