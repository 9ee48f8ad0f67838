"""Areas made up by hypothesis: a plan in plain values, and the rows that people would have left.

What the plan says is all there is to know, so that a test can count it without the database.
Levels stand by indicator code; None is an indicator that was set aside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone
from hypothesis import strategies as st

from schools.enums import EducationLevel, Role
from schools.models import ClusterMembership, School, Term
from supervision.assessments.enums import SelfAssessmentState, SheetKind
from supervision.assessments.models import Answer, AnswerSheet, SelfAssessment
from supervision.criteria.models import Indicator, IndicatorSet, Standard
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.rounds.models import Round
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit
from tests.factories import (
    AcademicYearFactory,
    AppointmentFactory,
    ClusterFactory,
    IndicatorSetFactory,
    MeetingFactory,
    SchoolFactory,
    TermFactory,
    UserFactory,
    YearlyCountFactory,
)

# The terms of every plan, oldest first; the last one runs on the day of the tests.
TERMS = (
    (2568, 1, date(2025, 5, 16), date(2025, 10, 11)),
    (2568, 2, date(2025, 11, 1), date(2026, 4, 1)),
    (2569, 2, date(2026, 11, 1), date(2027, 4, 1)),
)
# By level of the set: the codes of each standard's indicators.
BASIC = {1: ("1.1", "1.2"), 2: ("2.1", "2.2", "2.3")}
EARLY = {1: ("1.1", "1.2")}
CLUSTERS = 3
DISTRICTS = ("", "อำเภอทดสอบ ก", "อำเภอทดสอบ ข")
LEADERS = 2

Levels = Mapping[tuple[EducationLevel, str], int | None]


@dataclass(frozen=True)
class PlannedRecord:
    """One version of one visit's record: what its state says, and the levels it gives."""

    number: int
    version: int
    state: VisitState
    levels: Levels
    leader: int
    day: int  # after the term's first

    @property
    def is_acknowledged(self) -> bool:
        return self.state == VisitState.ACKNOWLEDGED


@dataclass(frozen=True)
class PlannedRound:
    """One round: the school's confirmed levels (None: none), its records, its decision.

    `decided_after` is how many of the records were acknowledged before the decision.
    """

    own: Levels | None
    records: Sequence[PlannedRecord]
    decided_after: int
    is_achieved: bool

    @property
    def is_decided(self) -> bool:
        return self.decided_after > 0


@dataclass(frozen=True)
class PlannedSchool:
    """A school with its rounds term by term, and what the register says of it.

    It moved from its first to its second cluster `moved_on` days after the last term opened.
    """

    teaches_early: bool
    clusters: tuple[int, int]
    moved_on: int
    is_closed: bool
    district: str
    pupils: int
    terms: Sequence[Sequence[PlannedRound]]


@dataclass(frozen=True)
class PlannedArea:
    """Schools and the rules of their sets; the second version of the basic set begins later.

    `weights` stand by indicator code of the basic set, `targets` by version and standard.
    """

    schools: Sequence[PlannedSchool]
    weights: Mapping[str, Decimal]
    targets: Mapping[tuple[int, int], Decimal | None]

    def version_in(self, term: int) -> int:
        return 1 if term == 0 else 2


# --- Plans ---


@st.composite
def areas(draw: st.DrawFn) -> PlannedArea:
    weights = st.sampled_from([Decimal("1.00"), Decimal("1.00"), Decimal("0.50"), Decimal("2.25")])
    targets = st.sampled_from([Decimal("3.00"), Decimal("3.50"), None])
    return PlannedArea(
        schools=draw(st.lists(_schools(), min_size=2, max_size=5)),
        weights={code: draw(weights) for codes in BASIC.values() for code in codes},
        targets={(version, number): draw(targets) for version in (1, 2) for number in BASIC},
    )


@st.composite
def _schools(draw: st.DrawFn) -> PlannedSchool:
    early = draw(st.booleans())
    cluster = st.integers(0, CLUSTERS - 1)
    rounds = st.lists(_rounds(early), max_size=2)
    return PlannedSchool(
        teaches_early=early,
        clusters=(draw(cluster), draw(cluster)),
        moved_on=draw(st.integers(1, 12)),
        is_closed=draw(st.integers(0, 4)) == 0,
        district=draw(st.sampled_from(DISTRICTS)),
        pupils=draw(st.sampled_from([40, 200])),
        terms=[_chained(draw(rounds)) for _ in TERMS],
    )


def _chained(rounds: Sequence[PlannedRound]) -> Sequence[PlannedRound]:
    """A second round follows only upon ไม่บรรลุ."""
    if len(rounds) == 2 and not (rounds[0].is_decided and not rounds[0].is_achieved):
        return rounds[:1]
    return rounds


