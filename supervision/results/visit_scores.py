"""What each counted visit came to by itself: its mean, and the standards below their target."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, IntegerField, Sum
from django.db.models.functions import Cast, Round

from supervision.assessments.enums import SheetKind
from supervision.assessments.models import Answer
from supervision.criteria.models import level_prefix
from supervision.criteria.scoring import mean_of_totals
from supervision.results.school_terms import SchoolTerm


@dataclass(frozen=True)
class VisitScore:
    """The mean over all answered indicators at two decimals, as ScoreTable has it.

    `below_target` are the standards whose mean is under their target: มาตรฐานที่ 3.
    """

    mean: Decimal
    below_target: tuple[str, ...]


class _StandardTotals(NamedTuple):
    """Σ(weight) and Σ(weight × level), in hundredths, of one standard on one sheet."""

    sheet: int
    level: int
    number: int
    target: Decimal | None
    weight: int
    weighted: int


def visit_scores(rows: Iterable[SchoolTerm]) -> Mapping[int, VisitScore]:
    """By the visit's sheet, in one query; visits without any level are left out."""
    visited = [row for row in rows if row.visit]
    sheets = {row.visit.sheet_id for row in visited if row.visit}
    by_sheet: dict[int, list[_StandardTotals]] = {}
    for totals in _totals(row.term.pk for row in visited):
        if totals.sheet in sheets:
            by_sheet.setdefault(totals.sheet, []).append(totals)
    return {sheet: _visit_score(found) for sheet, found in by_sheet.items()}


def _totals(terms: Iterable[int]) -> Iterable[_StandardTotals]:
    weight = Cast(Round(F("indicator__weight") * 100), IntegerField())
    standard = "indicator__standard__"
    answers = Answer.objects.filter(
        level__isnull=False,
        sheet__frozen_at__isnull=False,
        sheet__kind=SheetKind.VISIT,
        sheet__round__term__in=set(terms),
    )
    sums = answers.order_by("sheet", f"{standard}indicator_set__level", f"{standard}number")
    grouped = sums.values_list(
        "sheet", f"{standard}indicator_set__level", f"{standard}number", f"{standard}target"
    )
    grouped = grouped.annotate(weight=Sum(weight), weighted=Sum(weight * F("level")))
    return map(_StandardTotals._make, grouped)


def _visit_score(standards: list[_StandardTotals]) -> VisitScore:
    weight = sum(one.weight for one in standards)
    weighted = sum(one.weighted for one in standards)
    return VisitScore(
        mean=Decimal(mean_of_totals(weighted, weight)).scaleb(-2),
        below_target=tuple(_standard_label(one) for one in standards if _is_below_target(one)),
    )


def _is_below_target(one: _StandardTotals) -> bool:
    if one.target is None:
        return False
    return mean_of_totals(one.weighted, one.weight) < one.target * 100


def _standard_label(one: _StandardTotals) -> str:
    return f"{level_prefix(one.level)} มาตรฐานที่ {one.number}".strip()
