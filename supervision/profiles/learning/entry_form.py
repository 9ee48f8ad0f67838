"""The form in which the results of one school, year and kind of test are typed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms

from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, apply_portal_style
from schools.core.thai import arabic_digits
from schools.enums import Grade
from schools.models import AcademicYear, School
from schools.registry.counts import CountField
from supervision.profiles.learning.entries import ResultEntry, entry_problems, shares_of_levels
from supervision.profiles.learning.results import LearningResultRow
from supervision.profiles.models import TestKind, TestLevel, TestSubject

MOST_PUPILS = 2_000
NUMBERS = {"enrolled": "ทั้งหมด (คน)", "tested": "เข้าสอบ (คน)", "mean": "ค่าเฉลี่ย", "sd": "S.D."}


class ScoreField(forms.DecimalField):
    """A mean, S.D. or percentage: at most two decimals, in Thai or Arabic digits."""

    widget = forms.TextInput

    def __init__(self, *, label: str, highest: Decimal) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=highest,
            decimal_places=2,
            error_messages={
                "invalid": "โปรดกรอกเป็นตัวเลข เช่น 61.25",
                "min_value": "ต้องไม่น้อยกว่า 0 โปรดกรอกใหม่",
                "max_value": f"ต้องไม่เกิน {highest:g} โปรดตรวจตัวเลข",
            },
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "class": "form-control count"}
        return super().widget_attrs(widget) | attributes

    def to_python(self, value: Any) -> Any:
        return super().to_python(arabic_digits(value) if value else value)


@dataclass(frozen=True)
class FigureBox:
    """One box with what it is called in the row of its subject."""

    label: str
    box: forms.BoundField


@dataclass(frozen=True)
class SubjectBoxes:
    """The boxes of one subject; `is_withheld` where a result is kept that the reader may not
    see."""

    subject: TestSubject
    boxes: Sequence[FigureBox]
    is_withheld: bool = False


@dataclass(frozen=True)
class GradeBoxes:
    """The subjects of one grade, a row each."""

    label: str
    rows: Sequence[SubjectBoxes]


class LearningEntryForm(ConflictCheckedForm):
    """One school's results of one kind of test in one year, a row for each subject and grade.

    A row that is left empty has no result; one that was emptied is deleted. Of a result of fewer
    than three pupils that the person may not see the boxes are empty: what is typed replaces it.
    """

    source = forms.CharField(
        label="แหล่งข้อมูล",
        max_length=200,
        help_text="เช่น แบบรายงานผลการทดสอบของโรงเรียน ฉบับที่ใช้กรอก",
        error_messages={"required": "โปรดระบุแหล่งข้อมูล เพื่อให้ผู้อื่นตรวจย้อนได้"},
    )
    as_of = BuddhistDateField(label="ข้อมูล ณ วันที่", required=False)
    reason = forms.CharField(
        label="เหตุผลที่แก้ไข",
        max_length=500,
        required=False,
        help_text="จำเป็นเมื่อแก้หรือลบผลที่บันทึกไว้แล้ว",
    )

    class Meta:
        model = School
        fields = ()

    def __init__(
        self,
        *args: Any,
        kind: TestKind,
        year: AcademicYear,
        stored: Mapping[int, LearningResultRow],
        **kwargs: Any,
    ) -> None:
        self.kind, self.year, self.results = kind, year, stored
        self.levels: list[TestLevel] = list(kind.levels.all())
        self.subjects = _subjects_to_enter(kwargs["instance"], kind, stored)
        kwargs["initial"] = self._stored_values()
        super().__init__(*args, **kwargs)
        for subject in self.subjects:
            self._add_boxes(subject)
        self.fields["source"].required = not stored
        if kind.is_entered_by_schools or not stored:
            del self.fields["reason"]
        apply_portal_style(self)

    def _stored_values(self) -> dict[str, Any]:
        """What is kept, as far as the person may see it; one source and day, if all agree."""
        values: dict[str, Any] = {}
        seen = [row for row in self.results.values() if row.figures]
        for row in seen:
            figures = row.figures
            values |= {f"{name}_{row.subject.pk}": getattr(figures, name) for name in NUMBERS}
            for share in figures.shares if figures else ():
                values[_share_box(row.subject.pk, share.level_id)] = share.percent
        for name in ("source", "as_of"):
            said = {getattr(row, name) for row in seen}
            values[name] = said.pop() if len(said) == 1 else None
        return values

    def _add_boxes(self, subject: TestSubject) -> None:
        label = subject.label
        for name in ("enrolled", "tested"):
            words = f"{label} {NUMBERS[name]}"
            self.fields[f"{name}_{subject.pk}"] = CountField(label=words, most=MOST_PUPILS)
        for name in ("mean", "sd"):
            self.fields[f"{name}_{subject.pk}"] = ScoreField(
                label=f"{label} {NUMBERS[name]}", highest=subject.highest_mean
            )
        for level in self.levels:
            self.fields[_share_box(subject.pk, level.pk)] = ScoreField(
                label=f"{label} {level}", highest=Decimal(MOST_PUPILS)
            )

    def compared_fields(self) -> Iterable[str]:
        boxes = [name for subject in self.subjects for name in self._boxes_of(subject)]
        return ["source", "as_of", *boxes]

    def _boxes_of(self, subject: TestSubject) -> list[str]:
        shares = [_share_box(subject.pk, level.pk) for level in self.levels]
        return [*(f"{name}_{subject.pk}" for name in NUMBERS), *shares]

    def grades(self) -> Iterator[GradeBoxes]:
        """The rows of the page, grade by grade."""
        for grade, subjects in groupby(self.subjects, key=lambda subject: subject.grade):
            rows = [
                SubjectBoxes(subject, self._figure_boxes(subject), self._is_withheld(subject))
                for subject in subjects
            ]
            yield GradeBoxes(Grade(grade).label, rows)

    def _figure_boxes(self, subject: TestSubject) -> list[FigureBox]:
        labels = [*NUMBERS.values(), *(level.name for level in self.levels)]
        names = self._boxes_of(subject)
        return [FigureBox(label, self[name]) for label, name in zip(labels, names, strict=True)]

    def _is_withheld(self, subject: TestSubject) -> bool:
        return subject.pk in self.results and self.results[subject.pk].is_withheld

    # --- What was typed ---

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.entries: list[ResultEntry] = []
        self.emptied: list[tuple[int, int, int]] = []
        about_all = {"source", "as_of"} & set(self.changed_data)
        for subject in self.subjects:
            names = self._boxes_of(subject)
            if any(name in self.errors for name in names):
                continue
            if all(cleaned.get(name) is None for name in names):
                if subject.pk in self.results and not self._is_withheld(subject):
                    self.emptied.append((self.instance.pk, self.year.pk, subject.pk))
            elif about_all or set(names) & set(self.changed_data):
                self._add_entry(subject, cleaned)
        return cleaned

    def _add_entry(self, subject: TestSubject, cleaned: Mapping[str, Any]) -> None:
        tested = cleaned.get(f"tested_{subject.pk}")
        if tested is None:
            self.add_error(f"tested_{subject.pk}", "โปรดกรอกจำนวนเข้าสอบ ถ้าไม่มีให้กรอก 0")
            return
        typed = {level.pk: cleaned.get(_share_box(subject.pk, level.pk)) for level in self.levels}
        entry = ResultEntry(
            school_id=self.instance.pk,
            year_id=self.year.pk,
            subject_id=subject.pk,
            enrolled=cleaned.get(f"enrolled_{subject.pk}"),
            tested=tested,
            mean=cleaned.get(f"mean_{subject.pk}"),
            sd=cleaned.get(f"sd_{subject.pk}"),
            shares=shares_of_levels(typed, tested),
            source=self._said_of(subject, "source", cleaned),
            as_of=self._said_of(subject, "as_of", cleaned),
        )
        for name, problem in entry_problems(entry, subject):
            self.add_error(self._box_at_fault(subject, name), problem)
        self.entries.append(entry)

    def _said_of(self, subject: TestSubject, name: str, cleaned: Mapping[str, Any]) -> Any:
        """The source or day of a row: its own, unless that was changed for all."""
        stored = self.results.get(subject.pk)
        if stored and name not in self.changed_data:
            return getattr(stored, name)
        return cleaned.get(name)

    def _box_at_fault(self, subject: TestSubject, name: str) -> str:
        if name == "shares":
            return _share_box(subject.pk, self.levels[0].pk)
        return f"{name}_{subject.pk}"


def _share_box(subject_id: int, level_id: int) -> str:
    return f"share_{subject_id}_{level_id}"


def _subjects_to_enter(
    school: School, kind: TestKind, stored: Mapping[int, LearningResultRow]
) -> list[TestSubject]:
    """The subjects of the grades taught, of all while these are unknown, and any with a result."""
    first, last = school.first_grade or Grade.K1, school.last_grade or Grade.M3
    subjects = kind.subjects.select_related("kind")
    return [one for one in subjects if first <= one.grade <= last or one.pk in stored]
