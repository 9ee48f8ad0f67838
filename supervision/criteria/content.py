"""The content of a set as plain values: what copies, comparisons and tables work with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from schools.core.status import StatusKind
from supervision.criteria.models import (
    Indicator,
    IndicatorSet,
    Rubric,
    Standard,
)


@dataclass(frozen=True)
class IndicatorContent:
    """One indicator; `rubrics` has the meaning of each level, by the level's value."""

    code: str
    text: str
    group: str = ""
    weight: Decimal = Decimal(1)
    evidence_hint: str = ""
    achieved_from: int | None = None
    is_local: bool = False
    rubrics: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StandardContent:
    """One standard with its indicators in order."""

    number: int
    name: str
    target: Decimal | None
    indicators: Sequence[IndicatorContent] = ()


Content = Sequence[StandardContent]


def content_of(indicator_set: IndicatorSet) -> list[StandardContent]:
    """The set's standards as they are stored, in four queries."""
    standards = indicator_set.standards.prefetch_related("indicators__rubrics__level")
    return [
        StandardContent(
            standard.number,
            standard.name,
            standard.target,
            [_indicator_content(indicator) for indicator in standard.indicators.all()],
        )
        for standard in standards
    ]


def _indicator_content(indicator: Indicator) -> IndicatorContent:
    rubrics = sorted(indicator.rubrics.all(), key=lambda rubric: -rubric.level.value)
    return IndicatorContent(
        code=indicator.code,
        text=indicator.text,
        group=indicator.group,
        weight=indicator.weight,
        evidence_hint=indicator.evidence_hint,
        achieved_from=indicator.achieved_from,
        is_local=indicator.is_local,
        rubrics={rubric.level.value: rubric.text for rubric in rubrics},
    )


def replace_content(indicator_set: IndicatorSet, content: Content) -> None:
    """Put these standards in the place of all that the set has, in the caller's transaction."""
    indicator_set.standards.all().delete()
    levels = {level.value: level for level in indicator_set.scale.levels.all()}
    for part in content:
        standard = Standard.objects.create(
            indicator_set=indicator_set, number=part.number, name=part.name, target=part.target
        )
        rows = Indicator.objects.bulk_create(
            Indicator(
                standard=standard,
                position=position,
                code=one.code,
                text=one.text,
                group=one.group,
                weight=one.weight,
                evidence_hint=one.evidence_hint,
                achieved_from=one.achieved_from,
                is_local=one.is_local,
            )
            for position, one in enumerate(part.indicators, start=1)
        )
        Rubric.objects.bulk_create(
            Rubric(indicator=row, level=levels[value], text=text)
            for row, one in zip(rows, part.indicators, strict=True)
            for value, text in one.rubrics.items()
        )


# --- What is different ---


class ChangeKind(Enum):
    """What became of a standard or an indicator: its word, and how a page marks it."""

    ADDED = "เพิ่ม", StatusKind.DONE
    REMOVED = "ตัดออก", StatusKind.LATE
    CHANGED = "แก้ไข", StatusKind.WAITING

    @property
    def label(self) -> str:
        return self.value[0]

    @property
    def status(self) -> StatusKind:
        return self.value[1]


STANDARD_FIELD_LABELS = {"name": "ชื่อมาตรฐาน", "target": "บรรลุเมื่อค่าเฉลี่ยตั้งแต่"}
INDICATOR_FIELD_LABELS = {
    "text": "ตัวชี้วัด",
    "group": "หัวข้อ",
    "weight": "น้ำหนัก",
    "evidence_hint": "ร่องรอยที่ควรมี",
    "achieved_from": "บรรลุเมื่อระดับตั้งแต่",
    "is_local": "เขตพื้นที่เพิ่มเติม",
}


@dataclass(frozen=True)
class FieldChange:
    """One field of an item, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ContentChange:
    """A standard or an indicator that was added, taken out or changed."""

    kind: ChangeKind
    what: str
    lines: Sequence[FieldChange] = ()


def content_changes(before: Content, after: Content) -> list[ContentChange]:
    """What one must do to the first to have the second; nothing if they are equal."""
    return [*_standard_changes(before, after), *_indicator_changes(before, after)]


def _standard_changes(before: Content, after: Content) -> Iterator[ContentChange]:
    old, new = ({part.number: part for part in content} for content in (before, after))
    for number in sorted({**old, **new}):
        was, now = old.get(number), new.get(number)
        if was and now:
            if lines := _rewordings(was, now, STANDARD_FIELD_LABELS):
                yield ContentChange(ChangeKind.CHANGED, f"มาตรฐานที่ {number}", lines)
            if _is_reordered(was, now):
                yield ContentChange(ChangeKind.CHANGED, f"ลำดับตัวชี้วัดในมาตรฐานที่ {number}")
        elif now:
            yield ContentChange(ChangeKind.ADDED, f"มาตรฐานที่ {number} {now.name}")
        elif was:
            yield ContentChange(ChangeKind.REMOVED, f"มาตรฐานที่ {number} {was.name}")


def _is_reordered(was: StandardContent, now: StandardContent) -> bool:
    """Whether items that are in both have another order."""
    codes = [[one.code for one in part.indicators] for part in (was, now)]
    kept = set(codes[0]) & set(codes[1])
    first, second = ([code for code in side if code in kept] for side in codes)
    return first != second


def _indicator_changes(before: Content, after: Content) -> Iterator[ContentChange]:
    """Items are the same where number and code are; another code with the same words too."""
    old, new = _by_place(before), _by_place(after)
    renamed = _renamed(old, new)
    for place, one in new.items():
        was = old.get(place) or old.get(renamed.get(place, place))
        if was is None:
            yield ContentChange(ChangeKind.ADDED, f"{one.code} {one.text}")
        elif lines := _indicator_lines(was, one):
            yield ContentChange(ChangeKind.CHANGED, f"{one.code} {one.text}", lines)
    for place, one in old.items():
        if place not in new and place not in renamed.values():
            yield ContentChange(ChangeKind.REMOVED, f"{one.code} {one.text}")


IndicatorKey = tuple[int, str]


def _by_place(content: Content) -> dict[IndicatorKey, IndicatorContent]:
    return {(part.number, one.code): one for part in content for one in part.indicators}


def _renamed(
    old: Mapping[IndicatorKey, IndicatorContent], new: Mapping[IndicatorKey, IndicatorContent]
) -> dict[IndicatorKey, IndicatorKey]:
    """New places of items that kept their words, with the places they had."""
    left = {one.text: place for place, one in old.items() if place not in new}
    return {
        place: left[one.text] for place, one in new.items() if place not in old and one.text in left
    }


def _indicator_lines(was: IndicatorContent, now: IndicatorContent) -> list[FieldChange]:
    lines = _rewordings(was, now, {"code": "เลขที่"} | INDICATOR_FIELD_LABELS)
    for value in sorted({*was.rubrics, *now.rubrics}, reverse=True):
        texts = was.rubrics.get(value, ""), now.rubrics.get(value, "")
        if texts[0] != texts[1]:
            lines.append(FieldChange(f"คำอธิบายระดับ {value}", *map(_as_read, texts)))
    return lines


def _rewordings(was: object, now: object, words: Mapping[str, str]) -> list[FieldChange]:
    pairs = [(label, getattr(was, name), getattr(now, name)) for name, label in words.items()]
    return [FieldChange(label, _as_read(a), _as_read(b)) for label, a, b in pairs if a != b]


def _as_read(value: object) -> str:
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "ว่าง" if value is None or value == "" else str(value)
