"""A school's yearly numbers of pupils, rooms and teachers, and which of them look wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import (
    ConflictCheckedForm,
    PortalForm,
    form_field,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.thai import arabic_digits, be_year
from schools.enums import Grade
from schools.models import AcademicYear, GradeCount, School, Term, YearlyCount
from schools.models.yearly_counts import MAX_PUPILS_PER_GRADE_AND_SEX
from schools.registry.queries import get_school_for_edit

GRADE_COUNT_COLUMNS = {"boys": "ชาย", "girls": "หญิง", "rooms": "ห้องเรียน"}
MAX_ROOMS, MAX_TEACHERS = 50, 500


# --- What was counted ---


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


# --- Forms ---


class CountField(forms.IntegerField):
    """How many: a whole number in Thai or Arabic digits; empty means nobody has counted."""

    widget = forms.TextInput

    def __init__(self, *, label: str, most: int) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=most,
            error_messages={
                "invalid": "โปรดกรอกเป็นจำนวนเต็ม เช่น 12",
                "min_value": "จำนวนต้องไม่ติดลบ โปรดกรอกใหม่",
                "max_value": f"จำนวนมากเกินไป (ไม่เกิน {most:,}) โปรดตรวจตัวเลข",
            },
        )

    def widget_attrs(self, widget: forms.Widget) -> dict:
        attributes = {"inputmode": "numeric", "autocomplete": "off", "class": "form-control count"}
        return super().widget_attrs(widget) | attributes

    def to_python(self, value: str | None) -> int | None:
        return super().to_python(arabic_digits(value).replace(",", "") if value else value)


class CountYearForm(PortalForm):
    """Which year's numbers the page is about."""

    year = forms.ChoiceField(label="ปีการศึกษา (พ.ศ.)")

    def __init__(self, *args: Any, years: Iterable[AcademicYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(year.year, str(year)) for year in years]
        form_field(self, "year", forms.ChoiceField).choices = choices


@dataclass(frozen=True)
class GradeRow:
    """The boxes of one grade, as a row of the page's table, beside its pupils a year before."""

    label: str
    boxes: Sequence[forms.BoundField]
    before: int | None


class CountsForm(ConflictCheckedForm):
    """A school's numbers of one year: pupils and rooms by grade, teachers by sex."""

    counted_on = BuddhistDateField(
        label="ข้อมูล ณ วันที่",
        help_text=f"โดยทั่วไปคือ 10 มิถุนายน {BuddhistDateField.hint}",
    )
    male_teachers = CountField(label="ครูชาย (คน)", most=MAX_TEACHERS)
    female_teachers = CountField(label="ครูหญิง (คน)", most=MAX_TEACHERS)

    class Meta:
        model = YearlyCount
        fields = ("counted_on", "male_teachers", "female_teachers")

    def __init__(self, *args: Any, instance: YearlyCount, **kwargs: Any) -> None:
        counted = {row.grade: row for row in instance.grades.all()} if instance.pk else {}
        self.grades = _grades_to_count(instance.school, counted)
        kwargs["initial"] = {
            f"{name}_{grade}": getattr(row, name)
            for grade, row in counted.items()
            for name in GRADE_COUNT_COLUMNS
        }
        super().__init__(*args, instance=instance, **kwargs)
        for grade in self.grades:
            for name, label in GRADE_COUNT_COLUMNS.items():
                most = MAX_ROOMS if name == "rooms" else MAX_PUPILS_PER_GRADE_AND_SEX
                field = CountField(label=f"{grade.label} {label}", most=most)
                self.fields[f"{name}_{grade}"] = field

    def compared_fields(self) -> Iterable[str]:
        return [
            *super().compared_fields(),
            *(f"{c}_{g}" for g in self.grades for c in GRADE_COUNT_COLUMNS),
        ]

    def rows(self, before: YearlyCount | None) -> Iterator[GradeRow]:
        pupils = {row.grade: row.pupils for row in before.grades.all()} if before else {}
        for grade in self.grades:
            boxes = [self[f"{name}_{grade}"] for name in GRADE_COUNT_COLUMNS]
            yield GradeRow(grade.label, boxes, pupils.get(grade))

    def clean_counted_on(self) -> date:
        counted_on, year = self.cleaned_data["counted_on"], self.instance.academic_year.year
        if not year <= be_year(counted_on) <= year + 1:
            raise ValidationError(
                f"วันที่นับต้องอยู่ในปีการศึกษา {year} คือ พ.ศ. {year} หรือ {year + 1} โปรดตรวจปี",
                code="other_year",
            )
        return counted_on

    def clean(self) -> dict:
        cleaned = super().clean()
        for grade in self.grades:
            self._complete(grade)
        teachers = (cleaned.get("male_teachers"), cleaned.get("female_teachers"))
        if not self.errors and not self.counted() and teachers == (None, None):
            raise ValidationError("ยังไม่ได้กรอกจำนวนใด โปรดกรอกอย่างน้อยหนึ่งชั้น", code="empty")
        return cleaned

    def _complete(self, grade: Grade) -> None:
        """A grade is counted whole: an empty box beside a filled one is not taken for none."""
        if all(self.cleaned_data.get(f"{name}_{grade}") is None for name in GRADE_COUNT_COLUMNS):
            return
        for name in ("boys", "girls"):
            box = f"{name}_{grade}"
            if self.cleaned_data.get(box) is None and box not in self.errors:
                self.add_error(box, f"โปรดกรอกจำนวน{GRADE_COUNT_COLUMNS[name]} ถ้าไม่มีให้กรอก 0")

    def counted(self) -> dict[int, dict[str, int | None]]:
        """Boys, girls and rooms of each grade that was filled in."""
        numbers = {
            int(grade): {
                name: self.cleaned_data.get(f"{name}_{grade}") for name in GRADE_COUNT_COLUMNS
            }
            for grade in self.grades
        }
        return {grade: row for grade, row in numbers.items() if row["boys"] is not None}


def _grades_to_count(school: School, counted: Iterable[int]) -> list[Grade]:
    """The grades taught, all of them while that is unknown, and any that was counted before."""
    first, last = school.first_grade or Grade.K1, school.last_grade or Grade.M3
    return [grade for grade in Grade if first <= grade <= last or grade in counted]


# --- Action and page ---


@transaction.atomic
def save_yearly_count(
    count: YearlyCount, *, grades: Mapping[int, Mapping[str, int | None]]
) -> None:
    """Save one year's numbers of a school; a grade that is left out is no longer counted.

    `grades` has the boys, girls and rooms of each grade; None where nobody has counted.
    """
    count.is_sample = False  # whoever saves it answers for it
    count.save()
    count.grades.exclude(grade__in=grades).delete()
    GradeCount.objects.bulk_create(
        [GradeCount(count=count, grade=grade, **numbers) for grade, numbers in grades.items()],
        update_conflicts=True,
        unique_fields=("count", "grade"),
        update_fields=("boys", "girls", "rooms"),
    )


@transaction.atomic
def school_counts(request: SignedInRequest, pk: int) -> HttpResponse:
    """One school's numbers of one year, that in force unless another is asked for."""
    school = get_school_for_edit(request.user, pk, locked=request.method == "POST")
    years = list(AcademicYear.objects.all())
    year = _year_asked(request, years)
    if year is None:
        return render(request, "schools/registry/counts_no_year.html", {"school": school})
    counts = {count.academic_year: count for count in yearly_counts_of(school)}
    count = counts.get(year) or YearlyCount(school=school, academic_year=year)
    form = CountsForm(post_data(request), instance=count)
    if request.method == "POST" and form.is_valid():
        save_yearly_count(count, grades=form.counted())
        return _saved(request, school, year)
    before = next((count for other, count in counts.items() if other.year == year.year - 1), None)
    context = {
        "school": school,
        "year": year,
        "count": count,
        "form": form,
        "rows": list(form.rows(before)),
        "before": before,
        "year_form": CountYearForm({"year": year.year}, years=years),
    }
    return render(request, "schools/registry/counts.html", context)


def _year_asked(request: SignedInRequest, years: list[AcademicYear]) -> AcademicYear | None:
    asked = next((year for year in years if str(year) == request.GET.get("year")), None)
    term = Term.objects.in_force(timezone.localdate())
    return asked or (term.academic_year if term else next(iter(years), None))


def _saved(request: SignedInRequest, school: School, year: AcademicYear) -> HttpResponse:
    done, draft = f"บันทึกจำนวนนักเรียนและครู ปีการศึกษา {year} แล้ว", f"counts-{school.pk}-{year}"
    return redirect_with_message(request, done, "school_card", school.pk, draft=draft)
