"""Making and changing rating scales, as long as no set before ก.ต.ป.น. is judged by them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import uuid4

from django.db import transaction

from supervision.criteria.models import Rubric, Scale, ScaleBand, ScaleLevel
from supervision.criteria.scales.bands import problems_of
from supervision.workflow.errors import Refused, deleted_is_refused, taken_is_refused


@dataclass(frozen=True)
class LevelFacts:
    """One level of a scale as it was typed: its number, its word, what it means."""

    value: int
    label: str
    description: str = ""


@dataclass(frozen=True)
class BandFacts:
    """How one span of means is to be read (การแปลผล), as it was typed."""

    low: Decimal
    high: Decimal
    label: str


def check_open(scale: Scale) -> None:
    """Raises Refused once ก.ต.ป.น. has seen a set that is judged by this scale."""
    if scale.is_frozen:
        raise Refused(
            "มาตราส่วนนี้ใช้ในชุดที่เสนอหรือได้รับความเห็นชอบจาก ก.ต.ป.น. แล้ว จึงแก้ไขไม่ได้ "
            "หากต้องการแบบอื่น โปรดคัดลอกเป็นมาตราส่วนใหม่"
        )


def lock_scale(pk: int) -> Scale:
    """Hold the scale until the transaction ends. Raises Refused once it is deleted."""
    with deleted_is_refused():
        return Scale.objects.select_for_update().get(pk=pk)


@transaction.atomic
def write_scale(scale: Scale, *, levels: Sequence[LevelFacts], bands: Sequence[BandFacts]) -> None:
    """Save a scale as a whole: its name, its levels, and what means between them mean."""
    if scale.pk:
        lock_scale(scale.pk)
        check_open(scale)
    else:
        scale.key = f"office-{uuid4().hex[:12]}"
    values = [level.value for level in levels]
    problems = problems_of(bands, Decimal(min(values)), Decimal(max(values)))
    if problems:
        raise Refused("ช่วงการแปลผลยังไม่ครบ", missing=problems)
    with taken_is_refused(f"มีมาตราส่วนชื่อ “{scale.name}” แล้ว โปรดใช้ชื่ออื่น"):
        scale.save()
    _write_levels(scale, levels)
    scale.bands.all().delete()
    ScaleBand.objects.bulk_create(ScaleBand(scale=scale, **asdict(band)) for band in bands)


def _write_levels(scale: Scale, levels: Sequence[LevelFacts]) -> None:
    """Rubric texts hang on the rows, so a level that stays is the same row."""
    values = [level.value for level in levels]
    gone = scale.levels.exclude(value__in=values)
    rubric = (
        Rubric.objects.filter(level__in=gone)
        .select_related("level", "indicator__standard__indicator_set")
        .first()
    )
    if rubric:
        holder = rubric.indicator.standard.indicator_set
        raise Refused(
            f"ตัดระดับ {rubric.level.value} ออกไม่ได้ เพราะ {holder} มีคำอธิบายของระดับนี้ "
            "โปรดลบคำอธิบายนั้นก่อน"
        )
    gone.delete()
    ScaleLevel.objects.bulk_create(
        [ScaleLevel(scale=scale, **asdict(level)) for level in levels],
        update_conflicts=True,
        unique_fields=("scale", "value"),
        update_fields=("label", "description"),
    )


@transaction.atomic
def delete_scale(scale: Scale) -> None:
    """Throw a scale away, as long as no set, not even a draft, is judged by it."""
    lock_scale(scale.pk)
    check_unused(scale)
    scale.delete()


def check_unused(scale: Scale) -> None:
    """Raises Refused while a set, even a draft, is judged by this scale."""
    using = scale.indicator_sets.first()
    if using:
        raise Refused(f"ลบมาตราส่วนนี้ไม่ได้ เพราะ {using} ใช้อยู่")
