"""What pupils of many schools reached together in tests: over years, by cluster, by size."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from reports.data.learning_lines import YEARS_SHOWN
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.learning.references import reference_means
from supervision.profiles.learning.results import AreaResults, subject_order, sums_of_results
from supervision.profiles.learning.stored import StoredResult, StoredResults, load_stored_results
from supervision.profiles.learning.sums import NO_RESULTS, CountedResult, ResultSum, sum_results
from supervision.profiles.learning.visibility import is_small_group
from supervision.profiles.models import TestKind, TestLevel, TestSubject


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

    `levels` begin with the best.
    """

    kind: TestKind
    year: int
    lines: Sequence[AreaLearningLine]
    levels: Sequence[TestLevel]


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


def load_area_learning(
    until: int, *, schools: Collection[int] | None = None, with_shares: bool = True
) -> AreaLearning:
    """Up to academic year `until` (BE), of all schools or of these by key; six queries at most."""
    years = range(until - YEARS_SHOWN + 1, until + 1)
    stored = load_stored_results(years, schools=schools, with_shares=with_shares)
    if not stored.rows:
        return AreaLearning([], stored)
    area = sums_of_results(stored)
    subjects = _subjects_of(stored)
    nation = reference_means(years, {one.pk for one in subjects}, (ReferenceScope.NATION,))
    levels = _levels_by_kind(subjects)
    kinds = []
    for kind, of_kind in groupby(subjects, key=lambda one: one.kind):
        found = list(of_kind)
        newest = _newest_year(found, stored.rows)
        of_years = range(years[0], newest + 1)
        lines = [_line(one, of_years, area, nation, stored) for one in found]
        kinds.append(AreaLearningKind(kind, newest, lines, levels[kind.pk]))
    return AreaLearning(kinds, stored)


def _subjects_of(stored: StoredResults) -> list[TestSubject]:
    """The subjects of which there is a result, in order."""
    keys = {one.subject_id for one in stored.rows}
    subjects = TestSubject.objects.filter(pk__in=keys).select_related("kind")
    return sorted(subjects, key=subject_order)


def _levels_by_kind(subjects: Iterable[TestSubject]) -> dict[int, list[TestLevel]]:
    levels: dict[int, list[TestLevel]] = defaultdict(list)
    for level in TestLevel.objects.filter(kind__in={one.kind_id for one in subjects}):
        levels[level.kind_id].append(level)
    return levels


def _newest_year(subjects: Sequence[TestSubject], rows: Iterable[StoredResult]) -> int:
    keys = {one.pk for one in subjects}
    return max(one.year for one in rows if one.subject_id in keys)


def _line(
    subject: TestSubject,
    years: range,
    area: AreaResults,
    nation: Mapping[tuple[int, int, str], Decimal],
    stored: StoredResults,
) -> AreaLearningLine:
    found = [
        AreaLearningYear(
            year,
            area.area(year, subject.pk),
            nation.get((year, subject.pk, ReferenceScope.NATION)),
        )
        for year in years
    ]
    return AreaLearningLine(subject, found, same_schools_change(stored, subject.pk, years[-1]))


def same_schools_change(
    stored: StoredResults, subject_id: int, year: int
) -> SameSchoolsChange | None:
    """From the year before to this one, over the schools that count in both with a mean."""
    by_year: dict[int, dict[int, CountedResult]] = {year - 1: {}, year: {}}
    for one in stored.rows:
        is_counted = one.mean is not None and not is_small_group(one.tested)
        if one.subject_id == subject_id and one.year in by_year and is_counted:
            by_year[one.year][one.school_id] = stored.counted(one)
    both = by_year[year].keys() & by_year[year - 1].keys()
    before, now = (_mean_of(by_year[of], both) for of in (year - 1, year))
    return None if before is None or now is None else SameSchoolsChange(len(both), now - before)


def _mean_of(found: Mapping[int, CountedResult], schools: Collection[int]) -> Decimal | None:
    return sum_results([found[school] for school in schools]).mean if schools else None


def group_sum(sums: Mapping[int, ResultSum], subject: TestSubject) -> ResultSum:
    """A group's sum in a subject; that of nobody where it has no results."""
    return sums.get(subject.pk, NO_RESULTS)