@st.composite
def _rounds(draw: st.DrawFn, early: bool) -> PlannedRound:
    own = draw(st.none() | _levels(early))
    records: list[PlannedRecord] = []
    for number in range(1, 1 + (draw(st.integers(0, 2)) if own else 0)):
        records += draw(_records(early, number))
    acknowledged = sum(record.is_acknowledged for record in records)
    return PlannedRound(
        own=own,
        records=records,
        decided_after=draw(st.integers(0, acknowledged)),
        is_achieved=draw(st.booleans()),
    )


@st.composite
def _records(draw: st.DrawFn, early: bool, number: int) -> list[PlannedRecord]:
    """The first version of a visit's record, and sometimes a second of one acknowledged."""
    states = st.sampled_from([VisitState.RECORDING, VisitState.SIGNED, VisitState.ACKNOWLEDGED])
    first = draw(st.sampled_from([*VisitState.values[-1:], VisitState.ACKNOWLEDGED]) | states)
    first = VisitState.ACKNOWLEDGED if first == VisitState.CANCELLED else VisitState(first)
    day, leader = draw(st.integers(0, 15)), draw(st.integers(0, LEADERS - 1))
    found = [PlannedRecord(number, 1, first, draw(_levels(early)), leader, day)]
    if first == VisitState.ACKNOWLEDGED and draw(st.booleans()):
        second = draw(states)
        found.append(PlannedRecord(number, 2, second, draw(_levels(early)), leader, day))
    return found


@st.composite
def _levels(draw: st.DrawFn, early: bool) -> Levels:
    level = st.integers(1, 5) | st.integers(1, 5) | st.none()
    sets = {EducationLevel.BASIC: BASIC} | (
        {EducationLevel.EARLY_CHILDHOOD: EARLY} if early else {}
    )
    return {
        (kind, code): draw(level)
        for kind, standards in sets.items()
        for codes in standards.values()
        for code in codes
    }


# --- Rows ---


@dataclass(frozen=True)
class BuiltArea:
    """The rows of a plan: terms, schools and clusters in its order."""

    terms: Sequence[Term]
    schools: Sequence[School]
    clusters: Sequence[object]
    leaders: Sequence[object]
    reader: object


def build_area(plan: PlannedArea) -> BuiltArea:
    """Write the plan; whoever `reader` is sees the whole area."""
    reader = UserFactory()
    AppointmentFactory(user=reader, role=Role.AREA_DIRECTOR)
    terms = [_term(*row) for row in TERMS]
    clusters = [ClusterFactory() for _ in range(CLUSTERS)]
    leaders = [UserFactory() for _ in range(LEADERS)]
    built = BuiltArea(
        terms, [_school(one, clusters, terms) for one in plan.schools], clusters, leaders, reader
    )
    basic = [_basic_set(plan, version) for version in (1, 2)]
    early = _set(EducationLevel.EARLY_CHILDHOOD, EARLY, 1, {}, {})
    for planned, school in zip(plan.schools, built.schools, strict=True):
        for at, rounds in enumerate(planned.terms):
            sets = [basic[plan.version_in(at) - 1], *([early] if planned.teaches_early else [])]
            _write_rounds(rounds, school, built.terms[at], sets, built)
    return built


def _term(year: int, number: int, opens_on: date, closes_on: date) -> Term:
    return TermFactory(
        academic_year=AcademicYearFactory(year=year),
        number=number,
        opens_on=opens_on,
        closes_on=closes_on,
    )


def _school(planned: PlannedSchool, clusters: Sequence, terms: Sequence[Term]) -> School:
    school = SchoolFactory(
        district=planned.district, closed_on=date(2026, 11, 10) if planned.is_closed else None
    )
    moved = terms[-1].opens_on + timedelta(days=planned.moved_on)
    first, second = (clusters[at] for at in planned.clusters)
    until = moved - timedelta(days=1)
    ClusterMembership.objects.create(
        school=school, cluster=first, starts_on=date(2024, 1, 1), ends_on=until
    )
    ClusterMembership.objects.create(school=school, cluster=second, starts_on=moved)
    for year in {term.academic_year for term in terms}:
        YearlyCountFactory(school=school, academic_year=year, pupils=planned.pupils)
    return school


def _basic_set(plan: PlannedArea, version: int) -> IndicatorSet:
    targets = {number: plan.targets[version, number] for number in BASIC}
    return _set(EducationLevel.BASIC, BASIC, version, plan.weights, targets)


