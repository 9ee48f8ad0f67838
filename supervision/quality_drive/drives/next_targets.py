"""What a year's drive came to by indicator, and the targets that the next draft begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schools.models import School
from supervision.criteria.scoring import mean
from supervision.quality_drive.models import DriveDimension, DriveIndicator, QualityDrive
from supervision.quality_drive.progress.enums import LevelSource
from supervision.quality_drive.progress.queries import IndicatorProgress, load_drive_progress

# So many levels are proposed above a target that the area has reached.
NEXT_STEP = Decimal("0.50")

NEXT_TARGET_RULE = (
    f"ค่าเป้าหมายที่ระบบเสนอ: หากค่าเฉลี่ยของเขตพื้นที่ถึงค่าเป้าหมายปีนี้แล้ว เสนอเพิ่ม {NEXT_STEP} ระดับ "
    "แต่ไม่เกินระดับสูงสุดของมาตราส่วน หากยังไม่ถึงหรือยังไม่มีผล เสนอค่าเป้าหมายเดิม "
    "แก้ไขได้ทุกตัวชี้วัดก่อนบันทึก"
)


def propose_next_target(found: Decimal | None, target: Decimal, highest: int) -> Decimal:
    """The target of the next year: a step up once the area's mean has reached it, else the same."""
    if found is None or found < target:
        return target
    return min(target + NEXT_STEP, max(Decimal(highest), target))


@dataclass(frozen=True)
class IndicatorOutcome:
    """What became of one indicator over the area's open schools.

    `baseline` and `now` are means of the schools where they are known, `now` of the `judged`
    schools' levels by signed visits; `reached` of them are at the drive's target or above.
    """

    row: DriveIndicator
    baseline: Decimal | None
    now: Decimal | None
    judged: int
    reached: int
    lowest: int
    highest: int

    @property
    def has_reached(self) -> bool:
        return self.now is not None and self.now >= self.row.target

    @property
    def proposed(self) -> Decimal:
        return propose_next_target(self.now, self.row.target, self.highest)


@dataclass(frozen=True)
class DimensionOutcome:
    """The indicators of one dimension with what became of them."""

    dimension: DriveDimension
    indicators: Sequence[IndicatorOutcome]


def load_outcomes(drive: QualityDrive, today: date) -> list[DimensionOutcome]:
    """The results of the drive's year by dimension and indicator, in seven queries."""
    overview = load_drive_progress(drive, School.objects.open_on(today), today)
    design = overview.design
    of_indicator: dict[int, list[IndicatorProgress]] = {one.pk: [] for one in design.indicators}
    for school in overview.schools:
        for one in (row for dimension in school.dimensions for row in dimension.indicators):
            of_indicator[one.drive_indicator.pk].append(one)
    return [
        DimensionOutcome(
            dimension,
            [
                _outcome(one, of_indicator[one.pk], design.ranges[one.pk])
                for one in design.indicators_of[dimension.code]
            ],
        )
        for dimension in design.dimensions
    ]


def _outcome(
    row: DriveIndicator, schools: Sequence[IndicatorProgress], scale: tuple[int, int]
) -> IndicatorOutcome:
    signed = [
        one.known.level for one in schools if one.known and one.known.source == LevelSource.VISIT
    ]
    baselines = [one.progress.baseline for one in schools if one.progress.baseline is not None]
    return IndicatorOutcome(
        row=row,
        baseline=mean(baselines),
        now=mean(signed),
        judged=len(signed),
        reached=sum(level >= row.target for level in signed),
        lowest=scale[0],
        highest=scale[1],
    )
