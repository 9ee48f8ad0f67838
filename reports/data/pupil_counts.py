"""How many pupils, rooms and teachers a school had in each of the last years, as counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from schools.enums import Grade
from schools.models import School, YearlyCount

YEARS_COUNTED = 5
LEVELS_TAUGHT = (
    ("ปฐมวัย", range(Grade.K1, Grade.P1)),
    ("ประถมศึกษา", range(Grade.P1, Grade.M1)),
    ("มัธยมศึกษาตอนต้น", range(Grade.M1, Grade.M3 + 1)),
)


class CountedGrade(NamedTuple):
    """One grade in one year; `rooms` is None while nobody has counted them."""

    grade: int
    boys: int
    girls: int
    rooms: int | None


@dataclass(frozen=True)
class CountedLevel:
    """One level of education in one year: ปฐมวัย, ประถมศึกษา, มัธยมศึกษาตอนต้น."""

    label: str
    grades: Sequence[CountedGrade]

    @property
    def boys(self) -> int:
        return sum(one.boys for one in self.grades)

    @property
    def girls(self) -> int:
        return sum(one.girls for one in self.grades)

    @property
    def pupils(self) -> int:
        return self.boys + self.girls

    @property
    def rooms(self) -> int | None:
        known = [one.rooms for one in self.grades if one.rooms is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class CountedYear:
    """A school's count of one academic year (BE); `teachers` is None while nobody has counted."""

    year: int
    counted_on: date | None
    teachers: int | None
    is_sample: bool
    grades: Sequence[CountedGrade]

    @property
    def everybody(self) -> CountedLevel:
        """All grades together."""
        return CountedLevel("รวม", self.grades)

    @property
    def levels(self) -> list[CountedLevel]:
        """The levels that have a grade counted, youngest first."""
        found = [
            CountedLevel(label, [one for one in self.grades if one.grade in grades])
            for label, grades in LEVELS_TAUGHT
        ]
        return [level for level in found if level.grades]


def load_counted_years(school: School) -> list[CountedYear]:
    """The last five years that were counted, newest first, in one query."""
    rows = YearlyCount.objects.filter(school=school).order_by(
        "-academic_year__year", "grades__grade"
    )
    values = rows.values_list(
        *("academic_year__year", "counted_on", "male_teachers", "female_teachers", "is_sample"),
        *("grades__grade", "grades__boys", "grades__girls", "grades__rooms"),
    )
    by_year = groupby(values, key=lambda row: row[0])
    return [_counted_year(list(found)) for _, found in by_year][:YEARS_COUNTED]


def _counted_year(rows: Sequence[tuple]) -> CountedYear:
    year, counted_on, *teachers, is_sample = rows[0][:5]
    grades = [CountedGrade(*row[5:]) for row in rows if row[5] is not None]
    return CountedYear(year, counted_on, _known_sum(teachers), is_sample, grades)


def _known_sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
