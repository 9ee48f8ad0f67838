"""The duty matrix: officers against work groups, clusters or learning areas, on a chosen day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django import forms
from django.db import models
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm
from schools.core.http import SignedInRequest
from schools.core.thai import numeric_date, sort_key
from schools.models import Cluster
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import LEARNING_AREAS_SOURCE, LearningArea
from supervision.assignments.responsibilities import Responsibility, load_responsibilities
from supervision.assignments.spans import DaySpan
from supervision.standards.models import Work, WorkGroup


class MatrixSide(models.TextChoices):
    """What the officers are set against."""

    WORK_GROUPS = "work_groups", "กลุ่มงาน"
    CLUSTERS = "clusters", "กลุ่มโรงเรียน"
    LEARNING_AREAS = "learning_areas", "กลุ่มสาระการเรียนรู้"


MODELS: Mapping[MatrixSide, type[Model]] = {
    MatrixSide.WORK_GROUPS: WorkGroup,
    MatrixSide.CLUSTERS: Cluster,
    MatrixSide.LEARNING_AREAS: LearningArea,
}
KINDS: Mapping[MatrixSide, Sequence[DutyKind]] = {
    MatrixSide.WORK_GROUPS: (
        *(DutyKind.WORK_GROUP_HEAD, DutyKind.WORK_GROUP_ASSISTANT),
        DutyKind.WORK,
    ),
    MatrixSide.CLUSTERS: (DutyKind.CLUSTER, DutyKind.CLUSTER_CHAIR),
    MatrixSide.LEARNING_AREAS: (DutyKind.LEARNING_AREA,),
}
CELL_WORDS = {
    DutyKind.WORK_GROUP_HEAD: "หัวหน้า",
    DutyKind.WORK_GROUP_ASSISTANT: "ช่วยหัวหน้า",
    DutyKind.WORK: "งาน",
    DutyKind.CLUSTER: "ศึกษานิเทศก์",
    DutyKind.CLUSTER_CHAIR: "ประธาน",
    DutyKind.LEARNING_AREA: "รับผิดชอบ",
}


class DutyDayForm(PortalForm):
    """The day that a page of duties is asked for; today where none is chosen."""

    on = BuddhistDateField(label="ณ วันที่", required=False)

    def __init__(self, asked: Mapping[str, str], today: date) -> None:
        super().__init__({"on": numeric_date(today), **asked})
        self.today = today

    @property
    def chosen_day(self) -> date:
        return (self.is_valid() and self.cleaned_data["on"]) or self.today


class DutyMatrixForm(DutyDayForm):
    """The day, and what the officers are set against."""

    by = forms.ChoiceField(label="แสดงตาม", choices=MatrixSide, required=False)

    @property
    def chosen_side(self) -> MatrixSide:
        by = self.is_valid() and self.cleaned_data["by"]
        return MatrixSide(by or MatrixSide.WORK_GROUPS)


@dataclass(frozen=True)
class MatrixEntry:
    """What an officer does for the group, cluster or area of a column."""

    responsibility: Responsibility

    @property
    def words(self) -> str:
        """A work by its number, all others by what the officer is there."""
        one = self.responsibility
        if isinstance(one.subject, Work):
            return f"งาน {one.subject.code}"
        return CELL_WORDS[one.kind]

    @property
    def order_words(self) -> str:
        """The order and the number of the duty in its annex."""
        one = self.responsibility
        return f"{one.order_words} ข้อ {one.code}" if one.code else one.order_words


class MatrixColumn(NamedTuple):
    """A work group, cluster or learning area; the last is of those whose place no order names."""

    subject: Model | None
    label: str


@dataclass(frozen=True)
class MatrixCell:
    """Where an officer and a column meet; it may have no entry."""

    column: MatrixColumn
    entries: Sequence[MatrixEntry]

    @property
    def in_words(self) -> str:
        """A line for each entry, for a file."""
        return "\n".join(f"{entry.words} ({entry.order_words})" for entry in self.entries)


@dataclass(frozen=True)
class MatrixRow:
    """One officer with a cell for each column."""

    holder: str
    post: str
    cells: Sequence[MatrixCell]


@dataclass(frozen=True)
class DutyMatrix:
    """The officers of one day against the columns of one side."""

    form: DutyMatrixForm
    side: MatrixSide
    day: date
    columns: Sequence[MatrixColumn]
    rows: Sequence[MatrixRow]

    @property
    def source(self) -> str:
        """Where the columns come from, if that is not the manual."""
        return LEARNING_AREAS_SOURCE if self.side == MatrixSide.LEARNING_AREAS else ""

    @property
    def on(self) -> str:
        """The day as it stands in the address."""
        return numeric_date(self.day)


def load_duty_matrix(asked: Mapping[str, str], today: date) -> DutyMatrix:
    form = DutyMatrixForm(asked, today)
    side, day = form.chosen_side, form.chosen_day
    held = load_responsibilities(KINDS[side], within=DaySpan(day, day))
    columns = _columns(side, held)
    return DutyMatrix(form, side, day, columns, _rows(held, columns))


def _columns(side: MatrixSide, held: Sequence[Responsibility]) -> list[MatrixColumn]:
    named = [MatrixColumn(row, str(row)) for row in MODELS[side]._default_manager.all()]
    is_some_unplaced = any(one.subject is None for one in held)
    return [*named, MatrixColumn(None, f"ยังไม่ระบุ{side.label}")] if is_some_unplaced else named


def _rows(held: Sequence[Responsibility], columns: Sequence[MatrixColumn]) -> list[MatrixRow]:
    by_holder: dict[object, list[Responsibility]] = {}
    for one in held:
        by_holder.setdefault(one.holder_key, []).append(one)
    rows = [_row(own, columns) for own in by_holder.values()]
    return sorted(rows, key=lambda row: sort_key(row.holder))


def _row(own: Sequence[Responsibility], columns: Sequence[MatrixColumn]) -> MatrixRow:
    cells = [
        MatrixCell(column, [MatrixEntry(one) for one in own if _place_of(one) == column.subject])
        for column in columns
    ]
    return MatrixRow(own[0].holder, own[0].post, cells)


def _place_of(one: Responsibility) -> Model | None:
    return one.subject.work_group if isinstance(one.subject, Work) else one.subject


def duty_matrix(request: SignedInRequest) -> HttpResponse:
    """To the office, for any day."""
    require(request.user, Permission.VIEW_AREA)
    matrix = load_duty_matrix(request.GET.dict(), timezone.localdate())
    return render(request, "assignments/duty_matrix.html", {"matrix": matrix, "form": matrix.form})
