"""The state of one step of one round as one person sees it: decided here for every page.

Nothing here asks the database or the clock. The days come from `due_dates.step_timing`.
"""

from dataclasses import dataclass
from enum import StrEnum

from schools.core.status import StatusKind


class StepState(StrEnum):
    """What a page says of a step, most urgent first: the order in which states are sorted."""

    OVERDUE = "overdue"
    RETURNED_TO_YOU = "returned_to_you"
    WAITING_FOR_YOU = "waiting_for_you"
    WAITING_FOR_OTHERS = "waiting_for_others"
    BOOKED = "booked"
    NOT_OPEN = "not_open"
    NOT_REACHED = "not_reached"
    ROUND_ENDED = "round_ended"
    SCHOOL_CLOSED = "school_closed"
    DONE = "done"

    @property
    def kind(self) -> StatusKind:
        """Its sign and colour."""
        return _MARKS[self][0]

    @property
    def word(self) -> str:
        """Its word where nothing more exact is known, such as how many days it is overdue."""
        return _MARKS[self][1]

    @property
    def css(self) -> str:
        return self.kind.value

    @property
    def glyph(self) -> str:
        return self.kind.glyph

    @property
    def order(self) -> int:
        """From the most urgent (0) to what is done."""
        return list(StepState).index(self)

    @property
    def is_pending(self) -> bool:
        """Whether somebody is expected to act, now or on the day of the appointment."""
        return self in PENDING_STATES


_MARKS = {
    StepState.OVERDUE: (StatusKind.LATE, "เกินกำหนด"),
    StepState.RETURNED_TO_YOU: (StatusKind.YOURS, "รอคุณแก้ไข"),
    StepState.WAITING_FOR_YOU: (StatusKind.YOURS, "รอคุณ"),
    StepState.WAITING_FOR_OTHERS: (StatusKind.WAITING, "รอผู้อื่น"),
    StepState.BOOKED: (StatusKind.WAITING, "นัดแล้ว"),
    StepState.NOT_OPEN: (StatusKind.WAITING, "รอวันเปิด"),
    StepState.NOT_REACHED: (StatusKind.IDLE, "ยังไม่ถึง"),
    StepState.ROUND_ENDED: (StatusKind.IDLE, "ทำในรอบถัดไป"),
    StepState.SCHOOL_CLOSED: (StatusKind.IDLE, "โรงเรียนเลิกแล้ว"),
    StepState.DONE: (StatusKind.DONE, "เสร็จแล้ว"),
}
PENDING_STATES = frozenset(
    {
        StepState.OVERDUE,
        StepState.RETURNED_TO_YOU,
        StepState.WAITING_FOR_YOU,
        StepState.WAITING_FOR_OTHERS,
        StepState.BOOKED,
    }
)
NOT_ASKED_STATES = frozenset({StepState.DONE, StepState.ROUND_ENDED, StepState.SCHOOL_CLOSED})


@dataclass(frozen=True, kw_only=True)
class StepConditions:
    """All that decides the state of a step.

    `school_closed` and `round_ended` (ไม่บรรลุ at an earlier step) say that nobody is asked for
    it any more. `is_open` is False before the first day of a survey; `has_its_turn` says that
    all steps before it are done. `is_booked` means an appointment that was not kept yet;
    `is_yours` that the next act is this person's to do.
    """

    is_done: bool = False
    school_closed: bool = False
    round_ended: bool = False
    is_open: bool = True
    has_its_turn: bool = False
    is_overdue: bool = False
    is_returned: bool = False
    is_booked: bool = False
    is_yours: bool = False


def step_state(step: StepConditions) -> StepState:
    """Decide the state of a step; what is done stays done, whatever else became of the round."""
    if step.is_done:
        return StepState.DONE
    if step.school_closed:
        return StepState.SCHOOL_CLOSED
    if step.round_ended:
        return StepState.ROUND_ENDED
    if not step.is_open:
        return StepState.NOT_OPEN
    if not step.has_its_turn:
        return StepState.BOOKED if step.is_booked else StepState.NOT_REACHED
    return _pending_state(step)


def _pending_state(step: StepConditions) -> StepState:
    if step.is_overdue:
        return StepState.OVERDUE
    if step.is_yours:
        return StepState.RETURNED_TO_YOU if step.is_returned else StepState.WAITING_FOR_YOU
    return StepState.BOOKED if step.is_booked else StepState.WAITING_FOR_OTHERS
