"""The level of every school on every indicator of a term, as school and supervisor judged it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from supervision.assessments.models import Answer
from supervision.criteria.models import Indicator
from supervision.results.gaps import filter_answers
from supervision.results.indicators import IndicatorKey, indicator_key, indicator_versions
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
    own, visit = dict[int, int](), dict[int, int]()
    for row in rows:
        if row.visit:
            visit[row.visit.sheet_id] = row.school.pk
            if row.visit.own_sheet_id:
                own[row.visit.own_sheet_id] = row.school.pk
    answers = filter_answers(Answer.objects.filter(sheet__in=[*own, *visit]), wanted)
    said = [
        (sheet, indicator, JudgedLevel(level))
        for sheet, indicator, level, set_aside in answers.values_list(
            "sheet", "indicator", "level", "not_applicable"
        )
        if level is not None or set_aside
    ]
    versions = indicator_versions({indicator for _, indicator, _ in said})
    keys = {one.pk: indicator_key(one) for of_one in versions for one in of_one}
    return LevelMatrix(
        [of_one[-1] for of_one in versions],
        {(own[sheet], keys[i]): judged for sheet, i, judged in said if sheet in own},
        {(visit[sheet], keys[i]): judged for sheet, i, judged in said if sheet in visit},
    )
