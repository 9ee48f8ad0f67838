"""What is to become of each school's round in a term: how far it goes, and how it is judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, IntEnum
from itertools import groupby
from random import Random

from schools.models import User
from supervision.criteria.models import Indicator
from supervision.criteria.scoring import mean_reaches_target, score_levels
from supervision.demo.demo_visits import MEETING, MOMENTS
from supervision.demo.office_days import OfficeDays
from supervision.demo.showroom.people import ShowroomPeople
from supervision.demo.showroom.places import ShowroomSchool
from supervision.demo.showroom.terms import ShowroomTerm
from supervision.practices.enums import DecisionResult
from supervision.rounds.models import Round

LOWEST, HIGHEST = 1, 5


class RoundProgressGoal(IntEnum):
    """How far a round of the showroom goes; whatever comes later has not happened yet."""

    OPENED = 0
    SURVEYED = 1
    DRAFTED = 2
    RETURNED = 3
    CONFIRMED = 4
    PLANNED = 5
    RECORDED = 6
    SIGNED = 7
    ACKNOWLEDGED = 8
    DECIDED = 9
    SUMMARISED = 10
    PROPOSED = 11
    AGREED = 12
    PREPARED = 13
    ISSUED = 14


class Tendency(Enum):
    """How a school's results go over the years."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    UNEVEN = "uneven"
    BROKEN = "broken"


G = RoundProgressGoal
TENDENCIES = (
    Tendency.RISING,
    Tendency.STEADY,
    Tendency.RISING,
    Tendency.FALLING,
    Tendency.BROKEN,
    Tendency.STEADY,
    Tendency.RISING,
    Tendency.UNEVEN,
)
# Where the schools stand in the running term, one after the other.
RUNNING_GOALS = (
    G.ISSUED,
    G.DRAFTED,
    G.CONFIRMED,
    G.PLANNED,
    G.SIGNED,
    G.OPENED,
    G.DECIDED,
    G.RECORDED,
    G.AGREED,
    G.PROPOSED,
    G.ISSUED,
    G.RETURNED,
    G.ACKNOWLEDGED,
    G.PLANNED,
    G.SURVEYED,
    G.PREPARED,
    G.SUMMARISED,
)
# Results move between these, on the scale of one to five.
LOW, MIDDLE, HIGH, SWING = 3.25, 3.75, 4.5, 0.4
SPREAD_OF_LEVELS = 0.55
SECOND_ROUND_GAIN, SECOND_ROUND_LEAST = 0.6, 3.9
# How much the results of a standard, by its number, change everywhere over all the terms.
STANDARD_CHANGES = {1: 0.4, 2: 0.0, 3: -0.3}
CLUSTER_SPREAD = 0.25
# How the school judges itself beside the supervisor, by standard: mostly the same or higher.
OWN_DIFFERENCES = {
    1: (0,) * 10 + (1,) * 7 + (-1,) * 2 + (2,),
    2: (0,) * 12 + (1,) * 5 + (-1,) * 3,
    3: (0,) * 7 + (1,) * 13,
}
NOT_VISITED_SHARE, NOT_ACKNOWLEDGED_SHARE = 0.35, 0.02
RETURNED_INTERVAL = 11
LAST_START = 0.1  # of a first round, as part of the term
# In the running term most schools began late, so that not all that waits is overdue.
LATE_WINDOW, IN_TIME_INTERVAL = (0.78, 1.0), 3
AFTER_MEETING = 0.02  # a second round begins, as part of the term
# When in its window an act takes place, as in the demonstration, and those of an earlier visit.
ROUND_MOMENTS = MOMENTS | {
    "record_first": 0.35,
    "sign_first": 0.37,
    "acknowledge_first": 0.4,
    "decide": MEETING,
    "withdraw_advice": 0.7,
}


@dataclass(eq=False)
class PlannedRound:
    """A round of one school in one term with its people, its days and its levels.

    `own` and `seen` have the level by indicator: the school's, and the supervisor's.
    """

    school: ShowroomSchool
    term: ShowroomTerm
    people: ShowroomPeople
    number: int
    goal: RoundProgressGoal
    window: tuple[float, float]
    random: Random
    indicators: Sequence[Indicator]
    own: dict[int, int]
    seen: dict[int, int]
    days: OfficeDays
    row: Round = field(init=False)
    previous: "PlannedRound | None" = None

    def has_reached(self, goal: RoundProgressGoal) -> bool:
        return self.goal >= goal

    def at(self, act: str) -> datetime:
        """When in the days of the round the act takes place."""
        return self.days.moment(self.fraction(act))

    def fraction(self, act: str) -> float:
        """The same as part of the days; one meeting decides on all rounds that began in time."""
        start, end = self.window
        if act == "decide" and start <= LAST_START:
            return MEETING
        return start + (end - start) * ROUND_MOMENTS[act]

    @property
    def director(self) -> User:
        return self.people.director_of(self.school.row)

    @property
    def teacher(self) -> User:
        return self.people.teacher_of(self.school.row)

    @property
    def supervisor(self) -> User:
        return self.people.supervisors[self.school.cluster_in(self.term.index).pk]

    @property
    def is_returned(self) -> bool:
        """Whether the self-assessment was sent back once."""
        often = (self.school.number + self.term.index) % RETURNED_INTERVAL == 0
        return self.goal == G.RETURNED or (often and self.has_reached(G.CONFIRMED))

    @property
    def proposed(self) -> DecisionResult:
        """What the rules propose: achieved when every standard reaches its target."""
        by_standard = groupby(self.indicators, key=lambda indicator: indicator.standard)
        reached = [
            mean_reaches_target(score_levels(self.seen[i.pk] for i in group).mean, standard.target)
            for standard, group in by_standard
        ]
        return DecisionResult.ACHIEVED if all(reached) else DecisionResult.NOT_ACHIEVED

    @property
    def result(self) -> DecisionResult:
        """A second round is decided บรรลุ, against the proposal where need be."""
        return self.proposed if self.number == 1 else DecisionResult.ACHIEVED


