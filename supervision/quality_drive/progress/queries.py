"""How far schools are in a drive, by indicator and dimension: the same figures for all who ask."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from schools.models import School, Term
from supervision.criteria.scoring import mean
from supervision.quality_drive.drives.enums import ProgressRhythm
from supervision.quality_drive.drives.queries import terms_of_drive
from supervision.quality_drive.models import (
    DriveDimension,
    DriveIndicator,
    DriveProgress,
    QualityDrive,
)
from supervision.quality_drive.progress.enums import LevelSource, ProgressState
from supervision.quality_drive.progress.facts import (
    KnownLevel,
    ProgressFacts,
    load_progress_facts,
)
from supervision.quality_drive.progress.periods import report_periods
from supervision.quality_drive.progress.rule import (
    Progress,
    ProgressPlan,
    ReportDue,
    next_report_due,
)
from supervision.quality_drive.scores import (
    DriveDesign,
    SignedLevel,
    SignedLevels,
    dimension_score,
    load_design,
    load_signed_history,
    load_signed_levels,
)

BASELINE_AGREED = "ตามบันทึกข้อตกลง"


@dataclass(frozen=True)
class IndicatorProgress:
    """One indicator at a school; `is_agreed` says whether its target is that of an agreement.

    `baseline_source` says where the level before the work comes from; empty where nobody knows it.
    """

    drive_indicator: DriveIndicator
    progress: Progress
    known: KnownLevel | None
    is_agreed: bool
    baseline_source: str


@dataclass(frozen=True)
class DimensionProgress:
    """One dimension at a school.

    `signed` is the score that signed visits alone give it, the overview's figure.
    """

    dimension: DriveDimension
    progress: Progress
    signed: Decimal | None
    indicators: Sequence[IndicatorProgress]

    @property
    def missing(self) -> int:
        """How many of its indicators nobody has judged or reported on."""
        return sum(one.known is None for one in self.indicators)

    @property
    def has_reported_levels(self) -> bool:
        """Whether some of what it says now is what the school reports."""
        return any(one.known and one.known.source == LevelSource.REPORT for one in self.indicators)


@dataclass(frozen=True)
class SchoolProgress:
    """One school in a drive; `agreed_on` is the day on which both first signed an agreement.

    `due` is what it has to report next, None where nothing is.
    """

    school: School
    dimensions: Sequence[DimensionProgress]
    agreed_on: date | None
    last_reported_on: date | None
    due: ReportDue | None

    @cached_property
    def states(self) -> Mapping[str, ProgressState]:
        """By the code of the dimension."""
        return {one.dimension.code: one.progress.state for one in self.dimensions}

    @cached_property
    def lag(self) -> Decimal:
        """How far the dimension that lags most is below its plan."""
        return max((one.progress.lag for one in self.dimensions), default=Decimal(0))

    @property
    def is_report_overdue(self) -> bool:
        return self.due is not None and self.due.is_overdue

    @cached_property
    def agreed(self) -> list[IndicatorProgress]:
        """The indicators on which its agreement has a target."""
        return [row for one in self.dimensions for row in one.indicators if row.is_agreed]


@dataclass(frozen=True)
class AreaDimension:
    """One dimension over schools: how many are in which state, and the means of their scores.

    `signed` is the mean of the `judged` schools' scores by signed visits, as the overview has it;
    `baseline` and `target` are means of the schools where they are known. All have two decimals.
    """

    dimension: DriveDimension
    counts: Mapping[ProgressState, int]
    baseline: Decimal | None
    signed: Decimal | None
    target: Decimal | None
    judged: int


def load_progress(
    drive: QualityDrive, schools: Iterable[School], today: date
) -> list[SchoolProgress]:
    """How far these schools are on the day, in their order, in six queries whatever their number.

    Whoever asks has made sure that the reader may see these schools.
    """
    return load_drive_progress(drive, schools, today).schools


@dataclass(frozen=True)
class DriveProgressOverview:
    """The schools of a drive with its design and the terms of its year."""

    design: DriveDesign
    terms: Sequence[Term]
    schools: list[SchoolProgress]


def load_drive_progress(
    drive: QualityDrive, schools: Iterable[School], today: date
) -> DriveProgressOverview:
    """The same with what it was made of."""
    return load_progress_of(load_design(drive), terms_of_drive(drive), list(schools), today)


def load_progress_of(
    design: DriveDesign, terms: Sequence[Term], schools: Sequence[School], today: date
) -> DriveProgressOverview:
    """The same in three queries where design and terms, those of the drive's year, are known."""
    signed = load_signed_levels(design, schools, terms, today)
    return _overview(design, terms, schools, signed, today)


@dataclass(frozen=True)
class SchoolDriveRecord:
    """One school in a drive with all that it was made of.

    `history` is what the counted visit of each term said, first to last, by DriveIndicator (pk);
    `reports` are the school's own on the drive's indicators, first to last.
    """

    overview: DriveProgressOverview
    history: Sequence[Mapping[int, SignedLevel]]
    reports: Sequence[DriveProgress]

    @property
    def progress(self) -> SchoolProgress:
        return self.overview.schools[0]


