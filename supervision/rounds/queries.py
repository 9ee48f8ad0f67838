from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from schools.enums import EducationLevel
from schools.models import School, Term
from schools.registry.queries import Change, changes_among
from supervision.criteria.models import IndicatorSet
from supervision.rounds.models import Round, StepDeadline


@dataclass(frozen=True)
class LevelTaught:
    """A level taught at schools that wait for a round, and how many endorsed sets it has."""

    level: EducationLevel
    schools: int
    sets: int


@dataclass(frozen=True)
class Opening:
    """What opening a term means: schools without a round, and rounds that stand already.

    `endorsed` are the sets that a round may be opened with.
    """

    waiting: Sequence[School]
    standing: Sequence[Round]
    endorsed: Sequence[IndicatorSet]

    @cached_property
    def ready(self) -> list[School]:
        """Schools for all of whose levels there is an endorsed set."""
        return [one for one in self.waiting if not uncovered_levels(one, self.endorsed)]

    @cached_property
    def held_back(self) -> list[School]:
        """Schools that cannot have a round before another set is endorsed."""
        return [one for one in self.waiting if uncovered_levels(one, self.endorsed)]

    @property
    def levels(self) -> list[LevelTaught]:
        taught = [level for school in self.waiting for level in levels_of(school)]
        return [
            LevelTaught(level, taught.count(level), sum(_is_for(s, level) for s in self.endorsed))
            for level in sorted(set(taught), reverse=True)
        ]

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
    return Opening(list(waiting), standing, list(IndicatorSet.objects.approved()))


def rounds_lacking_sets(term: Term, today: date) -> QuerySet[Round]:
    """Rounds of the term that wait for sets, of schools that are still open, by school."""
    rounds = Round.objects.for_term(term).current().lacking_sets()
    rounds = rounds.filter(school__in=School.objects.open_on(today)).select_related("school")
    return rounds.prefetch_related("indicator_sets").order_by("school__sort_key")


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
    return any(_is_for(indicator_set, level) for level in levels_of(school))


def _is_for(indicator_set: IndicatorSet, level: EducationLevel) -> bool:
    return indicator_set.level in (EducationLevel.ANY, level)


def uncovered_levels(school: School, sets: Iterable[IndicatorSet]) -> list[EducationLevel]:
    """The levels that the school needs sets for and none of these sets is for."""
    sets = list(sets)
    return [level for level in levels_of(school) if not any(_is_for(s, level) for s in sets)]


def levels_lacking(schools: Iterable[School], sets: Iterable[IndicatorSet]) -> str:
    """The levels that some of the schools have no set for, as people read them."""
    sets = list(sets)
    return in_words({level for school in schools for level in uncovered_levels(school, sets)})


def in_words(levels: Iterable[EducationLevel]) -> str:
    """Levels as people list them: ระดับขั้นพื้นฐานและระดับปฐมวัย."""
    return "และ".join(f"ระดับ{level.label}" for level in sorted(levels, reverse=True))


def completing_sets(round_: Round, sets: Sequence[IndicatorSet]) -> list[IndicatorSet]:
    """Of these sets those that give the round all that it lacks, on the scale it has.

    None where a level would still be missing: a round begins with all its sets.
    """
    given = list(round_.indicator_sets.all())
    lacking = uncovered_levels(round_.school, given)
    added = [one for one in sets if any(_is_for(one, level) for level in lacking)]
    one_scale = len({one.scale_id for one in (*given, *added)}) == 1
    complete = not uncovered_levels(round_.school, (*given, *added))
    return added if one_scale and complete else []


def levels_of(school: School) -> list[EducationLevel]:
    """The levels it needs sets for; while its grades are unknown, the basic level."""
    levels = (EducationLevel.EARLY_CHILDHOOD, EducationLevel.BASIC)
    if not school.grades:
        return [EducationLevel.BASIC]
    return [level for level in levels if school.teaches(level)]
