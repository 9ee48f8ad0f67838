from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere, rights_of
from schools.models import School, Term
from schools.office import term_of_today
from schools.people.telling import events_to_tell
from supervision.cycle.board import board_of
from supervision.cycle.home import home_of
from supervision.cycle.queries import (
    compared,
    decided_before,
    history_of_round,
    in_charge_of,
    ledger_of,
    merged_into,
    others_of,
    rounds_of_school,
    schools_with_cluster,
)
from supervision.cycle.steps import STEPS
from supervision.cycle.tasks import tasks_of
from supervision.cycle.term_gap import WHO_OPENS
from supervision.cycle.walk import walks_of
from supervision.rounds.models import Round
from supervision.standards.models import StepSheet
from supervision.visits.queries import one_each


def home(request: HttpRequest) -> HttpResponse:
    home = home_of(request.user, term_of_today(request), timezone.localdate())
    context = {"home": home, "events": events_to_tell(request.user)}
    return render(request, "cycle/home.html", context)


def board(request: HttpRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    found = board_of(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        may_add = can(request.user, Permission.KEEP_REGISTRY)
        context = {"who_opens": WHO_OPENS, "may_add": may_add}
        return render(request, "cycle/board_empty.html", context)
    context = {
        "board": found,
        "form": found.form,
        "steps": [{"no": step.number, "label": step.short} for step in STEPS],
        "may_open": can(request.user, Permission.OPEN_ROUNDS),
        "whole_area": can(request.user, Permission.VIEW_PROGRESS),
        "moment": timezone.now(),
    }
    return render(request, "cycle/board.html", context)


def school_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The school's latest round; a round opened for a term still to come waits its time."""
    today = timezone.localdate()
    rounds = list(rounds_of_school(request.user, today).filter(school__pk=pk))
    if not rounds:
        school = get_object_or_404(schools_with_cluster(request.user, today), pk=pk)
        return render(request, "cycle/school_empty.html", _empty_school(request, school, today))
    begun = (round_ for round_ in rounds if round_.term.opens_on <= today)
    return _round_page(request, next(begun, rounds[0]), rounds, today)


def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    rounds = list(rounds_of_school(request.user, today).filter(school__rounds__pk=pk))
    round_ = next((round_ for round_ in rounds if round_.pk == pk), None)
    if round_ is None:
        raise Http404
    return _round_page(request, round_, rounds, today)


def _round_page(
    request: HttpRequest, round_: Round, rounds: Sequence[Round], today: date
) -> HttpResponse:
    walk = walks_of([round_], rights_of(request.user), today, reader=request.user)[0]
    before = decided_before(round_, rounds)
    day = today if round_.term_id == rounds[0].term_id else round_.term.closes_on
    context = {
        "round": round_,
        "school": round_.school,
        "walk": walk,
        "tasks": tasks_of(walk, {sheet.number: sheet for sheet in StepSheet.objects.all()}),
        "proposed_days": any(place.is_proposed for place in walk.places),
        "first": _previous(round_, rounds),
        "next_round": next((r for r in rounds if r.previous_id == round_.pk), None),
        "others": others_of(round_, rounds),
        "visits": one_each(round_.visit_rows),
        "ledger": ledger_of(round_.school, request.user, today),
        "before": before,
        "compared": compared(round_, before),
        "in_charge": in_charge_of(round_.school, day),
        "gone": not round_.school.is_open_on(today),
        "merged": merged_into(round_.school, request.user) if round_.took_others_in else [],
    }
    return render(request, "cycle/school.html", context | _offers(request, context))


def _offers(request: HttpRequest, context: dict) -> dict[str, bool]:
    """What may be done beside the steps while the round goes on: visits, practices, days."""
    round_, school = context["round"], context["school"].pk
    goes_on = not context["next_round"] and not context["gone"]
    may_set_days = goes_on and can(request.user, Permission.OPEN_ROUNDS, school)
    may_nominate = goes_on and can(request.user, Permission.NOMINATE_PRACTICE, school)
    return {
        "may_plan": goes_on and can(request.user, Permission.RECORD_VISIT, school),
        "may_nominate": may_nominate and round_.term == term_of_today(request),
        "may_set_days": may_set_days,
    }


def _previous(round_: Round, rounds: Sequence[Round]) -> Round | None:
    return next((other for other in rounds if other.pk == round_.previous_id), None)


def _empty_school(request: HttpRequest, school: School, today: date) -> dict:
    return {
        "school": school,
        "term": Term.objects.in_force(today),
        "may_open": can(request.user, Permission.OPEN_ROUNDS),
        "in_charge": in_charge_of(school, today),
        "gone": not school.is_open_on(today),
        "merged": merged_into(school, request.user),
    }


def round_history(request: HttpRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related(
        "school", "term__academic_year", "opened_by", "criteria_chosen_by"
    )
    round_ = get_object_or_404(rounds, pk=pk)
    context = {"round": round_, "entries": history_of_round(round_, request.user)}
    return render(request, "cycle/history.html", context)


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "help/help.html")
