from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, TypedDict, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from schools.access import GLOBAL_PERMISSIONS, SCOPED_PERMISSIONS, Permission, rights_of
from schools.enums import Role
from schools.models import Appointment, ClusterMembership, School, User
from supervision.assessments.enums import SHEET_FIELDS, AnswerField
from supervision.assessments.late_edits import has_late_edits
from supervision.assessments.models import Answer, AnswerSheet, Evidence, SheetText
from supervision.assessments.queries import (
    MissingAnswer,
    missing_answers_among,
    school_sheet_q,
    scores_by_standard,
    sheet_indicators,
    sheets_of_same_round,
)
from supervision.assessments.version_tokens import version_token_expression
from supervision.criteria.models import Indicator, Standard
from supervision.criteria.scoring import WIDE_GAP, Score, interpretation, score_levels, wide_gap
from supervision.rounds.models import Round
from supervision.visits.enums import (
    KINDS_JUDGING_NO_SCHOOL,
    VisitAction,
    VisitKind,
    VisitState,
)
from supervision.visits.models import SIGNED_STATES, Rating, Visit, VisitQuerySet
from supervision.workflow.models import Transition

EMPTY_SCORE = score_levels([])
# The texts of a visit from which the texts of its round's summary are made (step 6).
SUMMARISED_FIELDS = (AnswerField.STRENGTHS, AnswerField.IMPROVEMENT_POINTS, AnswerField.ADVICE)
VISIT_RELATIONS = (
    *("round__school", "round__term__academic_year", "round__decision"),
    *("leader", "signed_by", "acknowledged_by", "sheet", "next_version", "observation"),
)
TEAM_ROLES = (
    Role.SUPERVISOR,
    Role.WORK_GROUP_HEAD,
    Role.GROUP_DIRECTOR,
    Role.DEPUTY_AREA_DIRECTOR,
    Role.COMMITTEE_MEMBER,
)


@dataclass(frozen=True)
class VisitComparison:
    """The record's answers beside the school's own confirmed ones, on the same indicators."""

    indicators: list[Indicator]
    school_answers: dict[int, Answer]
    visit_answers: dict[int, Answer]

    @property
    def missing(self) -> list[MissingAnswer]:
        """What the record still lacks: a level each, and a finding for every wide gap."""
        return missing_answers_among(self.indicators, self.visit_answers) + self.unexplained_gaps

    @property
    def unexplained_gaps(self) -> list[MissingAnswer]:
        """Indicators with a wide gap to the school's own score, without a finding."""
        return [
            MissingAnswer(indicator, f"ต่างจากโรงเรียนตั้งแต่ {WIDE_GAP} ระดับ โปรดเขียนข้อค้นพบ")
            for indicator in self.indicators
            if indicator.pk in self.school_answers
            and indicator.pk in self.visit_answers
            and wide_gap(
                self.school_answers[indicator.pk].level, self.visit_answers[indicator.pk].level
            )
            and not self.visit_answers[indicator.pk].note.strip()
        ]

    @property
    def answered(self) -> int:
        return sum(answer.is_answered for answer in self.visit_answers.values())


@dataclass(frozen=True)
class ComparedStandard:
    """One standard: the school's own score and the visit's, each with its meaning."""

    standard: Standard
    school_score: Score
    school_meaning: str
    visit_score: Score
    visit_meaning: str

    @property
    def gap(self) -> Decimal | None:
        """How far the visit's mean lies above (+) or below (-) the school's own."""
        if self.school_score.mean is None or self.visit_score.mean is None:
            return None
        return self.visit_score.mean - self.school_score.mean

    @property
    def gap_size(self) -> Decimal | None:
        return None if self.gap is None else abs(self.gap)


def visit_comparison(visit: Visit) -> VisitComparison:
    """The record's answers and the school's own, in two queries whatever their number."""
    sheet = visit.record_sheet
    sheets = sheets_of_same_round(sheet, Q(pk=sheet.pk) | school_sheet_q(sheet))
    comparison = VisitComparison(sheet_indicators(sheet), {}, {})
    for answer in Answer.objects.filter(sheet__in=sheets):
        is_seen = answer.sheet_id == sheet.pk
        (comparison.visit_answers if is_seen else comparison.school_answers)[
            answer.indicator_id
        ] = answer
    return comparison


