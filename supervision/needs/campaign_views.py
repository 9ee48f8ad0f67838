"""The unit opens a survey and moves its last day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.forms import saved_tag, typed
from schools.models import School, Term
from schools.registry.queries import changes_among
from schools.thai import long_date
from supervision.needs import actions
from supervision.needs.campaign_forms import ClosingForm, OpenForm
from supervision.needs.models import NeedsCampaign
from supervision.rounds.models import Round
from supervision.workflow.refusals import refusal_shown_in


def open_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked for a term; where nothing stands yet it may be opened for the term's whole year."""
    require(request.user, Permission.OPEN_ROUNDS)
    term = get_object_or_404(Term.objects.select_related("academic_year"), pk=pk)
    standing = list(NeedsCampaign.objects.filter(academic_year=term.academic_year_id))
    form = OpenForm(typed(request), term=term, whole_year=not standing)
    if form.is_valid():
        with refusal_shown_in(form):
            campaign = _open(request, term, form)
            done = f"เปิด{campaign} แล้ว"
            messages.success(request, done, extra_tags=saved_tag(request))
            return redirect(progress_of(campaign))
    schools = School.objects.visible_to(request.user).open_on(timezone.localdate())
    context = {
        "term": term,
        "form": form,
        "covering": next((one for one in standing if one.covers(term)), None),
        "others": [one for one in standing if not one.covers(term)],
        "may_frame": can(request.user, Permission.PREPARE_CRITERIA),
        "schools": schools.count(),
        "walking": Round.objects.for_term(term).values("school").distinct().count(),
    }
    return render(request, "needs/open.html", context)


def _open(request: HttpRequest, term: Term, form: OpenForm) -> NeedsCampaign:
    asked = {name: form.cleaned_data[name] for name in ("frame", "opens_on", "closes_on")}
    return actions.open_campaign(term.academic_year, form.asked_term, by=request.user, **asked)


def set_closing_day(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.OPEN_ROUNDS)
    rows = NeedsCampaign.objects.select_related("term__academic_year", "academic_year")
    campaign = get_object_or_404(rows, pk=pk)
    form = ClosingForm(typed(request), campaign=campaign)
    if form.is_valid():
        closes_on = form.cleaned_data["closes_on"]
        actions.set_closing_day(campaign, closes_on, by=request.user)
        done = f"ให้ส่งภายในวันที่ {long_date(closes_on)}" if closes_on else "ไม่มีกำหนดวันส่งแล้ว"
        messages.success(request, done, extra_tags=saved_tag(request))
        return redirect(progress_of(campaign))
    changes = changes_among(campaign.history.all(), "closes_on", called=lambda _: "แบบสำรวจ")
    context = {"campaign": campaign, "form": form, "changes": changes}
    return render(request, "needs/closing.html", context | {"back": progress_of(campaign)})


def progress_of(campaign: NeedsCampaign) -> str:
    """Where the unit sees who has answered this survey."""
    return f"{reverse('needs_progress')}?campaign={campaign.pk}"
