"""The learning results of all schools, as figures that a stated need is laid beside.

Results of fewer than three pupils are in none of them, whoever reads: neither shown nor counted.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from reports.data.other_schools import MIN_OTHERS
from schools.access import Permission, can, rights_of
from schools.core.thai import academic_year
from schools.models import User
from supervision.criteria.scoring import half_up, standard_deviation
from supervision.needs.matching import Comparison, topics_about, why_low
from supervision.needs.models import NeedsFactsRule, NeedsTopic
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.learning.sums import CountedResult, ResultSum, sum_results
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS, is_small_group
from supervision.profiles.models import LearningResult, ReferenceResult, TestKind, TestSubject

YEARS_COMPARED = 3


class YearMean(NamedTuple):
    """The mean of one academic year (B.E.)."""

    year: int
    mean: Decimal


@dataclass(frozen=True)
class LearningFact:
    """A school's means in one subject of a test, the latest year last, and what that is held
    against."""

    subject: str
    years: Sequence[YearMean]
    against: Comparison
    low_word: str
    topics: Collection[int]

    @property
    def is_low(self) -> bool:
        return bool(self.low_word)

    @property
    def words(self) -> str:
        means = " → ".join(f"ปี {one.year} ได้ {one.mean}" for one in self.years)
        against = [
            f"{label} {mean}"
            for label, mean in (
                ("เขต", self.against.area_mean),
                ("ประเทศ", self.against.nation_mean),
            )
            if mean is not None
        ]
        return f"{self.subject} {means}" + (f" ({' · '.join(against)})" if against else "")


_RESULT_COLUMNS = ("school", "academic_year__year", "tested", "mean", "nation", "is_sample")
_SUBJECT_COLUMNS = (
    *("subject", "subject__grade", "subject__name", "subject__learning_area"),
    *("subject__kind__name", "subject__kind__long_name"),
)
_TEST_ORDER = ("subject__kind__position", "subject__grade", "subject__position", "subject")


class _SubjectYear(NamedTuple):
    subject_id: int
    year: int


class TopicSubject(NamedTuple):
    """A subject of a test and the pks of the topics that it is about."""

    subject: TestSubject
    topics: frozenset[int]


class LearningTable:
    """The means of all schools of the area in the subjects that are about some topic.

    Who does not see the area is told its mean only where ten schools that they may not read have
    one.
    """

    def __init__(
        self,
        rule: NeedsFactsRule,
        fewest_schools: int,
    ) -> None:
        self.subjects: dict[int, TopicSubject] = {}
        self.rule = rule
        self.fewest_schools = fewest_schools
        self.results: dict[_SubjectYear, dict[int, CountedResult]] = defaultdict(dict)
        self.nation: dict[_SubjectYear, Decimal | None] = {}
        self.has_samples = False

    @cached_property
    def _years_of(self) -> Mapping[int, Mapping[int, list[YearMean]]]:
        """By school and subject, the earliest year first."""
        found: dict[int, dict[int, list[YearMean]]] = defaultdict(lambda: defaultdict(list))
        for key in sorted(self.results, key=lambda one: one.year):
            for school, result in self.results[key].items():
                if result.mean is not None and not is_small_group(result.tested):
                    found[school][key.subject_id].append(YearMean(key.year, result.mean))
        return found

    @cached_property
    def _comparisons(self) -> Mapping[_SubjectYear, Comparison]:
        return {key: self._comparison(key) for key in self.results}

    def _comparison(self, key: _SubjectYear) -> Comparison:
        results = [one for one in self.results[key].values() if not is_small_group(one.tested)]
        nation = self.nation.get(key)
        if len(results) < self.fewest_schools:
            return Comparison(nation_mean=nation)
        means = [one.mean for one in results if one.mean is not None]
        return Comparison(sum_results(results).mean, standard_deviation(means), nation)

    def of_school(self, school_id: int) -> list[LearningFact]:
        """The school's subjects in the order of the tests."""
        years_of = self._years_of.get(school_id, {})
        return [
            self._fact(subject, topics, years_of[pk])
            for pk, (subject, topics) in self.subjects.items()
            if pk in years_of
        ]

    def _fact(
        self, subject: TestSubject, topics: frozenset[int], years: Sequence[YearMean]
    ) -> LearningFact:
        latest = years[-1]
        against = self._comparisons[_SubjectYear(subject.pk, latest.year)]
        low_word = why_low(latest.mean, against, self.rule)
        return LearningFact(str(subject), years, against, low_word, topics)

    def group_words(self, topic: NeedsTopic, schools: Collection[int]) -> list[str]:
        """What these schools reached together in the topic's subjects, each in its latest year."""
        return [
            self._group_words(subject, schools)
            for subject, topics in self.subjects.values()
            if topic.pk in topics and subject.pk in self._latest_years
        ]

    @cached_property
    def _latest_years(self) -> Mapping[int, int]:
        """By subject, the latest year with results."""
        latest: dict[int, int] = {}
        for key in self.results:
            latest[key.subject_id] = max(key.year, latest.get(key.subject_id, 0))
        return latest

    def _group_words(self, subject: TestSubject, schools: Collection[int]) -> str:
        key = _SubjectYear(subject.pk, self._latest_years[subject.pk])
        found = sum_results([one for pk, one in self.results[key].items() if pk in schools])
        nation = self.nation.get(key)
        return f"{subject} ปี {key.year} {_sum_words(found)}" + (
            f" (ประเทศ {nation})" if nation is not None else ""
        )