def compared_standards(comparison: VisitComparison, bands: Sequence) -> list[ComparedStandard]:
    """The school's score and the visit's for each standard, in the set's order."""
    own, seen = (
        scores_by_standard(comparison.indicators, answers)
        for answers in (comparison.school_answers, comparison.visit_answers)
    )
    standards = {indicator.standard_id: indicator.standard for indicator in comparison.indicators}
    return [
        _row(standard, own.get(pk, EMPTY_SCORE), seen.get(pk, EMPTY_SCORE), bands)
        for pk, standard in standards.items()
    ]


def _row(standard: Standard, own: Score, seen: Score, bands: Sequence) -> ComparedStandard:
    return ComparedStandard(
        standard, own, interpretation(own.mean, bands), seen, interpretation(seen.mean, bands)
    )


def visit_texts(visit: Visit) -> list[SheetText]:
    """The texts on the whole record that are not empty, in the order of form 7.3."""
    written = [text for text in visit.record_sheet.texts.all() if text.text.strip()]
    return sorted(written, key=lambda text: SHEET_FIELDS.index(text.field))


def visit_evidence(visit: Visit) -> list[Evidence]:
    """Photos, documents and links of the whole visit, which belong to no indicator."""
    return list(Evidence.objects.present().filter(sheet=visit.record_sheet, indicator=None))


def missing_to_sign(visit: Visit) -> list[MissingAnswer]:
    """What the record still lacks before its leader can sign."""
    return visit_comparison(visit).missing


def unfilled_texts(visit: Visit) -> list[str]:
    """Texts that the school's summary is made from (step 6) and the record leaves empty.

    They may be left so: a follow-up may have nothing to add.
    """
    written = {text.field for text in visit_texts(visit)}
    return [str(field.label) for field in SUMMARISED_FIELDS if field not in written]


def deciding_visit(round_: Round, *, until: datetime | None = None) -> Visit | None:
    """The visit that the round's decision rests on, as `decision_basis` says."""
    return decision_basis(list(_acknowledged_visits_of([round_.pk])), until)


def deciding_visits(rounds: Collection[int]) -> dict[int, Visit]:
    """By round (pk), the visit that its decision would rest on now; rounds without are left out."""
    found: dict[int, list[Visit]] = {}
    for visit in _acknowledged_visits_of(rounds):
        found.setdefault(visit.round_id, []).append(visit)
    return {pk: chosen for pk, visits in found.items() if (chosen := decision_basis(visits))}


def _acknowledged_visits_of(rounds: Collection[int]) -> QuerySet[Visit]:
    """What the schools of these rounds have acknowledged, first to last."""
    visits = Visit.objects.of_whole_school().filter(round__in=rounds, state=VisitState.ACKNOWLEDGED)
    return visits.select_related("sheet").order_by("round", "number", "version")


class RecordInForce(Protocol):
    """What the choice of the visit that counts asks of a signed record."""

    @property
    def acknowledged_at(self) -> datetime | None: ...


Record = TypeVar("Record", bound=RecordInForce)


def decision_basis(visits: Sequence[Record], until: datetime | None = None) -> Record | None:
    """The visit of these, first to last, that a decision rests on or would rest on now.

    With `until`, the moment of the decision: what the school acknowledged later changes none.
    """
    acknowledged = [
        visit
        for visit in visits
        if visit.acknowledged_at and (until is None or visit.acknowledged_at <= until)
    ]
    return acknowledged[-1] if acknowledged else None


def scoring_visit(visits: Sequence[Record], decided_at: datetime | None) -> Record | None:
    """The visit of a round's records in force, first to last, whose scores count for it.

    It is the one that the round's decision rests on; before there is one, the last.
    """
    if decided_at:
        return decision_basis(visits, decided_at)
    return visits[-1] if visits else None


def decision_moment(round_: Round) -> datetime | None:
    """When the round was decided; None before."""
    return round_.decision.decided_at if hasattr(round_, "decision") else None


