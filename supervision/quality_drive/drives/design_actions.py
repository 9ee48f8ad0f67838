"""What is done with the design of a drive that is a draft: weights, indicators, targets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from schools.core.errors import ActionRefused
from schools.core.history import set_history_author
from schools.enums import EducationLevel
from schools.models import User
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.quality_drive.drives.actions import lock_drive_draft
from supervision.quality_drive.drives.enums import DriveAction
from supervision.quality_drive.drives.weights import even_weights
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import (
    AgreementTarget,
    BaselineLevel,
    CrosswalkLine,
    DriveDimension,
    DriveIndicator,
    DriveProgress,
    QualityDrive,
)
from supervision.workflow.actions import transition

# The manual names no indicator. A sample deals out the standards of basic education: the first to
# pupils, the second to management and director in turn, the third to teachers and classrooms.
SAMPLE_DIMENSIONS = {
    1: (DimensionCode.STUDENT,),
    2: (DimensionCode.MANAGEMENT, DimensionCode.DIRECTOR),
    3: (DimensionCode.TEACHER, DimensionCode.CLASSROOM),
}


@dataclass(frozen=True)
class IndicatorDesign:
    """What one indicator of a drive weighs in its dimension, and the level that is aimed at."""

    weight: Decimal
    target: Decimal


def _change_design(drive: QualityDrive, *, by: User) -> None:
    """Hold the draft and log who changed it. Raises ActionRefused where it is no draft."""
    lock_drive_draft(drive)
    set_history_author(drive, by=by)
    transition(drive, DriveAction.EDIT, by=by)


@transaction.atomic
def save_dimension_weights(
    drive: QualityDrive, *, by: User, weights: Mapping[int, Decimal]
) -> None:
    """Set what each dimension (pk) weighs in per cent of the whole."""
    _change_design(drive, by=by)
    rows = list(drive.dimensions.filter(pk__in=weights))
    for row in rows:
        row.weight = weights[row.pk]
    DriveDimension.objects.bulk_update(rows, ["weight"])


@transaction.atomic
def share_dimension_weights(drive: QualityDrive, *, by: User) -> None:
    """Let all dimensions weigh the same."""
    keys = [one.pk for one in drive.dimensions.all()]
    shared = zip(keys, even_weights(len(keys)), strict=True)
    save_dimension_weights(drive, by=by, weights=dict(shared))


@transaction.atomic
def save_indicator_designs(
    dimension: DriveDimension, *, by: User, designs: Mapping[int, IndicatorDesign]
) -> None:
    """Set weight and target of each of the dimension's indicators (DriveIndicator pk)."""
    _change_design(dimension.drive, by=by)
    rows = list(dimension.indicators.filter(pk__in=designs))
    for row in rows:
        row.weight, row.target = designs[row.pk].weight, designs[row.pk].target
    DriveIndicator.objects.bulk_update(rows, ["weight", "target"])


@transaction.atomic
def share_indicator_weights(dimension: DriveDimension, *, by: User) -> None:
    """Let all indicators of the dimension weigh the same."""
    _change_design(dimension.drive, by=by)
    _share_evenly(list(dimension.indicators.all()))


def _share_evenly(rows: Sequence[DriveIndicator]) -> None:
    for row, weight in zip(rows, even_weights(len(rows)), strict=True):
        row.weight = weight
    DriveIndicator.objects.bulk_update(rows, ["weight"])


@transaction.atomic
def choose_indicators(
    dimension: DriveDimension, *, by: User, indicators: Collection[Indicator]
) -> None:
    """Measure the dimension by these; where the list changes, all of it weighs the same again.

    Raises ActionRefused naming what cannot be taken off, for schools have figures on it.
    """
    _change_design(dimension.drive, by=by)
    chosen = {one.pk for one in indicators}
    rows = list(dimension.indicators.select_related("indicator"))
    gone = [row for row in rows if row.indicator_id not in chosen]
    known = {row.indicator_id for row in rows}
    new = [one for one in indicators if one.pk not in known]
    if not gone and not new:
        return
    _check_is_unused(gone)
    dimension.indicators.filter(pk__in=[row.pk for row in gone]).delete()
    _add_indicators(dimension, [row for row in rows if row not in gone], new)


