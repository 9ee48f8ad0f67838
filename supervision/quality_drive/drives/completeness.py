"""What a draft of a drive lacks before ก.ต.ป.น. can endorse it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from supervision.criteria.models import ScaleLevel
from supervision.quality_drive.drives.weights import weights_short_of_whole
from supervision.quality_drive.models import DriveDimension, DriveIndicator, QualityDrive
from supervision.quality_drive.scores import DriveDesign, load_design


@dataclass(frozen=True)
class MissingDrivePart:
    """One thing to put right in a draft, and where."""

    message: str
    url: str

    def __str__(self) -> str:
        return self.message


def missing_to_endorse(drive: QualityDrive) -> list[MissingDrivePart]:
    """All that the draft lacks, in reading order; in three queries."""
    return missing_in_design(load_design(drive))


def missing_in_design(design: DriveDesign) -> list[MissingDrivePart]:
    """The same, of a design that is loaded."""
    scales = scale_ranges(design.indicators)
    found = list(_missing_of_dimensions(design))
    for dimension in design.dimensions:
        if dimension.weight:
            found += _missing_of_dimension(design, dimension, scales)
    return found


def _missing_of_dimensions(design: DriveDesign) -> Iterator[MissingDrivePart]:
    short = weights_short_of_whole(one.weight for one in design.dimensions)
    if short:
        year = design.drive.academic_year.year
        message = f"น้ำหนักของด้านรวมกันต้องเป็น 100 {_difference(short)}"
        yield MissingDrivePart(message, reverse("drive_weights", args=[year]))


def _missing_of_dimension(
    design: DriveDesign, dimension: DriveDimension, scales: "ScaleRanges"
) -> Iterator[MissingDrivePart]:
    keys = [design.drive.academic_year.year, dimension.code]
    rows = design.indicators_of[dimension.code]
    if not rows:
        message = f"{dimension} ยังไม่มีตัวชี้วัด โปรดเลือกอย่างน้อย 1 ตัวชี้วัด"
        yield MissingDrivePart(message, reverse("drive_choose_indicators", args=keys))
        return
    url = reverse("drive_dimension", args=keys)
    if short := weights_short_of_whole(one.weight for one in rows):
        yield MissingDrivePart(
            f"{dimension} น้ำหนักของตัวชี้วัดรวมกันต้องเป็น 100 {_difference(short)}", url
        )
    for row in rows:
        lowest, highest = scales[scale_of(row)]
        if not lowest <= row.target <= highest:
            message = f"{dimension} ตัวชี้วัด {row.indicator.code} ค่าเป้าหมาย {row.target}"
            yield MissingDrivePart(f"{message} อยู่นอกช่วง {lowest}–{highest} ของมาตราส่วน", url)


def _difference(short: Decimal) -> str:
    return f"ขณะนี้ขาด {short}" if short > 0 else f"ขณะนี้เกิน {-short}"


ScaleRanges = dict[int, tuple[int, int]]


def scale_of(row: DriveIndicator) -> int:
    """The scale (pk) by which the indicator is judged."""
    return row.indicator.standard.indicator_set.scale_id


def scale_ranges(rows: Sequence[DriveIndicator]) -> ScaleRanges:
    """The lowest and highest level of each scale that judges these indicators, in one query."""
    levels = ScaleLevel.objects.filter(scale__in={scale_of(row) for row in rows})
    found: dict[int, list[int]] = {}
    for scale, value in levels.order_by().values_list("scale", "value"):
        found.setdefault(scale, []).append(value)
    return {scale: (min(values), max(values)) for scale, values in found.items()}
