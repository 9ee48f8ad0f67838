"""Schools in terms: which schools count, where they belong, and which signed sheets judge them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet

from schools.models import ClusterMembership, School, Term, User
from supervision.assessments.enums import SelfAssessmentState
from supervision.practices.enums import DecisionResult
from supervision.rounds.models import Round
from supervision.visits.models import in_force_q
from supervision.visits.queries import scoring_visit


@dataclass(frozen=True)
class CountedVisit:
    """The signed visit whose scores count for a school's term, and the round it belongs to.

    `own_sheet_id` is the school's confirmed self-assessment of the same round.
    """

    pk: int
    sheet_id: int
    visit_on: date
    leader_id: int
    round_id: int
    round_number: int
    own_sheet_id: int | None


@dataclass(frozen=True)
class SchoolCluster:
    """The cluster that a school was in on a day; `pk` is None where the register names none."""

    pk: int | None
    name: str
    sort_key: str


NO_SCHOOL_CLUSTER = SchoolCluster(None, "", "")
# From when until when (None is open) a school was in a cluster.
_Membership = tuple[date, date | None, SchoolCluster]


@dataclass(frozen=True)
class SchoolTerm:
    """One school in one term, as the term's results count it.

    The cluster is that of the visit's day: a school that moved leaves its record where it was.
    Without a visit it is that of the term's last day, or of today while the term goes on.
    `decision` is that of the latest round, empty while it waits; `rounds` says how many there
    were. `is_assessed` says whether any self-assessment of the term is confirmed, `is_sample`
    whether its rounds belong to a demonstration.
    """

    school: School
    term: Term
    cluster: SchoolCluster
    rounds: int
    latest_round_id: int | None
    decision: DecisionResult | None
    is_assessed: bool
    is_sample: bool
    visit: CountedVisit | None

    @property
    def is_visited(self) -> bool:
        return self.visit is not None

    @property
    def had_second_round(self) -> bool:
        return self.rounds > 1


class _RoundRow(NamedTuple):
    """One round with one of its signed visits, or with none."""

    pk: int
    school_id: int
    term_id: int
    number: int
    is_sample: bool
    decision: str | None
    decided_at: datetime | None
    own_sheet_id: int | None
    visit_pk: int | None
    sheet_id: int
    visit_on: date
    leader_id: int
    acknowledged_at: datetime | None


def last_term_with_results(day: date) -> Term | None:
    """The latest term that had begun by the day and has a signed visit, whoever asks."""
    visited = Term.objects.filter(opens_on__lte=day, rounds__visits__signed_at__isnull=False)
    return visited.select_related("academic_year").distinct().order_by("-opens_on").first()


def load_school_terms(
    user: User,
    schools: Iterable[School],
    terms: Sequence[Term],
    today: date,
    *,
    with_clusters: bool = True,
) -> list[SchoolTerm]:
    """These schools in each of these terms, as far as the person sees them, in two queries.

    Who has no use for the clusters spares the second (`with_clusters`).

    A closed or merged school counts in the terms in which it confirmed a self-assessment or had
    a signed visit; so for terms gone by, `schools` are those that are closed too.
    """
    memberships = _memberships_by_school() if with_clusters else {}
    return _school_terms(Round.objects.visible_to(user), schools, terms, memberships, today)


def load_area_school_terms(
    schools: Iterable[School],
    terms: Sequence[Term],
    today: date,
    *,
    with_clusters: bool = True,
) -> list[SchoolTerm]:
    """The same whoever asks: for figures of the area that name no school, and for the reports.

    A report is the same for all its readers; who they are is asked of the report.
    """
    memberships = _memberships_by_school() if with_clusters else {}
    return _school_terms(Round.objects.all(), schools, terms, memberships, today)


def _school_terms(
    readable: QuerySet[Round],
    schools: Iterable[School],
    terms: Sequence[Term],
    memberships: Mapping[int, Sequence[_Membership]],
    today: date,
) -> list[SchoolTerm]:
    found = list(schools)
    rounds = _rounds_by_school_and_term(readable, found, terms)
    return [
        school_term
        for term in terms
        for school in found
        if (school_term := _school_term(school, term, rounds, memberships, today))
    ]


def _rounds_by_school_and_term(
    readable: QuerySet[Round], schools: Sequence[School], terms: Sequence[Term]
) -> dict[tuple[int, int], list[list[_RoundRow]]]:
    """By school and term: its rounds, first to last, each with its signed visits, first to last."""
    rounds = readable.filter(term__in=terms)
    if len(schools) == 1:
        rounds = rounds.filter(school=schools[0])
    rounds = rounds.annotate(
        signed=FilteredRelation("visits", condition=in_force_q("visits__")),
        confirmed=FilteredRelation(
            "self_assessments",
            condition=Q(self_assessments__state=SelfAssessmentState.CONFIRMED),
        ),
    )
    rows = rounds.order_by(
        "school", "term", "number", "signed__number", "signed__version"
    ).values_list(
        *("pk", "school", "term", "number", "is_sample"),
        *("decision__state", "decision__decided_at"),
        *("confirmed__sheet", "signed__pk", "signed__sheet", "signed__visit_on"),
        *("signed__leader", "signed__acknowledged_at"),
    )
    found: dict[tuple[int, int], list[list[_RoundRow]]] = {}
    for _, of_round in groupby(map(_RoundRow._make, rows), key=lambda row: row.pk):
        round_rows = list(of_round)
        key = round_rows[0].school_id, round_rows[0].term_id
        found.setdefault(key, []).append(round_rows)
    return found


def _memberships_by_school() -> dict[int, list[_Membership]]:
    found: dict[int, list[_Membership]] = {}
    rows = ClusterMembership.objects.order_by().values_list(
        "school", "starts_on", "ends_on", "cluster", "cluster__name", "cluster__sort_key"
    )
    for school, starts_on, ends_on, pk, name, key in rows:
        found.setdefault(school, []).append((starts_on, ends_on, SchoolCluster(pk, name, key)))
    return found


def _school_term(
    school: School,
    term: Term,
    rounds: Mapping[tuple[int, int], list[list[_RoundRow]]],
    memberships: Mapping[int, Sequence[_Membership]],
    today: date,
) -> SchoolTerm | None:
    """None for a school that closed or merged before it answered anything in the term."""
    of_term = rounds.get((school.pk, term.pk), [])
    is_assessed = any(rows[0].own_sheet_id is not None for rows in of_term)
    has_signed = any(rows[0].visit_pk is not None for rows in of_term)
    if not (is_assessed or has_signed or school.is_open_on(today)):
        return None
    visit = _counted_visit(of_term)
    day = visit.visit_on if visit else min(today, term.closes_on)
    latest = of_term[-1][0] if of_term else None
    return SchoolTerm(
        school=school,
        term=term,
        cluster=_cluster_on(memberships.get(school.pk, ()), day),
        rounds=len(of_term),
        latest_round_id=latest.pk if latest else None,
        decision=DecisionResult(latest.decision) if latest and latest.decision else None,
        is_assessed=is_assessed,
        is_sample=any(rows[0].is_sample for rows in of_term),
        visit=visit,
    )


def _counted_visit(of_term: Sequence[Sequence[_RoundRow]]) -> CountedVisit | None:
    """Of the last round that has a signed visit whose scores count for it."""
    for rows in reversed(of_term):
        signed = [row for row in rows if row.visit_pk is not None]
        if chosen := scoring_visit(signed, rows[0].decided_at):
            return CountedVisit(
                pk=chosen.visit_pk or 0,
                sheet_id=chosen.sheet_id,
                visit_on=chosen.visit_on,
                leader_id=chosen.leader_id,
                round_id=chosen.pk,
                round_number=chosen.number,
                own_sheet_id=chosen.own_sheet_id,
            )
    return None


def _cluster_on(memberships: Iterable[_Membership], day: date) -> SchoolCluster:
    for starts_on, ends_on, cluster in memberships:
        if starts_on <= day and (ends_on is None or day <= ends_on):
            return cluster
    return NO_SCHOOL_CLUSTER


# --- Filters ---


@dataclass(frozen=True)
class ResultFilter:
    """Which schools and which indicators are asked about; None or empty asks for all.

    `clusters` are pks (those of a supervisor's clusters, or one), `district` and `size` are the
    register's words, `level` is an EducationLevel of indicator sets, `indicator_set` a pk.
    """

    clusters: frozenset[int | None] | None = None
    district: str = ""
    size: str = ""
    level: int | None = None
    indicator_set: int | None = None


ALL_RESULTS = ResultFilter()
# What the office's scheme calls a school's size, by school and academic year.
SizeWords = Mapping[tuple[int, int], str]


def filter_school_terms(
    rows: Iterable[SchoolTerm], wanted: ResultFilter, sizes: SizeWords
) -> Iterator[SchoolTerm]:
    """The schools that the filter asks for."""
    for row in rows:
        size = sizes.get((row.school.pk, row.term.academic_year_id), "")
        if (
            (wanted.clusters is None or row.cluster.pk in wanted.clusters)
            and (not wanted.district or row.school.district == wanted.district)
            and (not wanted.size or size == wanted.size)
        ):
            yield row
