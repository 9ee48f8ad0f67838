"""What the school page shows besides the seven steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from schools.access import Permission, can
from schools.enums import Role
from schools.models import Appointment, ClusterMembership, School, User
from supervision.assessments.models import Answer
from supervision.assignments.models import Duty
from supervision.criteria.models import level_prefix
from supervision.criteria.scoring import score_levels
from supervision.cycle.steps import with_criteria, with_step_facts
from supervision.improvement.ledger import LedgerEntry
from supervision.improvement.models import Recommendation
from supervision.needs.models import NeedsCampaign, NeedsSurvey
from supervision.practices.models import Decision
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import scoring_visit
from supervision.workflow.models import Transition, TransitionRule, WorkflowModel
from supervision.workflow.queries import HistoryEntry


def rounds_of_school(user: User, today: date) -> QuerySet[Round]:
    """Rounds the person may see, newest first, ready for their progress and with the cluster."""
    rounds = with_criteria(with_step_facts(Round.objects.visible_to(user))).select_related(
        "school__merged_into", "term__academic_year"
    )
    return rounds.order_by("-term__opens_on", "-number").annotate(
        cluster_name=_cluster_name("school", today),
        has_merged_schools=Exists(School.objects.filter(merged_into=OuterRef("school"))),
    )


def schools_with_cluster(user: User, today: date) -> QuerySet[School]:
    schools = School.objects.visible_to(user).select_related("merged_into")
    return schools.annotate(cluster_name=_cluster_name("pk", today))


def schools_merged_into(school: School, user: User) -> QuerySet[School]:
    """Schools that became part of this one, as far as the person may read their past.

    Supervisors and the office may; the receiving school's director only with a appointment there:
    what was judged of colleagues does not pass on with the pupils.
    """
    return School.objects.visible_to(user).filter(merged_into=school)


def _cluster_name(path: str, today: date) -> Subquery:
    memberships = ClusterMembership.objects.in_force(today).filter(school=OuterRef(path))
    return Subquery(memberships.values("cluster__name")[:1])


@dataclass(frozen=True)
class OtherRound:
    """Another round of the school, with what was decided on it."""

    round: Round
    decision: Decision | None


def other_rounds(round_: Round, rounds: Sequence[Round]) -> list[OtherRound]:
    return [
        OtherRound(other, getattr(other, "decision", None)) for other in rounds if other != round_
    ]


# --- Recommendations to follow up ---


@dataclass(frozen=True)
class SchoolLedger:
    """A school's recommendations of all its rounds, once agreed with the school."""

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
    rows = list(Recommendation.objects.agreed().filter(round__school=school))
    still = [LedgerEntry(row, today) for row in rows if row.is_open]
    may_close = can(user, Permission.SUMMARISE, school.pk)
    return SchoolLedger(still, len(rows) - len(still), may_close)


# --- Result compared with the term before ---


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
        if visit := scoring_visit(own, round_):
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
    duties = Duty.objects.filter(appointment=OuterRef("pk"), order__effective_on__lte=day)
    duties = duties.order_by("-order__effective_on")
    appointments = Appointment.objects.in_force(day).filter(
        Q(cluster__memberships__ends_on=None) | Q(cluster__memberships__ends_on__gte=day),
        role=Role.SUPERVISOR,
        cluster__memberships__school=school,
        cluster__memberships__starts_on__lte=day,
    )
    appointments = appointments.annotate(
        member_from=F("cluster__memberships__starts_on"),
        member_is_assumed=F("cluster__memberships__start_is_assumed"),
        order_number=Coalesce(Subquery(duties.values("order__number")[:1]), Value("")),
        order_from=Subquery(duties.values("order__effective_on")[:1]),
    )
    return [_in_charge(appointment) for appointment in appointments]


def _in_charge(appointment: Appointment) -> SupervisorInCharge:
    since = max(
        filter(None, (appointment.order_from, appointment.starts_on, appointment.member_from))
    )
    is_assumed = appointment.member_is_assumed and since == appointment.member_from
    return SupervisorInCharge(appointment, appointment.order_number, since, is_assumed)


# --- History of a round ---


def history_of_round(round_: Round, user: User) -> list[HistoryEntry]:
    """Who did what when in this round, whichever app the record belongs to; newest first.

    Of a record that the person may not see yet, such as an unsigned report, nothing is said.
    """
    sources = dict(_records_of(round_, user))
    wanted = Q(pk__in=[])
    for model, records in sources.items():
        wanted |= Q(record_type=model._meta.label_lower, record_id__in=records.values("pk"))
    models = {model._meta.label_lower: model for model in sources}
    lines = Transition.objects.filter(wanted).select_related("by")
    if not can(user, Permission.VIEW_AREA):
        lines = [line for line in lines if not _transition_of(line, models).office_only]
    entries = [*_of_round(round_), *(_line(line, models[line.record_type]) for line in lines)]
    return sorted(entries, key=lambda line: line.when)[::-1]


def _records_of(round_: Round, user: User) -> Iterator[tuple[type[WorkflowModel], QuerySet]]:
    """Every kind of record that names its round, and the survey, which belongs to its campaign."""
    for model in apps.get_models():
        if issubclass(model, WorkflowModel) and any(f.name == "round" for f in model._meta.fields):
            yield model, model.objects.visible_to(user).filter(round=round_)
    campaign = NeedsCampaign.objects.covering(round_.term)
    surveys = NeedsSurvey.objects.visible_to(user)
    yield NeedsSurvey, surveys.filter(school=round_.school_id, campaign=campaign)


def _transition_of(line: Transition, models: Mapping[str, type[WorkflowModel]]) -> TransitionRule:
    return models[line.record_type].TRANSITIONS[line.verb]


def _line(line: Transition, model: type[WorkflowModel]) -> HistoryEntry:
    what = f"{model._meta.verbose_name}: {model.TRANSITIONS[line.verb].label}"
    return HistoryEntry(what, str(line.by), line.at, line.reason)


def _of_round(round_: Round) -> Iterator[HistoryEntry]:
    """The round's own two facts, which are no moves of a record."""
    yield HistoryEntry(f"เปิดรอบที่ {round_.number}", str(round_.opened_by), round_.opened_at)
    if round_.criteria_chosen_at:
        chosen = " และ ".join(map(str, round_.indicator_sets.all()))
        what = f"กำหนดชุดตัวชี้วัด: {chosen}"
        yield HistoryEntry(what, str(round_.criteria_chosen_by), round_.criteria_chosen_at)
