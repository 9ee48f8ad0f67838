"""How far supervision has come in a term: schools visited, decided on, and not yet seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from schools.models import School
from supervision.practices.enums import DecisionResult
from supervision.results.school_terms import SchoolTerm
from supervision.visits.models import Visit


@dataclass(frozen=True)
class TermCoverage:
    """Counts of schools of one term; all are of `schools`, which are those that count.

    `opened` have a round, `assessed` a confirmed self-assessment, `visited` a signed visit whose
    scores count. `achieved` and `not_achieved` are the decisions of their latest rounds, and
    `repeated` had more than one round.
    """

    schools: int
    opened: int
    assessed: int
    visited: int
    achieved: int
    not_achieved: int
    repeated: int

    @property
    def decided(self) -> int:
        return self.achieved + self.not_achieved

    @property
    def percent_visited(self) -> int | None:
        """Whole percent, half up; None without schools."""
        return (200 * self.visited + self.schools) // (2 * self.schools) if self.schools else None


def term_coverage(rows: Iterable[SchoolTerm]) -> TermCoverage:
    """The counts of these schools of one term."""
    found = list(rows)
    decisions = [row.decision for row in found]
    return TermCoverage(
        schools=len(found),
        opened=sum(row.rounds > 0 for row in found),
        assessed=sum(row.is_assessed for row in found),
        visited=sum(row.is_visited for row in found),
        achieved=decisions.count(DecisionResult.ACHIEVED),
        not_achieved=decisions.count(DecisionResult.NOT_ACHIEVED),
        repeated=sum(row.had_second_round for row in found),
    )


@dataclass(frozen=True)
class UnseenSchool:
    """A school without a signed visit in the term; `last_seen_on` is its last before, if any."""

    row: SchoolTerm
    last_seen_on: date | None


def unseen_schools(rows: Sequence[SchoolTerm], until: date) -> list[UnseenSchool]:
    """Schools of one term without a signed visit, longest unseen first; one query.

    Visits up to `until` count, whatever term they belong to.
    """
    unseen = [row for row in rows if not row.is_visited]
    schools = {row.school.pk for row in unseen}
    visits = Visit.objects.in_force().filter(round__school__in=schools, visit_on__lte=until)
    last = dict(visits.order_by().values_list("round__school").annotate(Max("visit_on")))
    found = [UnseenSchool(row, last.get(row.school.pk)) for row in unseen]
    return sorted(found, key=lambda one: (one.last_seen_on or date.min, _sort_key(one.row.school)))


def _sort_key(school: School) -> str:
    return school.sort_key
