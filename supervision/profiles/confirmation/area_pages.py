"""The hub of what is known of schools, and the request to all of them to confirm it."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require, rights_of
from schools.core.forms import post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import academic_year, long_date
from schools.models import School, Term, User
from schools.office import current_term
from schools.registry.queries import registry_changes_among
from supervision.profiles.confirmation import actions
from supervision.profiles.confirmation.forms import ConfirmationClosingForm, ConfirmationOpenForm
from supervision.profiles.confirmation.overview import (
    DataOverview,
    confirmation_reminder_text,
    load_data_overview,
)
from supervision.profiles.confirmation.school_data import request_of_term
from supervision.profiles.models import ConfirmationRequest

# The lists of one kind of data each, and who may read them.
KIND_LISTS = (
    ("learning_list", "ผลการเรียนรู้", Permission.VIEW_AREA),
    ("overview_learning", "ผลการเรียนรู้ของเขตพื้นที่ย้อนหลังหลายปี", Permission.VIEW_AREA),
    ("annual_report_list", "รายงานผลการประเมินตนเอง (SAR)", Permission.VIEW_PROFILE),
    ("external_assessment_list", "ผลการประเมินภายนอก", Permission.VIEW_PROFILE),
    ("circumstances_list", "บริบทและโครงการของโรงเรียน", Permission.VIEW_AREA),
    ("policy_focuses", "จุดเน้นและนโยบายของปี", Permission.VIEW_AREA),
)


def profiles(request: SignedInRequest) -> HttpResponse:
    """How complete the data are, who has not confirmed them, and the lists of each kind."""
    require(request.user, Permission.VIEW_AREA)
    user, term, today = request.user, current_term(request), timezone.localdate()
    asked = request_of_term(term.pk if term else None)
    year = term.academic_year.year if term else academic_year(today)
    overview = load_data_overview(user, asked, year, today)
    context = {
        "overview": overview,
        "lists": _lists_for(user),
        "asked": asked,
        "is_sample": asked is not None and asked.is_sample,
        "term": term,
        "may_ask": can(user, Permission.MANAGE_PROFILES),
        "reminder": _reminder(overview, asked, today) if asked else "",
    }
    return render(request, "profiles/confirmation/hub.html", context)


def _reminder(overview: DataOverview, asked: ConfirmationRequest, today: date) -> str:
    return confirmation_reminder_text(overview, asked, asked.term.academic_year.area, today)


def _lists_for(user: User) -> list[tuple[str, str]]:
    """Address and label of the lists that this person may read."""
    rights = rights_of(user)
    readable = [one for one in KIND_LISTS if rights.allows_anywhere(one[2])]
    return [(reverse(name), label) for name, label, _ in readable]


def confirmation_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks all schools to confirm their data in a term, once."""
    require(request.user, Permission.MANAGE_PROFILES)
    term = get_object_or_404(Term.objects.select_related("academic_year"), pk=pk)
    form = ConfirmationOpenForm(post_data(request), term=term)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.open_confirmation_request(term, by=request.user, **form.cleaned_data)
            done = f"ขอให้โรงเรียนยืนยันข้อมูล ภาคเรียนที่ {term} แล้ว"
            return redirect_with_message(request, done, "profiles")
    context = {
        "term": term,
        "form": form,
        "asked": request_of_term(term.pk),
        "schools": School.objects.open_on(timezone.localdate()).count(),
    }
    return render(request, "profiles/confirmation/open.html", context)


def confirmation_closing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Moves the last day."""
    require(request.user, Permission.MANAGE_PROFILES)
    rows = ConfirmationRequest.objects.select_related("term__academic_year")
    asked = get_object_or_404(rows, pk=pk)
    form = ConfirmationClosingForm(post_data(request), asked=asked)
    if form.is_valid():
        closes_on = form.cleaned_data["closes_on"]
        actions.set_confirmation_closing_day(asked, closes_on, by=request.user)
        return redirect_with_message(request, _closing_message(closes_on), "profiles")
    changes = registry_changes_among(
        asked.history.all(), "closes_on", called=lambda _: "การยืนยันข้อมูล"
    )
    context = {"asked": asked, "form": form, "changes": changes, "back": reverse("profiles")}
    return render(request, "profiles/confirmation/closing.html", context)


def _closing_message(closes_on: date | None) -> str:
    return f"ให้ยืนยันภายในวันที่ {long_date(closes_on)}" if closes_on else "ไม่มีกำหนดวันยืนยันแล้ว"
