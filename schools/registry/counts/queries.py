"""A school's yearly numbers, the years side by side, and which of them look wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schools.enums import Grade
from schools.models import GradeCount, School, YearlyCount


def yearly_counts_of(school: School) -> list[YearlyCount]:
    """Every year, newest first, each with its grades."""
    counts = school.yearly_counts.select_related("academic_year").prefetch_related("grades")
    return list(counts)


@dataclass(frozen=True)
class GradeLine:
    """One grade, with its numbers year by year; None where it was not counted."""

    grade: str
    years: Sequence[GradeCount | None]


def grade_lines(counts: Sequence[YearlyCount]) -> list[GradeLine]:
    """Each grade that was counted in one of the years."""
    by_year = [{row.grade: row for row in count.grades.all()} for count in counts]
    grades = sorted({grade for year in by_year for grade in year})
    return [
        GradeLine(Grade(grade).label, [year.get(grade) for year in by_year]) for grade in grades
    ]


def count_warnings(counts: Sequence[YearlyCount]) -> Iterator[str]:
    """Numbers that differ by more than half from the year before: often a slip, sometimes true."""
    counted = {count.academic_year.year: count.pupils for count in counts if count.grades.all()}
    for year, pupils in counted.items():
        before = counted.get(year - 1)
        if before is not None and abs(pupils - before) * 2 > before:
            yield (
                f"จำนวนนักเรียนปีการศึกษา {year} ({pupils:,} คน) ต่างจากปี {year - 1} "
                f"({before:,} คน) เกินครึ่ง โปรดตรวจว่าถูกต้อง"
            )
