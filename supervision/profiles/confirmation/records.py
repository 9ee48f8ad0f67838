"""What the portal holds of schools, loaded in a constant number of queries for one or for all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum

from schools.core.querysets import SchoolQuerySet
from schools.enums import Role
from schools.models import Appointment, School, YearlyCount
from supervision.profiles.confirmation.checked_facts import CheckedFact, load_checked_facts
from supervision.profiles.confirmation.rules import CountFacts, ResultFacts, SchoolDataFacts
from supervision.profiles.models import (
    AnnualReport,
    ExternalAssessment,
    LearningResult,
    LevelShare,
    TestSubject,
)

YEARS_READ = 3  # this year, the last finished one, and the one before to compare with


@dataclass(frozen=True)
class ExpectedTest:
    """A test of which the office holds results, and the grades that take it."""

    name: str
    grades: frozenset[int]

    def is_taken_by(self, school: School) -> bool:
        if school.first_grade is None or school.last_grade is None:
            return False
        return any(school.first_grade <= grade <= school.last_grade for grade in self.grades)


@dataclass(frozen=True)
class SchoolRecord:
    """All rows about one school that a confirmation is of, for the academic year `year` (BE)."""

    school: School
    year: int
    today: date
    has_director: bool = False
    counts: Sequence[YearlyCount] = ()
    results: Sequence[LearningResult] = ()
    reports: Sequence[AnnualReport] = ()
    assessments: Sequence[ExternalAssessment] = ()
    facts_checked: Sequence[CheckedFact] = ()
    tests: Sequence[ExpectedTest] = field(default=(), repr=False)

    def facts(self) -> SchoolDataFacts:
        """The same as the rules read it."""
        return SchoolDataFacts(
            year=self.year,
            today=self.today,
            first_grade=self.school.first_grade,
            last_grade=self.school.last_grade,
            missing_contacts=self._missing_contacts,
            counts=[count_facts(count) for count in self.counts],
            results=[result_facts(result) for result in self.results],
            expected_tests=[one.name for one in self.tests if one.is_taken_by(self.school)],
            report_years=[report.academic_year.year for report in self.reports if report.is_sent],
            circumstances_checked_on=min(
                (fact.checked_on for fact in self.facts_checked), default=None
            ),
        )

    @property
    def _missing_contacts(self) -> list[str]:
        known = {
            "รหัสโรงเรียน 8 หลัก": self.school.obec_code,
            "ชั้นที่เปิดสอน": self.school.grades,
            "โทรศัพท์": self.school.phone,
            "ผู้อำนวยการโรงเรียน": self.has_director,
        }
        return [name for name, value in known.items() if not value]


def count_facts(count: YearlyCount) -> CountFacts:
    return CountFacts(
        year=count.academic_year.year,
        counted_on=count.counted_on,
        pupils={row.grade: row.pupils for row in count.grades.all()},
        rooms=count.rooms,
        teachers=count.teachers,
        is_sample=count.is_sample,
    )


def result_facts(result: LearningResult) -> ResultFacts:
    subject = result.subject
    return ResultFacts(
        year=result.academic_year.year,
        test=subject.kind.name,
        grade=subject.grade,
        subject=subject.name,
        tested=result.tested,
        enrolled=result.enrolled,
        mean=result.mean,
        highest_mean=subject.highest_mean,
        shares_total=getattr(result, "shares_total", None),
        is_total=subject.is_total,
        by_school=subject.kind.is_entered_by_schools,
        source=result.source,
        as_of=result.as_of,
        is_sample=result.is_sample,
    )


def load_school_records(schools: SchoolQuerySet, year: int, today: date) -> dict[int, SchoolRecord]:
    """By school; the same number of queries for one school as for all of the area."""
    director = Appointment.objects.in_force(today).filter(role=Role.SCHOOL_DIRECTOR)
    found = schools.annotate(has_director=Exists(director.filter(school=OuterRef("pk"))))
    of_schools = School.objects.filter(pk__in=[school.pk for school in found])
    years = range(year - YEARS_READ + 1, year + 1)
    counts = _by_school(_counts(of_schools, years))
    results = _by_school(_results(of_schools, years))
    reports = _by_school(_reports(of_schools, years))
    assessments = _by_school(_assessments(of_schools))
    checked = _by_school(load_checked_facts(of_schools, today))
    tests = expected_tests()
    return {
        school.pk: SchoolRecord(
            school,
            year,
            today,
            school.has_director,
            counts.get(school.pk, ()),
            results.get(school.pk, ()),
            reports.get(school.pk, ()),
            assessments.get(school.pk, ()),
            checked.get(school.pk, ()),
            tests,
        )
        for school in found
    }


def _by_school(rows: Iterable) -> Mapping[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.school_id].append(row)
    return found


def _counts(schools: QuerySet[School], years: Iterable[int]) -> QuerySet[YearlyCount]:
    counts = YearlyCount.objects.filter(school__in=schools, academic_year__year__in=years)
    return counts.select_related("academic_year").prefetch_related("grades")


def _results(schools: QuerySet[School], years: Iterable[int]) -> QuerySet[LearningResult]:
    shares = LevelShare.objects.filter(result=OuterRef("pk")).order_by()
    total = shares.values("result").annotate(total=Sum("percent")).values("total")
    results = LearningResult.objects.filter(school__in=schools, academic_year__year__in=years)
    results = results.select_related("academic_year", "subject__kind")
    return results.annotate(shares_total=Subquery(total)).order_by(
        "-academic_year__year",
        "subject__kind__position",
        "subject__kind",
        "subject__grade",
        "subject__position",
    )


def _reports(schools: QuerySet[School], years: Iterable[int]) -> QuerySet[AnnualReport]:
    reports = AnnualReport.objects.filter(school__in=schools, academic_year__year__in=years)
    return reports.select_related("academic_year").order_by("-academic_year__year")


def _assessments(schools: QuerySet[School]) -> QuerySet[ExternalAssessment]:
    assessments = ExternalAssessment.objects.recorded().filter(school__in=schools)
    return assessments.select_related("academic_year")


def expected_tests() -> list[ExpectedTest]:
    """The tests in use that nobody may choose to leave out, whose results the office holds."""
    rows = TestSubject.objects.filter(kind__is_active=True, kind__is_voluntary=False)
    grades: dict[str, set[int]] = defaultdict(set)
    for subject in rows.select_related("kind"):
        if not subject.kind.is_entered_by_schools:
            grades[subject.kind.name].add(subject.grade)
    return [ExpectedTest(name, frozenset(of_kind)) for name, of_kind in grades.items()]