def acknowledged_visits(round_: Round) -> VisitQuerySet:
    """Visits that the school acknowledged this term up to this round, in their newest versions.

    A round that was not achieved is part of it: its words are not lost with it.
    """
    rounds = Round.objects.filter(school=round_.school_id, term=round_.term_id)
    read = Visit.objects.filter(state=VisitState.ACKNOWLEDGED)
    newer = read.filter(
        round=OuterRef("round"), number=OuterRef("number"), version__gt=OuterRef("version")
    )
    visits = read.filter(round__in=rounds.filter(number__lte=round_.number))
    return visits.filter(~Exists(newer)).order_by("round__number", "number")


def newer_visit_version(visit: Visit) -> Visit | None:
    """The next version of this record, unless it was cancelled."""
    if not hasattr(visit, "next_version"):
        return None
    amended = visit.round.visits.not_cancelled().filter(number=visit.number)
    return amended.filter(version__gt=visit.version).first()


def previous_signed_version(visit: Visit) -> Visit | None:
    """The newest signed version before this one; None for a first version."""
    if visit.version == 1:
        return None
    signed = visit.round.visits.filter(number=visit.number, state__in=SIGNED_STATES)
    return signed.filter(version__lt=visit.version).last()


def unacknowledged_revision(round_: Round) -> Visit | None:
    """A new version that the school has not acknowledged: nothing is decided before it is."""
    return unacknowledged_revisions([round_.pk]).get(round_.pk)


def unacknowledged_revisions(rounds: Collection[int]) -> dict[int, Visit]:
    """By round (pk), such a new version; rounds without one are left out."""
    visits = Visit.objects.of_whole_school().filter(round__in=rounds)
    amended = visits.in_latest_version().filter(version__gt=1)
    waiting = amended.exclude(state=VisitState.ACKNOWLEDGED)
    return {visit.round_id: visit for visit in waiting.order_by("-number")}


