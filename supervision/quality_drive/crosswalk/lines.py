"""What each indicator answers: a dimension of the drive, standards, points of focus of a year.

The lines are stored by indicator and hold for the same indicator in every version of its set
(`indicator_key`). Which points of focus it answers is said with those (PolicyFocus.indicators).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from supervision.criteria.enums import SetState, SetUse
from supervision.criteria.models import Indicator, level_prefix
from supervision.criteria.queries import IndicatorKey, indicator_key
from supervision.profiles.focus.coverage import ORIGIN_ORDER
from supervision.profiles.focus.enums import PolicyOrigin
from supervision.profiles.models import EducationStandard, PolicyFocus
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import CrosswalkLine


@dataclass(frozen=True)
class IndicatorAnswers:
    """What one indicator answers; `line` is None where nobody has said anything of it."""

    line: CrosswalkLine | None
    standards: Sequence[EducationStandard]
    focuses: Sequence[PolicyFocus]

    @property
    def dimension_code(self) -> str:
        return self.line.dimension_code if self.line else ""


@dataclass(frozen=True)
class Crosswalk:
    """The whole table as it holds for one academic and one fiscal year (both BE).

    `standards` are those of the announcements in force, `focuses` those of the fiscal year.
    """

    fiscal_year: int
    standards: Sequence[EducationStandard]
    focuses: Sequence[PolicyFocus]
    lines: Mapping[IndicatorKey, CrosswalkLine]
    standards_of: Mapping[IndicatorKey, Sequence[EducationStandard]]
    focuses_of: Mapping[IndicatorKey, Sequence[PolicyFocus]]

    def answers(self, indicator: Indicator) -> IndicatorAnswers:
        """What the indicator answers, in whichever version of its set it stands."""
        key = indicator_key(indicator)
        return IndicatorAnswers(
            self.lines.get(key), self.standards_of.get(key, ()), self.focuses_of.get(key, ())
        )


def load_crosswalk(academic_year: int, fiscal_year: int) -> Crosswalk:
    """The table as it holds in these years (BE), in three queries."""
    standards = EducationStandard.objects.in_year(academic_year)
    lines, chosen = _lines_with_standards()
    focuses = _focuses_with_keys(fiscal_year)
    return Crosswalk(
        fiscal_year=fiscal_year,
        standards=standards,
        focuses=list(focuses),
        lines=lines,
        standards_of={
            key: [one for one in standards if one.pk in chosen[line.pk]]
            for key, line in lines.items()
        },
        focuses_of=_focuses_by_key(focuses),
    )


def crosswalk_lines_by_key() -> dict[IndicatorKey, CrosswalkLine]:
    """Of lines on several versions of an indicator the newest version's counts."""
    return _lines_with_standards()[0]


def _lines_with_standards() -> tuple[dict[IndicatorKey, CrosswalkLine], dict[int, set[int]]]:
    """The lines, and of each (pk) the standards (pks); a row of the query is one of both."""
    rows = CrosswalkLine.objects.select_related("indicator__standard__indicator_set")
    ordered = rows.order_by("indicator__standard__indicator_set__version", "indicator")
    lines: dict[IndicatorKey, CrosswalkLine] = {}
    chosen: dict[int, set[int]] = {}
    for line in ordered.annotate(chosen_standard=F("education_standards")):
        lines[indicator_key(line.indicator)] = line
        chosen.setdefault(line.pk, set()).add(line.chosen_standard)
    return lines, chosen


def _focuses_with_keys(fiscal_year: int) -> dict[PolicyFocus, set[IndicatorKey]]:
    """The year's points of focus in their order, each with the indicators that answer it."""
    of_set = "indicators__standard__indicator_set"
    rows = PolicyFocus.objects.filter(fiscal_year=fiscal_year).annotate(
        answer_level=F(f"{of_set}__level"),
        answer_number=F("indicators__standard__number"),
        answer_code=F("indicators__code"),
        answer_text=F("indicators__text"),
    )
    found: dict[PolicyFocus, set[IndicatorKey]] = {}
    for row in sorted(rows, key=lambda row: ORIGIN_ORDER[PolicyOrigin(row.origin)]):
        keys = found.setdefault(row, set())
        if row.answer_code is not None:
            level = level_prefix(row.answer_level)
            keys.add((level, row.answer_number, row.answer_code, row.answer_text))
    return found


def _focuses_by_key(
    focuses: Mapping[PolicyFocus, Iterable[IndicatorKey]],
) -> dict[IndicatorKey, list[PolicyFocus]]:
    found: dict[IndicatorKey, list[PolicyFocus]] = {}
    for focus, keys in focuses.items():
        for key in keys:
            found.setdefault(key, []).append(focus)
    return found


# --- The table over the indicators in use ---


@dataclass(frozen=True)
class CrosswalkRow:
    """One indicator of a set in use, and what it answers."""

    indicator: Indicator
    answers: IndicatorAnswers

    @property
    def dimension(self) -> str:
        """The dimension's name; empty where it answers none."""
        code = self.answers.dimension_code
        return DimensionCode(code).label if code else ""

    @property
    def is_sample(self) -> bool:
        return self.answers.line is not None and self.answers.line.is_sample

    @property
    def is_unanswered(self) -> bool:
        """Whether it answers no dimension, or no standard."""
        return not self.answers.dimension_code or not self.answers.standards


@dataclass(frozen=True)
class UnansweredParts:
    """What no indicator in use answers: dimensions by name, standards, points of focus."""

    dimensions: Sequence[str]
    standards: Sequence[EducationStandard]
    focuses: Sequence[PolicyFocus]

    @property
    def is_empty(self) -> bool:
        return not (self.dimensions or self.standards or self.focuses)


def indicators_in_use() -> list[Indicator]:
    """The indicators of the approved versions of all sets for rounds, in reading order."""
    rows = Indicator.objects.filter(
        standard__indicator_set__state=SetState.APPROVED,
        standard__indicator_set__use=SetUse.ROUND,
    ).select_related("standard__indicator_set")
    return list(
        rows.order_by(
            *("-standard__indicator_set__level", "standard__indicator_set__name"),
            *("-standard__indicator_set__version", "standard__number", "position"),
        )
    )


def newest_indicators_in_use() -> list[Indicator]:
    """The same, each once: of an indicator in several versions in use only the newest."""
    found: dict[IndicatorKey, Indicator] = {}
    for one in indicators_in_use():
        found.setdefault(indicator_key(one), one)
    return list(found.values())


def crosswalk_rows(crosswalk: Crosswalk, indicators: Iterable[Indicator]) -> list[CrosswalkRow]:
    return [CrosswalkRow(one, crosswalk.answers(one)) for one in indicators]


def unanswered_parts(crosswalk: Crosswalk, rows: Iterable[CrosswalkRow]) -> UnansweredParts:
    """What is asked for and no indicator of these rows answers."""
    listed = list(rows)
    codes = {row.answers.dimension_code for row in listed}
    standards = {one.pk for row in listed for one in row.answers.standards}
    focuses = {one.pk for row in listed for one in row.answers.focuses}
    return UnansweredParts(
        dimensions=[code.label for code in DimensionCode if code not in codes],
        standards=[one for one in crosswalk.standards if one.pk not in standards],
        focuses=[one for one in crosswalk.focuses if one.pk not in focuses],
    )
