"""A school's learning results over years, as its page lays them out: kinds, grades, subjects."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.learning.references import reference_means
from supervision.profiles.learning.results import LearningResultRow, LearningResults, subject_order
from supervision.profiles.models import TestKind, TestSubject

# The nearest of those that compare a school with all others, the first that is known.
COMPARED_SCOPES = (ReferenceScope.NATION, ReferenceScope.AGENCY, ReferenceScope.AREA)


@dataclass(frozen=True)
class ResultCell:
    """One year of a line: the result, if any, and the value of the country beside it."""

    year: int
    row: LearningResultRow | None
    reference: Decimal | None
    reference_word: str = ""


@dataclass(frozen=True)
class ResultLine:
    """One subject over the years; `origin_note` says from which merged school it comes."""

    subject: TestSubject
    origin_note: str
    cells: Sequence[ResultCell]


@dataclass(frozen=True)
class KindResults:
    """One kind of test, grade by grade."""

    kind: TestKind
    lines: Sequence[ResultLine]


def results_by_kind(results: LearningResults, years: Sequence[int]) -> list[KindResults]:
    """One school's results, a line for each subject and school of origin, a cell for each year."""
    found: dict[tuple[TestSubject, str], dict[int, LearningResultRow]] = defaultdict(dict)
    for row in results.rows:
        found[row.subject, row.origin_note][row.year] = row
    subjects = {subject.pk for subject, _ in found}
    references = reference_means(years, subjects, COMPARED_SCOPES)
    lines = [
        ResultLine(
            subject, note, [_cell(rows.get(year), subject, year, references) for year in years]
        )
        for (subject, note), rows in found.items()
        if any(year in rows for year in years)
    ]
    lines.sort(key=lambda line: (subject_order(line.subject), line.origin_note))
    return [
        KindResults(kind, list(of_kind))
        for kind, of_kind in groupby(lines, key=lambda line: line.subject.kind)
    ]


def _cell(
    row: LearningResultRow | None,
    subject: TestSubject,
    year: int,
    references: Mapping[tuple[int, int, str], Decimal],
) -> ResultCell:
    for scope in COMPARED_SCOPES:
        value = references.get((year, subject.pk, scope))
        if value is not None:
            return ResultCell(year, row, value, scope.label)
    return ResultCell(year, row, None)
