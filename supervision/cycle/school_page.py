"""What the school page shows: the seven steps of a round as a task list, and its panels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from schools.access import Permission, can
from schools.core.thai import short_date
from schools.enums import Role
from schools.models import Appointment, School, User
from schools.models.dated import in_force_between_q
from supervision.assessments.models import Answer
from supervision.assessments.progress import submitted_late_text
from supervision.assignments.models import Duty
from supervision.criteria.models import level_prefix
from supervision.criteria.scoring import score_levels
from supervision.cycle.progress import RoundProgress, RoundStep
from supervision.cycle.quality_standards import QualityCheck
from supervision.cycle.round_quality import (
    quality_of_round,
    with_policy_counts,
)
from supervision.cycle.step_facts import with_criteria, with_step_facts
from supervision.cycle.steps import StepAnnotations
from supervision.improvement.ledger import LEDGER_RELATIONS, LedgerEntry
from supervision.improvement.models import Recommendation, followed_up_at
from supervision.needs.models import TakenUpNeed
from supervision.practices.models import Decision
from supervision.rounds.methods import with_methods
from supervision.rounds.models import Round
from supervision.rounds.step_state import NOT_ASKED_STATES
from supervision.standards.models import StepSheet
from supervision.visits.models import Visit
from supervision.visits.queries import decision_moment, scoring_visit

# --- The seven steps ---


@dataclass(frozen=True)
class StepTask:
    """One step: its state in words, whom it waits for, and what the manual says of it.

    `quality` says whether the manual's quality standard is reached, where facts can tell.
    """

    round_step: RoundStep
    manual: StepSheet | None
    quality: QualityCheck | None = None

    @property
    def no(self) -> int:
        return self.round_step.step.number

    @property
    def title(self) -> str:
        return self.round_step.step.name

    @property
    def kind(self) -> str:
        return self.round_step.kind

    @property
    def word(self) -> str:
        return self.round_step.word

    @property
    def url(self) -> str:
        return self.round_step.url

    @property
    def detail(self) -> str:
        """What the facts say, and how late it was done or first handed in."""
        round_step = self.round_step
        late = submitted_late_text(round_step.days_late)
        parts = [round_step.facts.detail, late] if round_step.is_reached else []
        return " · ".join(filter(None, parts))

    @property
    def waits(self) -> str:
        """Whom for, since when, from and by when; a step to come says only its window."""
        round_step = self.round_step
        if round_step.state in NOT_ASKED_STATES:
            return ""
        parts = [f"เปิดรับตั้งแต่ {short_date(round_step.opens_on)}"] if round_step.opens_on else []
        parts += [_due(round_step, round_step.due_on)] if round_step.due_on else []
        if round_step.has_its_turn:
            since = f" ตั้งแต่ {short_date(round_step.since)}" if round_step.since else ""
            parts.insert(0, f"รอ{round_step.waits_for}{since}")
        return " · ".join(parts)

    @property
    def action_url(self) -> str:
        return self.round_step.action_url if self.round_step.is_mine else ""

    @property
    def action_label(self) -> str:
        return self.round_step.action_label


def _due(round_step: RoundStep, due_on: date) -> str:
    """Its day, and why that is later than the round's own."""
    due = f"กำหนดเสร็จ {short_date(due_on)}"
    is_later = round_step.timing.is_extended and not round_step.facts.sent_back
    return f"{due} (นับจากวันที่ถึงลำดับ)" if is_later and round_step.has_its_turn else due


def step_tasks(
    progress: RoundProgress, sheets: Mapping[int, StepSheet], today: date
) -> list[StepTask]:
    quality = quality_of_round(progress, today)
    return [
        StepTask(one, sheets.get(one.step.number), quality[one.step.number])
        for one in progress.steps
    ]


# --- Rounds ---


class SchoolRoundAnnotations(StepAnnotations):
    """What `rounds_of_school` loads with each round."""

    has_merged_schools: bool
    open_need_count: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    SchoolRound = WithAnnotations[Round, SchoolRoundAnnotations]
else:
    SchoolRound = Round


def rounds_of_school(user: User, today: date) -> QuerySet[SchoolRound]:
    """Rounds the person may see, newest first, with the facts of their steps and the cluster."""
    rounds = with_step_facts(Round.objects.visible_to(user).with_cluster(today))
    rounds = with_policy_counts(rounds)
    merged = School.objects.filter(merged_into=OuterRef("school"))
    of_school = TakenUpNeed.objects.still_open().filter(school=OuterRef("school")).order_by()
    open_needs = of_school.values("school").annotate(count=Count("pk"))
    return (
        with_methods(with_criteria(rounds))
        .select_related("school__merged_into", "term__academic_year")
        .annotate(
            has_merged_schools=Exists(merged),
            open_need_count=Coalesce(Subquery(open_needs.values("count")), 0),
        )
        .order_by("-term__opens_on", "-number")
    )


def schools_with_cluster(user: User, today: date) -> QuerySet[School]:
    """Schools the person may see, each with the cluster it is in that day."""
    return School.objects.visible_to(user).with_cluster(today).select_related("merged_into")


