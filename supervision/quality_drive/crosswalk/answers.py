"""One assessment of a school told three times: by dimension, by standard, by point of focus.

The answers are those of the visit that counts for the overview too (supervision/results), with
the school's own of the same round beside them. Nothing is entered here: what a line says was
said on a sheet, and the crosswalk says where it belongs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from schools.models import School, Term
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import Answer, SelfAssessment
from supervision.criteria.models import Indicator, ScaleBand
from supervision.criteria.queries import IndicatorKey, indicator_key
from supervision.criteria.scoring import interpretation, mean
from supervision.profiles.models import EducationStandard, PolicyFocus
from supervision.quality_drive.crosswalk.lines import Crosswalk
from supervision.quality_drive.models import DriveDimension, DriveIndicator
from supervision.quality_drive.scores import DriveDesign, dimension_score, newest_visited
from supervision.results.school_terms import CountedVisit, SchoolTerm

# --- What was answered ---


@dataclass(frozen=True)
class AssessedIndicator:
    """One indicator at one school: the level of a signed visit, and the school's own.

    None where that side gave none; `not_applicable` where the visit said that it does not apply.
    """

    indicator: Indicator
    level: int | None = None
    own: int | None = None
    not_applicable: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether nobody has said anything of it."""
        return self.level is None and self.own is None and not self.not_applicable

    @property
    def scale_id(self) -> int:
        return self.indicator.standard.indicator_set.scale_id


@dataclass(frozen=True)
class OwnAssessment:
    """A school's confirmed self-assessment: its sheet, its term, and when it was confirmed."""

    sheet_id: int
    term: Term
    confirmed_at: datetime


@dataclass(frozen=True)
class SchoolAssessment:
    """What is known of one school in a year: the newest counted visit, its own assessment.

    `own` is that of the visit's round, or while nobody came the last that it confirmed; None
    where the two are missing. `lines` are in reading order.
    """

    school: School
    visit: CountedVisit | None
    term: Term | None
    own: OwnAssessment | None
    lines: Sequence[AssessedIndicator]
    is_sample: bool

    @property
    def is_empty(self) -> bool:
        return self.visit is None and self.own is None


def load_assessments(
    rows: Sequence[SchoolTerm], *, with_own: bool = True
) -> dict[int, SchoolAssessment]:
    """By School (pk) what was answered in these terms, in three queries, without own in two.

    `rows` are the schools in the terms of one year, as far as the reader may see them.
    """
    visited = {row.school.pk: row for row in newest_visited(rows)}
    own = _own_assessments(rows, visited) if with_own else {}
    sheets = [row.visit.sheet_id for row in visited.values() if row.visit]
    levels = _levels_by_sheet([*sheets, *(one.sheet_id for one in own.values())])
    pks = {pk for of_sheet in levels.values() for pk in of_sheet}
    indicators = Indicator.objects.filter(pk__in=pks).select_related("standard__indicator_set")
    ordered = sorted(indicators, key=indicator_position)
    samples = {row.school.pk for row in rows if row.is_sample}
    return {row.school.pk: _assessment(row, visited, own, levels, ordered, samples) for row in rows}


def indicator_position(indicator: Indicator) -> tuple[int, str, int, int]:
    """Where an indicator stands among those of all sets: basic education first, then by set."""
    standard = indicator.standard
    chosen = standard.indicator_set
    return -chosen.level, chosen.name, standard.number, indicator.position


def _own_assessments(
    rows: Sequence[SchoolTerm], visited: Mapping[int, SchoolTerm]
) -> dict[int, OwnAssessment]:
    """Of the visit's round; of a school without a visit the last that it confirmed."""
    confirmed = SelfAssessment.objects.filter(
        state=SelfAssessmentState.CONFIRMED,
        round__school__in={row.school.pk for row in rows},
        round__term__in={row.term.pk for row in rows},
    ).order_by("round__term__opens_on", "round__number", "version")
    terms = {row.term.pk: row.term for row in rows}
    values = ("round__school", "round__term", "sheet", "confirmed_at")
    found: dict[int, OwnAssessment] = {}
    for school, term, sheet, at in confirmed.values_list(*values):
        visit = visited[school].visit if school in visited else None
        if at and (visit is None or visit.own_sheet_id == sheet):
            found[school] = OwnAssessment(sheet, terms[term], at)
    return found


_SheetLevels = Mapping[int, tuple[int | None, bool]]  # by Indicator: level, does not apply


def _levels_by_sheet(sheets: Iterable[int]) -> dict[int, dict[int, tuple[int | None, bool]]]:
    answers = Answer.objects.filter(sheet__in=set(sheets))
    found: dict[int, dict[int, tuple[int | None, bool]]] = {}
    values = answers.values_list("sheet", "indicator", "level", "not_applicable")
    for sheet, indicator, level, not_applicable in values:
        if level is not None or not_applicable:
            found.setdefault(sheet, {})[indicator] = level, not_applicable
    return found


