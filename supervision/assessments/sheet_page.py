"""What a page of an answer sheet shows: the cards of a standard, or the texts."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from schools.thai import short_moment
from supervision.assessments.enums import (
    INDICATOR_FIELDS,
    NOT_APPLICABLE,
    SHEET_FIELDS,
    Field,
)
from supervision.assessments.evidence.models import Evidence
from supervision.assessments.evidence.page import Attach, pieces_beside
from supervision.assessments.journal import Place, Standing, standings
from supervision.assessments.models import Answer, AnswerEdit, AnswerSheet
from supervision.assessments.queries import answers_beside, levels_of
from supervision.assessments.sending import place_name, seen_mark
from supervision.assessments.sheet import Sheet
from supervision.criteria.models import Indicator, Rubric, ScaleLevel
from supervision.criteria.scoring import weights_differ, wide_gap

# --- Fields ---


@dataclass(frozen=True)
class Level:
    """A level as it can be chosen; the value is text, for 0 is a level too."""

    value: str
    label: str
    text: str = ""


@dataclass(frozen=True)
class Other:
    """A value that somebody wrote and the winner had not seen."""

    id: str
    value: str
    text: str
    by: str
    at: str


@dataclass(frozen=True)
class Box:
    """One field of the page: what stands in it and what else was written there."""

    indicator: int | None
    field: Field
    value: str
    base: UUID | None = None
    others: list[Other] = field(default_factory=list)
    problem: str = ""
    shown: str | None = None

    @property
    def name(self) -> str:
        return place_name(self.indicator, self.field)

    @property
    def text(self) -> str:
        """What stands in the input: words that could not be taken are not thrown away."""
        return self.value if self.shown is None else self.shown

    @property
    def seen(self) -> str:
        return seen_mark(self.value, self.base)


@dataclass(frozen=True)
class Card:
    """One indicator with its fields; `own` is the school's confirmed answer beside a visit's.

    `rated` is what each rater of the team found, for who settles the record; `weight` is told
    where the standard's indicators do not all count the same.
    """

    indicator: Indicator
    levels: list[Level]
    boxes: dict[str, Box]
    pieces: list[Evidence]
    attach: Attach
    own: Answer | None = None
    own_pieces: list[Evidence] = field(default_factory=list)
    rated: list[Answer] = field(default_factory=list)
    weight: Decimal | None = None

    @property
    def own_level(self) -> str:
        return as_level(self.own)

    @property
    def own_label(self) -> str:
        return self._label(self.own_level) if self.own else "ไม่ประเมิน"

    @property
    def said(self) -> list[tuple[Answer, str, str]]:
        """Each rater's answer with its level and the level's name."""
        levels = [(answer, as_level(answer)) for answer in self.rated]
        return [(answer, level, self._label(level)) for answer, level in levels]

    def _label(self, level: str) -> str:
        if level == NOT_APPLICABLE:
            return "ไม่ประเมิน"
        return next((lv.label for lv in self.levels if lv.value == level), "ยังไม่มีระดับ")

    @property
    def gap(self) -> int:
        """Levels between school and supervisor if they are far apart, or 0."""
        own, seen = (int(v) if v.isdigit() else None for v in (self.own_level, self._level))
        return (
            abs(own - seen) if own is not None and seen is not None and wide_gap(own, seen) else 0
        )

    @property
    def _level(self) -> str:
        return self.boxes[Field.LEVEL].text


def as_level(answer: Answer | None) -> str:
    """A judged level as the page writes it."""
    if answer is None:
        return ""
    if answer.not_applicable:
        return NOT_APPLICABLE
    return "" if answer.level is None else str(answer.level)


def value_of(answer: Answer | None, field_: str) -> str:
    if field_ == Field.LEVEL:
        return as_level(answer)
    return getattr(answer, field_) if answer else ""


# --- Cards and texts ---


@dataclass(frozen=True)
class Typed:
    """What a form without script sent that could not be taken, by field name."""

    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    attach: Mapping[int | None, Attach] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """One line of the summary at the top of a page that was not taken."""

    target: str
    label: str
    message: str


def problems_in(cards: Iterable[Card], *, is_visit: bool) -> list[Problem]:
    """What is wrong in the cards' fields and in what was attached to them, in their order."""
    return [problem for card in cards for problem in _problems_in_card(card, is_visit)]


def _problems_in_card(card: Card, is_visit: bool) -> list[Problem]:
    found = [(_label_of(box.field, is_visit), box.problem) for box in card.boxes.values()]
    found += [("หลักฐาน", problem) for problem in card.attach.problems]
    target, code = f"indicator-{card.indicator.pk}", card.indicator.code
    return [Problem(target, f"ข้อ {code} {label}", text) for label, text in found if text]


