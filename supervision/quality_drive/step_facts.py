"""What is on record of a drive's steps: for the area in two queries, for all schools in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from schools.models import School, Term
from supervision.committees.models import CommitteeMember
from supervision.programmes.networks.enums import ForumState
from supervision.quality_drive.baselines.enums import BaselineState
from supervision.quality_drive.cooperation.enums import (
    DriveEventKind,
    DriveEventState,
)
from supervision.quality_drive.drives.enums import ProgressRhythm, Sector
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.mentoring.enums import MonitoringState
from supervision.quality_drive.models import (
    Agreement,
    ClimateSurvey,
    ClimateTurn,
    DriveEvent,
    DriveProgress,
    DriveTeam,
    ExchangeEvent,
    ExpectedResult,
    Honour,
    MonitoringReport,
    Partner,
    QualityDrive,
    Ranking,
    SchoolDrive,
    Takeaway,
)
from supervision.quality_drive.progress.periods import report_periods
from supervision.quality_drive.ranking.enums import RankingState
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit

# The office itself is in every working group: others are what makes it one of all sectors.
OTHER_SECTORS = tuple(sector for sector in Sector if sector != Sector.AREA_OFFICE)


@dataclass(frozen=True)
class TeamFacts:
    """A working group of the drive: whether an order appointed it, and which sectors sit in it."""

    team: DriveTeam
    has_order: bool
    sectors: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class AreaDriveFacts:
    """What the area has done in a drive, by step; counts are of records, not of people."""

    teams: Sequence[TeamFacts]
    heads_meetings: int
    monitoring_reports: int
    partners_inside: int
    partners_outside: int
    events: int
    surveys: int
    closed_surveys: int
    ranking: str
    objections_until: date | None
    honours: int
    released_honours: int
    exchanges: int
    results: int
    results_written: int
    next_plan: str

    @property
    def missing_sectors(self) -> list[Sector]:
        """The sectors besides the office that no working group has, in their order."""
        found = frozenset[str]().union(*(one.sectors for one in self.teams))
        return [sector for sector in OTHER_SECTORS if sector not in found]

    @property
    def has_team(self) -> bool:
        """Whether a working group was appointed by order and others than the office sit in it."""
        appointed = any(one.has_order for one in self.teams)
        return appointed and len(self.missing_sectors) < len(OTHER_SECTORS)


@dataclass(frozen=True, kw_only=True)
class SchoolDriveFacts:
    """How far one school is in a drive.

    `agreement` is the state of the version that waits for a word or signature, `in_force` whether
    both have signed one; `reported_on` the day of its last report of progress.
    """

    school: School
    baseline: str
    agreement: str
    in_force: bool
    reported_on: date | None
    survey_waits: bool
    survey_answered: bool
    joined_event: bool
    visit_planned: bool
    visit_signed: bool
    visit_acknowledged: bool
    takeaways: bool

    @property
    def baseline_confirmed(self) -> bool:
        return self.baseline == BaselineState.CONFIRMED

    def has_reported_since(self, day: date | None) -> bool:
        """Whether it reported in the period that began on that day."""
        return bool(day and self.reported_on and self.reported_on >= day)


def period_began_on(drive: QualityDrive, terms: Sequence[Term], today: date) -> date | None:
    """When the period began for which schools report progress now, by the drive's rhythm.

    None before the first term of the year opens. `terms` are those of the drive's year.
    """
    first = min((term.opens_on for term in terms), default=None)
    periods = report_periods(ProgressRhythm(drive.rhythm), terms, first)
    return max((one.first for one in periods if one.first <= today), default=None)


# --- The area ---


def load_area_facts(drive: QualityDrive) -> AreaDriveFacts:
    """What the area has on record of the drive, in two queries."""
    columns = {name: _count(rows) for name, rows in _counted_rows().items()}
    ranking = Ranking.objects.filter(drive=OuterRef("pk")).exclude(state=RankingState.REPLACED)
    row = (
        QualityDrive.objects.filter(pk=drive.pk)
        .annotate(
            **{f"n_{name}": column for name, column in columns.items()},
            ranking_state=Subquery(ranking.values("state")[:1]),
            ranking_until=Subquery(ranking.values("objections_until")[:1]),
        )
        .values(*(f"n_{name}" for name in columns), "ranking_state", "ranking_until")
        .get()
    )
    return AreaDriveFacts(
        teams=load_teams(drive),
        ranking=row["ranking_state"] or "",
        objections_until=row["ranking_until"],
        next_plan=drive.next_plan,
        **{name: row[f"n_{name}"] for name in columns},
    )


def _counted_rows() -> dict[str, QuerySet]:
    """The rows of each count of AreaDriveFacts, of the drive that the outer query is at."""
    of_drive = {"drive": OuterRef("pk")}
    events = DriveEvent.objects.filter(**of_drive, state=DriveEventState.HELD)
    reports = MonitoringReport.objects.filter(**of_drive, state=MonitoringState.SUBMITTED)
    surveys = ClimateSurvey.objects.filter(**of_drive).opened()
    honours = Honour.objects.filter(category__drive=OuterRef("pk")).awarded()
    exchanges = ExchangeEvent.objects.filter(**of_drive, forum__state=ForumState.HELD)
    results = ExpectedResult.objects.filter(**of_drive)
    return {
        "heads_meetings": events.filter(kind=DriveEventKind.HEADS_MEETING),
        "events": events.filter(kind=DriveEventKind.COOPERATION),
        "monitoring_reports": reports,
        "partners_inside": Partner.objects.filter(**of_drive, is_outside=False),
        "partners_outside": Partner.objects.filter(**of_drive, is_outside=True),
        "surveys": surveys,
        "closed_surveys": surveys.over_on(timezone.localdate()),
        "honours": honours,
        "released_honours": honours.filter(state=HonourState.RELEASED),
        "exchanges": exchanges,
        "results": results,
        "results_written": results.exclude(result=""),
    }


def _count(rows: QuerySet) -> Coalesce:
    """How many, as a column of the outer query."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def load_teams(drive: QualityDrive) -> list[TeamFacts]:
    """The working groups of the drive with their sectors, in one query."""
    by_order = Q(order__isnull=False) | ~Q(order_text="")
    appointed = CommitteeMember.objects.filter(by_order, committee=OuterRef("committee"))
    rows = drive.teams.select_related("committee").annotate(
        has_order=Exists(appointed), sector=F("sectors__sector")
    )
    found: dict[int, tuple[DriveTeam, bool, set[str]]] = {}
    for team in rows.order_by("pk", "sectors__pk"):
        _, _, sectors = found.setdefault(team.pk, (team, team.has_order, set()))
        if team.sector:
            sectors.add(team.sector)
    return [TeamFacts(team, order, frozenset(sectors)) for team, order, sectors in found.values()]


