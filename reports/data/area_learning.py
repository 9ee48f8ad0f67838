"""What pupils of many schools reached together in tests: over years, by cluster, by size."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from django.db.models import Q

from reports.data.learning_lines import YEARS_SHOWN
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.learning.references import reference_means
from supervision.profiles.learning.results import subject_order
from supervision.profiles.learning.stored import (
    LevelPercent,
    StoredResult,
    StoredResults,
    load_shares,
    load_stored_results,
)
from supervision.profiles.learning.sums import NO_RESULTS, CountedResult, ResultSum, sum_results
from supervision.profiles.learning.visibility import is_small_group
from supervision.profiles.models import LearningResult, TestKind, TestSubject

# By year (BE) and the subject's key.
RowsByKey = Mapping[tuple[int, int], Sequence[StoredResult]]


@dataclass(frozen=True)
class AreaLearningYear:
    """One academic year (BE) of a subject: the schools together, and the country's mean."""

    year: int
    sum: ResultSum
    nation: Decimal | None


@dataclass(frozen=True)
class SameSchoolsChange:
    """By how much the mean of the schools that were tested in both years moved since last year."""

    schools: int
    points: Decimal


@dataclass(frozen=True)
class AreaLearningLine:
    """One subject over the years shown, oldest first; the last of them is the newest of its kind.

    `change` is None where no school was tested in the newest year and the one before.
    """

    subject: TestSubject
    years: Sequence[AreaLearningYear]
    change: SameSchoolsChange | None

    @property
    def newest(self) -> AreaLearningYear:
        return self.years[-1]

    @property
    def difference(self) -> Decimal | None:
        """How far above (+) or below (−) the country's mean that of the schools lies."""
        mean, nation = self.newest.sum.mean, self.newest.nation
        return None if mean is None or nation is None else mean - nation


@dataclass(frozen=True)
class AreaLearningKind:
    """One kind of test, such as NT, in the newest year of which the schools have results.

    `levels` are keys and names of those that its results give, the best first.
    """

    kind: TestKind
    year: int
    lines: Sequence[AreaLearningLine]
    levels: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class AreaLearning:
    """What the selected schools reached; the stored results are for sums alone."""

    kinds: Sequence[AreaLearningKind]
    stored: StoredResults

    @property
    def has_samples(self) -> bool:
        return any(one.is_sample for one in self.stored.rows)

    def by_group(
        self, kind: AreaLearningKind, groups: Mapping[int, Hashable]
    ) -> dict[Hashable, dict[int, ResultSum]]:
        """Sums of the kind's newest year by group and subject; `groups` go by the school's key.

        Schools without a group are in none.
        """
        found: dict[tuple[Hashable, int], list] = defaultdict(list)
        subjects = {line.subject.pk for line in kind.lines}
        for one in self.stored.rows:
            if one.year == kind.year and one.subject_id in subjects and one.school_id in groups:
                found[groups[one.school_id], one.subject_id].append(self.stored.counted(one))
        sums: dict[Hashable, dict[int, ResultSum]] = defaultdict(dict)
        for (group, subject), results in found.items():
            sums[group][subject] = sum_results(results)
        return dict(sums)


def load_area_learning(until: int, *, schools: Collection[int] | None = None) -> AreaLearning:
    """Up to academic year `until` (BE), of all schools or of these by key; four queries at most.

    Shares of levels are those of the newest year of each kind.
    """
    years = range(until - YEARS_SHOWN + 1, until + 1)
    stored = load_stored_results(years, schools=schools, with_shares=False)
    if not stored.rows:
        return AreaLearning([], stored)
    subjects = _subjects_of(stored)
    newest = _newest_years(subjects, stored)
    stored = replace(stored, shares=_newest_shares(newest, schools))
    rows = _rows_by_key(stored)
    nation = reference_means(years, {one.pk for one in subjects}, (ReferenceScope.NATION,))
    kinds = []
    for kind, of_kind in groupby(subjects, key=lambda one: one.kind):
        found = list(of_kind)
        of_years = range(years[0], newest[kind.pk] + 1)
        lines = [_line(one, of_years, rows, nation, stored) for one in found]
        kinds.append(AreaLearningKind(kind, newest[kind.pk], lines, _levels_of(found, stored)))
    return AreaLearning(kinds, stored)


