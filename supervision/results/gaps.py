"""The school's own levels against the supervisor's, on the same indicators of the same round.

A gap is the supervisor's level less the school's: below 0 the school judged itself higher. One
of two levels or more is wide, and form 7.3 asks for a finding that explains it.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, F, Q, QuerySet, Sum

from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import Answer
from supervision.criteria.models import level_prefix
from supervision.criteria.scoring import WIDE_GAP, half_up
from supervision.results.school_terms import ResultFilter, SchoolTerm

_OWN_SHEET = "sheet__round__self_assessments"


class OwnLevelColumn(TypedDict):
    """The school's own level beside the supervisor's answer."""

    own: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ComparedAnswer = WithAnnotations[Answer, OwnLevelColumn]
else:
    ComparedAnswer = Answer


@dataclass(frozen=True)
class GapSummary:
    """Gaps of n answers that both sides gave a level: their sum, the wide ones, those explained."""

    n: int = 0
    total: int = 0
    wide: int = 0
    explained: int = 0

    @property
    def mean(self) -> Decimal | None:
        """The mean gap at two decimals; None without answers."""
        return half_up(Decimal(self.total) / self.n) if self.n else None

    def __add__(self, other: "GapSummary") -> "GapSummary":
        return GapSummary(
            self.n + other.n,
            self.total + other.total,
            self.wide + other.wide,
            self.explained + other.explained,
        )


NO_GAPS = GapSummary()


def gaps_by_visit(rows: Iterable[SchoolTerm], wanted: ResultFilter) -> dict[int, GapSummary]:
    """The gaps of each counted visit, by its sheet's pk, in one query."""
    return dict(_summaries(_compared_answers(rows, wanted), "sheet"))


def gaps_by_indicator(rows: Iterable[SchoolTerm], wanted: ResultFilter) -> dict[int, GapSummary]:
    """The gaps of each stored indicator over these schools, by its pk, in one query."""
    return dict(_summaries(_compared_answers(rows, wanted), "indicator"))


def _compared_answers(rows: Iterable[SchoolTerm], wanted: ResultFilter) -> QuerySet[ComparedAnswer]:
    """The supervisors' answers of the counted visits with a level of both, and that of `own`."""
    sheets = {row.visit.sheet_id for row in rows if row.visit and row.visit.own_sheet_id}
    answers = filter_answers(Answer.objects.filter(sheet__in=sheets, level__isnull=False), wanted)
    own = f"{_OWN_SHEET}__sheet__answers"
    compared = answers.filter(
        **{
            f"{_OWN_SHEET}__state": SelfAssessmentState.CONFIRMED,
            f"{own}__indicator": F("indicator"),
            f"{own}__level__isnull": False,
        }
    )
    return compared.annotate(own=F(f"{own}__level"))


def filter_answers(answers: QuerySet[Answer], wanted: ResultFilter) -> QuerySet[Answer]:
    """Answers on the indicators that the filter asks for."""
    if wanted.level is not None:
        answers = answers.filter(indicator__standard__indicator_set__level=wanted.level)
    if wanted.indicator_set is not None:
        answers = answers.filter(indicator__standard__indicator_set=wanted.indicator_set)
    return answers


_IS_WIDE = Q(own__gte=F("level") + WIDE_GAP) | Q(own__lte=F("level") - WIDE_GAP)
_IS_EXPLAINED = Q(note__regex=r"\S")


def _summaries(answers: QuerySet[ComparedAnswer], by: str) -> Iterable[tuple[int, GapSummary]]:
    groups = answers.order_by().values_list(by)
    groups = groups.annotate(
        n=Count("pk"),
        total=Sum(F("level") - F("own")),
        wide=Count("pk", filter=_IS_WIDE),
        explained=Count("pk", filter=_IS_WIDE & _IS_EXPLAINED),
    )
    return ((key, GapSummary(*sums)) for key, *sums in groups)


@dataclass(frozen=True)
class WideGap:
    """An indicator on which school and supervisor are far apart; `code` as 3.1."""

    code: str
    is_explained: bool


def wide_gaps_by_visit(
    rows: Iterable[SchoolTerm], wanted: ResultFilter
) -> dict[int, list[WideGap]]:
    """The wide gaps of each counted visit, by its sheet's pk, in one query."""
    wide = _compared_answers(rows, wanted).filter(_IS_WIDE)
    level = "indicator__standard__indicator_set__level"
    in_order = wide.order_by("sheet", level, "indicator__standard__number", "indicator__position")
    found: dict[int, list[WideGap]] = {}
    for sheet, of_level, code, note in in_order.values_list(
        "sheet", level, "indicator__code", "note"
    ):
        name = f"{level_prefix(of_level)} {code}".strip()
        found.setdefault(sheet, []).append(WideGap(name, bool(note.strip())))
    return found


@dataclass(frozen=True)
class WideGapCounts:
    """How many schools have a wide gap, and how many of those explained every one."""

    schools: int
    explained: int


def wide_gap_counts(rows: Iterable[SchoolTerm], gaps: Mapping[int, GapSummary]) -> WideGapCounts:
    """Over the schools of one term."""
    found = [gaps.get(row.visit.sheet_id, NO_GAPS) for row in rows if row.visit]
    wide = [gap for gap in found if gap.wide]
    return WideGapCounts(len(wide), sum(gap.explained == gap.wide for gap in wide))


def gaps_by_group(
    rows: Iterable[SchoolTerm],
    gaps: Mapping[int, GapSummary],
    group_of: Callable[[SchoolTerm], Hashable],
) -> dict[Hashable, GapSummary]:
    """The gaps of the schools of each group; `group_of` says to which group a school belongs."""
    found: dict[Hashable, GapSummary] = defaultdict(GapSummary)
    for row in rows:
        if row.visit and row.visit.sheet_id in gaps:
            found[group_of(row)] += gaps[row.visit.sheet_id]
    return dict(found)
