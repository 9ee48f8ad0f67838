"""The overview on one page of paper, for a meeting or a file."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from reports.overview.area_page import AreaOverview, build_area_overview
from reports.overview.filters import OverviewSelection, select_for_overview
from reports.overview.school_actions import action_rows
from reports.overview.step_progress import load_selected_progress, stuck_step_bars
from reports.pdf import render_pdf
from reports.typography import official_text
from schools.access import Permission, require
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from schools.models import User

# How many schools to act on fit one page under at most so many clusters.
ACTIONS_UNDER_CLUSTERS = {6: 6, 9: 4, 12: 2}


def overview_pdf(request: SignedInRequest) -> HttpResponse:
    """One page A4 with the same figures as the screen; 404 before any term has opened."""
    require(request.user, Permission.VIEW_AREA)
    now = timezone.now()
    selection = select_for_overview(request.user, request.GET.dict(), timezone.localdate(now))
    if selection is None:
        raise Http404
    html = overview_paper_html(request.user, selection, now)
    return bytes_response(render_pdf(html), f"ภาพรวมเขตพื้นที่ ภาคเรียนที่ {selection.term}.pdf")


def overview_paper_html(user: User, selection: OverviewSelection, now: datetime) -> str:
    """The page before it is drawn, in Thai digits."""
    today = timezone.localdate(now)
    area = build_area_overview(user, selection, today, short=True)
    context = _paper_context(user, selection, area) | {"moment": now}
    html = render_to_string("reports/paper/overview.html", context)
    return official_text(html, [row.school.name for row in selection.schools])


def _paper_context(user: User, selection: OverviewSelection, area: AreaOverview) -> dict[str, Any]:
    today = timezone.localdate()
    fitting = (n for most, n in ACTIONS_UNDER_CLUSTERS.items() if len(area.clusters) <= most)
    room = next(fitting, 0)
    progress = load_selected_progress(user, selection, today)
    actions = action_rows(user, selection, progress, today) if room else []
    office = selection.term.academic_year.area
    return {
        "r": {"area": office, "is_sample": area.is_sample},
        "area": area,
        "selection": selection,
        "steps": stuck_step_bars(selection, progress),
        "actions": actions[:room],
    }
