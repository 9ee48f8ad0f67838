"""Which policies of a fiscal year the indicators of some sets answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from schools.core.thai import fiscal_year as fiscal_year_of
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.criteria.policy_focus import FocusAnswer, SetFocus
from supervision.criteria.queries import indicator_key
from supervision.profiles.focus.enums import PolicyOrigin
from supervision.profiles.models import PolicyFocus

ORIGIN_ORDER = {origin: place for place, origin in enumerate(PolicyOrigin)}


@dataclass(frozen=True)
class FocusLine:
    """One policy of a year with those indicators of the sets asked about that answer it."""

    focus: PolicyFocus
    indicators: Sequence[Indicator]


@dataclass(frozen=True)
class FocusCoverage:
    """The policies of a fiscal year (BE), and which of them some sets of indicators answer."""

    fiscal_year: int
    lines: Sequence[FocusLine]

    @property
    def unanswered(self) -> list[PolicyFocus]:
        """What no indicator of the sets asks for."""
        return [line.focus for line in self.lines if not line.indicators]

    @property
    def is_complete(self) -> bool:
        """Whether every policy is answered; a year without policies has nothing to answer."""
        return not self.unanswered


def focus_coverage(indicator_sets: Iterable[IndicatorSet], fiscal_year: int) -> FocusCoverage:
    """What the sets answer of the year's policies, in three queries.

    A policy linked to an indicator is answered by the same indicator of another version too.
    """
    offered: dict[tuple, list[Indicator]] = {}
    rows = Indicator.objects.filter(standard__indicator_set__in=indicator_sets)
    for row in rows.select_related("standard__indicator_set"):
        offered.setdefault(indicator_key(row), []).append(row)
    return FocusCoverage(
        fiscal_year,
        [FocusLine(focus, _answering(focus, offered)) for focus in year_focuses(fiscal_year)],
    )


def year_focuses(fiscal_year: int) -> list[PolicyFocus]:
    """The policies of the year by origin and position, with their indicators."""
    rows = PolicyFocus.objects.filter(fiscal_year=fiscal_year)
    found = rows.prefetch_related("indicators__standard__indicator_set")
    return sorted(found, key=lambda focus: ORIGIN_ORDER[PolicyOrigin(focus.origin)])


def _answering(focus: PolicyFocus, offered: dict[tuple, list[Indicator]]) -> list[Indicator]:
    keys = {indicator_key(indicator): None for indicator in focus.indicators.all()}
    found = [indicator for key in keys for indicator in offered.get(key, [])]
    return sorted(found, key=_place_in_set)


def _place_in_set(indicator: Indicator) -> tuple[int, int, int]:
    standard = indicator.standard
    return standard.indicator_set_id, standard.number, indicator.position


def set_focus(indicator_set: IndicatorSet) -> SetFocus:
    """What the page of a set says of the policies of today's fiscal year."""
    coverage = focus_coverage([indicator_set], fiscal_year_of(timezone.localdate()))
    answers = [
        FocusAnswer(
            line.focus.text,
            line.focus.get_origin_display(),
            line.focus.is_sample,
            line.indicators,
        )
        for line in coverage.lines
    ]
    url = f"{reverse('policy_focuses')}?year={coverage.fiscal_year}"
    return SetFocus(coverage.fiscal_year, url, answers)
