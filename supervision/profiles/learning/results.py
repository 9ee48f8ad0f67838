"""Read models of learning results: of schools as one reader may see them, and of the area.

A school that was merged brings its past along: its results are listed with those of the school
that received it, marked with their origin, and whoever may see the receiving school may see
them. Sums over schools count each result where it was made.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from schools.access import Permission, can
from schools.core.thai import BE_OFFSET, short_date
from schools.models import ClusterMembership, School, User
from supervision.profiles.learning.stored import (
    LevelPercent,
    StoredResult,
    StoredResults,
    load_stored_results,
)
from supervision.profiles.learning.sums import NO_RESULTS, ResultSum, sum_results
from supervision.profiles.learning.visibility import is_small_group, may_see_result
from supervision.profiles.models import TestSubject


@dataclass(frozen=True)
class ResultFigures:
    """The figures of a result that its reader may see; `shares` begin with the best level."""

    enrolled: int | None
    tested: int
    mean: Decimal | None
    sd: Decimal | None
    shares: Sequence[LevelPercent]


@dataclass(frozen=True)
class LearningResultRow:
    """One school's result in one subject and year, as one reader sees it.

    `figures` is None where the result is of fewer than three pupils and the reader may not see
    it. `origin` is another school than `school` where that was merged into it.
    """

    school: School
    origin: School
    year: int
    subject: TestSubject
    figures: ResultFigures | None
    source: str
    as_of: date | None
    is_sample: bool
    updated_at: datetime

    @property
    def is_withheld(self) -> bool:
        return self.figures is None

    @property
    def is_small(self) -> bool:
        """Whether it is of fewer than three pupils, shown or not: no sum may count it."""
        return self.figures is None or is_small_group(self.figures.tested)

    @property
    def mean(self) -> Decimal | None:
        """The mean as far as the reader may see it."""
        return self.figures.mean if self.figures else None

    @property
    def origin_note(self) -> str:
        """From which merged school it comes; empty for the school's own."""
        if self.origin.pk == self.school.pk or self.origin.closed_on is None:
            return ""
        return f"จาก{self.origin.name} (รวมเมื่อ {short_date(self.origin.closed_on)})"


@dataclass(frozen=True)
class LearningResults:
    """The results of some schools and years, by school, kind, grade, subject and year."""

    rows: Sequence[LearningResultRow]

    @cached_property
    def _own(self) -> Mapping[tuple[int, int, int], LearningResultRow]:
        return {
            (row.school.pk, row.subject.pk, row.year): row
            for row in self.rows
            if row.origin.pk == row.school.pk
        }

    def own(self, school_id: int, subject_id: int, year: int) -> LearningResultRow | None:
        """The school's own result; never that of a school merged into it."""
        return self._own.get((school_id, subject_id, year))

    def of_school(self, school_id: int) -> list[LearningResultRow]:
        """All results listed with the school, those of schools merged into it among them."""
        return [row for row in self.rows if row.school.pk == school_id]

    @cached_property
    def subjects(self) -> list[TestSubject]:
        """The subjects of which there is a result, in order."""
        found = {row.subject.pk: row.subject for row in self.rows}
        return sorted(found.values(), key=subject_order)

    @property
    def has_samples(self) -> bool:
        return any(row.is_sample for row in self.rows)


def subject_order(subject: TestSubject) -> tuple[int, int, int, int, int]:
    """By kind of test, grade and place in the list."""
    kind = subject.kind
    return (kind.position, kind.pk, subject.grade, subject.position, subject.pk)


def load_learning_results(
    user: User,
    schools: Iterable[School],
    years: Collection[int],
    *,
    subjects: Collection[TestSubject] | None = None,
) -> LearningResults:
    """The results of the schools that the person sees, of these years (B.E.); four queries at most.

    Those of schools merged into them are among them. `subjects` are all where it is None.
    """
    origins = _with_merged_schools(
        [one for one in schools if can(user, Permission.VIEW_SCHOOL, one.pk)]
    )
    stored = load_stored_results(
        years, subjects=subjects, schools={origin.pk for _, origin in origins}
    )
    if subjects is None:
        subjects = TestSubject.objects.select_related("kind", "learning_area")
    return results_seen_by(user, stored, origins, subjects)


