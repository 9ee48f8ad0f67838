from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import BooleanField, DateField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from schools.core.thai import local_day
from schools.enums import EducationLevel
from schools.models import School, Term
from schools.registry.queries import RegistryChange, registry_changes_among
from supervision.criteria.models import IndicatorSet
from supervision.rounds.due_dates import (
    DEFAULT_TURN_DAYS,
    StepWindow,
    opened_after_deadline,
    propose_windows,
)
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round, RoundDeadline, StepDeadline, TurnAllowance


@dataclass(frozen=True)
class LevelTaught:
    """A level taught at schools that wait for a round, and how many endorsed sets it has."""

    level: EducationLevel
    schools: int
    sets: int


@dataclass(frozen=True)
class TermOpening:
    """What opening a term means: schools without a round, and rounds that stand already.

    `endorsed` are the sets that a round may be opened with.
    """

    waiting: Sequence[School]
    existing_rounds: Sequence[Round]
    endorsed: Sequence[IndicatorSet]

    @cached_property
    def ready(self) -> list[School]:
        """Schools for all of whose levels there is an endorsed set."""
        return [one for one in self.waiting if not uncovered_levels(one, self.endorsed)]

    @cached_property
    def schools_lacking_sets(self) -> list[School]:
        """Schools that cannot have a round before another set is endorsed."""
        return [one for one in self.waiting if uncovered_levels(one, self.endorsed)]

    @property
    def levels(self) -> list[LevelTaught]:
        taught = [level for school in self.waiting for level in school.taught_levels]
        return [
            LevelTaught(level, taught.count(level), sum(_is_for(s, level) for s in self.endorsed))
            for level in sorted(set(taught), reverse=True)
        ]

    @property
    def schools_of_unknown_grades(self) -> list[School]:
        """Schools of which the register does not say what they teach."""
        return [school for school in self.waiting if not school.grades]

    @property
    def without_criteria(self) -> list[Round]:
        return [round_ for round_ in self.existing_rounds if not round_.has_criteria]


def term_opening(term: Term, today: date) -> TermOpening:
    """Closed schools get no round; one that closes before the term opens gets none either."""
    rounds = Round.objects.for_term(term).current().select_related("school")
    existing_rounds = list(rounds.order_by("school__sort_key"))
    schools = School.objects.filter(area=term.academic_year.area_id)
    waiting = schools.open_on(max(today, term.opens_on)).exclude(
        pk__in=[round_.school_id for round_ in existing_rounds]
    )
    return TermOpening(list(waiting), existing_rounds, list(IndicatorSet.objects.approved()))


def rounds_lacking_sets(term: Term, today: date) -> QuerySet[Round]:
    """Rounds of the term that wait for sets, of schools that are still open, by school."""
    rounds = Round.objects.for_term(term).current().lacking_sets()
    rounds = rounds.filter(school__in=School.objects.open_on(today)).select_related("school")
    return rounds.prefetch_related("indicator_sets").order_by("school__sort_key")


# --- From when and by when each step is asked for ---


@dataclass(frozen=True)
class RoundDays:
    """The days of one round: its own where it has any, else those of its term.

    A day of the term that had passed when the round was opened does not bind it.
    `overridden_steps` are
    the steps with a day of the round's own, `proposed_steps` those of them that nobody has changed
    since the system proposed it. `turn_days` is what whoever a step comes to has at least.
    """

    windows: Mapping[int, StepWindow]
    overridden_steps: frozenset[int] = frozenset()
    proposed_steps: frozenset[int] = frozenset()
    turn_days: int = DEFAULT_TURN_DAYS

    def window_for(self, step: int) -> StepWindow:
        return self.windows.get(step, StepWindow())


@dataclass(frozen=True)
class DeadlineRow:
    """One stored line: of a term or of a round, a step's window or the term's turn days."""

    term: int | None
    round: int | None
    step: int
    opens_on: date | None
    due_on: date | None
    is_proposed: bool
    turn_days: int | None

    @property
    def window(self) -> StepWindow:
        return StepWindow(self.opens_on, self.due_on)


def days_by_round(rounds: Iterable[Round]) -> dict[int, RoundDays]:
    """By round, for any number of rounds in one query."""
    rounds = list(rounds)
    of_term: dict[int, list[DeadlineRow]] = {}
    of_round: dict[int, list[DeadlineRow]] = {}
    for line in _lines_of(rounds):
        if line.term:
            of_term.setdefault(line.term, []).append(line)
        elif line.round:
            of_round.setdefault(line.round, []).append(line)
    return {r.pk: _days_of(r, of_term.get(r.term_id, []), of_round.get(r.pk, [])) for r in rounds}