def _assessment(
    row: SchoolTerm,
    visited: Mapping[int, SchoolTerm],
    own: Mapping[int, OwnAssessment],
    levels: Mapping[int, _SheetLevels],
    ordered: Sequence[Indicator],
    samples: set[int],
) -> SchoolAssessment:
    pk = row.school.pk
    visit = visited[pk].visit if pk in visited else None
    of_school = own.get(pk)
    signed = levels.get(visit.sheet_id, {}) if visit else {}
    said = levels.get(of_school.sheet_id, {}) if of_school else {}
    nothing = (None, False)
    lines = [
        AssessedIndicator(
            one,
            level=signed.get(one.pk, nothing)[0],
            own=said.get(one.pk, nothing)[0],
            not_applicable=signed.get(one.pk, nothing)[1],
        )
        for one in ordered
        if one.pk in signed or one.pk in said
    ]
    term = visited[pk].term if pk in visited else None
    return SchoolAssessment(row.school, visit, term, of_school, lines, pk in samples)


# --- Where it belongs ---


@dataclass(frozen=True)
class IndicatorPlaces:
    """Where one indicator belongs: codes of dimensions, pks of standards and points of focus.

    `drive_indicators` are pks of the DriveIndicators that it is, in whichever version of its set.
    """

    drive_indicators: Sequence[int]
    dimensions: Sequence[str]
    standards: Sequence[int]
    focuses: Sequence[int]


def indicator_places(
    design: DriveDesign, crosswalk: Crosswalk, indicators: Iterable[Indicator]
) -> dict[int, IndicatorPlaces]:
    """By Indicator (pk): the dimension for which the drive chose it, else the crosswalk's."""
    chosen: dict[IndicatorKey, list[DriveIndicator]] = {}
    for row in design.indicators:
        chosen.setdefault(indicator_key(row.indicator), []).append(row)
    found = {}
    for one in indicators:
        answers = crosswalk.answers(one)
        of_drive = chosen.get(indicator_key(one), [])
        of_crosswalk = [answers.dimension_code] if answers.dimension_code else []
        found[one.pk] = IndicatorPlaces(
            [row.pk for row in of_drive],
            [row.dimension.code for row in of_drive] or of_crosswalk,
            [standard.pk for standard in answers.standards],
            [focus.pk for focus in answers.focuses],
        )
    return found


def with_unanswered(
    lines: Sequence[AssessedIndicator], design: DriveDesign
) -> list[AssessedIndicator]:
    """The lines, and after them the drive's indicators of which nobody has said anything."""
    known = {indicator_key(line.indicator) for line in lines}
    wanted = {indicator_key(row.indicator): row.indicator for row in design.indicators}
    missing = [one for key, one in wanted.items() if key not in known]
    return [*lines, *(AssessedIndicator(one) for one in sorted(missing, key=indicator_position))]


BandsByScale = Mapping[int, Sequence[ScaleBand]]


def load_scale_bands() -> BandsByScale:
    """By Scale (pk) how its means are read, in one query."""
    found: dict[int, list[ScaleBand]] = {}
    for band in ScaleBand.objects.all():
        found.setdefault(band.scale_id, []).append(band)
    return found


@dataclass(frozen=True)
class AnsweredPart:
    """One dimension, standard or point of focus, with the indicators that answer it at a school.

    `about` is what it is. The mean is that of the levels of signed visits, each as heavy as its
    indicator, so that a part that is one whole standard has the overview's figure; None where no
    level was given, or where levels are of different scales.
    """

    about: DriveDimension | EducationStandard | PolicyFocus
    lines: Sequence[AssessedIndicator]
    bands: BandsByScale

    @property
    def name(self) -> str:
        return str(self.about)

    @property
    def is_unanswered(self) -> bool:
        """Whether no indicator of the school's sheet answers it."""
        return not self.lines

    @property
    def missing(self) -> list[AssessedIndicator]:
        """The indicators that answer it, of which nobody has said anything."""
        return [line for line in self.lines if line.is_missing]

    @property
    def scale_id(self) -> int | None:
        """The scale of all lines; None where they are of different scales."""
        scales = {line.scale_id for line in self.lines}
        return scales.pop() if len(scales) == 1 else None

    @cached_property
    def mean(self) -> Decimal | None:
        judged = [(line.level, line.indicator.weight) for line in self.lines]
        return self._mean_of(judged)

    @cached_property
    def own_mean(self) -> Decimal | None:
        """The same of what the school said of itself."""
        return self._mean_of([(line.own, line.indicator.weight) for line in self.lines])

    def _mean_of(self, judged: Sequence[tuple[int | None, Decimal]]) -> Decimal | None:
        known = [(level, weight) for level, weight in judged if level is not None]
        if self.scale_id is None:
            return None
        return mean([level for level, _ in known], [weight for _, weight in known])

    @property
    def meaning(self) -> str:
        """How the mean reads on its scale; empty without one."""
        return interpretation(self.mean, self.bands.get(self.scale_id or 0, ()))

    @property
    def own_meaning(self) -> str:
        return interpretation(self.own_mean, self.bands.get(self.scale_id or 0, ()))


