"""The read model of an answer sheet: its parts, and what the page of one part shows."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as dataclass_field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from schools.core.thai import short_moment
from supervision.assessments.edit_parsing import field_input_name, shown_value_token
from supervision.assessments.enums import (
    INDICATOR_FIELDS,
    NOT_APPLICABLE,
    SHEET_FIELDS,
    AnswerField,
    SheetKind,
)
from supervision.assessments.evidence import AttachPanel, evidence_by_indicator
from supervision.assessments.journal import EditWithAuthor, FieldKey, FieldState, field_states
from supervision.assessments.models import Answer, AnswerSheet, Evidence
from supervision.assessments.queries import (
    RaterAnswer,
    answers_by_indicator,
    comparison_answers,
    sheet_indicators,
    sheet_scale_levels,
)
from supervision.criteria.models import Indicator, Rubric, ScaleLevel, Standard
from supervision.criteria.scoring import weights_differ, wide_gap

TEXTS_TITLE = "สรุปผลการนิเทศ"


@dataclass(frozen=True)
class SheetPart:
    """One page of the sheet: a standard, or the texts at its end."""

    url: str
    label: str
    title: str
    answered: int = 0
    total: int = 0
    standard: int | None = None

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.answered == self.total


@dataclass(frozen=True)
class LoadedSheet:
    """The sheet with its indicators and answers, loaded once for a page."""

    row: AnswerSheet
    indicators: list[Indicator]
    answers: dict[int, Answer]
    is_rated: bool = False

    @classmethod
    def load(cls, row: AnswerSheet, *, is_rated: bool = False) -> "LoadedSheet":
        """The sheet with all that its pages read; `is_rated`: raters have submitted theirs."""
        return cls(row, sheet_indicators(row), answers_by_indicator(row), is_rated)

    @property
    def total(self) -> int:
        return len(self.indicators)

    @property
    def answered(self) -> int:
        return len(self._answered(self.indicators))

    @property
    def standards(self) -> list[Standard]:
        return list({i.standard_id: i.standard for i in self.indicators}.values())

    def of_standard(self, pk: int) -> list[Indicator]:
        return [i for i in self.indicators if i.standard_id == pk]

    def parts(self) -> list[SheetPart]:
        """Every page of the sheet in order; a visit's sheet ends with its texts."""
        parts = [self._part(standard) for standard in self.standards]
        if self.row.kind == SheetKind.VISIT:
            parts.append(
                SheetPart(reverse("sheet_texts", args=[self.row.pk]), "ข้อความสรุป", TEXTS_TITLE)
            )
        return parts

    def first_incomplete_part(self) -> SheetPart | None:
        """Where to go on: the first part that is not answered."""
        parts = self.parts()
        return next((part for part in parts if not part.is_done), parts[0] if parts else None)

    def _part(self, standard: Standard) -> SheetPart:
        indicators = self.of_standard(standard.pk)
        return SheetPart(
            url=reverse("sheet_standard", args=[self.row.pk, standard.pk]),
            label=standard.label,
            title=standard.name,
            answered=len(self._answered(indicators)),
            total=len(indicators),
            standard=standard.pk,
        )

    def _answered(self, indicators: Iterable[Indicator]) -> list[Indicator]:
        return [i for i in indicators if i.pk in self.answers and self.answers[i.pk].is_answered]


# --- Fields ---


@dataclass(frozen=True)
class LevelOption:
    """A level as it can be chosen; the value is text, for 0 is a level too."""

    value: str
    label: str
    text: str = ""


@dataclass(frozen=True)
class OtherValue:
    """A value that somebody wrote and the winner had not seen."""

    id: str
    value: str
    text: str
    by: str
    at: str


@dataclass(frozen=True)
class FieldView:
    """One field of the page: what stands in it and what else was written there."""

    indicator: int | None
    field: AnswerField
    value: str
    base: UUID | None = None
    others: list[OtherValue] = dataclass_field(default_factory=list)
    problem: str = ""
    shown: str | None = None

    @property
    def name(self) -> str:
        return field_input_name(self.indicator, self.field)

    @property
    def text(self) -> str:
        """What stands in the input: words that could not be taken are not thrown away."""
        return self.value if self.shown is None else self.shown

    @property
    def shown_token(self) -> str:
        return shown_value_token(self.value, self.base)