def load_school_drive_record(drive: QualityDrive, school: School, today: date) -> SchoolDriveRecord:
    """How far one school is with every level on the way, in one query more."""
    design, terms = load_design(drive), terms_of_drive(drive)
    history = load_signed_history(design, school, terms, today)
    signed = {school.pk: history[-1]} if history else {}
    reports = DriveProgress.objects.filter(
        school_drive__drive=drive, school_drive__school=school, drive_indicator__isnull=False
    )
    return SchoolDriveRecord(
        _overview(design, terms, [school], signed, today),
        history,
        list(reports.select_related("by")),
    )


def _overview(
    design: DriveDesign,
    terms: Sequence[Term],
    schools: Sequence[School],
    signed: SignedLevels,
    today: date,
) -> DriveProgressOverview:
    facts = load_progress_facts(design.drive, schools, signed)
    rows = [_school_progress(design, school, terms, facts, today) for school in schools]
    return DriveProgressOverview(design, terms, rows)


def area_dimensions(design: DriveDesign, schools: Iterable[SchoolProgress]) -> list[AreaDimension]:
    """Every dimension of the drive over these schools."""
    rows = list(schools)
    return [
        _area_dimension(dimension, [row.dimensions[place] for row in rows])
        for place, dimension in enumerate(design.dimensions)
    ]


def _area_dimension(dimension: DriveDimension, rows: Sequence[DimensionProgress]) -> AreaDimension:
    signed = [row.signed for row in rows if row.signed is not None]
    baselines = [row.progress.baseline for row in rows if row.progress.baseline is not None]
    return AreaDimension(
        dimension=dimension,
        counts=Counter(row.progress.state for row in rows),
        baseline=mean(baselines),
        signed=mean(signed),
        target=mean([row.progress.target for row in rows if row.indicators]),
        judged=len(signed),
    )


# --- One school ---


def _school_progress(
    design: DriveDesign,
    school: School,
    terms: Sequence[Term],
    facts: ProgressFacts,
    today: date,
) -> SchoolProgress:
    agreed_on = facts.agreed_on.get(school.pk)
    drive = design.drive
    plan = ProgressPlan(agreed_on, terms[-1].closes_on if terms else None, drive.tolerance)
    periods = report_periods(ProgressRhythm(drive.rhythm), terms, agreed_on)
    last = facts.last_reported_on.get(school.pk)
    return SchoolProgress(
        school=school,
        dimensions=[
            _dimension_progress(design, dimension, school.pk, facts, plan, today)
            for dimension in design.dimensions
        ],
        agreed_on=agreed_on,
        last_reported_on=last,
        due=next_report_due(periods, last, today) if drive.is_at_work else None,
    )


def _dimension_progress(
    design: DriveDesign,
    dimension: DriveDimension,
    school: int,
    facts: ProgressFacts,
    plan: ProgressPlan,
    today: date,
) -> DimensionProgress:
    """The dimension's scores are those of its indicators' levels, each taken as scores.py does."""
    listed = design.indicators_of[dimension.code]
    rows = [_indicator_progress(one, school, facts, plan, today) for one in listed]

    def score(levels: Mapping[int, Decimal]) -> Decimal | None:
        return dimension_score(dimension, listed, levels).score

    signed = {pk: one.level for pk, one in facts.signed.get(school, {}).items()}
    by_pk = [(row.drive_indicator.pk, row.progress) for row in rows]
    progress = Progress(
        baseline=score({pk: one.baseline for pk, one in by_pk if one.baseline is not None}),
        now=score({pk: one.now for pk, one in by_pk if one.now is not None}),
        target=score({pk: one.target for pk, one in by_pk}) or Decimal(0),
        plan=plan,
        today=today,
    )
    return DimensionProgress(dimension, progress, score(signed), rows)


def _indicator_progress(
    indicator: DriveIndicator, school: int, facts: ProgressFacts, plan: ProgressPlan, today: date
) -> IndicatorProgress:
    """What was agreed stands before what the drive and the baseline say now."""
    agreed = facts.agreed.get(school, {}).get(indicator.pk)
    known = facts.signed.get(school, {}).get(indicator.pk)
    known = known or facts.reported.get(school, {}).get(indicator.pk)
    before = facts.baselines.get(school, {}).get(indicator.pk)
    source = before.source_words if before else ""
    level = before.level if before else None
    if agreed and agreed.baseline is not None:
        level, source = agreed.baseline, BASELINE_AGREED
    progress = Progress(
        baseline=level,
        now=known.level if known else None,
        target=agreed.target if agreed else indicator.target,
        plan=plan,
        today=today,
    )
    return IndicatorProgress(indicator, progress, known, agreed is not None, source)