def _set(
    level: EducationLevel,
    standards: Mapping[int, Sequence[str]],
    version: int,
    weights: Mapping[str, Decimal],
    targets: Mapping[int, Decimal | None],
) -> IndicatorSet:
    chosen = IndicatorSetFactory(
        name=f"ชุดทดสอบ {level.label} {version}", level=level, standards=None
    )
    chosen.standards.all().delete()
    for number, codes in standards.items():
        standard = Standard.objects.create(
            indicator_set=chosen,
            number=number,
            name=f"มาตรฐาน {number}",
            target=targets.get(number),
        )
        for position, code in enumerate(codes, start=1):
            Indicator.objects.create(
                standard=standard,
                position=position,
                code=code,
                text=f"ตัวชี้วัด {code}",
                weight=weights.get(code, Decimal(1)),
            )
    return chosen


def moment(term: Term, day: int, order: int) -> datetime:
    """The order-th thing that happened on a day of the term."""
    on = term.opens_on + timedelta(days=day)
    return timezone.make_aware(datetime.combine(on, time(8))) + timedelta(minutes=order)


def _write_rounds(
    rounds: Sequence[PlannedRound],
    school: School,
    term: Term,
    sets: Sequence[IndicatorSet],
    built: BuiltArea,
) -> None:
    previous = None
    at, by = moment(term, 0, 0), built.reader
    for number, planned in enumerate(rounds, start=1):
        round_ = Round.objects.create(
            school=school,
            term=term,
            number=number,
            previous=previous,
            criteria_chosen_at=at,
            criteria_chosen_by=by,
            opened_at=at,
            opened_by=by,
        )
        round_.indicator_sets.set(sets)
        if planned.own is not None:
            _write_assessment(round_, planned.own, at, by)
        _write_records(round_, planned, term, built)
        previous = round_


def _write_assessment(round_: Round, levels: Levels, at: datetime, by: object) -> None:
    SelfAssessment.objects.create(
        round=round_,
        sheet=_sheet(round_, SheetKind.SELF, levels, at),
        state=SelfAssessmentState.CONFIRMED,
        started_at=at,
        confirmed_at=at,
        confirmed_by=by,
    )


def _sheet(
    round_: Round, kind: SheetKind, levels: Levels, frozen_at: datetime | None
) -> AnswerSheet:
    sheet = AnswerSheet.objects.create(round=round_, kind=kind, frozen_at=frozen_at)
    indicators = Indicator.objects.filter(standard__indicator_set__rounds=round_)
    Answer.objects.bulk_create(
        Answer(
            sheet=sheet,
            indicator=one,
            level=levels[one.standard.indicator_set.level, one.code],
            not_applicable=levels[one.standard.indicator_set.level, one.code] is None,
            na_reason="ไม่เปิดสอน",
            note="ข้อค้นพบ" if one.position == 1 else "",
        )
        for one in indicators.select_related("standard__indicator_set")
    )
    return sheet


def _write_records(round_: Round, planned: PlannedRound, term: Term, built: BuiltArea) -> None:
    acknowledged, before = 0, {}
    for order, record in enumerate(planned.records, start=1):
        visit = _write_record(round_, record, order, before.get(record.number), term, built)
        before[record.number] = visit
        acknowledged += record.is_acknowledged
        if record.is_acknowledged and acknowledged == planned.decided_after:
            _decide(round_, planned, visit, built)
    Visit.objects.create(  # a lesson that was observed judges no school
        round=round_,
        number=9,
        kind=VisitKind.CLASSROOM,
        state=VisitState.PLANNED,
        visit_on=term.opens_on,
        purpose="สังเกตชั้นเรียน",
        leader=built.leaders[0],
    )


def _write_record(
    round_: Round,
    record: PlannedRecord,
    order: int,
    previous: Visit | None,
    term: Term,
    built: BuiltArea,
) -> Visit:
    leader, at = built.leaders[record.leader], moment(term, 16, order)
    is_signed = record.state != VisitState.RECORDING
    signed = {"signed_at": at, "signed_by": leader} if is_signed else {}
    read = {"acknowledged_at": at, "acknowledged_by": built.reader}
    return Visit.objects.create(
        round=round_,
        number=record.number,
        version=record.version,
        previous=previous,
        state=record.state,
        visit_on=term.opens_on + timedelta(days=record.day),
        purpose="นิเทศ",
        leader=leader,
        sheet=_sheet(round_, SheetKind.VISIT, record.levels, at if is_signed else None),
        **signed,
        **(read if record.is_acknowledged else {}),
    )


def _decide(round_: Round, planned: PlannedRound, visit: Visit, built: BuiltArea) -> None:
    Decision.objects.create(
        round=round_,
        state=DecisionResult.ACHIEVED if planned.is_achieved else DecisionResult.NOT_ACHIEVED,
        reason="ทดสอบ",
        meeting=MeetingFactory(),
        decided_by=built.reader,
        decided_at=visit.acknowledged_at,
    )
