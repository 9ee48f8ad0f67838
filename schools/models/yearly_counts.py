from collections.abc import Iterable

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from schools.core.querysets import SchoolScopedQuerySet
from schools.enums import Grade
from schools.models.area import School
from schools.models.calendar import AcademicYear

MAX_PUPILS_PER_GRADE_AND_SEX = 2_000  # of one grade and sex; more is a slip of the finger


class YearlyCount(models.Model):
    """A school's pupils and teachers in one academic year, as counted on one day (10 มิ.ย.)."""

    school = models.ForeignKey(School, models.CASCADE, related_name="yearly_counts")
    academic_year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="counts")
    counted_on = models.DateField("ข้อมูล ณ วันที่", null=True, blank=True)
    male_teachers = models.PositiveSmallIntegerField("ครูชาย (คน)", null=True, blank=True)
    female_teachers = models.PositiveSmallIntegerField("ครูหญิง (คน)", null=True, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = SchoolScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "จำนวนนักเรียนและครูรายปี"
        verbose_name_plural = verbose_name
        ordering = ("-academic_year__year",)
        constraints = (
            models.UniqueConstraint(
                fields=("school", "academic_year"),
                name="one_count_per_school_and_year",
                violation_error_message="ปีการศึกษานี้มีข้อมูลแล้ว",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school} ปีการศึกษา {self.academic_year}"

    @property
    def boys(self) -> int:
        return sum(grade.boys for grade in self.grades.all())

    @property
    def girls(self) -> int:
        return sum(grade.girls for grade in self.grades.all())

    @property
    def pupils(self) -> int:
        return self.boys + self.girls

    @property
    def rooms(self) -> int | None:
        """Of all grades; None while nobody has counted them."""
        return _sum_known(grade.rooms for grade in self.grades.all())

    @property
    def teachers(self) -> int | None:
        """Both sexes; None while nobody has counted them."""
        return _sum_known((self.male_teachers, self.female_teachers))


def _sum_known(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


class GradeCount(models.Model):
    """Boys, girls and classrooms of one grade in a yearly count."""

    count = models.ForeignKey(YearlyCount, models.CASCADE, related_name="grades")
    grade = models.PositiveSmallIntegerField("ชั้น", choices=Grade)
    boys = models.PositiveSmallIntegerField(
        "ชาย", default=0, validators=[MaxValueValidator(MAX_PUPILS_PER_GRADE_AND_SEX)]
    )
    girls = models.PositiveSmallIntegerField(
        "หญิง", default=0, validators=[MaxValueValidator(MAX_PUPILS_PER_GRADE_AND_SEX)]
    )
    rooms = models.PositiveSmallIntegerField("ห้องเรียน", null=True, blank=True)

    class Meta:
        verbose_name = "จำนวนนักเรียนรายชั้น"
        verbose_name_plural = verbose_name
        ordering = ("grade",)
        constraints = (
            models.UniqueConstraint(fields=("count", "grade"), name="one_row_per_grade"),
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values), name="counted_grade_is_taught_somewhere"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_grade_display()} {self.pupils} คน"

    @property
    def pupils(self) -> int:
        return self.boys + self.girls
