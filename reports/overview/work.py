"""What is under way: stuck steps and workload, and what waits for the reader.

The overview loads both into itself; each is a page of its own for who has no script.
"""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.data.workload import ChargedSchool, SupervisorWorkload, supervisor_workloads
from reports.overview.area_page import OVERVIEW_TITLE
from reports.overview.filters import NARROWING_FIELDS, OverviewSelection, select_for_overview
from reports.overview.page import render_without_term
from reports.overview.step_progress import ProgressBySchool, load_selected_progress, stuck_step_bars
from schools.access import Permission, can, require_anywhere
from schools.core.http import SignedInRequest
from schools.models import User
from schools.office import current_term, remember_current_term
from schools.school_sizes import latest_counts
from supervision.cycle.home import build_home_page
from supervision.results.advice import load_advice
from supervision.results.school_terms import load_school_terms

SHOWN_TODOS = 3


def overview_work(request: SignedInRequest) -> HttpResponse:
    """Where the schools are stuck; of who sees the area, also what each supervisor has to do."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    today, sees_area = timezone.localdate(), can(request.user, Permission.VIEW_AREA)
    selection = select_for_overview(
        request.user, request.GET.dict(), today, hidden=NARROWING_FIELDS
    )
    if selection is None:
        return render_without_term(request, OVERVIEW_TITLE)
    remember_current_term(request, selection.choice.current)
    progress = load_selected_progress(request.user, selection, today)
    context = {
        "selection": selection,
        "filters": selection.filters,
        "steps": stuck_step_bars(selection, progress),
        "workloads": (
            selected_workloads(request.user, selection, progress, today) if sees_area else []
        ),
        "sees_area": sees_area,
    }
    return render(request, "reports/overview/work.html", context)


def selected_workloads(
    user: User, selection: OverviewSelection, progress: ProgressBySchool, today: date
) -> list[SupervisorWorkload]:
    """What each supervisor of the selection's schools has in charge in its term."""
    listed = [row for row in selection.schools if row.school.is_open_on(today)]
    found = [row.school for row in listed]
    counts = latest_counts(found)
    terms = load_school_terms(user, found, [selection.term], today, with_clusters=False)
    visited = {row.school.pk for row in terms if row.is_visited}
    schools = [
        ChargedSchool(
            school=row.school,
            supervisors=row.supervisors,
            pupils=counts[row.school.pk].pupils if row.school.pk in counts else 0,
            is_visited=row.school.pk in visited,
            progress=progress.get(row.school.pk),
        )
        for row in listed
    ]
    return supervisor_workloads(schools, load_advice(user, [selection.term]), today)


def overview_todos(request: SignedInRequest) -> HttpResponse:
    """The first things that wait for the reader, and how many there are in all."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    home = build_home_page(request.user, current_term(request), timezone.localdate())
    context = {"home": home, "items": home.waiting[:SHOWN_TODOS]}
    return render(request, "reports/overview/todos.html", context)
