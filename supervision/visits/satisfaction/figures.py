"""How content schools were with visits, as figures from which no answer can be told.

Figures are of five answers of three schools at least, and of a term only when nobody can answer
on it any more: none is ever replaced by a later one, so none can be subtracted from another. A
year has figures of its own only where none of its terms has.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from schools.models import AcademicYear, User
from supervision.criteria.scoring import mean
from supervision.visits.models import Visit, VisitSatisfaction
from supervision.visits.models.satisfaction import (
    ANSWERED_AFTER_TERM,
    STATEMENTS,
    AgreementLevel,
    answers_end_on,
)

FEWEST_ANSWERS = 5
FEWEST_SCHOOLS = 3


@dataclass(frozen=True)
class StatementFigures:
    """What schools said of one statement: the mean of 1 to 5, and the per cent of 4 and 5."""

    text: str
    mean: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class SatisfactionFigures:
    """Some answers taken together; `period` says of which term or year, `mean` is of all three."""

    period: str
    answers: int
    schools: int
    mean: Decimal | None
    statements: Sequence[StatementFigures]
    is_sample: bool


@dataclass(frozen=True)
class LeaderFigures:
    """What schools said of the visits that one person led in a year."""

    name: str
    figures: SatisfactionFigures


@dataclass(frozen=True)
class AreaSatisfaction:
    """All that schools of the area said in an academic year, for the head of the unit.

    `figures` are those of its terms, else of the year. `leaders` cover the same answers once the
    year is over, and `left_out` counts those on visits of leaders with too few; where these are
    too few themselves, no leader has figures. `comments` are in the order of the alphabet.
    """

    year: AcademicYear
    figures: Sequence[SatisfactionFigures]
    leaders: Sequence[LeaderFigures]
    left_out: int
    comments: Sequence[str]


Rows = Sequence[VisitSatisfaction]


def years_with_answers(today: date) -> QuerySet[AcademicYear]:
    """Academic years of which a term was answered on and is over, newest first."""
    years = _ended_answers(today).values("visit__round__term__academic_year")
    return AcademicYear.objects.filter(pk__in=years).order_by("-year")


def own_satisfaction(user: User, today: date) -> list[SatisfactionFigures]:
    """Of the visits that the person led or joined, newest first."""
    visits = Visit.objects.in_latest_version().involving(user)
    of_answer = visits.filter(round=OuterRef("visit__round"), number=OuterRef("visit__number"))
    rows = _load(_ended_answers(today).filter(Exists(of_answer)))
    by_year = _grouped(rows, lambda row: row.visit.round.term.academic_year)
    years = sorted(by_year, key=lambda year: -year.year)
    return [figures for year in years for figures in _released(by_year[year], year, today).figures]


def area_satisfaction(year: AcademicYear, today: date) -> AreaSatisfaction:
    """Of all visits of the year."""
    found = _released(_of_year(year, today), year, today)
    leaders, left_out = leaders_of(found.rows) if _is_over(year, today) else ([], 0)
    return AreaSatisfaction(
        year=year,
        figures=found.figures,
        leaders=leaders,
        left_out=left_out,
        comments=sorted(row.comment for row in found.rows if row.comment),
    )


def year_satisfaction(year: AcademicYear, today: date) -> SatisfactionFigures | None:
    """The year in one line, of the answers that have figures; None before the year is over."""
    if not _is_over(year, today):
        return None
    counted = _released(_of_year(year, today), year, today).rows
    return figures_of(counted, f"ปีการศึกษา {year}")


@dataclass(frozen=True)
class _Released:
    """The figures of some answers of a year, and the answers that these figures are of."""

    figures: Sequence[SatisfactionFigures]
    rows: Rows


def _released(rows: Rows, year: AcademicYear, today: date) -> _Released:
    """Figures of the year's terms, newest first; of the year as a whole where no term has any."""
    terms = _grouped(rows, lambda row: row.visit.round.term)
    newest = sorted(terms, key=lambda term: term.opens_on, reverse=True)
    found = {term: figures_of(terms[term], f"ภาคเรียนที่ {term}") for term in newest}
    if shown := {term: figures for term, figures in found.items() if figures}:
        return _Released(list(shown.values()), [row for term in shown for row in terms[term]])
    whole = figures_of(rows, f"ปีการศึกษา {year}") if _is_over(year, today) else None
    return _Released([whole], rows) if whole else _Released([], [])


def figures_of(rows: Rows, period: str) -> SatisfactionFigures | None:
    """These answers taken together; None while they are too few, or of too few schools."""
    schools = {row.visit.round.school_id for row in rows}
    if len(rows) < FEWEST_ANSWERS or len(schools) < FEWEST_SCHOOLS:
        return None
    levels = {name: [getattr(row, name) for row in rows] for name in STATEMENTS}
    return SatisfactionFigures(
        period=period,
        answers=len(rows),
        schools=len(schools),
        mean=mean([level for said in levels.values() for level in said]),
        statements=[_statement_figures(name, said) for name, said in levels.items()],
        is_sample=any(row.visit.round.is_sample for row in rows),
    )


def _statement_figures(name: str, levels: Sequence[int]) -> StatementFigures:
    content = sum(level >= AgreementLevel.MUCH for level in levels)
    return StatementFigures(
        text=STATEMENTS[name],
        mean=mean(levels),
        share=mean([100] * content + [0] * (len(levels) - content)),
    )


def leaders_of(rows: Rows) -> tuple[list[LeaderFigures], int]:
    """Who led enough visits that were answered on, by name, and how many answers are left out."""
    by_leader = _grouped(rows, lambda row: row.visit.leader)
    found = {leader: figures_of(of_one, "") for leader, of_one in by_leader.items()}
    rest = [row for row in rows if found[row.visit.leader] is None]
    if rest and figures_of(rest, "") is None:
        return [], len(rows)
    shown = [LeaderFigures(str(leader), one) for leader, one in found.items() if one]
    return sorted(shown, key=lambda one: one.name), len(rest)


def _is_over(year: AcademicYear, today: date) -> bool:
    """Whether nobody can answer on a term of the year any more."""
    return all(answers_end_on(term) < today for term in year.terms.all())


def _of_year(year: AcademicYear, today: date) -> Rows:
    return _load(_ended_answers(today).filter(visit__round__term__academic_year=year))


def _ended_answers(today: date) -> QuerySet[VisitSatisfaction]:
    """Answers on visits of terms on which nobody can answer any more."""
    ended = today - ANSWERED_AFTER_TERM
    return VisitSatisfaction.objects.answered().filter(visit__round__term__closes_on__lt=ended)


def _load(answers: QuerySet[VisitSatisfaction]) -> Rows:
    """These answers with their terms, in four queries at most."""
    related = answers.select_related("visit__round__term__academic_year", "visit__leader")
    return list(related.prefetch_related("visit__round__term__academic_year__terms"))


Group = TypeVar("Group", bound=Hashable)


def _grouped(
    rows: Rows, group_of: Callable[[VisitSatisfaction], Group]
) -> dict[Group, list[VisitSatisfaction]]:
    groups: defaultdict[Group, list[VisitSatisfaction]] = defaultdict(list)
    for row in rows:
        groups[group_of(row)].append(row)
    return groups
