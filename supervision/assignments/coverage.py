"""What nobody has in charge, on a day and over a fiscal year, and what two have at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.thai import fiscal_year, fiscal_year_days
from schools.models import Cluster
from supervision.assignments.enums import DutyKind
from supervision.assignments.matrix import DutyDayForm
from supervision.assignments.models import LEARNING_AREAS_SOURCE, LearningArea
from supervision.assignments.responsibilities import Responsibility, load_responsibilities
from supervision.assignments.spans import DaySpan, days_left_out, shared_days
from supervision.standards.models import Work, WorkGroup


@dataclass(frozen=True)
class CoverageTopic:
    """A kind of thing that should always be in somebody's charge; `is_sole`: in one's only.

    `source` says where the list of these things comes from, where that is not the manual.
    """

    title: str
    model: type[Model]
    kind: DutyKind
    is_sole: bool = True
    source: str = ""


TOPICS = (
    CoverageTopic("กลุ่มโรงเรียน", Cluster, DutyKind.CLUSTER),
    CoverageTopic("หัวหน้ากลุ่มงาน", WorkGroup, DutyKind.WORK_GROUP_HEAD),
    CoverageTopic(
        "กลุ่มสาระการเรียนรู้", LearningArea, DutyKind.LEARNING_AREA, source=LEARNING_AREAS_SOURCE
    ),
    CoverageTopic("งานของกลุ่มงาน", Work, DutyKind.WORK, is_sole=False),
)


@dataclass(frozen=True)
class SharedCharge:
    """Days on which two officers have the same thing in charge."""

    days: DaySpan
    holders: tuple[str, str]


@dataclass(frozen=True)
class CoverageRow:
    """One cluster, group, area or work: who has it in charge, its gaps and overlaps."""

    subject: Model
    holders: Sequence[Responsibility]
    gaps: Sequence[DaySpan]
    shared: Sequence[SharedCharge]


@dataclass(frozen=True)
class CoverageTable:
    """All things of one topic; `unplaced` are those whose appointment does not say of what."""

    topic: CoverageTopic
    rows: Sequence[CoverageRow]
    unplaced: Sequence[Responsibility]

    @property
    def uncovered(self) -> int:
        """How many nobody has in charge on the day."""
        return sum(not row.holders for row in self.rows)


@dataclass(frozen=True)
class DutyCoverage:
    """What is in whose charge on a day, with the gaps and overlaps of its fiscal year."""

    day: date
    year: int
    within: DaySpan
    tables: Sequence[CoverageTable]


def load_duty_coverage(day: date) -> DutyCoverage:
    """In a constant number of queries."""
    year = fiscal_year(day)
    within = DaySpan(*fiscal_year_days(year))
    held = load_responsibilities([topic.kind for topic in TOPICS], within=within)
    return DutyCoverage(day, year, within, [_table(topic, held, day, within) for topic in TOPICS])


def _table(
    topic: CoverageTopic, held: Iterable[Responsibility], day: date, within: DaySpan
) -> CoverageTable:
    by_subject: dict[Model | None, list[Responsibility]] = {}
    for one in held:
        if one.kind == topic.kind:
            by_subject.setdefault(one.subject, []).append(one)
    rows = [
        _row(subject, by_subject.get(subject, []), topic, day, within)
        for subject in topic.model._default_manager.all()
    ]
    unplaced = [one for one in by_subject.get(None, []) if one.is_in_force_on(day)]
    return CoverageTable(topic, rows, unplaced)


def _row(
    subject: Model,
    held: Sequence[Responsibility],
    topic: CoverageTopic,
    day: date,
    within: DaySpan,
) -> CoverageRow:
    return CoverageRow(
        subject=subject,
        holders=[one for one in held if one.is_in_force_on(day)],
        gaps=days_left_out((one.days for one in held), within),
        shared=_shared(held, within) if topic.is_sole else [],
    )


def _shared(held: Sequence[Responsibility], within: DaySpan) -> list[SharedCharge]:
    """Each pair of different officers with the days that both have it."""
    found = []
    for one, other in combinations(held, 2):
        both = shared_days(one.days, other.days) if one.holder_key != other.holder_key else None
        days = both and shared_days(both, within)
        if days:
            found.append(SharedCharge(days, (one.holder, other.holder)))
    return found


def duty_coverage(request: SignedInRequest) -> HttpResponse:
    """To the office, for any day."""
    require(request.user, Permission.VIEW_AREA)
    form = DutyDayForm(request.GET.dict(), timezone.localdate())
    coverage = load_duty_coverage(form.chosen_day)
    return render(request, "assignments/duty_coverage.html", {"coverage": coverage, "form": form})
