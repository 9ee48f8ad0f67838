"""One step of TUMHOME as a page shows it, whoever has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from schools.core.status import StatusKind
from supervision.quality_drive.enums import DriveStep
from supervision.quality_drive.manual_words import ManualDriveStep, manual_drive
from supervision.quality_drive.step_state import (
    DriveStepConditions,
    DriveStepState,
    drive_step_state,
)

SECRETARY_OF_MEETING = "ผอ.กลุ่มนิเทศฯ"  # whom a step waits for until a meeting has resolved


@dataclass(frozen=True)
class DriveStepRow:
    """One step of the drive as a page shows it.

    `details` say what is on record, `missing` what is still to be done, `waits` whose turn it is.
    """

    step: DriveStep
    state: DriveStepState
    details: Sequence[str]
    missing: Sequence[str] = ()
    waits: str = ""
    url: str = ""

    @property
    def manual(self) -> ManualDriveStep:
        return manual_drive().steps[self.step - 1]

    @property
    def letter(self) -> str:
        return self.manual.letter

    @property
    def title(self) -> str:
        return self.step.label

    @property
    def kind(self) -> StatusKind:
        return self.state.kind

    @property
    def word(self) -> str:
        return self.state.word


def step_row(
    step: DriveStep,
    conditions: DriveStepConditions,
    details: Sequence[str],
    missing: Sequence[str] = (),
    waits: str = "",
) -> DriveStepRow:
    """What is done lacks nothing and waits for nobody."""
    state = drive_step_state(conditions)
    if state == DriveStepState.DONE:
        return DriveStepRow(step, state, details)
    reached = state != DriveStepState.NOT_REACHED
    return DriveStepRow(step, state, details, missing, waits if reached else "")