def _lines_of(rounds: Sequence[Round]) -> list[DeadlineRow]:
    """One question for three tables, since every page with a round asks it."""
    terms = {round_.term_id for round_ in rounds}
    none, no_day = Cast(Value(None), IntegerField()), Cast(Value(None), DateField())
    no = Value(False, output_field=BooleanField())
    window = ("step", "opens_on", "due_on")
    of_term = StepDeadline.objects.order_by().filter(term__in=terms)
    of_round = RoundDeadline.objects.order_by().filter(round__in=rounds)
    turns = TurnAllowance.objects.order_by().filter(term__in=terms)
    lines = of_term.values_list(F("term"), none, *window, no, none).union(
        of_round.values_list(none, F("round"), *window, F("is_proposed"), none),
        turns.values_list(F("term"), none, Value(0), no_day, no_day, no, F("days")),
        all=True,
    )
    return [DeadlineRow(*line) for line in lines]


def _days_of(
    round_: Round, of_term: Sequence[DeadlineRow], of_round: Sequence[DeadlineRow]
) -> RoundDays:
    opened = local_day(round_.opened_at)
    binding = {line.step: line.window for line in of_term if line.due_on and line.due_on >= opened}
    own = {line.step: line.window for line in of_round}
    return RoundDays(
        binding | own,
        frozenset(own),
        frozenset(line.step for line in of_round if line.is_proposed),
        next((line.turn_days for line in of_term if line.turn_days), DEFAULT_TURN_DAYS),
    )


def term_windows(term: Term) -> dict[int, StepWindow]:
    return {row.step: StepWindow(row.opens_on, row.due_on) for row in term.deadlines.all()}


def propose_first_round_windows(term: Term, today: date) -> dict[int, StepWindow]:
    """Days for first rounds opened today; none where those of the term serve."""
    windows = term_windows(term)
    return (
        propose_windows(windows, term.opens_on, today)
        if opened_after_deadline(windows, today)
        else {}
    )


def propose_next_round_windows(term: Term, today: date) -> dict[int, StepWindow]:
    """Days for a round of the term after ไม่บรรลุ; it begins again at step 2."""
    windows = propose_windows(term_windows(term), term.opens_on, today)
    return {step: window for step, window in windows.items() if step != CycleStep.NEEDS}


def term_deadline_changes(term: Term) -> list[RegistryChange]:
    """Who moved the days of which step, and the days that whoever it comes to has."""
    turns = registry_changes_among(
        TurnAllowance.history.filter(term=term), "days", called=lambda row: "จำนวนวันที่ให้แต่ละคน"
    )
    moved = [*_changes_among(StepDeadline.history.filter(term=term)), *turns]
    return sorted(moved, key=lambda change: change.when, reverse=True)


def round_deadline_changes(round_: Round) -> list[RegistryChange]:
    return _changes_among(RoundDeadline.history.filter(round=round_))


def _changes_among(records: QuerySet) -> list[RegistryChange]:
    return registry_changes_among(
        records, "opens_on", "due_on", called=lambda row: f"กำหนดของขั้นที่ {row.step}"
    )


def term_turn_allowance(term: Term) -> TurnAllowance | None:
    """The days the office itself gives whom a step waits for; None while the usual are used."""
    return TurnAllowance.objects.filter(term=term).first()


# --- Sets ---


def recommended_sets(school: School, sets: Iterable[IndicatorSet]) -> list[IndicatorSet]:
    """Of the sets that fit what the school teaches the newest version of each."""
    fitting = [chosen for chosen in sets if set_fits_school(chosen, school)]
    newest = {chosen.name: chosen for chosen in sorted(fitting, key=lambda row: row.version)}
    return list(newest.values())


def set_fits_school(indicator_set: IndicatorSet, school: School) -> bool:
    """Whether the set is for a level that the school needs sets for."""
    return any(_is_for(indicator_set, level) for level in school.taught_levels)


def _is_for(indicator_set: IndicatorSet, level: EducationLevel) -> bool:
    return indicator_set.level in (EducationLevel.ANY, level)


def uncovered_levels(school: School, sets: Iterable[IndicatorSet]) -> list[EducationLevel]:
    """The levels that the school needs sets for and none of these sets is for."""
    sets = list(sets)
    return [level for level in school.taught_levels if not any(_is_for(s, level) for s in sets)]


def uncovered_levels_text(schools: Iterable[School], sets: Iterable[IndicatorSet]) -> str:
    """The levels that some of the schools have no set for, as people read them."""
    sets = list(sets)
    return levels_text({level for school in schools for level in uncovered_levels(school, sets)})


def levels_text(levels: Iterable[EducationLevel]) -> str:
    """Levels as people list them: ระดับขั้นพื้นฐานและระดับปฐมวัย."""
    return "และ".join(f"ระดับ{level.label}" for level in sorted(levels, reverse=True))


def sets_completing_round(round_: Round, sets: Sequence[IndicatorSet]) -> list[IndicatorSet]:
    """Of these sets those that give the round all that it lacks, on the scale it has.

    None where a level would still be missing: a round begins with all its sets.
    """
    given = list(round_.indicator_sets.all())
    lacking = uncovered_levels(round_.school, given)
    added = [one for one in sets if any(_is_for(one, level) for level in lacking)]
    one_scale = len({one.scale_id for one in (*given, *added)}) == 1
    complete = not uncovered_levels(round_.school, (*given, *added))
    return added if one_scale and complete else []
