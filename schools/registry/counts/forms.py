from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, PortalForm
from schools.core.thai import arabic_digits, be_year
from schools.enums import Grade
from schools.models import AcademicYear, School, YearlyCount
from schools.models.yearly_counts import MAX_PUPILS_PER_GRADE_AND_SEX

GRADE_COUNT_COLUMNS = {"boys": "ชาย", "girls": "หญิง", "rooms": "ห้องเรียน"}
MAX_ROOMS, MAX_TEACHERS = 50, 500


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

    def __init__(self, *args, years: Iterable[AcademicYear], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year.year, str(year)) for year in years]


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

    def __init__(self, *args, instance: YearlyCount, **kwargs) -> None:
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