@dataclass(frozen=True)
class IndicatorCard:
    """One indicator with its fields; `school_answer` is the school's confirmed answer beside a
    visit's.

    `rated` is what each rater of the team found, for who settles the record; `weight` is told
    where the standard's indicators do not all count the same.
    """

    indicator: Indicator
    levels: list[LevelOption]
    boxes: dict[str, FieldView]
    evidence_items: list[Evidence]
    attach: AttachPanel
    school_answer: Answer | None = None
    school_evidence_items: list[Evidence] = dataclass_field(default_factory=list)
    rated: list[RaterAnswer] = dataclass_field(default_factory=list)
    weight: Decimal | None = None

    @property
    def school_level(self) -> str:
        return level_value(self.school_answer)

    @property
    def school_level_label(self) -> str:
        return self._label(self.school_level) if self.school_answer else "ไม่ประเมิน"

    @property
    def rater_levels(self) -> list[tuple[RaterAnswer, str, str]]:
        """Each rater's answer with its level and the level's name."""
        levels = [(answer, level_value(answer)) for answer in self.rated]
        return [(answer, level, self._label(level)) for answer, level in levels]

    def _label(self, level: str) -> str:
        if level == NOT_APPLICABLE:
            return "ไม่ประเมิน"
        return next((lv.label for lv in self.levels if lv.value == level), "ยังไม่มีระดับ")

    @property
    def gap(self) -> int:
        """Levels between school and supervisor if they are far apart, or 0."""
        school, visit = (int(v) if v.isdigit() else None for v in (self.school_level, self._level))
        return (
            abs(school - visit)
            if school is not None and visit is not None and wide_gap(school, visit)
            else 0
        )

    @property
    def _level(self) -> str:
        return self.boxes[AnswerField.LEVEL].text


def level_value(answer: Answer | None) -> str:
    """A judged level as the page writes it."""
    if answer is None:
        return ""
    if answer.not_applicable:
        return NOT_APPLICABLE
    return "" if answer.level is None else str(answer.level)


def answer_value(answer: Answer | None, field_: str) -> str:
    if field_ == AnswerField.LEVEL:
        return level_value(answer)
    return getattr(answer, field_) if answer else ""


# --- Cards and texts ---


@dataclass(frozen=True)
class UnsavedInput:
    """What a form without script sent that could not be taken, by field name."""

    values: Mapping[str, str] = dataclass_field(default_factory=dict)
    problems: Mapping[str, str] = dataclass_field(default_factory=dict)
    attach: Mapping[int | None, AttachPanel] = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class SheetError:
    """One line of the summary at the top of a page that was not taken."""

    target: str
    label: str
    message: str


def card_errors(cards: Iterable[IndicatorCard], *, is_visit: bool) -> list[SheetError]:
    """What is wrong in the cards' fields and in what was attached to them, in their order."""
    return [problem for card in cards for problem in _errors_of_card(card, is_visit)]


def _errors_of_card(card: IndicatorCard, is_visit: bool) -> list[SheetError]:
    found = [(_label_of(box.field, is_visit), box.problem) for box in card.boxes.values()]
    found += [("หลักฐาน", problem) for problem in card.attach.problems]
    target, code = f"indicator-{card.indicator.pk}", card.indicator.code
    return [SheetError(target, f"ข้อ {code} {label}", text) for label, text in found if text]


def _label_of(field_: AnswerField, is_visit: bool) -> str:
    """As the page calls the field: a school's note is no finding."""
    return "หมายเหตุ" if field_ == AnswerField.NOTE and not is_visit else field_.label


def sheet_text_errors(boxes: Iterable[FieldView], attach: AttachPanel) -> list[SheetError]:
    """The same for the texts on the whole visit."""
    texts = [
        SheetError(f"id-{box.name}", box.field.label, box.problem) for box in boxes if box.problem
    ]
    return texts + [SheetError("photos", "ภาพและเอกสาร", problem) for problem in attach.problems]


