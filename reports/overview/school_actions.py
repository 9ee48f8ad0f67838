"""ควรลงมือก่อน as a page: the schools to act on first, as the filters ask for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.data.act_first import REASON_WEIGHTS, SchoolToAct, schools_to_act_on
from reports.data.workload import is_record_unsigned
from reports.overview.area_page import OVERVIEW_TITLE
from reports.overview.filters import OverviewSchool, OverviewSelection, select_for_overview
from reports.overview.page import render_without_term
from reports.overview.school_facts import load_evidence
from reports.overview.step_progress import ProgressBySchool, load_selected_progress
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.url_cache import cached_url
from schools.models import Term, User
from schools.office import remember_current_term
from supervision.cycle.progress import RoundProgress
from supervision.rounds.enums import CycleStep

SHORT_LIST, PAGE_SIZE = 10, 25
# Results narrowed to some indicators would hide reasons to act.
HIDDEN_FILTERS = ("compared", "size", "level", "indicator_set")


@dataclass(frozen=True)
class ActionRow:
    """A school to act on as the page shows it, with whom to call and where to go.

    `level` is the level nearest to the mean of its latest visit in these two terms, if any.
    """

    listed: OverviewSchool
    to_act: SchoolToAct
    level: int | None
    url: str
    term: Term

    @property
    def pk(self) -> int:
        return self.listed.school.pk

    @property
    def box(self) -> str:
        """What tells the box with its message from the others of the page."""
        return f"line-{self.pk}"

    @property
    def name(self) -> str:
        return self.listed.school.short_name

    @property
    def person(self) -> str:
        """Who has the school in charge."""
        return ", ".join(str(person) for person in self.listed.supervisors)

    @property
    def message(self) -> str:
        """What to send in LINE to who has it in charge."""
        reasons = [f"{at}. {one.text}" for at, one in enumerate(self.to_act.reasons, 1)]
        lines = [
            f"เรียน {self.person or 'ศึกษานิเทศก์ประจำกลุ่มโรงเรียน'}",
            "",
            f"ขอความร่วมมือติดตาม{self.listed.school.name} ภาคเรียนที่ {self.term}",
            *reasons,
            "",
            f"เปิดดูที่ {settings.SITE_URL}{self.url}",
        ]
        return "\n".join(lines)


def overview_actions(request: SignedInRequest) -> HttpResponse:
    """All of them; the overview, which loads this page into itself, gets the first ten."""
    require(request.user, Permission.VIEW_AREA)
    today, asked = timezone.localdate(), request.GET.dict()
    selection = select_for_overview(request.user, asked, today, hidden=HIDDEN_FILTERS)
    if selection is None:
        return render_without_term(request, OVERVIEW_TITLE)
    remember_current_term(request, selection.choice.current)
    progress = load_selected_progress(request.user, selection, today)
    rows = action_rows(request.user, selection, progress, today)
    size = SHORT_LIST if request.htmx else PAGE_SIZE
    context = {
        "selection": selection,
        "form": selection.form,
        "filters": selection.filters,
        "page": Paginator(rows, size).get_page(request.GET.get("page")),
        "weights": REASON_WEIGHTS.values(),
        "is_short": bool(request.htmx),
    }
    response = render(request, "reports/overview/actions.html", context)
    response["Vary"] = "HX-Request, Cookie"
    return response


def action_rows(
    user: User, selection: OverviewSelection, progress: ProgressBySchool, today: date
) -> Sequence[ActionRow]:
    """The schools of the selection that have a reason, the weightiest first."""
    evidence = load_evidence(user, selection, progress, today)
    listed = {row.school.pk: row for row in selection.schools if row.school.is_open_on(today)}
    found = schools_to_act_on(evidence.facts(school) for school in listed)
    return [
        ActionRow(
            listed=listed[one.school_id],
            to_act=one,
            level=nearest_level(evidence.latest_mean(one.school_id)),
            url=_record_url(progress.get(one.school_id), one.school_id),
            term=selection.term,
        )
        for one in found
    ]


def _record_url(progress: RoundProgress | None, school: int) -> str:
    """The record that waits for its signature or of the step where the school is, else its page."""
    if progress is None:
        return cached_url("school", school)
    visit = progress.steps[CycleStep.VISIT - 1]
    shown = visit if is_record_unsigned(visit) else progress.current
    return (shown.facts.page_url if shown else "") or cached_url("school", school)


def nearest_level(mean: Decimal | None) -> int | None:
    """The level nearest to a mean, a half to the higher one; None without a mean."""
    return None if mean is None else int(mean.quantize(Decimal(1), rounding=ROUND_HALF_UP))
