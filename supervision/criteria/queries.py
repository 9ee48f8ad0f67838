from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from schools.models import User
from supervision.criteria.models import (
    Indicator,
    IndicatorSet,
    ScaleLevel,
    Standard,
    level_prefix,
)
from supervision.criteria.scoring import weights_differ


@dataclass(frozen=True)
class LevelText:
    """What one level of an indicator means, in the rubric's words or else the scale's."""

    value: int
    label: str
    text: str


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator as the page shows it; `levels` is empty when it has no words of its own."""

    indicator: Indicator
    levels: Sequence[LevelText]


@dataclass(frozen=True)
class StandardPart:
    """One standard of the set with its indicators."""

    standard: Standard
    lines: Sequence[IndicatorLine]

    @property
    def is_weighted(self) -> bool:
        return weights_differ(line.indicator.weight for line in self.lines)


def indicator_set_parts(
    indicator_set: IndicatorSet, levels: Sequence[ScaleLevel]
) -> list[StandardPart]:
    """The whole set in reading order, in three queries."""
    standards = indicator_set.standards.prefetch_related("indicators__rubrics")
    return [
        StandardPart(standard, [_line(i, levels) for i in standard.indicators.all()])
        for standard in standards
    ]


def _line(indicator: Indicator, levels: Sequence[ScaleLevel]) -> IndicatorLine:
    texts = {rubric.level_id: rubric.text for rubric in indicator.rubrics.all()}
    if not texts:
        return IndicatorLine(indicator, [])
    return IndicatorLine(
        indicator,
        [LevelText(x.value, x.label, texts.get(x.pk, x.description)) for x in levels],
    )


# --- What a draft lacks ---


@dataclass(frozen=True)
class MissingSetPart:
    """One thing to put right before a draft can go to ก.ต.ป.น., and where."""

    message: str
    url: str

    def __str__(self) -> str:
        return self.message


def indicator_set_missing_to_submit(indicator_set: IndicatorSet) -> list[MissingSetPart]:
    """What the draft still lacks, in reading order."""
    levels = list(indicator_set.scale.levels.all())
    return missing_in_parts(indicator_set, indicator_set_parts(indicator_set, levels), levels)


def missing_in_parts(
    indicator_set: IndicatorSet, parts: Sequence[StandardPart], levels: Sequence[ScaleLevel]
) -> list[MissingSetPart]:
    """The same on rows that are loaded already."""
    if not parts:
        url = reverse("standard_add", args=[indicator_set.pk])
        return [MissingSetPart("ยังไม่มีมาตรฐาน โปรดเพิ่มอย่างน้อย 1 มาตรฐาน", url)]
    values = [level.value for level in levels]
    return [thing for part in parts for thing in _missing_of(part, values)]


def _missing_of(part: StandardPart, values: Sequence[int]) -> Iterator[MissingSetPart]:
    label, target = f"มาตรฐานที่ {part.standard.number}", part.standard.target
    if not part.lines:
        url = reverse("indicator_add", args=[part.standard.pk])
        yield MissingSetPart(f"{label} ยังไม่มีตัวชี้วัด โปรดเพิ่มอย่างน้อย 1 ข้อ", url)
    if target is not None and not min(values) <= target <= max(values):
        url = reverse("standard_edit", args=[part.standard.pk])
        yield MissingSetPart(f"{label} ค่าเป้าหมาย {target} อยู่นอกช่วงของมาตราส่วน โปรดแก้ไข", url)
    for indicator in (line.indicator for line in part.lines):
        if indicator.achieved_from is not None and indicator.achieved_from not in values:
            url = reverse("indicator_edit", args=[indicator.pk])
            rule = f"ตัวชี้วัด {indicator.code} บรรลุเมื่อระดับตั้งแต่ {indicator.achieved_from}"
            yield MissingSetPart(f"{rule} ซึ่งไม่มีในมาตราส่วน โปรดแก้ไข", url)


# --- Its versions ---


def visible_set_versions(indicator_set: IndicatorSet, user: User) -> QuerySet[IndicatorSet]:
    """Every version of the set that the person may see, oldest first."""
    sets = IndicatorSet.objects.visible_to(user).filter(name=indicator_set.name)
    return sets.order_by("version")


IndicatorKey = tuple[str, int, str, str]  # level, number of the standard, code, text


def indicator_key(indicator: Indicator) -> IndicatorKey:
    """What makes indicators of different versions of a set the same one."""
    standard = indicator.standard
    level = level_prefix(standard.indicator_set.level)
    return level, standard.number, indicator.code, indicator.text