def _sum_words(found: ResultSum) -> str:
    if found.mean is None:
        return "ยังไม่มีผลที่แสดงได้"
    left_out = f" ไม่นับ {found.left_out} โรงเรียนที่เข้าสอบ{SMALL_GROUP_WORDS}" if found.left_out else ""
    return f"ได้ {found.mean} จาก {found.schools} โรงเรียน{left_out}"


def load_learning_table(
    user: User,
    topics: Sequence[NeedsTopic],
    rule: NeedsFactsRule,
    day: date,
    *,
    for_everybody: bool = False,
) -> LearningTable:
    """The last three years' results that were known in the academic year of the day."""
    this_year = academic_year(day)
    years = range(this_year - YEARS_COMPARED + 1, this_year + 1)
    nation = ReferenceResult.objects.filter(
        scope=ReferenceScope.NATION,
        subject=OuterRef("subject"),
        academic_year=OuterRef("academic_year"),
    )
    rows = LearningResult.objects.filter(academic_year__year__in=years, mean__isnull=False)
    rows = rows.annotate(nation=Subquery(nation.values("mean")[:1]))
    fewest = MIN_OTHERS + 1 if for_everybody else _fewest_schools_shown(user)
    table = LearningTable(rule, fewest)
    about = _SubjectTopics(topics)
    for school, year, tested, mean, of_nation, is_sample, *subject in rows.order_by(
        *_TEST_ORDER
    ).values_list(*_RESULT_COLUMNS, *_SUBJECT_COLUMNS):
        found = about.of(*subject)
        if not found.topics:
            continue
        table.subjects[found.subject.pk] = found
        table.has_samples |= is_sample
        key = _SubjectYear(found.subject.pk, year)
        table.nation[key] = None if of_nation is None else half_up(of_nation)
        table.results[key][school] = CountedResult(tested, mean)
    return table


def _fewest_schools_shown(user: User) -> int:
    """Of how many schools a mean of the area has to be: ten more than the reader may read.

    Who reads several could subtract them all (decision 15).
    """
    if can(user, Permission.VIEW_AREA):
        return 1
    return MIN_OTHERS + len(rights_of(user).schools(Permission.VIEW_SCHOOL))


class _SubjectTopics:
    """Which topics each subject of a test is about, found once for each."""

    def __init__(self, topics: Sequence[NeedsTopic]) -> None:
        self.topics = topics
        self._found: dict[int, TopicSubject] = {}

    def of(
        self, pk: int, grade: int, name: str, area: int | None, kind: str, long_name: str
    ) -> TopicSubject:
        if pk not in self._found:
            about = topics_about(self.topics, (name, kind, long_name), learning_area_id=area)
            subject = TestSubject(pk=pk, grade=grade, name=name, kind=TestKind(name=kind))
            self._found[pk] = TopicSubject(subject, about)
        return self._found[pk]