@dataclass(frozen=True)
class AnsweredDimension(AnsweredPart):
    """A dimension of the drive; its mean is the score that the whole drive reckons with."""

    score: Decimal | None
    own_score: Decimal | None

    @cached_property
    def mean(self) -> Decimal | None:
        return self.score

    @cached_property
    def own_mean(self) -> Decimal | None:
        return self.own_score


@dataclass(frozen=True)
class AssessmentViews:
    """One assessment by dimension, by standard and by point of focus.

    `without_dimension` and `without_standard` are the lines that stand in none.
    """

    dimensions: Sequence[AnsweredDimension]
    standards: Sequence[AnsweredPart]
    focuses: Sequence[AnsweredPart]
    without_dimension: Sequence[AssessedIndicator]
    without_standard: Sequence[AssessedIndicator]


def assessment_views(
    design: DriveDesign,
    crosswalk: Crosswalk,
    lines: Sequence[AssessedIndicator],
    places: Mapping[int, IndicatorPlaces],
    bands: BandsByScale,
) -> AssessmentViews:
    """One school's lines where they belong; each stands once in a part, and in all that it
    answers."""
    placed = [(line, places[line.indicator.pk]) for line in lines]
    return AssessmentViews(
        dimensions=_answered_dimensions(design, lines, places, bands),
        standards=[
            AnsweredPart(one, [line for line, at in placed if one.pk in at.standards], bands)
            for one in crosswalk.standards
        ],
        focuses=[
            AnsweredPart(one, [line for line, at in placed if one.pk in at.focuses], bands)
            for one in crosswalk.focuses
        ],
        without_dimension=[line for line, at in placed if not at.dimensions],
        without_standard=[line for line, at in placed if not at.standards],
    )


def _answered_dimensions(
    design: DriveDesign,
    lines: Sequence[AssessedIndicator],
    places: Mapping[int, IndicatorPlaces],
    bands: BandsByScale,
) -> list[AnsweredDimension]:
    levels = _levels_of_drive(places, [(one.indicator, one.level) for one in lines])
    own = _levels_of_drive(places, [(one.indicator, one.own) for one in lines])
    return [
        AnsweredDimension(
            one,
            [line for line in lines if one.code in places[line.indicator.pk].dimensions],
            bands,
            score=dimension_score(one, design.indicators_of[one.code], levels).score,
            own_score=dimension_score(one, design.indicators_of[one.code], own).score,
        )
        for one in design.dimensions
    ]


def _levels_of_drive(
    places: Mapping[int, IndicatorPlaces], judged: Iterable[tuple[Indicator, int | None]]
) -> dict[int, int]:
    """The levels by DriveIndicator (pk)."""
    return {
        pk: level
        for indicator, level in judged
        if level is not None
        for pk in places[indicator.pk].drive_indicators
    }


# --- The same of the whole area ---


@dataclass(frozen=True)
class PartCounts:
    """One dimension, standard or point of focus over the schools of the area.

    `counts` are numbers of schools by how their means read, best first; `mean` is that of their
    means, as the overview has it.
    """

    name: str
    schools: int
    mean: Decimal | None
    counts: Sequence[tuple[str, int]]


def count_parts(
    parts_of_schools: Iterable[Sequence[AnsweredPart]], bands: BandsByScale
) -> list[PartCounts]:
    """By part and scale the schools that have a mean, in the order of the parts."""
    means: dict[tuple[str, int | None], list[Decimal]] = {}
    for parts in parts_of_schools:
        for part in parts:
            known = means.setdefault((part.name, part.scale_id if part.lines else None), [])
            if part.mean is not None:
                known.append(part.mean)
    named = {name for name, scale in means if means[name, scale]}
    shown = [key for key in means if means[key] or key[0] not in named]
    return [
        _part_counts(name, means[name, scale], bands.get(scale or 0, ())) for name, scale in shown
    ]


def _part_counts(name: str, known: Sequence[Decimal], bands: Sequence[ScaleBand]) -> PartCounts:
    read = [interpretation(one, bands) for one in known]
    return PartCounts(
        name=name,
        schools=len(known),
        mean=mean(known),
        counts=[(band.label, read.count(band.label)) for band in bands],
    )


def day_of_year(terms: Sequence[Term], today: date) -> date:
    """The day on which a year is looked at: today, or its last day once it is over."""
    return min([today, *(term.closes_on for term in terms[-1:])])
