"""What signed visits say of each school in the dimensions of a drive.

The levels are those of the visit that counts for the overview too (supervision/results), so that
a dimension made of one whole standard has the overview's figure. All functions that reckon are
pure: they ask neither database nor clock.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Max, Min

from schools.models import School, Term
from supervision.assessments.models import Answer
from supervision.criteria.queries import IndicatorKey, indicator_key, level_prefix
from supervision.criteria.scoring import half_up
from supervision.quality_drive.models import DriveDimension, DriveIndicator, QualityDrive
from supervision.results.school_terms import (
    CountedVisit,
    SchoolTerm,
    load_area_school_terms,
)

USUAL_SCALE = {1, 5}  # of a drive that has no indicator yet


@dataclass(frozen=True)
class DriveDesign:
    """A drive's dimensions with their indicators, in reading order.

    `scale` is the lowest and the highest level that its indicators are judged by, `ranges` the
    same of each indicator by DriveIndicator (pk).
    """

    drive: QualityDrive
    dimensions: Sequence[DriveDimension]
    indicators_of: Mapping[str, Sequence[DriveIndicator]]
    scale: tuple[int, int]
    ranges: Mapping[int, tuple[int, int]]

    @cached_property
    def indicators(self) -> list[DriveIndicator]:
        """All of them, dimension by dimension."""
        return [one for dimension in self.dimensions for one in self.indicators_of[dimension.code]]


@dataclass(frozen=True)
class SignedLevel:
    """The level that a signed visit gave one indicator at a school, with the visit and its term."""

    level: int
    term: Term
    visit: CountedVisit


@dataclass(frozen=True)
class DimensionScore:
    """A school's score in one dimension: the weighted mean of what was judged, two decimals.

    `known` is the weight in per cent that the judged indicators carry of the dimension; the score
    is None where it is 0. `missing` are the indicators without a level.
    """

    dimension: DriveDimension
    score: Decimal | None
    known: Decimal
    missing: Sequence[DriveIndicator]

    @property
    def is_complete(self) -> bool:
        return not self.missing


# By school, then by DriveIndicator: pks.
SignedLevels = Mapping[int, Mapping[int, SignedLevel]]


def load_design(drive: QualityDrive) -> DriveDesign:
    """The drive's dimensions and indicators, in two queries."""
    dimensions = list(drive.dimensions.all())
    rows = DriveIndicator.objects.filter(dimension__drive=drive).select_related(
        "dimension", "indicator__standard__indicator_set"
    )
    levels = "indicator__standard__indicator_set__scale__levels__value"
    found: dict[str, list[DriveIndicator]] = {one.code: [] for one in dimensions}
    ranges: dict[int, tuple[int, int]] = {}
    for row in rows.annotate(low=Min(levels), top=Max(levels)).order_by("position", "pk"):
        found[row.dimension.code].append(row)
        if row.low is not None:
            ranges[row.pk] = (row.low, row.top)
    known = {end for ends in ranges.values() for end in ends} or USUAL_SCALE
    return DriveDesign(drive, dimensions, found, (min(known), max(known)), ranges)


def load_signed_levels(
    design: DriveDesign, schools: Iterable[School], terms: Sequence[Term], today: date
) -> SignedLevels:
    """What the newest counted visit in these terms said at each school, in two queries.

    `terms` are those of the drive's year for what is now, of the year before for a baseline. A
    school without a counted visit is left out. Whoever asks has made sure that the reader may see
    these schools.
    """
    rows = load_area_school_terms(schools, terms, today, with_clusters=False)
    found: dict[int, dict[int, SignedLevel]] = {}
    for row, indicator, level in _levels_of_sheets(design, newest_visited(rows)):
        found.setdefault(row.school.pk, {})[indicator] = level
    return found


def load_signed_history(
    design: DriveDesign, school: School, terms: Sequence[Term], today: date
) -> list[dict[int, SignedLevel]]:
    """What the counted visit of each of these terms said at one school, first to last.

    By DriveIndicator (pk), in two queries; the last is what `load_signed_levels` gives.
    """
    rows = load_area_school_terms([school], terms, today, with_clusters=False)
    visited = sorted((row for row in rows if row.visit), key=lambda row: row.term.opens_on)
    found: dict[int, dict[int, SignedLevel]] = {row.term.pk: {} for row in visited}
    for row, indicator, level in _levels_of_sheets(design, visited):
        found[row.term.pk][indicator] = level
    return list(found.values())


def _levels_of_sheets(
    design: DriveDesign, visited: Sequence[SchoolTerm]
) -> Iterator[tuple[SchoolTerm, int, SignedLevel]]:
    """Each level of these schools' counted visits, with the indicator of the drive (pk)."""
    wanted = _drive_indicators_by_key(design.indicators)
    of_sheet = {row.visit.sheet_id: row for row in visited if row.visit}
    answers = Answer.objects.filter(
        sheet__in=of_sheet, indicator__code__in={key[2] for key in wanted}, level__isnull=False
    ).values_list("sheet", "level", *_KEY_COLUMNS)
    for sheet, level, set_level, *rest in answers:
        row = of_sheet[sheet]
        for drive_indicator in wanted.get((level_prefix(set_level), *rest), ()):
            if row.visit and level is not None:
                yield row, drive_indicator, SignedLevel(level, row.term, row.visit)


# What `indicator_key` is made of, from an answer.
_KEY_COLUMNS = (
    "indicator__standard__indicator_set__level",
    "indicator__standard__number",
    "indicator__code",
    "indicator__text",
)


def newest_visited(rows: Iterable[SchoolTerm]) -> list[SchoolTerm]:
    """Of each school its latest term that has a counted visit."""
    newest: dict[int, SchoolTerm] = {}
    for row in sorted(rows, key=lambda row: row.term.opens_on):
        if row.visit:
            newest[row.school.pk] = row
    return list(newest.values())


def _drive_indicators_by_key(
    indicators: Iterable[DriveIndicator],
) -> dict[IndicatorKey, list[int]]:
    """The drive's indicators (pks) by what makes versions of an indicator the same one."""
    wanted: dict[IndicatorKey, list[int]] = {}
    for one in indicators:
        wanted.setdefault(indicator_key(one.indicator), []).append(one.pk)
    return wanted


def dimension_score(
    dimension: DriveDimension,
    indicators: Iterable[DriveIndicator],
    levels: Mapping[int, Decimal | int],
) -> DimensionScore:
    """The dimension's score from levels by DriveIndicator (pk)."""
    listed = list(indicators)
    judged = [(levels[one.pk], one.weight) for one in listed if one.pk in levels]
    known = sum((weight for _, weight in judged), Decimal())
    total = sum((level * weight for level, weight in judged), Decimal())
    return DimensionScore(
        dimension=dimension,
        score=half_up(total / known) if known else None,
        known=known,
        missing=[one for one in listed if one.pk not in levels],
    )


def dimension_scores(
    design: DriveDesign, levels: Mapping[int, Decimal | int]
) -> list[DimensionScore]:
    """A school's scores in all dimensions of the drive."""
    return [
        dimension_score(dimension, design.indicators_of[dimension.code], levels)
        for dimension in design.dimensions
    ]


def weakest_dimensions(
    design: DriveDesign, levels: Mapping[int, SignedLevel]
) -> list[DimensionScore]:
    """The dimensions with the lowest score of all that are known: one, or several alike."""
    scores = dimension_scores(design, {pk: one.level for pk, one in levels.items()})
    lowest = min((one.score for one in scores if one.score is not None), default=None)
    return [one for one in scores if one.score is not None and one.score == lowest]