# --- The schools ---


def load_school_facts(drive: QualityDrive, schools: QuerySet[School]) -> list[SchoolDriveFacts]:
    """How far each of these schools is, in one query."""
    found = schools.annotate(**{f"fact_{name}": x for name, x in _school_columns(drive).items()})
    return [_school_facts(school) for school in found]


def _school_columns(drive: QualityDrive) -> dict[str, Exists | Subquery]:
    """The columns of SchoolDriveFacts, of the school that the outer query is at."""
    here = {"drive": drive, "school": OuterRef("pk")}
    agreements = Agreement.objects.filter(**here)
    reports = DriveProgress.objects.filter(
        school_drive__drive=drive, school_drive__school=OuterRef("pk")
    )
    turns = ClimateTurn.objects.filter(survey__drive=drive, school=OuterRef("pk"))
    waiting = ClimateSurvey.objects.taking_answers_on(timezone.localdate())
    events = DriveEvent.attended.through.objects.filter(
        driveevent__drive=drive, driveevent__state=DriveEventState.HELD, school=OuterRef("pk")
    )
    visits = Visit.objects.filter(
        kind=VisitKind.MENTORING,
        round__term__academic_year=drive.academic_year_id,
        round__school=OuterRef("pk"),
    )
    to_come = [VisitState.PLANNED, VisitState.RECORDING]
    takeaways = Takeaway.objects.filter(event__drive=drive, school=OuterRef("pk"))
    return {
        "baseline": Subquery(SchoolDrive.objects.filter(**here).values("state")[:1]),
        "agreement": Subquery(agreements.still_open().values("state")[:1]),
        "in_force": Exists(agreements.in_force()),
        "reported_on": Subquery(reports.order_by("-reported_on").values("reported_on")[:1]),
        "survey_waits": Exists(turns.filter(survey__in=waiting, is_taken=False)),
        "survey_answered": Exists(turns.filter(is_taken=True)),
        "joined_event": Exists(events),
        "visit_planned": Exists(visits.filter(state__in=to_come)),
        "visit_signed": Exists(visits.filter(state=VisitState.SIGNED)),
        "visit_acknowledged": Exists(visits.filter(state=VisitState.ACKNOWLEDGED)),
        "takeaways": Exists(takeaways),
    }


def _school_facts(school: School) -> SchoolDriveFacts:
    names = [name for name in SchoolDriveFacts.__dataclass_fields__ if name != "school"]
    found = {name: getattr(school, f"fact_{name}") for name in names}
    found |= {name: found[name] or "" for name in ("baseline", "agreement")}
    return SchoolDriveFacts(school=school, **found)
