"""Schools and their results in one kind of test and year, as the list and its file show them.

One grade is shown at a time: the means of all its subjects, or one subject with pupils, S.D. and
levels.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schools.core.thai import search_key
from schools.enums import Grade
from schools.models import School, User
from supervision.profiles.learning.comparison import ComparisonRow, comparison_rows
from supervision.profiles.learning.list_columns import ColumnPart, ListCell, ResultColumn, Shown
from supervision.profiles.learning.list_filter import (
    LearningFilter,
    ListOffers,
    ResultOrder,
    ResultPresence,
)
from supervision.profiles.learning.results import (
    LearningResultRow,
    LearningResults,
    last_day_of_classes,
    results_seen_by,
)
from supervision.profiles.learning.stored import StoredResults, load_stored_results
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS
from supervision.profiles.models import TestKind


@dataclass(frozen=True)
class SchoolResultRow:
    """One school of the list, by column what the reader may see of it; `mean` is to sort by."""

    school: School
    cells: Sequence[ListCell]
    has_result: bool
    is_small: bool
    is_sample: bool
    mean: Decimal | None

    @property
    def cluster(self) -> str:
        return self.school.cluster_name or ""


@dataclass(frozen=True)
class LearningListing:
    """The list as the filters ask for it; `kind` is None while the office has no kinds."""

    form: LearningFilter
    kind: TestKind | None = None
    year: int | None = None
    title: str = ""
    columns: Sequence[ResultColumn] = ()
    comparison: Sequence[ComparisonRow] = ()
    all_rows: Sequence[SchoolResultRow] = ()
    rows: Sequence[SchoolResultRow] = ()

    @property
    def given(self) -> int:
        """How many of all schools have a result."""
        return sum(row.has_result for row in self.all_rows)

    @property
    def small(self) -> int:
        """How many of them have one of fewer than three pupils only."""
        return sum(row.is_small for row in self.all_rows)

    @property
    def is_sample(self) -> bool:
        return any(row.is_sample for row in self.all_rows)


def learning_listing(user: User, asked: Mapping[str, str]) -> LearningListing:
    """The list for a person who sees the area, in a constant number of queries."""
    offers = ListOffers(asked)
    columns, year = offers.columns(), offers.year
    schools = _schools_of(year, columns) if year and columns else []
    clusters = _clusters_of(schools)
    form = LearningFilter(asked, offers, clusters)
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    if year is None or not columns:
        return LearningListing(form, kind=offers.kind)
    subjects = offers.chosen_subjects()
    stored = load_stored_results(
        (year - 1, year),
        subjects=subjects,
        with_shares=any(column.part == ColumnPart.SHARE for column in columns),
    )
    columns = _with_figures(columns, stored)
    results = results_seen_by(user, stored, [(one, one) for one in schools], subjects)
    rows = [_school_row(school, columns, results, year) for school in schools]
    return LearningListing(
        form=form,
        kind=offers.kind,
        year=year,
        title=dict(offers.subject_choices())[offers.subject],
        columns=columns,
        comparison=comparison_rows(clusters, columns, stored, year),
        all_rows=rows,
        rows=_ordered([row for row in rows if _is_asked_for(row, form.cleaned_data)], form),
    )


def _with_figures(columns: Sequence[ResultColumn], stored: StoredResults) -> list[ResultColumn]:
    """Without means and S.D. where all that is known are levels."""
    if not stored.rows or any(one.mean is not None for one in stored.rows):
        return list(columns)
    parts = (ColumnPart.TESTED, ColumnPart.SHARE)
    return [column for column in columns if column.part in parts] or list(columns)


def _schools_of(year: int, columns: Sequence[ResultColumn]) -> list[School]:
    """The schools that were open at the end of the year and teach the grade, or may teach it."""
    grade, day = columns[0].subject.grade, last_day_of_classes(year)
    return [
        school
        for school in School.objects.open_on(day).with_cluster(day)
        if (school.first_grade or Grade.K1) <= grade <= (school.last_grade or Grade.M3)
    ]


def _clusters_of(schools: Iterable[School]) -> dict[int, str]:
    """The names of their clusters by key, in Thai order."""
    found = {one.cluster_pk: one for one in schools if one.cluster_pk}
    in_order = sorted(found.items(), key=lambda item: item[1].cluster_key or "")
    return {key: school.cluster_name or "" for key, school in in_order}


def _school_row(
    school: School, columns: Sequence[ResultColumn], results: LearningResults, year: int
) -> SchoolResultRow:
    keys = {column.subject.pk for column in columns}
    now = {key: results.own(school.pk, key, year) for key in keys}
    before = {key: results.own(school.pk, key, year - 1) for key in keys}
    given = [row for row in now.values() if row]
    first = now[columns[0].subject.pk]
    return SchoolResultRow(
        school=school,
        cells=[
            ListCell(column.label, _value(column, now[key], before[key]))
            for column, key in ((column, column.subject.pk) for column in columns)
        ],
        has_result=bool(given),
        is_small=bool(given) and all(row.is_small for row in given),
        is_sample=any(row.is_sample for row in given),
        mean=first.mean if first else None,
    )


def _value(
    column: ResultColumn, now: LearningResultRow | None, before: LearningResultRow | None
) -> Shown:
    row = before if column.part == ColumnPart.BEFORE else now
    if row is None:
        return None
    if row.figures is None:
        return SMALL_GROUP_WORDS
    return row.mean if column.part == ColumnPart.BEFORE else column.of_figures(row.figures)


def _is_asked_for(row: SchoolResultRow, asked: Mapping[str, Any]) -> bool:
    words = search_key(asked.get("q") or "")
    if words not in search_key(row.school.name) and words not in (row.school.obec_code or ""):
        return False
    if asked.get("cluster") and str(row.school.cluster_pk) != asked["cluster"]:
        return False
    state = asked.get("state")
    return not state or row.has_result == (state == ResultPresence.GIVEN)


def _ordered(rows: Iterable[SchoolResultRow], form: LearningFilter) -> list[SchoolResultRow]:
    """By name in Thai order, or by mean; schools without one, or whose one is withheld, last."""
    by_name = sorted(rows, key=lambda row: row.school.sort_key)
    order = form.cleaned_data.get("order")
    if not order:
        return by_name
    sign = -1 if order == ResultOrder.HIGHEST else 1
    return sorted(by_name, key=lambda row: (row.mean is None, sign * (row.mean or Decimal())))