def indicator_cards(
    sheet: LoadedSheet, standard: int, typed: UnsavedInput, *, include_ratings: bool
) -> list[IndicatorCard]:
    """The cards of one standard, in five queries."""
    indicators = sheet.of_standard(standard)
    levels = list(sheet_scale_levels(sheet.row))
    where = field_states(sheet.row, [i.pk for i in indicators])
    rubrics = Rubric.objects.filter(indicator__in=indicators)
    texts = {(rubric.indicator_id, rubric.level_id): rubric.text for rubric in rubrics}
    school_answers, rated = (
        comparison_answers(sheet.row, include_ratings=include_ratings)
        if sheet.row.is_of_visit
        else ({}, {})
    )
    evidence_items, school_evidence_items = evidence_by_indicator(
        sheet.row, [i.pk for i in indicators]
    )
    is_weighted = weights_differ(i.weight for i in indicators)
    return [
        IndicatorCard(
            indicator=i,
            levels=[_level_option(level, texts.get((i.pk, level.pk))) for level in levels],
            boxes=_indicator_field_views(
                i.pk, sheet.answers.get(i.pk), where, level_labels(levels), typed
            ),
            evidence_items=evidence_items.get(i.pk, []),
            attach=typed.attach.get(i.pk, AttachPanel(i.pk)),
            school_answer=school_answers.get(i.pk),
            school_evidence_items=school_evidence_items.get(i.pk, []),
            rated=rated.get(i.pk, []),
            weight=i.weight if is_weighted else None,
        )
        for i in indicators
    ]


def _indicator_field_views(
    indicator: int,
    answer: Answer | None,
    where: Mapping[FieldKey, FieldState],
    words: Mapping[str, str],
    typed: UnsavedInput,
) -> dict[str, FieldView]:
    values = {name: answer_value(answer, name) for name in INDICATOR_FIELDS}
    return {
        str(name): _field_view((indicator, name), value, where, words, typed)
        for name, value in values.items()
    }


def sheet_text_fields(sheet: LoadedSheet, typed: UnsavedInput) -> list[FieldView]:
    """The texts on the whole visit."""
    where = field_states(sheet.row, [None])
    texts = {text.field: text.text for text in sheet.row.texts.all()}
    return [
        _field_view((None, name), texts.get(name, ""), where, {}, typed) for name in SHEET_FIELDS
    ]


def level_labels(levels: Iterable[ScaleLevel]) -> dict[str, str]:
    return {str(lv.value): f"{lv.value} {lv.label}" for lv in levels} | {NOT_APPLICABLE: "ไม่ประเมิน"}


def _level_option(level: ScaleLevel, rubric: str | None) -> LevelOption:
    return LevelOption(str(level.value), level.label, rubric or level.description)


def _field_view(
    place: FieldKey,
    value: str,
    where: Mapping[FieldKey, FieldState],
    words: Mapping[str, str],
    typed: UnsavedInput,
) -> FieldView:
    name = field_input_name(*place)
    field_state = where.get(place)
    return FieldView(
        indicator=place[0],
        field=AnswerField(place[1]),
        value=value,
        base=field_state.edit.id if field_state else None,
        others=[other_value(edit, words) for edit in field_state.others] if field_state else [],
        problem=typed.problems.get(name, ""),
        shown=typed.values.get(name),
    )


def other_value(edit: EditWithAuthor, words: Mapping[str, str]) -> OtherValue:
    """One unseen value as people read it."""
    text = words.get(edit.value, edit.value) if edit.field == AnswerField.LEVEL else edit.value
    return OtherValue(
        str(edit.id), edit.value, text or "(ว่าง)", edit.author, short_moment(edit.made_at)
    )


def field_states_json(row: AnswerSheet, places: set[FieldKey]) -> list[dict[str, Any]]:
    """Where the places of some edits stand now, for the page's script."""
    if not places:
        return []
    words = level_labels(sheet_scale_levels(row))
    where = field_states(row, {indicator for indicator, _ in places})
    return [_field_state_json(place, where[place], words) for place in places if place in where]


def _field_state_json(
    place: FieldKey, field_state: FieldState, words: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "indicator": place[0],
        "field": place[1],
        "edit": str(field_state.edit.id),
        "value": field_state.edit.value,
        "others": [asdict(other_value(edit, words)) for edit in field_state.others],
    }
