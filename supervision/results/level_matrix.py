"""The level of every school on every indicator of a term, as school and supervisor judged it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from supervision.assessments.models import Answer
from supervision.criteria.models import Indicator
from supervision.criteria.queries import IndicatorKey, indicator_key
from supervision.results.gaps import filter_answers
from supervision.results.indicators import indicator_versions
from supervision.results.school_terms import ResultFilter, SchoolTerm


@dataclass(frozen=True)
class JudgedLevel:
    """What one side said of an indicator: a level, or that it was set aside (`level` is None)."""

    level: int | None


@dataclass(frozen=True)
class LevelMatrix:
    """The indicators judged in a term, in reading order, and what both sides said of them.

    `own` and `visit` are by school and indicator; where a side said nothing, there is no entry.
    """

    indicators: Sequence[Indicator]
    own: Mapping[tuple[int, IndicatorKey], JudgedLevel]
    visit: Mapping[tuple[int, IndicatorKey], JudgedLevel]


def load_level_matrix(rows: Iterable[SchoolTerm], wanted: ResultFilter) -> LevelMatrix:
    """The levels of these schools of one term, in two queries."""
    visits = [(row.school.pk, row.visit) for row in rows if row.visit]
    seen = {visit.sheet_id: school for school, visit in visits}
    own = {visit.own_sheet_id: school for school, visit in visits if visit.own_sheet_id}
    said = _judged_levels([*own, *seen], wanted)
    versions = indicator_versions({indicator for _, indicator, _ in said})
    keys = {one.pk: indicator_key(one) for of_one in versions for one in of_one}
    return LevelMatrix(
        [of_one[-1] for of_one in versions],
        {(own[sheet], keys[i]): judged for sheet, i, judged in said if sheet in own},
        {(seen[sheet], keys[i]): judged for sheet, i, judged in said if sheet in seen},
    )


def _judged_levels(
    sheets: Sequence[int], wanted: ResultFilter
) -> list[tuple[int, int, JudgedLevel]]:
    """By sheet and stored indicator: the level given, or that the indicator was set aside."""
    answers = filter_answers(Answer.objects.filter(sheet__in=sheets), wanted)
    said = answers.filter(Q(level__isnull=False) | Q(not_applicable=True))
    rows = said.values_list("sheet", "indicator", "level")
    return [(sheet, indicator, JudgedLevel(level)) for sheet, indicator, level in rows]
