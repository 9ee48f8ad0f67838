from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere, rights_of
from schools.core.http import SignedInRequest
from schools.core.thai import fiscal_year
from schools.models import School, Term
from schools.office import current_term
from schools.people.access_notices import unread_access_events
from supervision.cycle.board import build_board
from supervision.cycle.home import build_home_page
from supervision.cycle.progress import progress_of_rounds
from supervision.cycle.round_history import history_of_round
from supervision.cycle.school_page import (
    SchoolRound,
    compare_standards,
    other_rounds,
    previous_decided_round,
    rounds_of_school,
    school_ledger,
    schools_merged_into,
    schools_with_cluster,
    step_tasks,
    supervisors_in_charge,
)
from supervision.cycle.step_facts import visits_by_round
from supervision.cycle.steps import all_steps
from supervision.cycle.term_gap import WHO_OPENS
from supervision.rounds.models import Round
from supervision.rounds.step_state import StepState
from supervision.standards.models import SUPERVISION_PROCESS, StepSheet
from supervision.visits.queries import latest_versions


def home(request: SignedInRequest) -> HttpResponse:
    """What waits for the person; of who oversees the whole area, the overview of it."""
    if can(request.user, Permission.OVERSEE_AREA):
        return redirect("overview")
    return todos(request)


def todos(request: SignedInRequest) -> HttpResponse:
    home = build_home_page(request.user, current_term(request), timezone.localdate())
    context = {"home": home, "events": unread_access_events(request.user)}
    return render(request, "cycle/home.html", context)


def board(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    found = build_board(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        may_add = can(request.user, Permission.EDIT_REGISTRY)
        context = {"who_opens": WHO_OPENS, "may_add": may_add}
        return render(request, "cycle/board_empty.html", context)
    context = {
        "board": found,
        "form": found.form,
        "steps": [{"no": step.number, "label": step.short} for step in all_steps()],
        "may_open": can(request.user, Permission.OPEN_ROUNDS),
        "whole_area": can(request.user, Permission.VIEW_PROGRESS),
        "moment": timezone.now(),
    }
    return render(request, "cycle/board.html", context)


def school_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The school's latest round; a round opened for a term still to come waits its time."""
    today = timezone.localdate()
    rounds = list(rounds_of_school(request.user, today).filter(school__pk=pk))
    if not rounds:
        school = get_object_or_404(schools_with_cluster(request.user, today), pk=pk)
        return render(request, "cycle/school_empty.html", _empty_school(request, school, today))
    begun = (round_ for round_ in rounds if round_.term.opens_on <= today)
    return _round_page(request, next(begun, rounds[0]), rounds, today)


def round_page(request: SignedInRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    rounds = list(rounds_of_school(request.user, today).filter(school__rounds__pk=pk))
    round_ = next((round_ for round_ in rounds if round_.pk == pk), None)
    if round_ is None:
        raise Http404
    return _round_page(request, round_, rounds, today)


def _sheets_by_step() -> dict[int, StepSheet]:
    of_today = StepSheet.objects.of_year(fiscal_year(timezone.localdate()))
    return {sheet.number: sheet for sheet in of_today.filter(process=SUPERVISION_PROCESS)}


def _round_page(
    request: SignedInRequest, round_: SchoolRound, rounds: Sequence[SchoolRound], today: date
) -> HttpResponse:
    progress = progress_of_rounds([round_], rights_of(request.user), today, user=request.user)[0]
    before = previous_decided_round(round_, rounds)
    day = today if round_.term_id == rounds[0].term_id else round_.term.closes_on
    context = {
        "round": round_,
        "school": round_.school,
        "progress": progress,
        "tasks": step_tasks(progress, _sheets_by_step(), today),
        "proposed_days": bool(progress.proposed_steps),
        "previous_round": _previous(round_, rounds),
        "next_round": next((r for r in rounds if r.previous_id == round_.pk), None),
        "others": other_rounds(round_, rounds),
        "visits": latest_versions(visits_by_round([round_]).get(round_.pk, [])),
        "ledger": school_ledger(round_.school, request.user, today),
        "before": before,
        "compared": compare_standards(round_, before),
        "in_charge": supervisors_in_charge(round_.school, day),
        "is_closed": not round_.school.is_open_on(today),
        "merged": schools_merged_into(round_.school, request.user)
        if round_.has_merged_schools
        else [],
    }
    return render(request, "cycle/school.html", context | _allowed_actions(request, context))


def _allowed_actions(request: SignedInRequest, context: dict[str, Any]) -> dict[str, bool]:
    """What may be done besides the steps while the round goes on: visits, practices, days."""
    round_, school = context["round"], context["school"].pk
    goes_on = not context["next_round"] and not context["is_closed"]
    may_set_days = goes_on and can(request.user, Permission.OPEN_ROUNDS, school)
    may_nominate = goes_on and can(request.user, Permission.NOMINATE_PRACTICE, school)
    return {
        "may_plan": goes_on and can(request.user, Permission.RECORD_VISIT, school),
        "may_nominate": may_nominate and round_.term == current_term(request),
        "may_set_days": may_set_days,
    }


def _previous(round_: Round, rounds: Sequence[Round]) -> Round | None:
    return next((other for other in rounds if other.pk == round_.previous_id), None)


def _empty_school(request: SignedInRequest, school: School, today: date) -> dict[str, Any]:
    return {
        "school": school,
        "term": Term.objects.in_force(today),
        "may_open": can(request.user, Permission.OPEN_ROUNDS),
        "in_charge": supervisors_in_charge(school, today),
        "is_closed": not school.is_open_on(today),
        "merged": schools_merged_into(school, request.user),
    }


def round_history(request: SignedInRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related(
        "school", "term__academic_year", "opened_by", "criteria_chosen_by"
    )
    round_ = get_object_or_404(rounds, pk=pk)
    context = {"round": round_, "entries": history_of_round(round_, request.user)}
    return render(request, "cycle/history.html", context)


def help_page(request: SignedInRequest) -> HttpResponse:
    return render(request, "help/help.html", {"states": dict(StepState.__members__)})
