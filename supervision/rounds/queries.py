from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schools.models import School, Term
from supervision.rounds.models import Round


@dataclass(frozen=True)
class Opening:
    """What opening a term means: schools without a round, and rounds that stand already."""

    waiting: Sequence[School]
    standing: Sequence[Round]

    @property
    def without_criteria(self) -> list[Round]:
        return [round_ for round_ in self.standing if not round_.has_criteria]


def opening_of(term: Term, today: date) -> Opening:
    """Closed schools get no round; one that closes before the term opens gets none either."""
    rounds = Round.objects.for_term(term).current().select_related("school")
    standing = list(rounds.order_by("school__sort_key"))
    schools = School.objects.filter(area=term.academic_year.area_id)
    waiting = schools.open_on(max(today, term.opens_on)).exclude(
        pk__in=[round_.school_id for round_ in standing]
    )
    return Opening(list(waiting), standing)