def plan_term_rounds(
    term: ShowroomTerm, schools: Sequence[ShowroomSchool], people: ShowroomPeople
) -> list[PlannedRound]:
    """The rounds of a term, first rounds before second ones."""
    there = [school for school in schools if school.exists_in(term.index)]
    first = [_first_round(term, school, people) for school in there]
    return [*first, *filter(None, map(_second_round, first))]


def _first_round(
    term: ShowroomTerm, school: ShowroomSchool, people: ShowroomPeople
) -> PlannedRound:
    random = Random(f"round {school.number} {term.term}")
    start = random.uniform(0, LAST_START)
    strength = _strength(term, school, random)
    return _planned(
        term,
        school,
        people,
        strength=strength,
        random=random,
        goal=_goal(term, school, random),
        window=LATE_WINDOW if _begins_late(term, school) else (start, 1 - LAST_START + start),
    )


def _begins_late(term: ShowroomTerm, school: ShowroomSchool) -> bool:
    return term.is_running and school.number % IN_TIME_INTERVAL != 0


def _planned(
    term: ShowroomTerm,
    school: ShowroomSchool,
    people: ShowroomPeople,
    *,
    strength: float,
    random: Random,
    goal: RoundProgressGoal,
    window: tuple[float, float],
    previous: PlannedRound | None = None,
) -> PlannedRound:
    indicators = list(_indicators(term, school))
    seen = {i.pk: _level(strength + _ease(i, term), random) for i in indicators}
    own = {i.pk: _own_level(i, seen[i.pk], random) for i in indicators}
    return PlannedRound(
        school=school,
        term=term,
        people=people,
        number=previous.number + 1 if previous else 1,
        goal=goal,
        window=window,
        random=random,
        indicators=indicators,
        own=own,
        seen=seen,
        days=term.days,
        previous=previous,
    )


def _indicators(term: ShowroomTerm, school: ShowroomSchool) -> Iterator[Indicator]:
    yield from term.indicators[term.basic.pk]
    if school.has_early_childhood():
        yield from term.indicators[term.early.pk]


def _goal(term: ShowroomTerm, school: ShowroomSchool, random: Random) -> RoundProgressGoal:
    if term.is_running:
        return RUNNING_GOALS[school.number % len(RUNNING_GOALS)]
    if tendency_of(school) == Tendency.BROKEN and random.random() < NOT_VISITED_SHARE:
        return G.CONFIRMED
    return G.SIGNED if random.random() < NOT_ACKNOWLEDGED_SHARE else G.ISSUED


def tendency_of(school: ShowroomSchool) -> Tendency:
    return TENDENCIES[school.number % len(TENDENCIES)]


def _strength(term: ShowroomTerm, school: ShowroomSchool, random: Random) -> float:
    """About which level the school reaches in the term."""
    own = Random(f"strength {school.number}").gauss(0, 0.25)
    cluster = Random(f"cluster {school.cluster_in(term.index)}")
    around = {
        Tendency.RISING: LOW + (HIGH - LOW) * term.progress,
        Tendency.FALLING: HIGH - (HIGH - LOW) * term.progress,
        Tendency.UNEVEN: MIDDLE + random.choice((-SWING, SWING)),
    }
    about = around.get(tendency_of(school), MIDDLE)
    return about + own + cluster.uniform(-CLUSTER_SPREAD, CLUSTER_SPREAD) + random.gauss(0, 0.1)


def _ease(indicator: Indicator, term: ShowroomTerm) -> float:
    """How much higher or lower an indicator is judged everywhere, the same in each version."""
    standard = indicator.standard
    seed = f"{standard.indicator_set.level} {standard.number} {indicator.code}"
    change = STANDARD_CHANGES[standard.number] * (term.progress - 0.5)
    return Random(seed).uniform(-0.5, 0.5) + change


def _own_level(indicator: Indicator, seen: int, random: Random) -> int:
    return _clamped(seen + random.choice(OWN_DIFFERENCES[indicator.standard.number]))


def _level(around: float, random: Random) -> int:
    return _clamped(round(random.gauss(around, SPREAD_OF_LEVELS)))


def _clamped(level: int) -> int:
    return min(max(level, LOWEST), HIGHEST)


def _second_round(first: PlannedRound) -> PlannedRound | None:
    """After ไม่บรรลุ, with better results; the first round ends with its decision."""
    if not first.has_reached(G.DECIDED) or first.result == DecisionResult.ACHIEVED:
        return None
    random = Random(f"second round {first.school.number} {first.term.term}")
    goal, first.goal = first.goal, G.DECIDED
    if first.term.is_running:
        goal = random.choice((G.SURVEYED, G.DRAFTED, G.CONFIRMED, G.PLANNED))
    mean = sum(first.seen.values()) / len(first.seen)
    return _planned(
        first.term,
        first.school,
        first.people,
        strength=max(mean + SECOND_ROUND_GAIN, SECOND_ROUND_LEAST),
        random=random,
        goal=goal,
        window=(first.fraction("decide") + AFTER_MEETING, 1.0),
        previous=first,
    )
