"""What the list of results may be asked for: year, kind of test, subject or grade, schools."""

from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.db import models

from schools.core.forms import PortalForm, form_field
from schools.enums import Grade
from schools.models import AcademicYear
from supervision.profiles.learning.list_columns import ColumnPart, ResultColumn
from supervision.profiles.models import TestLevel, TestSubject

GRADE_PREFIX = "grade-"


class ResultPresence(models.TextChoices):
    """Which schools the list shows."""

    GIVEN = "given", "มีผลแล้ว"
    MISSING = "missing", "ยังไม่มีผล"


class ResultOrder(models.TextChoices):
    """By what the list is sorted; the first figure is that of the first column."""

    NAME = "", "ชื่อโรงเรียน"
    HIGHEST = "highest", "ค่าเฉลี่ยมากไปน้อย"
    LOWEST = "lowest", "ค่าเฉลี่ยน้อยไปมาก"


class ListOffers:
    """What can be asked for: years, kinds with subjects, the subjects of the kind asked for."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        self.years = list(AcademicYear.objects.values_list("year", flat=True).order_by("-year"))
        self.year = _asked_or_usual_year(asked.get("year", ""), self.years)
        every = list(TestSubject.objects.select_related("kind"))
        self.kinds = {str(one.kind_id): one.kind for one in every}
        self.kind = self.kinds.get(asked.get("kind", "")) or next(iter(self.kinds.values()), None)
        self.subjects = [one for one in every if one.kind == self.kind]
        self.levels: list[TestLevel] = list(self.kind.levels.all()) if self.kind else []
        self.subject = self._asked_or_usual_subject(asked.get("subject", ""))

    def _asked_or_usual_subject(self, asked: str) -> str:
        """What was asked for, if the kind has it; else its first grade, or its first subject
        where schools give levels and seldom a mean."""
        offered = [value for value, _ in self.subject_choices()]
        if asked in offered or not offered:
            return asked
        gives_levels = bool(self.kind and self.kind.is_entered_by_schools and self.levels)
        return offered[1 if gives_levels else 0]

    def subject_choices(self) -> Iterator[tuple[str, str]]:
        grade = None
        for subject in self.subjects:
            if subject.grade != grade:
                grade = subject.grade
                yield f"{GRADE_PREFIX}{grade}", f"{Grade(grade).label} ทุกวิชา"
            yield str(subject.pk), subject.label

    def chosen_subjects(self) -> list[TestSubject]:
        """One subject, or all of one grade."""
        of_grade = self.subject.removeprefix(GRADE_PREFIX)
        if of_grade != self.subject:
            return [one for one in self.subjects if str(one.grade) == of_grade]
        return [one for one in self.subjects if str(one.pk) == self.subject]

    def columns(self) -> list[ResultColumn]:
        subjects = self.chosen_subjects()
        if self.subject.startswith(GRADE_PREFIX):
            return [ResultColumn(one, ColumnPart.MEAN, one.name) for one in subjects]
        parts = (ColumnPart.TESTED, ColumnPart.MEAN, ColumnPart.BEFORE, ColumnPart.SD)
        return [
            column
            for one in subjects
            for column in (
                *(ResultColumn(one, part, part.label) for part in parts),
                *(
                    ResultColumn(one, ColumnPart.SHARE, level.name, level.pk)
                    for level in self.levels
                ),
            )
        ]


def _asked_or_usual_year(asked: str, years: Sequence[int]) -> int | None:
    """The year asked for, else the newest whose tests may be over."""
    if asked.isdecimal() and int(asked) in years:
        return int(asked)
    return years[1] if len(years) > 1 else next(iter(years), None)


class LearningFilter(PortalForm):
    """What the list shows; what was not offered is named and asks for nothing.

    A subject of another kind, left from before the kind was changed, gives way to the usual one.
    """

    q = forms.CharField(
        label="ชื่อหรือรหัสโรงเรียน",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    year = forms.ChoiceField(label="ปีการศึกษา", required=False)
    kind = forms.ChoiceField(label="การทดสอบ", required=False)
    subject = forms.ChoiceField(label="ชั้นและวิชา", required=False)
    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)
    state = forms.ChoiceField(
        label="โรงเรียน", required=False, choices=[("", "ทุกโรงเรียน"), *ResultPresence.choices]
    )
    order = forms.ChoiceField(label="เรียงตาม", required=False, choices=ResultOrder.choices)

    def __init__(
        self, asked: Mapping[str, str], offers: ListOffers, clusters: Mapping[int, str]
    ) -> None:
        usual = {"year": str(offers.year), "kind": str(offers.kind.pk) if offers.kind else ""}
        filled = {name: value for name, value in asked.items() if value}
        super().__init__(usual | filled | {"subject": offers.subject})
        form_field(self, "year", forms.ChoiceField).choices = [
            (str(year), str(year)) for year in offers.years
        ]
        form_field(self, "kind", forms.ChoiceField).choices = [
            (key, kind.name) for key, kind in offers.kinds.items()
        ]
        form_field(self, "subject", forms.ChoiceField).choices = list(offers.subject_choices())
        form_field(self, "cluster", forms.ChoiceField).choices = [
            ("", "ทุกกลุ่ม"),
            *((str(key), name) for key, name in clusters.items()),
        ]
