from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schools.enums import EducationLevel
from schools.models import School, Term
from schools.registry.queries import Change, changes_among
from supervision.criteria.models import IndicatorSet
from supervision.rounds.models import Round, StepDeadline


@dataclass(frozen=True)
class Opening:
    """What opening a term means: schools without a round, and rounds that stand already."""

    waiting: Sequence[School]
    standing: Sequence[Round]

    @property
    def of_unknown_grades(self) -> list[School]:
        """Schools of which the register does not say what they teach."""
        return [school for school in self.waiting if not school.grades]

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


def changes_of(term: Term) -> list[Change]:
    """Who moved the days of which step."""
    records = StepDeadline.history.filter(term=term)
    return changes_among(
        records, "opens_on", "due_on", called=lambda row: f"กำหนดของขั้นที่ {row.step}"
    )


def recommended_for(school: School, sets: Iterable[IndicatorSet]) -> list[IndicatorSet]:
    """Of the sets that fit what the school teaches the newest version of each."""
    fitting = [chosen for chosen in sets if fits(chosen, school)]
    newest = {chosen.name: chosen for chosen in sorted(fitting, key=lambda row: row.version)}
    return list(newest.values())


def fits(indicator_set: IndicatorSet, school: School) -> bool:
    """Whether the set is for a level that the school needs sets for."""
    return indicator_set.level in (EducationLevel.ANY, *levels_of(school))


def levels_of(school: School) -> list[EducationLevel]:
    """The levels it needs sets for; while its grades are unknown, the basic level."""
    levels = (EducationLevel.EARLY_CHILDHOOD, EducationLevel.BASIC)
    if not school.grades:
        return [EducationLevel.BASIC]
    return [level for level in levels if school.teaches(level)]
