from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, can, require
from schools.forms import saved_tag
from supervision.practices import actions
from supervision.practices.enums import Result
from supervision.practices.forms import DecisionForm
from supervision.practices.queries import proposed, results_of, visit_decided_on
from supervision.rounds.models import Round
from supervision.visits.queries import open_amendment
from supervision.workflow.queries import history_of
from supervision.workflow.refusals import refusal_shown_in

ROUND = ("school", "term__academic_year", "next_round", "decision__decided_by")


def _round(request: HttpRequest, pk: int) -> Round:
    rounds = Round.objects.visible_to(request.user).select_related(*ROUND)
    return get_object_or_404(rounds, pk=pk)


def decision_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the decision its form, or why it cannot be made yet; afterwards the decision.

    What was typed while an amendment was opened stays in its form, to be sent later.
    """
    round_ = _round(request, pk)
    if request.method == "POST":
        require(request.user, Permission.DECIDE, round_.school_id)
        form = DecisionForm(request.POST)
        if visit_decided_on(round_) and open_amendment(round_):
            with refusal_shown_in(form):
                actions.check_can_decide(round_)
            return _decision(request, round_, form)
        actions.check_can_decide(round_)
        return _decide(request, round_, form)
    return _decision(request, round_, DecisionForm())


def _decide(request: HttpRequest, round_: Round, form: DecisionForm) -> HttpResponse:
    """First a look at what will happen, then the act; `edit` goes back to the form."""
    if not form.is_valid() or "edit" in request.POST:
        return _decision(request, round_, form)
    not_achieved = form.cleaned_data["result"] == Result.NOT_ACHIEVED
    if "confirmed" not in request.POST:
        context = {"round": round_, "form": form, "not_achieved": not_achieved}
        return render(request, "practices/decide_confirm.html", context)
    actions.decide(round_, by=request.user, **form.cleaned_data)
    then = f"เปิดรอบที่ {round_.number + 1} แล้ว" if not_achieved else "ขั้นต่อไปคือสรุปผล"
    messages.success(request, f"บันทึกผลการพิจารณาแล้ว {then}", extra_tags=saved_tag(request))
    return redirect("decision", pk=round_.pk)


def _decision(request: HttpRequest, round_: Round, form: DecisionForm) -> HttpResponse:
    decision = getattr(round_, "decision", None)
    may_decide = can(request.user, Permission.DECIDE, round_.school_id)
    visit = visit_decided_on(round_)
    amended = open_amendment(round_) if visit and not decision else None
    may_type = may_decide and visit and not decision and (form.is_bound or not amended)
    results = results_of(visit) if visit and (decision or may_decide) else []
    context = {
        "round": round_,
        "decision": decision,
        "next_round": getattr(round_, "next_round", None),
        "visit": visit,
        "amended": amended,
        "results": results,
        "proposed": proposed(results),
        "form": form if may_type else None,
        "practices": round_.practices.all(),
        "may_nominate": can(request.user, Permission.NOMINATE_PRACTICE, round_.school_id),
        "history": history_of(decision) if decision else [],
    }
    return render(request, "practices/decision.html", context)
