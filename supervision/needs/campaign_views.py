"""The unit opens a survey and moves its last day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.forms import clear_draft_tag, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import long_date
from schools.models import School, Term
from schools.registry.queries import registry_changes_among
from supervision.needs import actions
from supervision.needs.campaign_forms import CampaignClosingForm, CampaignOpenForm
from supervision.needs.models import NeedsCampaign
from supervision.rounds.models import Round


def needs_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asked for a term; where nothing stands yet it may be opened for the term's whole year."""
    require(request.user, Permission.OPEN_ROUNDS)
    term = get_object_or_404(Term.objects.select_related("academic_year"), pk=pk)
    standing = list(NeedsCampaign.objects.filter(academic_year=term.academic_year_id))
    form = CampaignOpenForm(post_data(request), term=term, whole_year=not standing)
    if form.is_valid():
        with refusal_as_form_error(form):
            campaign = _open(request, term, form)
            done = f"เปิด{campaign} แล้ว"
            messages.success(request, done, extra_tags=clear_draft_tag(request))
            return redirect(needs_progress_url(campaign))
    schools = School.objects.visible_to(request.user).open_on(timezone.localdate())
    context = {
        "term": term,
        "form": form,
        "covering": next((one for one in standing if one.covers(term)), None),
        "others": [one for one in standing if not one.covers(term)],
        "may_edit_templates": can(request.user, Permission.PREPARE_CRITERIA),
        "schools": schools.count(),
        "schools_with_round": Round.objects.for_term(term).values("school").distinct().count(),
    }
    return render(request, "needs/open.html", context)


def _open(request: SignedInRequest, term: Term, form: CampaignOpenForm) -> NeedsCampaign:
    asked = {name: form.cleaned_data[name] for name in ("survey_template", "opens_on", "closes_on")}
    return actions.open_needs_campaign(
        term.academic_year, form.asked_term, by=request.user, **asked
    )


def needs_closing(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.OPEN_ROUNDS)
    rows = NeedsCampaign.objects.select_related("term__academic_year", "academic_year")
    campaign = get_object_or_404(rows, pk=pk)
    form = CampaignClosingForm(post_data(request), campaign=campaign)
    if form.is_valid():
        closes_on = form.cleaned_data["closes_on"]
        actions.set_campaign_closing_day(campaign, closes_on, by=request.user)
        done = f"ให้ส่งภายในวันที่ {long_date(closes_on)}" if closes_on else "ไม่มีกำหนดวันส่งแล้ว"
        messages.success(request, done, extra_tags=clear_draft_tag(request))
        return redirect(needs_progress_url(campaign))
    changes = registry_changes_among(
        campaign.history.all(), "closes_on", called=lambda _: "แบบสำรวจ"
    )
    context = {"campaign": campaign, "form": form, "changes": changes}
    return render(
        request, "needs/closing_day.html", context | {"back": needs_progress_url(campaign)}
    )


def needs_progress_url(campaign: NeedsCampaign) -> str:
    """Where the unit sees who has answered this survey."""
    return f"{reverse('needs_progress')}?campaign={campaign.pk}"