def _label_of(field_: Field, is_visit: bool) -> str:
    """As the page calls the field: a school's note is no finding."""
    return "หมายเหตุ" if field_ == Field.NOTE and not is_visit else field_.label


def problems_in_texts(boxes: Iterable[Box], attach: Attach) -> list[Problem]:
    """The same for the texts on the whole visit."""
    texts = [
        Problem(f"id-{box.name}", box.field.label, box.problem) for box in boxes if box.problem
    ]
    return texts + [Problem("photos", "ภาพและเอกสาร", problem) for problem in attach.problems]


def cards_of(sheet: Sheet, standard: int, typed: Typed, *, settling: bool) -> list[Card]:
    """The cards of one standard, in five queries."""
    indicators = sheet.of_standard(standard)
    levels = list(levels_of(sheet.row))
    where = standings(sheet.row, [i.pk for i in indicators])
    rubrics = Rubric.objects.filter(indicator__in=indicators)
    texts = {(rubric.indicator_id, rubric.level_id): rubric.text for rubric in rubrics}
    own, rated = answers_beside(sheet.row, settling=settling) if sheet.row.is_of_visit else ({}, {})
    pieces, own_pieces = pieces_beside(sheet.row, [i.pk for i in indicators])
    is_weighted = weights_differ(i.weight for i in indicators)
    return [
        Card(
            indicator=i,
            levels=[_level(level, texts.get((i.pk, level.pk))) for level in levels],
            boxes=_boxes(i.pk, sheet.answers.get(i.pk), where, level_words(levels), typed),
            pieces=pieces.get(i.pk, []),
            attach=typed.attach.get(i.pk, Attach(i.pk)),
            own=own.get(i.pk),
            own_pieces=own_pieces.get(i.pk, []),
            rated=rated.get(i.pk, []),
            weight=i.weight if is_weighted else None,
        )
        for i in indicators
    ]


def _boxes(
    indicator: int,
    answer: Answer | None,
    where: Mapping[Place, Standing],
    words: Mapping[str, str],
    typed: Typed,
) -> dict[str, Box]:
    values = {name: value_of(answer, name) for name in INDICATOR_FIELDS}
    return {
        str(name): _box((indicator, name), value, where, words, typed)
        for name, value in values.items()
    }


def text_boxes(sheet: Sheet, typed: Typed) -> list[Box]:
    """The texts on the whole visit."""
    where = standings(sheet.row, [None])
    texts = {text.field: text.text for text in sheet.row.texts.all()}
    return [_box((None, name), texts.get(name, ""), where, {}, typed) for name in SHEET_FIELDS]


def level_words(levels: Iterable[ScaleLevel]) -> dict[str, str]:
    return {str(lv.value): f"{lv.value} {lv.label}" for lv in levels} | {NOT_APPLICABLE: "ไม่ประเมิน"}


def _level(level: ScaleLevel, rubric: str | None) -> Level:
    return Level(str(level.value), level.label, rubric or level.description)


def _box(
    place: Place,
    value: str,
    where: Mapping[Place, Standing],
    words: Mapping[str, str],
    typed: Typed,
) -> Box:
    name = place_name(*place)
    standing = where.get(place)
    return Box(
        indicator=place[0],
        field=Field(place[1]),
        value=value,
        base=standing.edit.id if standing else None,
        others=[other(edit, words) for edit in standing.others] if standing else [],
        problem=typed.problems.get(name, ""),
        shown=typed.values.get(name),
    )


def other(edit: AnswerEdit, words: Mapping[str, str]) -> Other:
    """One unseen value as people read it."""
    text = words.get(edit.value, edit.value) if edit.field == Field.LEVEL else edit.value
    return Other(str(edit.id), edit.value, text or "(ว่าง)", edit.author, short_moment(edit.made_at))


def standing_lines(row: AnswerSheet, places: set[Place]) -> list[dict[str, Any]]:
    """Where the places of some edits stand now, for the page's script."""
    if not places:
        return []
    words = level_words(levels_of(row))
    where = standings(row, {indicator for indicator, _ in places})
    return [_line(place, where[place], words) for place in places if place in where]


def _line(place: Place, standing: Standing, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "indicator": place[0],
        "field": place[1],
        "edit": str(standing.edit.id),
        "value": standing.edit.value,
        "others": [asdict(other(edit, words)) for edit in standing.others],
    }