def schools_merged_into(school: School, user: User) -> QuerySet[School]:
    """Schools that became part of this one, as far as the person may read their past.

    Supervisors and the office may; the receiving school's director only with an appointment there:
    what was judged of colleagues does not pass on with the pupils.
    """
    return School.objects.visible_to(user).filter(merged_into=school)


@dataclass(frozen=True)
class OtherRound:
    """Another round of the school, with what was decided on it."""

    round: Round
    decision: Decision | None


def other_rounds(round_: Round, rounds: Iterable[Round]) -> list[OtherRound]:
    return [
        OtherRound(other, getattr(other, "decision", None)) for other in rounds if other != round_
    ]


# --- Recommendations to follow up ---


@dataclass(frozen=True)
class SchoolLedger:
    """A school's recommendations in force, of all its rounds and of other origins."""

    open: Sequence[LedgerEntry]
    closed: int
    may_close: bool

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.open)

    @property
    def in_time(self) -> int:
        return len(self.open) - self.late


def school_ledger(school: School, user: User, today: date) -> SchoolLedger:
    found = Recommendation.objects.visible_to(user).agreed().filter(followed_up_at([school.pk]))
    rows = list(found.select_related(*LEDGER_RELATIONS))
    still = [LedgerEntry(row, today) for row in rows if row.is_open]
    may_close = can(user, Permission.SUMMARISE, school.pk)
    return SchoolLedger(still, len(rows) - len(still), may_close)


# --- Results compared with the term before ---


@dataclass(frozen=True)
class StandardComparison:
    """One standard's mean in the decided round of an earlier term and in this round."""

    level: str
    number: int
    name: str
    before: Decimal | None
    now: Decimal | None


def previous_decided_round(round_: Round, rounds: Sequence[Round]) -> Round | None:
    """The last round of an earlier term that came to a decision."""
    return next(
        (
            other
            for other in rounds
            if other.term.opens_on < round_.term.opens_on and hasattr(other, "decision")
        ),
        None,
    )


def compare_standards(round_: Round, before: Round | None) -> list[StandardComparison]:
    """The visits' means of both rounds, standard by standard, in one query."""
    means = _means([round_, before] if before else [round_])
    now = means.get(round_, {})
    then = means.get(before, {}) if before else {}
    return [
        StandardComparison(level_prefix(level), number, name, then.get(key), now.get(key))
        for key in sorted({**then, **now}, key=lambda key: (-key[0], key[1], key[2]))
        for level, number, name in [key]
    ]


StandardKey = tuple[int, int, str]  # the level's set, the standard's number and name in it


def _means(rounds: Sequence[Round]) -> dict[Round, dict[StandardKey, Decimal | None]]:
    """By round and standard, of the visit whose scores count for the round."""
    rows = Answer.objects.filter(
        sheet__round__in=rounds, sheet__visit__in=Visit.objects.in_force()
    ).select_related("sheet__visit", "indicator__standard__indicator_set")
    answers: dict[Visit, list[Answer]] = {}
    for row in rows.order_by("sheet__visit__number", "sheet__visit__version"):
        answers.setdefault(row.sheet.visit, []).append(row)
    found = {}
    for round_ in rounds:
        own = [visit for visit in answers if visit.round_id == round_.pk]
        if visit := scoring_visit(own, decision_moment(round_)):
            found[round_] = _mean_each(answers[visit])
    return found


def _mean_each(answers: Sequence[Answer]) -> dict[StandardKey, Decimal | None]:
    by_standard: dict[StandardKey, list[tuple[int | None, Decimal]]] = {}
    for answer in answers:
        standard = answer.indicator.standard
        key = (standard.indicator_set.level, standard.number, standard.name)
        by_standard.setdefault(key, []).append((answer.level, answer.indicator.weight))
    return {key: score_levels(*zip(*found, strict=True)).mean for key, found in by_standard.items()}


# --- Who has the school in charge ---


@dataclass(frozen=True)
class SupervisorInCharge:
    """A supervisor's appointment at the school's cluster, the order that says so, and since when.

    `order_number` is empty where no order of that day names the appointment. `since` is the day on
    which all came true: the order, the appointment, and the school's place in the cluster, which
    may be `is_assumed`.
    """

    appointment: Appointment
    order_number: str
    since: date
    is_assumed: bool


def supervisors_in_charge(school: School, day: date) -> list[SupervisorInCharge]:
    """Who has the school in charge on that day; nobody while it belongs to no cluster."""
    duties = Duty.objects.in_force(day).filter(appointment=OuterRef("pk"))
    duties = duties.order_by("-starts_on", "pk")
    appointments = Appointment.objects.in_force(day).filter(
        in_force_between_q(day, day, "cluster__memberships__"),
        role=Role.SUPERVISOR,
        cluster__memberships__school=school,
    )
    rows = appointments.annotate(
        member_from=F("cluster__memberships__starts_on"),
        member_is_assumed=F("cluster__memberships__start_is_assumed"),
        order_number=Coalesce(Subquery(duties.values("officer__order__number")[:1]), Value("")),
        order_from=Subquery(duties.values("starts_on")[:1]),
    )
    found = []
    for row in rows:
        since = max(filter(None, (row.order_from, row.starts_on, row.member_from)))
        is_assumed = row.member_is_assumed and since == row.member_from
        found.append(SupervisorInCharge(row, row.order_number, since, is_assumed))
    return found
