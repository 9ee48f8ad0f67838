"""The recommendation ledger as figures: what was advised in a round, and what was carried over."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from reports.data.facts import RECOMMENDATION_ORIGIN, LoadedRound
from reports.data.schema import RecommendationRow, iso_day
from reports.data.sentences import OVERDUE
from supervision.criteria.models import Indicator
from supervision.improvement.models import Recommendation, RecommendationQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable


def recommendation_rows(round_: LoadedRound, today: date) -> list[RecommendationRow]:
    """The advice the school has agreed to; what is still being drafted is nobody's advice."""
    advice = round_.recommendations.all()
    return [_recommendation_row(line, round_, today) for line in advice if line.is_agreed]


def carried_over_recommendations(
    advice: RecommendationQuerySet, opens_on: date, today: date
) -> list[RecommendationRow]:
    """Advice of earlier terms that was still open on that day, in the words it was given in."""
    still = Q(closed_at=None) | Q(closed_at__date__gte=opens_on)
    rows: Iterable[Recommendation] = (
        advice.agreed()
        .filter(still, round__term__opens_on__lt=opens_on)
        .select_related("round__school", "round__term__academic_year", *RECOMMENDATION_ORIGIN)
        .order_by("round__term__opens_on", "round__school__sort_key", "due_on", "pk")
    )
    return [_recommendation_row(line, line.round, today) for line in rows]


def _recommendation_row(
    line: Recommendation, round_: LoadedRound, today: date
) -> RecommendationRow:
    overdue = line.is_overdue(today)
    return {
        "school": round_.school.name,
        "term": str(round_.term),
        "text": line.text,
        "visit": line.visit.label if line.visit else "",
        "visit_on": iso_day(line.visit.visit_on) if line.visit else None,
        "indicator": _code(line.indicator),
        "owner": line.get_assignee_display(),
        "due_on": line.due_on.isoformat(),
        "state": OVERDUE if overdue else line.get_state_display(),
        "closed_on": iso_day(line.closed_at),
        "proof": line.proof,
        "overdue": overdue,
    }


def _code(indicator: Indicator | None) -> str:
    """1.1, or ปฐมวัย 1.1: both levels of a school number from 1."""
    if indicator is None:
        return ""
    return f"{indicator.standard.indicator_set.level_prefix} {indicator.code}".strip()
