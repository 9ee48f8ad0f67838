"""The levels that one school got, indicator by indicator, beside those of the terms before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from schools.models import Term, User
from supervision.assessments.models import Answer, AnswerSheet, Evidence
from supervision.criteria.models import Indicator, level_prefix
from supervision.criteria.scoring import wide_gap
from supervision.results.indicators import IndicatorKey, indicator_key
from supervision.results.school_terms import CountedVisit, SchoolTerm

EARLIER_TERMS = 4  # whose levels stand beside those of the term


@dataclass(frozen=True)
class GivenLevel:
    """What one sheet says of one indicator: a level, or that it was set aside."""

    level: int | None
    is_set_aside: bool


NOT_GIVEN = GivenLevel(None, is_set_aside=False)


@dataclass(frozen=True)
class EarlierLevel:
    """The supervisor's level of a term before."""

    term: Term
    level: int


@dataclass(frozen=True)
class IndicatorLevels:
    """One indicator of a term: the school's own level, the supervisor's, and those of before.

    `evidence` counts the items that both sheets carry, as far as the reader may open them.
    """

    indicator: Indicator
    own: GivenLevel
    visit: GivenLevel
    earlier: Sequence[EarlierLevel]
    evidence: int

    @property
    def gap(self) -> int | None:
        """The supervisor's level less the school's."""
        if self.own.level is None or self.visit.level is None:
            return None
        return self.visit.level - self.own.level

    @property
    def is_wide(self) -> bool:
        return wide_gap(self.own.level, self.visit.level)


@dataclass(frozen=True)
class StandardLevels:
    """The indicators of one standard, and the page of the visit's record that shows them."""

    standard_pk: int
    level: str
    number: int
    name: str
    sheet_id: int
    indicators: Sequence[IndicatorLevels]

    @property
    def label(self) -> str:
        return f"{self.level} {self.number} {self.name}".strip()


_LevelsBySheet = Mapping[int, Mapping[int, GivenLevel]]  # by the sheet and the indicator's pk


def load_standard_levels(
    user: User, terms: Sequence[tuple[Term, SchoolTerm | None]]
) -> list[StandardLevels]:
    """The standards of the last of these terms of one school, in reading order; three queries.

    Nothing where the last term has no signed visit. Only what the person may read is there.
    """
    *before, (_, visit) = [(term, row.visit if row else None) for term, row in terms]
    if visit is None:
        return []
    earlier = [(term, one.sheet_id) for term, one in before if one][-EARLIER_TERMS:]
    levels = _load_levels(user, visit, [sheet for _, sheet in earlier])
    every = _load_indicators(levels)
    rows = _indicator_levels(
        visit,
        levels,
        every,
        _earlier_levels(earlier, levels, every),
        _evidence_counts(user, visit),
    )
    return [
        _standard_levels(list(of_standard), visit.sheet_id)
        for _, of_standard in groupby(rows, key=lambda row: row.indicator.standard_id)
    ]


def _indicator_levels(
    visit: CountedVisit,
    levels: _LevelsBySheet,
    every: Mapping[int, Indicator],
    earlier: Mapping[IndicatorKey, Sequence[EarlierLevel]],
    evidence: Mapping[int, int],
) -> list[IndicatorLevels]:
    """Every indicator that the visit's record answers, in reading order."""
    own, judged = levels.get(visit.own_sheet_id or 0, {}), levels.get(visit.sheet_id, {})
    return [
        IndicatorLevels(
            indicator,
            own=own.get(indicator.pk, NOT_GIVEN),
            visit=judged[indicator.pk],
            earlier=earlier.get(indicator_key(indicator), []),
            evidence=evidence.get(indicator.pk, 0),
        )
        for indicator in sorted((every[pk] for pk in judged), key=_reading_order)
    ]


def _standard_levels(rows: Sequence[IndicatorLevels], sheet_id: int) -> StandardLevels:
    standard = rows[0].indicator.standard
    return StandardLevels(
        standard_pk=standard.pk,
        level=level_prefix(standard.indicator_set.level),
        number=standard.number,
        name=standard.name,
        sheet_id=sheet_id,
        indicators=rows,
    )


def _reading_order(indicator: Indicator) -> tuple[str, int, int, int]:
    standard = indicator.standard
    level = level_prefix(standard.indicator_set.level)
    return level, standard.number, standard.pk, indicator.position


def _load_levels(user: User, visit: CountedVisit, earlier: Sequence[int]) -> _LevelsBySheet:
    sheets = [*_sheets_of(visit), *earlier]
    readable = AnswerSheet.objects.visible_to(user).filter(pk__in=sheets)
    answers = Answer.objects.filter(sheet__in=readable).order_by()
    found: dict[int, dict[int, GivenLevel]] = defaultdict(dict)
    for sheet, indicator, level, set_aside in answers.values_list(
        "sheet", "indicator", "level", "not_applicable"
    ):
        if level is not None or set_aside:
            found[sheet][indicator] = GivenLevel(level, set_aside)
    return found


def _load_indicators(levels: _LevelsBySheet) -> dict[int, Indicator]:
    pks = {indicator for of_sheet in levels.values() for indicator in of_sheet}
    rows = Indicator.objects.filter(pk__in=pks).select_related("standard__indicator_set")
    return {row.pk: row for row in rows}


def _earlier_levels(
    sheets: Sequence[tuple[Term, int]], levels: _LevelsBySheet, every: Mapping[int, Indicator]
) -> dict[IndicatorKey, list[EarlierLevel]]:
    """By indicator over all versions of its set, oldest term first."""
    found: dict[IndicatorKey, list[EarlierLevel]] = defaultdict(list)
    for term, sheet in sheets:
        for indicator, given in levels.get(sheet, {}).items():
            if given.level is not None:
                found[indicator_key(every[indicator])].append(EarlierLevel(term, given.level))
    return found


def _evidence_counts(user: User, visit: CountedVisit) -> dict[int, int]:
    """Items of both sheets by indicator."""
    items = Evidence.objects.visible_to(user).filter(sheet__in=_sheets_of(visit))
    counts = items.filter(indicator__isnull=False).order_by().values_list("indicator")
    return dict(counts.annotate(Count("pk")))


def _sheets_of(visit: CountedVisit) -> list[int]:
    """The visit's record and the school's own sheet, if there is one."""
    return [pk for pk in (visit.sheet_id, visit.own_sheet_id) if pk]
