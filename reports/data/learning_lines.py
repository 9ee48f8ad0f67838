"""What the pupils of one school reached in tests over five years, subject by subject."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from schools.models import School, User
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.learning.references import reference_means
from supervision.profiles.learning.results import (
    LearningResultRow,
    LevelPercent,
    load_learning_results,
)
from supervision.profiles.models import TestKind, TestSubject

YEARS_SHOWN = 5
DRAWN_SCOPES = (ReferenceScope.AREA, ReferenceScope.NATION)
# By year, subject and scope: the mean of the area or the country, as its table gives it.
References = Mapping[tuple[int, int, str], Decimal]


@dataclass(frozen=True)
class LearningYear:
    """One year of a subject: what the reader may see of the school, and what it is read beside.

    `row` is None where there is no result.
    """

    year: int
    row: LearningResultRow | None
    area: Decimal | None
    nation: Decimal | None

    @property
    def mean(self) -> Decimal | None:
        return self.row.mean if self.row else None

    @property
    def is_withheld(self) -> bool:
        return self.row is not None and self.row.is_withheld

    @property
    def shares(self) -> Sequence[LevelPercent]:
        """How many of a hundred pupils reached each level, the best first."""
        return self.row.figures.shares if self.row and self.row.figures else ()


@dataclass(frozen=True)
class LearningLine:
    """One subject over the years shown, oldest first; `origin_note` names a merged school."""

    subject: TestSubject
    origin_note: str
    years: Sequence[LearningYear]

    @property
    def label(self) -> str:
        return self.subject.label

    @property
    def latest(self) -> LearningYear:
        """The newest year that has a result; every line has one."""
        return next(year for year in reversed(self.years) if year.row)

    @property
    def has_mean(self) -> bool:
        """Whether it has a mean in some year; what is judged by level alone has none."""
        return any(year.mean is not None for year in self.years)

    @property
    def is_withheld(self) -> bool:
        """Whether its newest result is of so few pupils that the reader may not see it."""
        return self.latest.is_withheld

    @property
    def source(self) -> str:
        return self.latest.row.source if self.latest.row else ""


@dataclass(frozen=True)
class LearningKind:
    """The subjects of one kind of test, such as NT, in which the school has results."""

    kind: TestKind
    lines: Sequence[LearningLine]

    @property
    def years(self) -> list[int]:
        return [year.year for year in self.lines[0].years]

    @property
    def latest_year(self) -> int:
        return max(line.latest.year for line in self.lines)

    @property
    def sources(self) -> list[str]:
        """Where its newest figures come from, each named once."""
        return sorted({line.source for line in self.lines if line.source})

    @property
    def is_sample(self) -> bool:
        return any(year.row.is_sample for line in self.lines for year in line.years if year.row)


def load_learning_kinds(user: User, school: School, until: int) -> list[LearningKind]:
    """The school's results of the last five years that have any, up to academic year `until` (BE).

    Kinds in the office's order, in each the school's own subjects before those of schools merged
    into it.
    """
    wanted = range(until - YEARS_SHOWN, until + 1)
    rows = load_learning_results(user, [school], wanted).rows
    if not rows:
        return []
    last = max(row.year for row in rows)
    years = range(last - YEARS_SHOWN + 1, last + 1)
    references = reference_means(years, {row.subject.pk for row in rows}, DRAWN_SCOPES)
    lines = _lines([row for row in rows if row.year in years], years, references)
    by_kind = groupby(sorted(lines, key=_kind_order), key=lambda line: line.subject.kind)
    return [LearningKind(kind, list(found)) for kind, found in by_kind]


def _kind_order(line: LearningLine) -> tuple[int, int]:
    return line.subject.kind.position, line.subject.kind.pk


def _lines(
    rows: Iterable[LearningResultRow], years: range, references: References
) -> list[LearningLine]:
    found: dict[tuple[int, int], dict[int, LearningResultRow]] = {}
    for row in rows:
        found.setdefault((row.origin.pk, row.subject.pk), {})[row.year] = row
    return [_line(by_year, years, references) for by_year in found.values()]


def _line(
    by_year: Mapping[int, LearningResultRow], years: range, references: References
) -> LearningLine:
    first = next(iter(by_year.values()))
    subject = first.subject
    return LearningLine(
        subject=subject,
        origin_note=first.origin_note,
        years=[
            LearningYear(
                year,
                by_year.get(year),
                references.get((year, subject.pk, ReferenceScope.AREA)),
                references.get((year, subject.pk, ReferenceScope.NATION)),
            )
            for year in years
        ],
    )
