"""A visit's record and a school's self-assessment, as their filled papers print them.

Whatever their size, each is gathered in the same number of queries. Who may read a record is
for the view to ask.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.data.photos import PrintedPhoto, printed_photos
from reports.data.scores import gap_text
from supervision.assessments.models import Answer, AnswerSheet, Evidence, SelfAssessment
from supervision.assessments.queries import (
    answers_by_indicator,
    scored_standards,
    sheet_indicators,
    sheet_scale_bands,
    sheet_scale_levels,
)
from supervision.criteria.models import Indicator, Standard
from supervision.criteria.scoring import (
    Score,
    mean_reaches_target,
    weights_differ,
    wide_gap,
)
from supervision.visits.models import Visit
from supervision.visits.queries import compared_standards, visit_comparison

EvidenceByPlace = Mapping[int | None, Sequence[Evidence]]

# Letters in a cell from which its row may break over two pages, so that none stays half empty.
LETTERS_OF_A_LONG_ROW = 450


@dataclass(frozen=True)
class RecordLine:
    """One indicator of the table; `own` is the school's level beside a visit's.

    A level is printed with its name, or as ไม่ประเมิน; `gap` counts levels, visit less school.
    """

    indicator: Indicator
    weight: Decimal | None
    level: str
    own: str
    gap: int | None
    is_wide_gap: bool
    reason: str
    evidence: str
    note: str
    attached: str

    @property
    def is_long(self) -> bool:
        longest = max(len(self.evidence) + len(self.attached), len(self.note) + len(self.reason))
        return longest > LETTERS_OF_A_LONG_ROW


@dataclass(frozen=True)
class RecordStandard:
    """One standard with its lines and means; the school's own stand beside a visit's."""

    standard: Standard
    lines: list[RecordLine]
    score: Score
    meaning: str
    own_score: Score | None = None
    own_meaning: str = ""

    @property
    def gap(self) -> str | None:
        """The mean found on the visit less the school's own, where there are both."""
        return gap_text(self.own_score.mean, self.score.mean) if self.own_score else None

    @property
    def is_achieved(self) -> bool | None:
        """Not known before every indicator is answered."""
        if self.score.unanswered:
            return None
        return mean_reaches_target(self.score.mean, self.standard.target)

    @property
    def needs_explanation(self) -> bool:
        """Its mean bears the name of a band and misses the target all the same."""
        return self.is_achieved is False and bool(self.meaning)


@dataclass(frozen=True)
class RecordTables:
    """All that stands on a record's sheet; `hidden_photo_count` counts photos without consent."""

    standards: list[RecordStandard]
    documents: list[str]
    photos: list[PrintedPhoto]
    hidden_photo_count: int

    @property
    def standard_to_explain(self) -> RecordStandard | None:
        return next((row for row in self.standards if row.needs_explanation), None)


def visit_tables(visit: Visit) -> RecordTables:
    """A visit's record beside what the school had confirmed."""
    sheet, comparison = visit.record_sheet, visit_comparison(visit)
    evidence = _evidence_by_indicator(sheet)
    lines = _lines(
        sheet,
        comparison.indicators,
        comparison.visit_answers,
        comparison.school_answers,
        evidence,
    )
    standards = [
        RecordStandard(
            row.standard,
            lines[row.standard.pk],
            row.visit_score,
            row.visit_meaning,
            row.school_score,
            row.school_meaning,
        )
        for row in compared_standards(comparison, list(sheet_scale_bands(sheet)))
    ]
    return _tables(standards, evidence)


def self_assessment_tables(assessment: SelfAssessment) -> RecordTables:
    """A school's own assessment; nothing stands beside it."""
    sheet = assessment.sheet
    indicators, answers = sheet_indicators(sheet), answers_by_indicator(sheet)
    evidence = _evidence_by_indicator(sheet)
    lines = _lines(sheet, indicators, answers, {}, evidence)
    scored = scored_standards(indicators, answers, list(sheet_scale_bands(sheet)))
    standards = [
        RecordStandard(row.standard, lines[row.standard.pk], row.score, row.meaning)
        for row in scored
    ]
    return _tables(standards, evidence)


def _evidence_by_indicator(sheet: AnswerSheet) -> EvidenceByPlace:
    """What is attached to the sheet, by indicator; under None what belongs to the whole."""
    found: defaultdict[int | None, list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.present().filter(sheet=sheet).select_related("indicator__standard")
    for item in rows.order_by("indicator__standard", "indicator__position", "at", "pk"):
        found[item.indicator_id].append(item)
    return found


def _lines(
    sheet: AnswerSheet,
    indicators: Sequence[Indicator],
    answers: Mapping[int, Answer],
    own: Mapping[int, Answer],
    evidence: EvidenceByPlace,
) -> Mapping[int, list[RecordLine]]:
    """The lines of each standard, by its key."""
    labels = {level.value: f"{level.value} {level.label}" for level in sheet_scale_levels(sheet)}
    is_weighted = weights_differ(indicator.weight for indicator in indicators)
    lines: defaultdict[int, list[RecordLine]] = defaultdict(list)
    for indicator in indicators:
        answer, school = answers.get(indicator.pk), own.get(indicator.pk)
        attached = attachment_text(evidence.get(indicator.pk, ()))
        weight = indicator.weight if is_weighted else None
        lines[indicator.standard_id].append(
            _line(indicator, weight, answer, school, labels, attached)
        )
    return lines


def _line(
    indicator: Indicator,
    weight: Decimal | None,
    answer: Answer | None,
    own: Answer | None,
    labels: Mapping[int, str],
    attached: str,
) -> RecordLine:
    level, own_level = (given.level if given else None for given in (answer, own))
    return RecordLine(
        indicator=indicator,
        weight=weight,
        level=_level_text(answer, labels),
        own=_level_text(own, labels),
        gap=None if level is None or own_level is None else level - own_level,
        is_wide_gap=wide_gap(own_level, level),
        reason=answer.na_reason.strip() if answer and answer.not_applicable else "",
        evidence=answer.evidence.strip() if answer else "",
        note=answer.note.strip() if answer else "",
        attached=attached,
    )


def _level_text(answer: Answer | None, labels: Mapping[int, str]) -> str:
    if answer and answer.not_applicable:
        return "ไม่ประเมิน"
    if answer is None or answer.level is None:
        return "–"
    return labels.get(answer.level, str(answer.level))


def attachment_text(items: Iterable[Evidence]) -> str:
    """Attached evidence in words: photos are counted, documents and links named."""
    found = list(items)
    photos = sum(item.is_photo for item in found)
    parts = [f"ภาพถ่าย {photos} ภาพ"] if photos else []
    return ", ".join([*parts, *(_name(item) for item in found if not item.is_photo)])


def _name(item: Evidence) -> str:
    return f"{item.get_kind_display()} “{item}”"


def _tables(standards: list[RecordStandard], evidence: EvidenceByPlace) -> RecordTables:
    items = [item for of_place in evidence.values() for item in of_place]
    photos = [item for item in items if item.is_photo]
    general = evidence.get(None, ())
    return RecordTables(
        standards=standards,
        documents=[_name(item) for item in general if not item.is_photo],
        photos=printed_photos(photos),
        hidden_photo_count=sum(not item.has_consent for item in photos),
    )
