from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from schools.access import Permission, can, require
from supervision.needs import actions
from supervision.needs.enums import SurveyState
from supervision.needs.forms import SurveyForm
from supervision.needs.models import NeedsSurvey
from supervision.needs.queries import survey_of
from supervision.rounds.models import Round
from supervision.workflow.errors import Refused
from supervision.workflow.queries import history_of


def survey_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for the school while it is a draft; for everybody else what it says."""
    round_ = _round(request, pk)
    if request.method == "POST":
        return _answer(request, round_, sending=False)
    survey = survey_of(round_)
    drafting = survey is None or survey.state == SurveyState.DRAFT
    if drafting and can(request.user, Permission.ANSWER_NEEDS, round_.school_id):
        return _form_page(request, round_, SurveyForm(survey=survey))
    return _reading_page(request, round_, survey)


def submit_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Save and hand in. Who comes back here after signing in again is led to the form."""
    round_ = _round(request, pk)
    if request.method != "POST":
        return redirect("needs", pk=pk)
    return _answer(request, round_, sending=True)


def _round(request: HttpRequest, pk: int) -> Round:
    rounds = Round.objects.visible_to(request.user)
    return get_object_or_404(rounds.select_related("school", "term__academic_year"), pk=pk)


def _answer(request: HttpRequest, round_: Round, *, sending: bool) -> HttpResponse:
    require(request.user, Permission.ANSWER_NEEDS, round_.school_id)
    survey = actions.start(round_.school, round_.term, by=request.user)
    form = SurveyForm(request.POST, survey=survey)
    _save(request, form, sending=sending)
    if form.errors:
        return _form_page(request, round_, form, sending=sending)
    done = "ส่งแบบสำรวจแล้ว" if sending else "บันทึกร่างแล้ว"
    messages.success(request, done, extra_tags=f"keep:{keep_name(request, round_)}")
    return redirect("needs", pk=round_.pk)


def _save(request: HttpRequest, form: SurveyForm, *, sending: bool) -> None:
    """Save, and hand in if nothing is left to ask; a refusal is shown where the text stands."""
    try:
        form.save()
        if sending and not form.errors:
            actions.submit(form.survey, by=request.user)
    except Refused as refused:
        if refused.missing:
            form.mark_missing()
        else:
            form.add_error(None, str(refused))


def _form_page(
    request: HttpRequest, round_: Round, form: SurveyForm, *, sending: bool = False
) -> HttpResponse:
    keep = keep_name(request, round_)
    context = {"round": round_, "form": form, "sending": sending, "keep": keep}
    return render(request, "needs/form.html", context)


def keep_name(request: HttpRequest, round_: Round) -> str:
    """By which the browser keeps unsaved text (static/js/keep-form.js)."""
    return f"{request.user.pk}:needs-{round_.school_id}-{round_.term_id}"


def _reading_page(request: HttpRequest, round_: Round, survey: NeedsSurvey | None) -> HttpResponse:
    context = {
        "round": round_,
        "survey": survey,
        "submitted": survey is not None and survey.state == SurveyState.SUBMITTED,
        "items": survey.items.select_related("area") if survey else [],
        "history": history_of(survey) if survey else [],
    }
    return render(request, "needs/read.html", context)
