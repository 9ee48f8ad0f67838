"""Where a school's levels stand on the scale of a drive, for the drawings of its pages."""

from dataclasses import dataclass
from decimal import Decimal

from supervision.criteria.axis import axis_position
from supervision.quality_drive.progress.rule import Progress


@dataclass(frozen=True)
class ProgressTrack:
    """From where to where on the scale: before, now and target, in percent of the drawing's width.

    None where a level is not known.
    """

    kind: str
    baseline_at: Decimal | None
    now_at: Decimal | None
    target_at: Decimal | None


def progress_track(progress: Progress, scale: tuple[int, int]) -> ProgressTrack:
    """The drawing of a school's way; `scale` is the lowest and the highest level."""
    return level_track(
        progress.kind, scale, progress.baseline, progress.now, progress.target or None
    )


def level_track(
    kind: str,
    scale: tuple[int, int],
    baseline: Decimal | None,
    now: Decimal | None,
    target: Decimal | None,
) -> ProgressTrack:
    """The drawing of three levels on the scale."""

    def at(level: Decimal | None) -> Decimal | None:
        return None if level is None else axis_position(level, *scale)

    return ProgressTrack(kind, at(baseline), at(now), at(target))