def _check_is_unused(rows: Sequence[DriveIndicator]) -> None:
    """Figures of schools stay, and with them the indicator that they are of."""
    of_row = {"drive_indicator": OuterRef("pk")}
    used = Q(Exists(BaselineLevel.objects.filter(**of_row)))
    used |= Q(Exists(AgreementTarget.objects.filter(**of_row)))
    used |= Q(Exists(DriveProgress.objects.filter(**of_row)))
    found = DriveIndicator.objects.filter(used, pk__in=[row.pk for row in rows])
    if codes := [row.indicator.code for row in found.select_related("indicator")]:
        raise ActionRefused(
            f"นำตัวชี้วัด {', '.join(codes)} ออกไม่ได้ เพราะมีข้อมูลฐาน ข้อตกลง หรือความก้าวหน้าของโรงเรียนแล้ว"
        )


def _add_indicators(
    dimension: DriveDimension,
    present: Sequence[DriveIndicator],
    indicators: Sequence[Indicator],
    *,
    is_sample: bool = False,
) -> None:
    """Behind those that it has; the target is that of the standard, or else the highest level."""
    last = max((row.position for row in present), default=0)
    added = DriveIndicator.objects.bulk_create(
        DriveIndicator(
            dimension=dimension,
            indicator=indicator,
            position=position,
            weight=Decimal(1),
            target=_first_target(indicator),
            is_sample=is_sample,
        )
        for position, indicator in enumerate(indicators, start=last + 1)
    )
    _share_evenly([*present, *added])


def _first_target(indicator: Indicator) -> Decimal:
    standard = indicator.standard
    if standard.target:
        return standard.target
    levels = standard.indicator_set.scale.levels.all()
    return Decimal(max(level.value for level in levels))


@transaction.atomic
def use_sample_indicators(drive: QualityDrive, *, by: User, indicator_set: IndicatorSet) -> None:
    """Deal out the indicators of an endorsed set to dimensions that have none, as samples.

    The crosswalk's word on an indicator goes before the standard that it belongs to.
    Raises ActionRefused where the set is not in use, or no dimension is empty.
    """
    _change_design(drive, by=by)
    if indicator_set not in sample_sets():
        raise ActionRefused("ชุดตัวชี้วัดนี้ไม่ได้ใช้อยู่ โปรดเลือกชุดที่ ก.ต.ป.น. เห็นชอบและใช้อยู่")
    dealt = _dealt_out(indicator_set)
    empty = list(drive.dimensions.filter(indicators=None))
    if not any(dealt.get(one.code) for one in empty):
        raise ActionRefused("ทุกด้านมีตัวชี้วัดแล้ว จึงไม่ใส่ตัวชี้วัดตัวอย่างให้")
    for dimension in empty:
        _add_indicators(dimension, [], dealt.get(dimension.code, []), is_sample=True)


def sample_sets() -> QuerySet[IndicatorSet]:
    """The endorsed sets of basic education of which a sample can be made, the newest first."""
    return IndicatorSet.objects.approved().filter(level=EducationLevel.BASIC).order_by("-pk")


def _dealt_out(indicator_set: IndicatorSet) -> dict[str, list[Indicator]]:
    """The set's indicators by the dimension that each is dealt to."""
    rows = Indicator.objects.filter(standard__indicator_set=indicator_set)
    rows = rows.select_related("standard__indicator_set__scale").order_by(
        "standard__number", "position"
    )
    lines = CrosswalkLine.objects.filter(indicator__in=rows).exclude(dimension_code="")
    known = dict(lines.values_list("indicator", "dimension_code"))
    found: dict[str, list[Indicator]] = {}
    for row in rows:
        offered = SAMPLE_DIMENSIONS.get(row.standard.number)
        if code := known.get(row.pk) or (offered and offered[(row.position - 1) % len(offered)]):
            found.setdefault(code, []).append(row)
    return found
