"""The plan of a term's visits with its calendar (แผนและปฏิทินการนิเทศ), to be approved by hand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner, office_signer, visiting_signer
from reports.exports.files import filters_in_words
from reports.papers.office_paper import OfficePaper, paper_response
from schools.access import Permission, can, require_anywhere
from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.models import School, Term, User
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from supervision.calendar.page import WEEKS
from supervision.calendar.queries import (
    CalendarEntry,
    CalendarPageDay,
    calendar_page_days,
    visit_entry,
)
from supervision.needs.models import NeedsCampaign
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import StepDeadline
from supervision.special_days.models import SpecialDay
from supervision.visits.enums import VisitState
from supervision.visits.listing import VisitListing, visit_listing
from supervision.visits.models import Visit

MAX_NAMED_SCHOOLS = 3
MAX_ENTRIES_OF_DAY = 4


class PlannedVisit(NamedTuple):
    """One line of the plan; the team begins with its leader."""

    visit: Visit
    cluster: str
    team: list[User]


class StepDays(NamedTuple):
    """From when and by when the unit asks all schools for a step."""

    step: CycleStep
    opens_on: date | None
    due_on: date | None

    @property
    def calendar_entries(self) -> list[CalendarEntry]:
        """What the calendar says on its last day; nothing where it has none."""
        if self.due_on is None:
            return []
        title = f"ครบกำหนดขั้นที่ {self.step}"
        return [CalendarEntry(self.due_on, title, StatusKind.IDLE, self.step.label)]


class MonthCount(NamedTuple):
    """How many visits a month's plan has, and how many of them are made: signed by the leader."""

    month: date
    planned: int
    done: int


class PlanDay(NamedTuple):
    """One cell of the calendar, with as much as it has room for, and how much more there is."""

    day: CalendarPageDay
    shown: Sequence[CalendarEntry]
    more: int


class PlanMonth(NamedTuple):
    """One month of the calendar in whole weeks from Sunday on."""

    month: date
    weeks: list[list[PlanDay]]


@dataclass(frozen=True)
class PlanPaper(OfficePaper):
    """The visits of a term that its reader may see and filtered for, called off ones left out.

    `scope` says whose visits they are.
    """

    template = "reports/paper/plan.html"
    name = "แผนการนิเทศ ติดตาม และประเมินผลการจัดการศึกษา"

    term: Term
    scope: str
    visits: Sequence[PlannedVisit]
    cancelled: int
    steps: Sequence[StepDays]
    special_days: Sequence[SpecialDay]
    months: Sequence[PlanMonth]
    signers: Sequence[PaperSigner]
    today: date

    @property
    def title(self) -> str:
        return f"แผนการนิเทศ ภาคเรียนที่ {self.term} {self.scope}"

    @property
    def area(self) -> AreaHeading:
        return area_heading(self.term.academic_year.area)

    @property
    def is_sample(self) -> bool:
        return any(line.visit.round.is_sample for line in self.visits)

    @property
    def school_names(self) -> list[str]:
        return [line.visit.round.school.name for line in self.visits]

    @property
    def schools(self) -> int:
        return len({line.visit.round.school_id for line in self.visits})

    @property
    def done(self) -> int:
        return sum(line.visit.is_signed for line in self.visits)

    @property
    def counts(self) -> list[MonthCount]:
        """By month, those without a visit left out."""
        months = [line.visit.visit_on.replace(day=1) for line in self.visits]
        done = Counter(
            line.visit.visit_on.replace(day=1) for line in self.visits if line.visit.is_signed
        )
        return [MonthCount(month, n, done[month]) for month, n in sorted(Counter(months).items())]