def _subjects_of(stored: StoredResults) -> list[TestSubject]:
    """The subjects of which there is a result, in order."""
    keys = {one.subject_id for one in stored.rows}
    subjects = TestSubject.objects.filter(pk__in=keys).select_related("kind")
    return sorted(subjects, key=subject_order)


def _newest_years(subjects: Iterable[TestSubject], stored: StoredResults) -> dict[int, int]:
    """By kind of test, the newest academic year (BE) with results."""
    years: dict[int, int] = {}
    for one in stored.rows:
        years[one.subject_id] = max(one.year, years.get(one.subject_id, 0))
    by_kind: dict[int, int] = {}
    for subject in subjects:
        by_kind[subject.kind_id] = max(years[subject.pk], by_kind.get(subject.kind_id, 0))
    return by_kind


def _newest_shares(
    newest: Mapping[int, int], schools: Collection[int] | None
) -> Mapping[int, Sequence[LevelPercent]]:
    of_kinds = Q(pk__in=[])
    for kind, year in newest.items():
        of_kinds |= Q(subject__kind=kind, academic_year__year=year)
    results = LearningResult.objects.filter(of_kinds)
    return load_shares(results if schools is None else results.filter(school__in=schools))


def _rows_by_key(stored: StoredResults) -> RowsByKey:
    rows: dict[tuple[int, int], list[StoredResult]] = defaultdict(list)
    for one in stored.rows:
        rows[one.year, one.subject_id].append(one)
    return rows


def _levels_of(subjects: Iterable[TestSubject], stored: StoredResults) -> list[tuple[int, str]]:
    keys = {one.pk for one in subjects}
    found = {
        (share.position, share.level_id, share.name)
        for one in stored.rows
        if one.subject_id in keys
        for share in stored.shares.get(one.pk, ())
    }
    return [(level_id, name) for _, level_id, name in sorted(found)]


def _line(
    subject: TestSubject,
    years: range,
    rows: RowsByKey,
    nation: Mapping[tuple[int, int, str], Decimal],
    stored: StoredResults,
) -> AreaLearningLine:
    found = [
        AreaLearningYear(
            year,
            sum_results([stored.counted(one) for one in rows.get((year, subject.pk), ())]),
            nation.get((year, subject.pk, ReferenceScope.NATION)),
        )
        for year in years
    ]
    before, now = (rows.get((year, subject.pk), ()) for year in (years[-1] - 1, years[-1]))
    return AreaLearningLine(subject, found, same_schools_change(stored, before, now))


def same_schools_change(
    stored: StoredResults, before: Iterable[StoredResult], now: Iterable[StoredResult]
) -> SameSchoolsChange | None:
    """From one year of a subject to the next, over the schools that count in both with a mean."""
    counted_before, counted_now = (
        {
            one.school_id: stored.counted(one)
            for one in rows
            if one.mean is not None and not is_small_group(one.tested)
        }
        for rows in (before, now)
    )
    both = counted_before.keys() & counted_now.keys()
    first, last = _mean_of(counted_before, both), _mean_of(counted_now, both)
    return None if first is None or last is None else SameSchoolsChange(len(both), last - first)


def _mean_of(found: Mapping[int, CountedResult], schools: Collection[int]) -> Decimal | None:
    return sum_results([found[school] for school in schools]).mean if schools else None


def group_sum(sums: Mapping[int, ResultSum], subject: TestSubject) -> ResultSum:
    """A group's sum in a subject; that of nobody where it has no results."""
    return sums.get(subject.pk, NO_RESULTS)
