from enum import StrEnum

from django.db import models

from schools.core.status import StatusKind


class ProgressState(models.TextChoices):
    """How far one thing of the drive is on the straight line to its target."""

    ON_TARGET = "on_target", "ถึงเป้าหมายแล้ว"
    ON_TRACK = "on_track", "เป็นไปตามแผน"
    AT_RISK = "at_risk", "ใกล้ช้ากว่าแผน"
    BEHIND = "behind", "ช้ากว่าแผน"
    NO_PLAN = "no_plan", "ยังเทียบกับแผนไม่ได้"
    NO_RESULT = "no_result", "ยังไม่มีผล"

    @property
    def kind(self) -> StatusKind:
        """Its sign and colour."""
        return _KINDS[self]


_KINDS = {
    ProgressState.ON_TARGET: StatusKind.DONE,
    ProgressState.ON_TRACK: StatusKind.WAITING,
    ProgressState.AT_RISK: StatusKind.YOURS,
    ProgressState.BEHIND: StatusKind.LATE,
    ProgressState.NO_PLAN: StatusKind.IDLE,
    ProgressState.NO_RESULT: StatusKind.IDLE,
}


class LevelSource(StrEnum):
    """Where what is known of an indicator today comes from; the value is the word for it."""

    VISIT = "การนิเทศที่ลงนามแล้ว"
    REPORT = "โรงเรียนรายงาน"
