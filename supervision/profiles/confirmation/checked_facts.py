"""Circumstances, projects and teachers wanted of schools as lines to confirm: one query for all."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from schools.core.thai import short_date
from schools.models import School
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.learning.visibility import is_small_group
from supervision.profiles.models import Circumstance, SchoolProject, TeacherWanted

CIRCUMSTANCE, PROJECT, TEACHER = "circumstance", "project", "teacher"


class CheckedFact(NamedTuple):
    """One of them. `name` is the kind's value, the project, or the learning area and subject.

    `number` counts pupils included or teachers wanted, None where nothing is counted.
    """

    school_id: int
    part: str
    name: str
    detail: str
    number: int | None
    starts_on: date
    source: str
    checked_on: date
    is_sample: bool

    @property
    def label(self) -> str:
        if self.part == CIRCUMSTANCE:
            return CircumstanceKind(self.name).label
        return self.name if self.part == PROJECT else f"ครู{self.name or self.detail}"

    @property
    def value(self) -> str:
        if self.number is not None:
            return f"ต้องการ {self.number} คน" if self.part == TEACHER else f"{self.number} คน"
        return self.detail or f"ตั้งแต่ {short_date(self.starts_on)}"

    @property
    def is_small(self) -> bool:
        """Whether so few pupils are meant that the number tells of single children."""
        counts_pupils = self.part == CIRCUMSTANCE and self.number is not None
        return counts_pupils and is_small_group(self.number or 0)


def load_checked_facts(schools: QuerySet[School], today: date) -> Iterator[CheckedFact]:
    """What holds today at these schools."""
    no_number = Cast(Value(None), IntegerField())
    area = Coalesce(F("learning_area__name"), Value(""), output_field=CharField())
    circumstances = _columns(Circumstance, schools, today, CIRCUMSTANCE, "kind", "detail", "pupils")
    projects = _columns(SchoolProject, schools, today, PROJECT, "kind__name", "detail", no_number)
    wanted = _columns(TeacherWanted, schools, today, TEACHER, area, "subject_text", "number")
    return map(CheckedFact._make, circumstances.union(projects, wanted, all=True))


def _columns(
    model: Any, schools: QuerySet[School], today: date, part: str, *named: Any
) -> QuerySet[Any, Any]:
    rows = model.objects.in_force(today).filter(school__in=schools).order_by()
    shared = ("starts_on", "source", "checked_on", "is_sample")
    return rows.values_list("school", Value(part, CharField()), *named, *shared)
