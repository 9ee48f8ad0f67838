from dataclasses import dataclass
from datetime import date, datetime, time

from schools.access import Permission


@dataclass(frozen=True)
class RoundStepFacts:
    """What one step's facts say of one round.

    While a step is not done, `act` names the next act in Thai, `permission` the one it
    takes, `url` where it is done, and `word` what the board shows ("18/26", "9 ธ.ค. 2569").
    `since` is when it was done, or when its next act came to who does it now, where that is
    later than the step's own turn. `first_done_at` is when it was first done: it is late by that
    day and no later one. Work sent back says when (`returned_on`) and until when it is to be
    put right (`correct_by`). `has_page` says that a page stands there for everybody who sees the
    school to read; `may_precede_turn` marks an appointment (on `day`, `at` an hour) that may
    stand before
    its turn; `ends_round` that the round goes no further (ไม่บรรลุ: the next round takes over).
    `for_all_schools` says that one act serves every school; `due_on` and `not_before` are days of
    the fact's own, by which and from which the act may be done. `leader_id` is the one
    person whose act it is, where there is such a one among all who may do it.
    """

    done: bool = False
    detail: str = ""
    since: datetime | None = None
    first_done_at: datetime | None = None
    returned_on: date | None = None
    correct_by: date | None = None
    act: str = ""
    permission: Permission | None = None
    url: str = ""
    word: str = ""
    has_page: bool = False
    may_precede_turn: bool = False
    day: date | None = None
    at: time | None = None
    ends_round: bool = False
    for_all_schools: bool = False
    due_on: date | None = None
    not_before: date | None = None
    leader_id: int | None = None
