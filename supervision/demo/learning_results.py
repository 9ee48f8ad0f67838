"""Learning results of the demonstration: invented pupils take invented tests, the same anywhere.

Each result is counted from scores drawn for as many pupils as the grade has, so that mean, S.D.
and shares agree as they do in a real table. All of it is marked as a sample.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from random import Random

from django.utils import timezone

from schools.core.thai import BE_OFFSET
from schools.enums import Grade
from schools.models import AcademicYear, GradeCount, School, User
from supervision.criteria.scoring import half_up, mean, standard_deviation
from supervision.demo.office_days import at_ten
from supervision.profiles.learning.actions import save_learning_results
from supervision.profiles.learning.entries import ResultEntry
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.learning.references import ReferenceEntry, save_reference_results
from supervision.profiles.models import TestKind, TestSubject

SOURCE = "ข้อมูลตัวอย่าง"
# About what pupils reach on average; a subject that is not named here reaches the last.
USUAL_MEANS = {
    "การอ่านออกเสียง": 68,
    "การอ่านรู้เรื่อง": 71,
    "รวม 2 สมรรถนะ": 70,
    "การอ่าน": 72,
    "การเขียน": 64,
    "ภาษาไทย": 55,
    "คณิตศาสตร์": 44,
    "รวม 2 ด้าน": 50,
    "วิทยาศาสตร์": 38,
    "ภาษาอังกฤษ": 34,
}
OTHER_MEAN = 66
# How far schools, and within them pupils, lie apart.
SCHOOLS_APART, PUPILS_APART = 8, 13
LEVEL_STARTS = (75, 50, 25, 0)  # of each level, the best first
USUAL_PUPILS = (6, 14)  # of a grade that nobody counted
VOLUNTEERS = 0.85
TESTS_COUNTED = (4, 20)  # when the results of a year are known: month and day of the year after

Pupils = Mapping[tuple[int, int, int], int]


def create_learning_results(
    schools: Collection[School],
    years: Iterable[AcademicYear],
    *,
    by: User,
    kinds: Collection[str],
    grades: Collection[Grade] = tuple(Grade),
    few: School | None = None,
) -> None:
    """Results of the schools in these kinds of tests, of the years whose results are known by now.

    `few` is a school of which only two pupils were tested in the latest year.
    """
    rows = TestSubject.objects.filter(kind__name__in=kinds, grade__in=grades)
    subjects = list(rows.select_related("kind").prefetch_related("kind__levels"))
    known = years_with_known_results(years)
    pupils = _pupils_of_grades()
    for year in known:
        tests = _SampleTests(year, subjects, pupils, few if year == known[-1] else None)
        with at_ten(_known_on(year)):
            save_learning_results(list(tests.entries(schools)), by=by)
            save_reference_results(list(tests.references()), by=by)


def years_with_known_results(years: Iterable[AcademicYear]) -> list[AcademicYear]:
    """Those whose tests are over and counted by today, oldest first."""
    today = timezone.localdate()
    return sorted((one for one in years if _known_on(one) <= today), key=lambda one: one.year)


def _known_on(year: AcademicYear) -> date:
    return date(year.year - BE_OFFSET + 1, *TESTS_COUNTED)


def _pupils_of_grades() -> Pupils:
    """How many pupils were counted, by school, academic year and grade."""
    rows = GradeCount.objects.values_list(
        "count__school", "count__academic_year", "grade", "boys", "girls"
    )
    return {(school, year, grade): boys + girls for school, year, grade, boys, girls in rows}


class _SampleTests:
    """The tests of one year."""

    def __init__(
        self,
        year: AcademicYear,
        subjects: Sequence[TestSubject],
        pupils: Pupils,
        few: School | None,
    ) -> None:
        self.year, self.subjects, self.pupils, self.few = year, subjects, pupils, few

    def entries(self, schools: Collection[School]) -> Iterator[ResultEntry]:
        for school in schools:
            first, last = school.first_grade or Grade.P1, school.last_grade or Grade.P6
            for (kind, grade), subjects in groupby(self.subjects, key=_kind_and_grade):
                if first <= grade <= last and self._takes_part(school, kind):
                    yield from self._entries_of_grade(school, grade, list(subjects))

    def references(self) -> Iterator[ReferenceEntry]:
        """What the area and the country reached, a little apart from each other."""
        for subject in self.subjects:
            if subject.kind.is_entered_by_schools:
                continue
            random = Random(f"{subject} {self.year}")
            for scope in (ReferenceScope.AREA, ReferenceScope.AGENCY, ReferenceScope.NATION):
                value = _usual_mean(subject, self.year) + random.uniform(-3, 3)
                yield ReferenceEntry(
                    year_id=self.year.pk,
                    subject_id=subject.pk,
                    scope=scope,
                    mean=half_up(Decimal(value)),
                    source=SOURCE,
                    is_sample=True,
                )

    def _takes_part(self, school: School, kind: TestKind) -> bool:
        if not kind.is_voluntary:
            return True
        return Random(f"{school} {self.year} {kind}").random() < VOLUNTEERS

    def _entries_of_grade(
        self, school: School, grade: int, subjects: Sequence[TestSubject]
    ) -> Iterator[ResultEntry]:
        """The same pupils take all subjects; a total is the mean of each pupil's others."""
        enrolled = self.pupils.get((school.pk, self.year.pk, grade))
        usual = Random(f"{school} {self.year} {grade}").randint(*USUAL_PUPILS)
        tested = 2 if school == self.few else enrolled or usual
        scores = {one.pk: self._scores(school, one, tested) for one in subjects if not one.is_total}
        totals = [
            half_up(sum(of_pupil) / len(scores)) for of_pupil in zip(*scores.values(), strict=True)
        ]
        for subject in subjects:
            yield self._entry(
                school,
                subject,
                scores.get(subject.pk, totals),
                enrolled=None if school == self.few else enrolled,
            )

    def _scores(self, school: School, subject: TestSubject, tested: int) -> list[Decimal]:
        usual = _usual_mean(subject, self.year)
        centre = Random(f"{school} {subject.name}").gauss(usual, SCHOOLS_APART)
        random = Random(f"{school} {self.year} {subject}")
        scores = (random.gauss(centre, PUPILS_APART) for _ in range(tested))
        return [Decimal(round(min(max(score, 2), 98))) for score in scores]

    def _entry(
        self,
        school: School,
        subject: TestSubject,
        scores: Sequence[Decimal],
        *,
        enrolled: int | None,
    ) -> ResultEntry:
        levels = list(subject.kind.levels.all())
        has_mean = bool(scores) and not (levels and subject.kind.is_entered_by_schools)
        return ResultEntry(
            school_id=school.pk,
            year_id=self.year.pk,
            subject_id=subject.pk,
            enrolled=enrolled,
            tested=len(scores),
            mean=mean(scores) if has_mean else None,
            sd=standard_deviation(scores) if has_mean else None,
            shares=_shares(scores, [level.pk for level in levels]),
            source=SOURCE,
            is_sample=True,
        )


def _kind_and_grade(subject: TestSubject) -> tuple[TestKind, int]:
    return subject.kind, subject.grade


def _usual_mean(subject: TestSubject, year: AcademicYear) -> float:
    """It moves a little from year to year."""
    return USUAL_MEANS.get(subject.name, OTHER_MEAN) + Random(str(year)).uniform(-2, 2)


def _shares(scores: Sequence[Decimal], levels: Sequence[int]) -> dict[int, Decimal]:
    """How many of a hundred pupils reached each level; of kinds with four levels."""
    if not scores or len(levels) != len(LEVEL_STARTS):
        return {}
    reached = [next(at for at, low in enumerate(LEVEL_STARTS) if score >= low) for score in scores]
    return {
        level: half_up(Decimal(reached.count(at) * 100) / len(scores))
        for at, level in enumerate(levels)
    }
