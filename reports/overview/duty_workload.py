"""How much each officer has to do: duties by order, schools, visits and advice of a term."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.data.workload import SupervisorWorkload
from reports.overview.filters import NARROWING_FIELDS, select_for_overview
from reports.overview.page import render_without_term
from reports.overview.step_progress import load_selected_progress
from reports.overview.work import selected_workloads
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.thai import sort_key
from schools.models import User
from schools.office import remember_current_term
from supervision.assignments.models import Duty

TITLE = "ภาระงานรายบุคคล"


@dataclass(frozen=True)
class OfficerWorkload:
    """One officer's duties of today, and what a supervisor of clusters has in charge in a term.

    `supervision` is None of who has no cluster in charge.
    """

    name: str
    has_account: bool
    duties: int
    supervision: SupervisorWorkload | None


def duty_workload(request: SignedInRequest) -> HttpResponse:
    """To the office, for the chosen term."""
    require(request.user, Permission.VIEW_AREA)
    today = timezone.localdate()
    selection = select_for_overview(
        request.user, request.GET.dict(), today, hidden=(*NARROWING_FIELDS, "compared")
    )
    if selection is None:
        return render_without_term(request, TITLE)
    remember_current_term(request, selection.choice.current)
    progress = load_selected_progress(request.user, selection, today)
    workloads = selected_workloads(request.user, selection, progress, today)
    context = {
        "title": TITLE,
        "selection": selection,
        "filters": selection.filters,
        "officers": officer_workloads(workloads, today),
    }
    return render(request, "reports/overview/duty_workload.html", context)


def officer_workloads(
    workloads: Sequence[SupervisorWorkload], today: date
) -> list[OfficerWorkload]:
    """All who have a duty by order or a cluster in charge, by name."""
    in_charge = {one.supervisor: one for one in workloads}
    duties = _duties_by_officer(Duty.objects.in_force(today).with_order())
    names: Iterable[User | str] = {*in_charge, *duties}
    found = [
        OfficerWorkload(
            name=str(key),
            has_account=isinstance(key, User),
            duties=duties[key],
            supervision=in_charge.get(key) if isinstance(key, User) else None,
        )
        for key in names
    ]
    return sorted(found, key=lambda one: sort_key(one.name))


def _duties_by_officer(duties: Iterable[Duty]) -> Counter[User | str]:
    """Of who has no account by the name or post that the order prints."""
    return Counter(duty.officer.user or str(duty.officer) for duty in duties)