def with_last_reason(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits, each with the reason for which it was last postponed or cancelled: `last_reason`."""
    told = Transition.objects.filter(
        record_type=Visit._meta.label_lower,
        record_id=OuterRef("pk"),
        verb__in=(VisitAction.POSTPONE, VisitAction.CANCEL),
    )
    reasons = Subquery(told.order_by("-at").values("reason")[:1])
    return visits.annotate(last_reason=reasons)  # type: ignore[no-redef]  # declared on Visit


def latest_versions(visits: Iterable[Visit]) -> list[Visit]:
    """The same as `in_latest_version` for visits loaded already in the order of their versions."""
    found: dict[int, Visit] = {}
    for visit in visits:
        if visit.number not in found or not visit.is_cancelled:
            found[visit.number] = visit
    return list(found.values())


def visits_awaiting(user: User, today: date) -> QuerySet[Visit]:
    """Visits that wait for the person and are not part of step 4 of a round.

    Classroom observations, mentoring, amendments and further visits wait for their leader and
    for the school's director; any other record under way waits for each member of its team.
    """
    read = Visit.objects.of_whole_school().filter(
        round=OuterRef("round"), state=VisitState.ACKNOWLEDGED
    )
    submitted = Rating.objects.filter(visit=OuterRef("pk"), rater=user, submitted_at__isnull=False)
    joined = Visit.team.through.objects.filter(visit=OuterRef("pk"), user=user)
    is_beside = Q(kind__in=KINDS_JUDGING_NO_SCHOOL) | Exists(read)
    begun = Q(state=VisitState.RECORDING) | Q(state=VisitState.PLANNED, visit_on__lte=today)
    schools = rights_of(user).schools(Permission.ACKNOWLEDGE_VISIT)
    to_read = Q(state=VisitState.SIGNED, round__school__in=schools)
    to_rate = Q(Exists(joined), ~Exists(submitted), state=VisitState.RECORDING, version=1)
    to_rate &= ~Q(kind=VisitKind.MENTORING)
    visits = Visit.objects.visible_to(user).in_latest_version().select_related("round__school")
    return visits.filter(is_beside & (Q(leader=user) & begun | to_read) | to_rate)


class VisitPageColumns(TypedDict):
    """What a visit's pages ask of it for one reader.

    May they read the record by now? Has it late edits? And its version token as it stands.
    """

    is_record_visible: bool
    has_late_edits: bool
    version_token: str | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ReadableVisit = WithAnnotations[Visit, VisitPageColumns]
else:
    ReadableVisit = Visit


def visits_visible_to(user: User) -> QuerySet[ReadableVisit]:
    """The visits that the person may see, with all that a visit's pages show of each."""
    sheets = AnswerSheet.objects.visible_to(user).filter(pk=OuterRef("sheet_id"))
    visits = Visit.objects.visible_to(user).select_related(*VISIT_RELATIONS)
    late = has_late_edits(late_edits_of_visit(OuterRef("pk")))
    version_token = version_token_expression(OuterRef("sheet_id"))
    return visits.annotate(
        is_record_visible=Exists(sheets), has_late_edits=late, version_token=version_token
    )


def late_edits_of_visit(visit: int | OuterRef) -> Q:
    """The late edits to the visit's record and to what its raters submitted."""
    return Q(sheet__visit=visit) | Q(sheet__rating__visit=visit)


@dataclass(frozen=True)
class VisitClash:
    """A person who is expected at another school at the same time."""

    person: User
    visit: Visit

    def __str__(self) -> str:
        when = self.visit.times or "ไม่ระบุเวลา"
        return f"{self.person} มีนัดหมายที่{self.visit.round.school.name} วันเดียวกัน {when}"


def visit_clashes(visit: Visit, people: Collection[User]) -> list[VisitClash]:
    """Other visits at the time of this one to which these people are expected."""
    same_day = Visit.objects.not_cancelled().filter(visit_on=visit.visit_on, version=1)
    elsewhere = same_day.exclude(round__school=visit.round.school_id)
    theirs = elsewhere.filter(Q(leader__in=people) | Q(team__in=people)).distinct()
    visits = theirs.select_related("round__school", "leader").prefetch_related("team")
    overlapping = [other for other in visits if visit.clashes_with(other)]
    return [
        VisitClash(person, other)
        for other in overlapping
        for person in people
        if person == other.leader or person in other.team.all()
    ]


def eligible_leaders(school: School, on: date) -> QuerySet[User]:
    """People whose appointment in force that day lets them record a visit at this school."""
    return _holders(_recording_appointments(school, on))


def with_leader_in_charge(visits: QuerySet[Visit], on: date) -> QuerySet[Visit]:
    """Visits, each with `leader_in_charge`: is its leader one of the `eligible_leaders`?"""
    appointments = _recording_appointments(OuterRef(OuterRef("round__school")), on)
    theirs = appointments.filter(user=OuterRef("leader"), user__is_active=True)
    in_charge = Exists(theirs)
    return visits.annotate(leader_in_charge=in_charge)  # type: ignore[no-redef]  # declared on Visit


def _recording_appointments(school: School | OuterRef, on: date) -> QuerySet[Appointment]:
    roles = [role for role, held in SCOPED_PERMISSIONS.items() if Permission.RECORD_VISIT in held]
    clusters = ClusterMembership.objects.clusters_of(school, on)
    appointments = Appointment.objects.in_force(on).filter(role__in=roles)
    everywhere = Q(cluster=None) & ~Q(role__in=GLOBAL_PERMISSIONS)
    return appointments.filter(everywhere | Q(cluster__in=clusters))


def eligible_team_members(school: School, on: date) -> QuerySet[User]:
    """People who may join a visit: the unit, the committee, and the cluster's sub-committee."""
    clusters = ClusterMembership.objects.clusters_of(school, on)
    of_cluster = Q(role=Role.SUBCOMMITTEE_MEMBER, cluster__in=clusters)
    return _holders(Appointment.objects.in_force(on).filter(of_cluster | Q(role__in=TEAM_ROLES)))


def _holders(appointments: QuerySet[Appointment]) -> QuerySet[User]:
    people = User.objects.filter(is_active=True, pk__in=appointments.values("user"))
    return people.order_by("full_name")
