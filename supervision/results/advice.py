"""What became of the advice: recommendations that schools agreed to, open, overdue and closed.

Only those of rounds: what was said from outside is of no term, and stands in the ledger alone.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import NamedTuple, Protocol

from django.db.models import Q, QuerySet

from schools.models import School, Term, User
from supervision.criteria.models import level_prefix
from supervision.improvement.enums import RecommendationState
from supervision.improvement.models import (
    AWAITING_ASSIGNEE_STATES,
    OPEN_RECOMMENDATION_STATES,
    Recommendation,
    days_until_closed,
)


class AdviceRow(NamedTuple):
    """One recommendation as it is counted: to which school, in which term, and where it stands.

    `indicator_id` is empty where the advice names none; so are `level`, `standard` (its number),
    `standard_name` and `standard_id`.
    """

    pk: int
    school_id: int
    term_id: int
    state: str
    assignee: str
    due_on: date
    agreed_at: datetime
    closed_at: datetime | None
    indicator_id: int | None
    level: int | None
    standard: int | None
    standard_name: str | None
    standard_id: int | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_RECOMMENDATION_STATES

    @property
    def days_to_close(self) -> int | None:
        return days_until_closed(self.agreed_at, self.closed_at)

    @property
    def standard_label(self) -> str:
        """The standard that the advice is about; empty where it names no indicator."""
        if self.standard is None or self.level is None:
            return ""
        return f"{level_prefix(self.level)} {self.standard} {self.standard_name}".strip()

    def is_overdue(self, today: date) -> bool:
        """As Recommendation.is_overdue says of one row."""
        return self.state in AWAITING_ASSIGNEE_STATES and self.due_on < today


@dataclass(frozen=True)
class AdviceSummary:
    """Recommendations taken together on one day.

    `open` are all that nobody has closed with proof, `overdue` and `reported_done` (waiting to be
    checked) among them. `median_days` is that of the closed ones, to half a day.
    """

    given: int
    open: int
    overdue: int
    reported_done: int
    closed: int
    median_days: Decimal | None


class CountedAdvice(Protocol):
    """What the counts ask of a recommendation, whether loaded as a row or as a record."""

    @property
    def state(self) -> str: ...

    @property
    def is_open(self) -> bool: ...

    @property
    def days_to_close(self) -> int | None: ...

    def is_overdue(self, today: date) -> bool: ...


def load_advice(user: User, terms: Sequence[Term]) -> list[AdviceRow]:
    """Agreed recommendations given in these terms, and earlier ones still open; one query."""
    standard = "indicator__standard__"
    return [
        AdviceRow(*row)
        for row in _advice_of_terms(user, terms).values_list(
            *("pk", "school", "round__term", "state", "assignee", "due_on"),
            *("agreed_at", "closed_at", "indicator"),
            *(f"{standard}indicator_set__level", f"{standard}number", f"{standard}name"),
            "indicator__standard",
        )
    ]


def advice_to_school(user: User, terms: Sequence[Term], school: School) -> QuerySet[Recommendation]:
    """The same recommendations of one school as records, with the term and the indicator."""
    rows = _advice_of_terms(user, terms).filter(school=school)
    return rows.select_related("round__term__academic_year", "indicator__standard__indicator_set")


def _advice_of_terms(user: User, terms: Sequence[Term]) -> QuerySet[Recommendation]:
    first_day = min((term.opens_on for term in terms), default=None)
    asked = Q(round__term__in=terms)
    if first_day:
        earlier = Q(round__term__opens_on__lt=first_day)
        asked |= earlier & Q(state__in=OPEN_RECOMMENDATION_STATES)
    rows = Recommendation.objects.visible_to(user).of_rounds().agreed().filter(asked)
    return rows.order_by("due_on", "pk")


def summarise_advice(rows: Iterable[CountedAdvice], today: date) -> AdviceSummary:
    """Counts and the median days of these recommendations."""
    found = list(rows)
    days = [row.days_to_close for row in found if row.days_to_close is not None]
    states = [row.state for row in found]
    return AdviceSummary(
        given=len(found),
        open=sum(row.is_open for row in found),
        overdue=sum(row.is_overdue(today) for row in found),
        reported_done=states.count(RecommendationState.DONE),
        closed=states.count(RecommendationState.CLOSED),
        median_days=Decimal(str(median(days))) if days else None,
    )


def advice_by_group(
    rows: Iterable[AdviceRow], today: date, group_of: Callable[[AdviceRow], Hashable]
) -> dict[Hashable, AdviceSummary]:
    """The recommendations of each group; `group_of` says to which group one belongs."""
    groups: dict[Hashable, list[AdviceRow]] = {}
    for row in rows:
        groups.setdefault(group_of(row), []).append(row)
    return {key: summarise_advice(found, today) for key, found in groups.items()}
