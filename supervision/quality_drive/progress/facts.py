"""What was agreed, written down before, signed and reported of schools in a drive."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    Exists,
    Field,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from schools.core.thai import local_day
from schools.models import School
from supervision.quality_drive.baselines.enums import BaselineSource
from supervision.quality_drive.baselines.queries import Baseline
from supervision.quality_drive.models import (
    AgreementTarget,
    BaselineLevel,
    DriveProgress,
    QualityDrive,
)
from supervision.quality_drive.models.agreements import SIGNED_AGREEMENT_STATES, AgreementState
from supervision.quality_drive.progress.enums import LevelSource
from supervision.quality_drive.scores import SignedLevels

AGREED, BASELINE, REPORT = range(3)


@dataclass(frozen=True)
class KnownLevel:
    """The level of one indicator at a school today, from where, and of which day."""

    level: Decimal
    source: LevelSource
    on: date


@dataclass(frozen=True)
class AgreedLevels:
    """What a school's agreement in force says of one indicator."""

    baseline: Decimal | None
    target: Decimal


@dataclass(frozen=True)
class ProgressFacts:
    """What is known of schools, each by school (pk); levels then by DriveIndicator (pk).

    `agreed_on` is since when a school has an agreement, amended or not.
    """

    signed: Mapping[int, Mapping[int, KnownLevel]]
    agreed: dict[int, dict[int, AgreedLevels]] = field(default_factory=dict)
    agreed_on: dict[int, date] = field(default_factory=dict)
    baselines: dict[int, dict[int, Baseline]] = field(default_factory=dict)
    reported: dict[int, dict[int, KnownLevel]] = field(default_factory=dict)
    last_reported_on: dict[int, date] = field(default_factory=dict)


class _FactRow(NamedTuple):
    """One line of an agreement, a baseline or a report as the union of their tables gives it.

    `word` is the agreement's state or the baseline's source, `text` what the baseline says of it.
    """

    kind: int
    school: int
    indicator: int | None
    level: Decimal | None
    target: Decimal | None
    word: str
    text: str
    signed_at: datetime | None
    reported_on: date | None


def load_progress_facts(
    drive: QualityDrive, schools: Sequence[School], signed: SignedLevels
) -> ProgressFacts:
    """What is known of these schools besides their signed levels, in one query."""
    seen = {
        school: {
            pk: KnownLevel(Decimal(one.level), LevelSource.VISIT, one.visit.visit_on)
            for pk, one in levels.items()
        }
        for school, levels in signed.items()
    }
    facts = ProgressFacts(seen)
    add = {AGREED: _add_agreed, BASELINE: _add_baseline, REPORT: _add_report}
    for row in _fact_rows(drive, schools):
        add[row.kind](facts, row)
    return facts


def _add_agreed(facts: ProgressFacts, row: _FactRow) -> None:
    if row.signed_at is not None:
        day = local_day(row.signed_at)
        facts.agreed_on[row.school] = min(facts.agreed_on.get(row.school, day), day)
    if row.word == AgreementState.SIGNED and row.indicator and row.target is not None:
        of_school = facts.agreed.setdefault(row.school, {})
        of_school[row.indicator] = AgreedLevels(row.level, row.target)


def _add_baseline(facts: ProgressFacts, row: _FactRow) -> None:
    if row.indicator and row.level is not None:
        of_school = facts.baselines.setdefault(row.school, {})
        of_school[row.indicator] = Baseline(row.level, BaselineSource(row.word), row.text)


def _add_report(facts: ProgressFacts, row: _FactRow) -> None:
    if row.reported_on is None or row.level is None:
        return
    last = facts.last_reported_on
    last[row.school] = max(last.get(row.school, row.reported_on), row.reported_on)
    if row.indicator:  # none for a project of the school's own
        known = KnownLevel(row.level, LevelSource.REPORT, row.reported_on)
        facts.reported.setdefault(row.school, {})[row.indicator] = known


def _fact_rows(drive: QualityDrive, schools: Sequence[School]) -> Iterable[_FactRow]:
    agreed = AgreementTarget.objects.filter(
        agreement__drive=drive,
        agreement__state__in=SIGNED_AGREEMENT_STATES,
        **_among(schools, "agreement__school"),
    )
    here = {"school_drive__drive": drive, **_among(schools, "school_drive__school")}
    levels = BaselineLevel.objects.filter(**here)
    found = agreed.order_by().values_list(
        *(Value(AGREED), "agreement__school", "drive_indicator", "baseline", "target"),
        *("agreement__state", _TEXT, "agreement__signed_at", _none(DateField())),
    )
    no_target = _none(DecimalField(max_digits=9, decimal_places=2))
    of_baselines = levels.order_by().values_list(
        *(Value(BASELINE), "school_drive__school", "drive_indicator", "level", no_target),
        *("source", "source_text", _none(DateTimeField()), _none(DateField())),
    )
    of_reports = _newest_reports(DriveProgress.objects.filter(**here)).values_list(
        *(Value(REPORT), "school_drive__school", "drive_indicator", "value", no_target),
        *(_TEXT, _TEXT, _none(DateTimeField()), "reported_on"),
    )
    return map(_FactRow._make, found.union(of_baselines, of_reports, all=True))


_TEXT = Value("", output_field=CharField())


def _none(of: Field) -> Cast:
    return Cast(Value(None), of)


def _newest_reports(rows: QuerySet[DriveProgress]) -> QuerySet[DriveProgress]:
    """Of each school the latest on each indicator of the drive, and all on its own projects."""
    is_later = Q(reported_on__gt=OuterRef("reported_on")) | Q(
        reported_on=OuterRef("reported_on"), pk__gt=OuterRef("pk")
    )
    later = DriveProgress.objects.filter(
        is_later,
        school_drive=OuterRef("school_drive"),
        drive_indicator=OuterRef("drive_indicator"),
    )
    return rows.filter(~Exists(later)).order_by()


def _among(schools: Sequence[School], path: str) -> dict[str, Any]:
    """The condition that spares reading the rows of a whole area for one school."""
    return {path: schools[0]} if len(schools) == 1 else {}