def results_seen_by(
    user: User,
    stored: StoredResults,
    origins: Iterable[tuple[School, School]],
    subjects: Collection[TestSubject],
) -> LearningResults:
    """Stored results as the person may see them, who may see the schools.

    `origins` are pairs of a school and one whose results are listed with it: itself, or a
    merged one.
    """
    known = {one.pk: one for one in subjects} if stored.rows else {}
    by_school = defaultdict(list)
    for one in sorted(
        stored.rows, key=lambda one: (*subject_order(known[one.subject_id]), one.year)
    ):
        by_school[one.school_id].append(one)
    return LearningResults(
        [
            _row(user, school, origin, one, known[one.subject_id], stored.shares.get(one.pk, ()))
            for school, origin in origins
            for one in by_school[origin.pk]
        ]
    )


def _with_merged_schools(schools: Sequence[School]) -> list[tuple[School, School]]:
    """Each school with itself, and with each school that was merged into it by today, also by way
    of another."""
    merged = defaultdict(list)
    today = timezone.localdate()
    for one in School.objects.filter(merged_into__isnull=False, closed_on__lte=today):
        merged[one.merged_into_id].append(one)

    def with_origins(school: School, at: School, passed: frozenset[int]) -> Iterator[School]:
        yield at
        for one in merged[at.pk]:
            if one.pk not in passed:
                yield from with_origins(school, one, passed | {one.pk})

    return [
        (school, origin)
        for school in schools
        for origin in with_origins(school, school, frozenset({school.pk}))
    ]


def _row(
    user: User,
    school: School,
    origin: School,
    stored: StoredResult,
    subject: TestSubject,
    shares: Sequence[LevelPercent],
) -> LearningResultRow:
    is_visible = may_see_result(user, stored.tested, school.pk, origin.pk)
    figures = ResultFigures(stored.enrolled, stored.tested, stored.mean, stored.sd, shares)
    return LearningResultRow(
        school=school,
        origin=origin,
        year=stored.year,
        subject=subject,
        figures=figures if is_visible else None,
        source=stored.source,
        as_of=stored.as_of,
        is_sample=stored.is_sample,
        updated_at=stored.updated_at,
    )


# --- Sums over schools ---


@dataclass(frozen=True)
class LearningSums:
    """What the schools reached together, by year and subject: all of them, and each cluster."""

    sums: Mapping[tuple[int, int], ResultSum]
    clusters: Mapping[tuple[int, int, int | None], ResultSum]

    def area(self, year: int, subject_id: int) -> ResultSum:
        """Of all schools that were asked for."""
        return self.sums.get((year, subject_id), NO_RESULTS)

    def cluster(self, cluster_id: int | None, year: int, subject_id: int) -> ResultSum:
        """Of the schools in the cluster in that year; None are those in no cluster."""
        return self.clusters.get((year, subject_id, cluster_id), NO_RESULTS)


def area_results(
    years: Collection[int],
    *,
    subjects: Collection[TestSubject] | None = None,
    schools: Collection[int] | None = None,
    with_shares: bool = True,
) -> LearningSums:
    """Sums over schools of the area, or over these by key; three queries at most."""
    return sums_of_results(
        load_stored_results(years, subjects=subjects, schools=schools, with_shares=with_shares)
    )


def sums_of_results(stored: StoredResults) -> LearningSums:
    """Sums over the schools of these results, in one query.

    Each result counts where it was made: of a school that was merged or moved, in the cluster
    in which it was at the end of that year.
    """
    clusters = _ClusterOfYear()
    all_schools, by_cluster = defaultdict(list), defaultdict(list)
    for one in stored.rows:
        counted = stored.counted(one)
        all_schools[one.year, one.subject_id].append(counted)
        cluster = clusters.of(one.school_id, one.year)
        by_cluster[one.year, one.subject_id, cluster].append(counted)
    return LearningSums(
        {key: sum_results(found) for key, found in all_schools.items()},
        {key: sum_results(found) for key, found in by_cluster.items()},
    )


class _ClusterOfYear:
    """In which cluster each school was at the end of an academic year, or is while it goes on."""

    def __init__(self) -> None:
        self.memberships = defaultdict(list)
        for one in ClusterMembership.objects.all():
            self.memberships[one.school_id].append(one)

    def of(self, school_id: int, year: int) -> int | None:
        day = last_day_of_classes(year)
        return next(
            (one.cluster_id for one in self.memberships[school_id] if one.is_in_force_on(day)), None
        )


def last_day_of_classes(year: int) -> date:
    """The last day of an academic year's second term as usual, today while that is to come."""
    return min(date(year - BE_OFFSET + 1, 3, 31), timezone.localdate())
