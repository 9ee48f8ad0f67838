"""What the signed scores say of single indicators, over the schools of a term."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from supervision.assessments.enums import SheetKind
from supervision.assessments.models import Answer
from supervision.criteria.models import Indicator, level_prefix
from supervision.criteria.queries import IndicatorKey, indicator_key
from supervision.criteria.scoring import half_up
from supervision.results.gaps import NO_GAPS, GapSummary, filter_answers, gaps_by_indicator
from supervision.results.school_terms import ResultFilter, SchoolTerm
from supervision.results.scores import FEW_SCHOOLS


@dataclass(frozen=True)
class LevelCounts:
    """How many schools were given each level, and how many set the indicator aside."""

    levels: Mapping[int, int]
    not_applicable: int

    @property
    def n(self) -> int:
        return sum(self.levels.values())

    @property
    def mean(self) -> Decimal | None:
        """The mean level at two decimals; None where no school was judged."""
        total = sum(level * schools for level, schools in self.levels.items())
        return half_up(Decimal(total) / self.n) if self.n else None


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator over all versions of its set; `indicator` is the newest version's.

    `achieved` counts the schools at or above its `achieved_from`; None where no rule is set.
    """

    indicator: Indicator
    visit: LevelCounts
    own: LevelCounts
    gap: GapSummary
    achieved: int | None

    @property
    def label(self) -> str:
        """1.1 คุณภาพ…, or ปฐมวัย 1.1 …: both levels of a school number from 1."""
        level = level_prefix(self.indicator.standard.indicator_set.level)
        return f"{level} {self.indicator.code} {self.indicator.text}".strip()

    @property
    def is_few(self) -> bool:
        return self.visit.n < FEW_SCHOOLS


def indicator_results(rows: Iterable[SchoolTerm], wanted: ResultFilter) -> list[IndicatorResult]:
    """Every indicator judged in these school terms, in reading order, in three queries."""
    found = list(rows)
    counts = _level_counts(found, wanted)
    gaps = gaps_by_indicator(found, wanted)
    versions = indicator_versions({indicator for _, indicator in counts})
    return [_indicator_result(of_one, counts, gaps) for of_one in versions]


def _reading_order(versions: Sequence[Indicator]) -> tuple[str, int, int, int]:
    newest = versions[-1]
    level = level_prefix(newest.standard.indicator_set.level)
    return level, newest.standard.number, newest.position, newest.pk


def _level_counts(
    rows: Sequence[SchoolTerm], wanted: ResultFilter
) -> dict[tuple[str, int], dict[int | None, int]]:
    """By side and stored indicator: schools by level, None for those that set it aside."""
    visits = [row.visit for row in rows if row.visit]
    sheets = {one.sheet_id for one in visits} | {
        one.own_sheet_id for one in visits if one.own_sheet_id
    }
    answers = filter_answers(Answer.objects.filter(sheet__in=sheets), wanted)
    groups = answers.order_by().values_list("sheet__kind", "indicator", "level", "not_applicable")
    found: dict[tuple[str, int], dict[int | None, int]] = defaultdict(dict)
    for kind, indicator, level, set_aside, schools in groups.annotate(Count("pk")):
        if level is not None or set_aside:
            found[kind, indicator][level] = schools
    return found


def indicator_versions(pks: Iterable[int]) -> list[list[Indicator]]:
    """The stored versions of each indicator, oldest first; the indicators in reading order."""
    rows = Indicator.objects.filter(pk__in=pks).select_related("standard__indicator_set")
    found: dict[IndicatorKey, list[Indicator]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[indicator_key(row)].append(row)
    return sorted(found.values(), key=_reading_order)


def _indicator_result(
    versions: Sequence[Indicator],
    counts: Mapping[tuple[str, int], Mapping[int | None, int]],
    gaps: Mapping[int, GapSummary],
) -> IndicatorResult:
    pks = [version.pk for version in versions]
    return IndicatorResult(
        indicator=versions[-1],
        visit=_counts_of(counts.get((SheetKind.VISIT, pk), {}) for pk in pks),
        own=_counts_of(counts.get((SheetKind.SELF, pk), {}) for pk in pks),
        gap=sum((gaps.get(pk, NO_GAPS) for pk in pks), NO_GAPS),
        achieved=_achieved(versions, counts),
    )


def _counts_of(parts: Iterable[Mapping[int | None, int]]) -> LevelCounts:
    levels: dict[int, int] = defaultdict(int)
    not_applicable = 0
    for part in parts:
        for level, schools in part.items():
            if level is None:
                not_applicable += schools
            else:
                levels[level] += schools
    return LevelCounts(dict(sorted(levels.items())), not_applicable)


def _achieved(
    versions: Sequence[Indicator],
    counts: Mapping[tuple[str, int], Mapping[int | None, int]],
) -> int | None:
    ruled = [version for version in versions if version.achieved_from is not None]
    if not ruled:
        return None
    return sum(
        schools
        for version in ruled
        for level, schools in counts.get((SheetKind.VISIT, version.pk), {}).items()
        if level is not None and level >= (version.achieved_from or 0)
    )