def supervision_plan(request: SignedInRequest) -> HttpResponse:
    """The plan with the filters of the list of visits, to all who see that list."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    today = timezone.localdate()
    listing = visit_listing(request.user, request.GET.dict(), today)
    if listing is None:
        raise Http404
    if listing.form.errors:
        raise ActionRefused("ไม่มีการนิเทศตามตัวกรองที่เลือกในภาคเรียนนี้ โปรดเลือกตัวกรองจากหน้าการนิเทศ")
    return paper_response(plan_paper(listing, request.user, today))


def plan_paper(listing: VisitListing, reader: User, today: date) -> PlanPaper:
    visits = list(
        listing.visits.exclude(state=VisitState.CANCELLED)
        .select_related("round__school", "round__term__academic_year", "leader")
        .prefetch_related("team")
        .order_by("visit_on", "starts_at", "pk")
    )
    first, last = _days_of_plan(listing, visits)
    special_days = list(SpecialDay.objects.between(first, last))
    steps = _steps(listing.term)
    entries = [visit_entry(visit) for visit in visits]
    entries += [entry for step in steps for entry in step.calendar_entries]
    return PlanPaper(
        term=listing.term,
        scope=_scope(listing, reader),
        visits=[_planned(visit, listing.schools) for visit in visits],
        cancelled=listing.visits.count() - len(visits),
        steps=steps,
        special_days=special_days,
        months=_months(entries, special_days, (first, last), today),
        signers=_signers(listing, today),
        today=today,
    )


def _planned(visit: Visit, schools: Mapping[int, School]) -> PlannedVisit:
    cluster = schools[visit.round.school_id].cluster_name or NO_CLUSTER
    return PlannedVisit(visit, cluster, [visit.leader, *visit.team.all()])


def _days_of_plan(listing: VisitListing, visits: Sequence[Visit]) -> tuple[date, date]:
    """From the first to the last day: those of the visits in a chosen month, else of the term."""
    days = [visit.visit_on for visit in visits]
    if days and listing.form.cleaned_data.get("month"):
        return min(days), max(days)
    return min([listing.term.opens_on, *days]), max([listing.term.closes_on, *days])


def _scope(listing: VisitListing, reader: User) -> str:
    """Whose visits the plan holds, as the filters say; of a school's own people which school."""
    words = filters_in_words(listing.form) if listing.is_filtered else ""
    if can(reader, Permission.VIEW_AREA):
        return words or "ทั้งเขตพื้นที่"
    names = [school.name for school in listing.schools.values()]
    of = ", ".join(names) if len(names) <= MAX_NAMED_SCHOOLS else f"{len(names)} โรงเรียน"
    return f"{of} {words}".strip()


def _steps(term: Term) -> list[StepDays]:
    """The days of the term's steps; those of step 1 are its survey's, where there is one."""
    days = StepDeadline.objects.filter(term=term)
    found = {day.step: StepDays(CycleStep(day.step), day.opens_on, day.due_on) for day in days}
    campaign = NeedsCampaign.objects.covering(term)
    if campaign:
        survey = StepDays(CycleStep.NEEDS, campaign.opens_on, campaign.closes_on)
        found[CycleStep.NEEDS] = survey
    return [found[step] for step in sorted(found)]


def _months(
    entries: Sequence[CalendarEntry],
    special_days: Sequence[SpecialDay],
    between: tuple[date, date],
    today: date,
) -> list[PlanMonth]:
    """The months on whose days something is, in their order."""
    found = []
    for year, month in _months_between(*between):
        dates = list(WEEKS.itermonthdates(year, month))
        days = calendar_page_days(dates, entries, special_days, today)
        if any(not day.is_empty for day in days if day.on.month == month):
            cells = [_cell(day) for day in days]
            weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
            found.append(PlanMonth(date(year, month, 1), weeks))
    return found


def _cell(day: CalendarPageDay) -> PlanDay:
    shown = day.entries[:MAX_ENTRIES_OF_DAY]
    return PlanDay(day, shown, len(day.entries) - len(shown))


def _months_between(first: date, last: date) -> list[tuple[int, int]]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(month // 12, month % 12 + 1) for month in months]


def _signers(listing: VisitListing, today: date) -> list[PaperSigner]:
    """Who drew the plan up, if it is one supervisor's; who proposes and who approves it."""
    proposer = office_signer(Permission.OPEN_ROUNDS, "ผู้เสนอแผน")
    approver = office_signer(Permission.ISSUE_REPORT, "ผู้เห็นชอบแผน")
    if not (leader := listing.form.cleaned_data.get("leader")):
        return [proposer, approver]
    author = visiting_signer("ผู้จัดทำแผน", User.objects.get(pk=leader), today)
    return [author, proposer, approver]
