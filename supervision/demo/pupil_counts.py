"""The demonstration's pupils and teachers: made up, and every year of them marked as a sample."""

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from schools.core.thai import BE_OFFSET
from schools.enums import Grade
from schools.models import AcademicYear, Area, GradeCount, School, SizeScheme, YearlyCount

SCHEME = "primary_area_4"
GRADES = [grade for grade in Grade if Grade.K2 <= grade <= Grade.P6]
# About how many boys, and how many girls, a school has in a grade.
FEW, MORE = (3, 7), (8, 14)


def create_pupil_counts(
    area: Area, schools: Sequence[School], years: Iterable[AcademicYear], today: date
) -> None:
    """Choose a way to call schools small or large, and count every school in these years."""
    area.size_scheme = SizeScheme.objects.get(key=SCHEME)
    area.save(update_fields=["size_scheme"])
    for year in years:
        counted_on = date(year.year - BE_OFFSET, 6, 10)
        for number, school in enumerate(schools if counted_on <= today else []):
            _count(school, year, counted_on, MORE if number % 3 == 0 else FEW)


def _count(school: School, year: AcademicYear, counted_on: date, about: tuple[int, int]) -> None:
    random = Random(f"{school.name} {year}")  # the same on every machine
    count = YearlyCount.objects.create(
        school=school,
        academic_year=year,
        counted_on=counted_on,
        male_teachers=random.randint(1, 3),
        female_teachers=random.randint(3, 6),
        is_sample=True,
    )
    GradeCount.objects.bulk_create(
        GradeCount(
            count=count,
            grade=grade,
            boys=random.randint(*about),
            girls=random.randint(*about),
            rooms=1,
        )
        for grade in GRADES
    )
