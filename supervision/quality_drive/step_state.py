"""The state of one step of a drive as one person sees it: decided here for every page.

Nothing here asks the database or the clock.
"""

from dataclasses import dataclass
from enum import StrEnum

from schools.core.status import StatusKind


class DriveStepState(StrEnum):
    """What a page says of a step of the drive, most urgent first."""

    BEHIND = "behind"
    WAITING_FOR_YOU = "waiting_for_you"
    UNDER_WAY = "under_way"
    NOT_REACHED = "not_reached"
    DONE = "done"

    @property
    def kind(self) -> StatusKind:
        """Its sign and colour."""
        return _MARKS[self][0]

    @property
    def word(self) -> str:
        return _MARKS[self][1]


_MARKS = {
    DriveStepState.BEHIND: (StatusKind.LATE, "ช้ากว่าแผน"),
    DriveStepState.WAITING_FOR_YOU: (StatusKind.YOURS, "รอคุณ"),
    DriveStepState.UNDER_WAY: (StatusKind.WAITING, "กำลังดำเนินการ"),
    DriveStepState.NOT_REACHED: (StatusKind.IDLE, "ยังไม่ถึง"),
    DriveStepState.DONE: (StatusKind.DONE, "เสร็จแล้ว"),
}


@dataclass(frozen=True, kw_only=True)
class DriveStepConditions:
    """All that decides the state of a step.

    `has_its_turn` says that the drive is endorsed, or that the step prepares it; `is_behind` that
    what was agreed lags behind its plan; `is_yours` that the next act is this person's to do.
    """

    is_done: bool = False
    has_its_turn: bool = False
    is_behind: bool = False
    is_yours: bool = False
    has_begun: bool = False


def drive_step_state(step: DriveStepConditions) -> DriveStepState:
    """Decide the state of a step; what is done stays done."""
    if step.is_done:
        return DriveStepState.DONE
    if not step.has_its_turn:
        return DriveStepState.NOT_REACHED
    if step.is_yours:
        return DriveStepState.WAITING_FOR_YOU
    if step.is_behind:
        return DriveStepState.BEHIND
    return DriveStepState.UNDER_WAY if step.has_begun else DriveStepState.NOT_REACHED
