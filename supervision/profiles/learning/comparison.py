"""What stands above the schools of the list: clusters, the area, and the values of the country.

Always of the whole area, whatever the list shows of it. Results of fewer than three pupils are
in none of the sums, for any reader.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.learning.list_columns import ColumnPart, ListCell, ResultColumn, Shown
from supervision.profiles.learning.results import LearningSums, sums_of_results
from supervision.profiles.learning.stored import StoredResults
from supervision.profiles.learning.sums import ResultSum
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS
from supervision.profiles.models import ReferenceResult


@dataclass(frozen=True)
class ComparisonRow:
    """A cluster, the area or the country, by column; `note` says what was counted."""

    label: str
    cells: Sequence[ListCell]
    note: str = ""


def comparison_rows(
    clusters: Mapping[int, str], columns: Sequence[ResultColumn], stored: StoredResults, year: int
) -> list[ComparisonRow]:
    """The clusters that have results, the area, and the values that the office typed.

    `clusters` are names by key; the stored results are of the year and of the one before.
    """
    sums = sums_of_results(stored)
    subjects = {column.subject.pk for column in columns}
    years = (year - 1, year)
    rows = [
        _sum_row(
            name,
            columns,
            {of_year: {pk: sums.cluster(key, of_year, pk) for pk in subjects} for of_year in years},
            year,
        )
        for key, name in clusters.items()
    ]
    rows.append(_area_row(columns, sums, year, subjects))
    return [row for row in rows if row.note] + _reference_rows(columns, year, subjects)


def _area_row(
    columns: Sequence[ResultColumn], sums: LearningSums, year: int, subjects: Collection[int]
) -> ComparisonRow:
    by_year = {
        of_year: {pk: sums.area(of_year, pk) for pk in subjects} for of_year in (year - 1, year)
    }
    return _sum_row("ทุกโรงเรียนในเขตพื้นที่", columns, by_year, year)


def _sum_row(
    label: str,
    columns: Sequence[ResultColumn],
    sums: Mapping[int, Mapping[int, ResultSum]],
    year: int,
) -> ComparisonRow:
    cells = [ListCell(column.label, _sum_value(column, sums, year)) for column in columns]
    return ComparisonRow(label, cells, _counted_in_words(sums[year].values()))


def _sum_value(
    column: ResultColumn, sums: Mapping[int, Mapping[int, ResultSum]], year: int
) -> Shown:
    if column.part == ColumnPart.BEFORE:
        return sums[year - 1][column.subject.pk].mean
    return column.of_figures(sums[year][column.subject.pk])


def _counted_in_words(sums: Iterable[ResultSum]) -> str:
    """How many schools were counted and left out, at most of any subject; empty for none."""
    counted = max((one.schools for one in sums), default=0)
    left_out = max((one.left_out for one in sums), default=0)
    words = [f"{counted} โรงเรียน"] if counted else []
    words += [f"ไม่นับ {left_out} โรงเรียนที่{SMALL_GROUP_WORDS}"] if left_out else []
    return " ".join(words)


def _reference_rows(
    columns: Sequence[ResultColumn], year: int, subjects: Collection[int]
) -> list[ComparisonRow]:
    """The values that the office typed, of this year and of the year before.

    How many pupils these are of is not shown: with the sums of the schools it would tell of
    those that the sums leave out.
    """
    rows = ReferenceResult.objects.filter(
        subject__in=subjects, academic_year__year__in=(year - 1, year)
    ).select_related("academic_year")
    found = {(row.scope, row.academic_year.year, row.subject_id): row for row in rows}
    return [
        ComparisonRow(
            label=f"ค่าที่ประกาศ: {scope.label}",
            cells=[
                ListCell(column.label, _reference_value(column, scope, year, found))
                for column in columns
            ],
        )
        for scope in ReferenceScope
        if any(key[:2] == (scope, year) for key in found)
    ]


def _reference_value(
    column: ResultColumn,
    scope: str,
    year: int,
    found: Mapping[tuple[str, int, int], ReferenceResult],
) -> Shown:
    if column.part == ColumnPart.BEFORE:
        before = found.get((scope, year - 1, column.subject.pk))
        return before.mean if before else None
    row = found.get((scope, year, column.subject.pk))
    if row is None or column.part == ColumnPart.TESTED:
        return None
    return column.of_figures(row)
