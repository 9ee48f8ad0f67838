"""A campaign: the unit asks all schools for their needs, and moves the last day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, form_field, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import academic_year, long_date
from schools.models import School, Term
from schools.registry.queries import registry_changes_among
from supervision.needs import actions
from supervision.needs.models import NeedsCampaign, SurveyTemplate
from supervision.rounds.models import Round

OF_TERM, OF_YEAR = "term", "year"


class CampaignClosingForm(PortalForm):
    """By when the schools should answer."""

    closes_on = BuddhistDateField(
        label="ให้ส่งภายในวันที่",
        required=False,
        help_text="หลังวันนี้ยังส่งได้ แต่ระบบระบุว่าส่งช้ากว่ากำหนด เว้นว่าง คือ ไม่มีกำหนด",
    )

    def __init__(self, *args: Any, campaign: NeedsCampaign, **kwargs: Any) -> None:
        super().__init__(*args, initial={"closes_on": campaign.closes_on}, **kwargs)
        self.campaign = campaign

    def clean_closes_on(self) -> date | None:
        closes_on = self.cleaned_data["closes_on"]
        if closes_on and closes_on < self.campaign.opens_on:
            first = long_date(self.campaign.opens_on)
            raise ValidationError(f"อยู่ก่อนวันที่เริ่ม ({first}) โปรดเลือกวันเดียวกันหรือหลังจากนั้น")
        _refuse_other_years(closes_on, self.campaign.academic_year.year)
        return closes_on


class CampaignOpenForm(PortalForm):
    """What the unit asks, of which time, and from when to when."""

    period = forms.ChoiceField(label="ช่วงที่สำรวจ", widget=forms.RadioSelect)
    survey_template = forms.TypedChoiceField(label="กรอบการสำรวจ", widget=forms.RadioSelect)
    opens_on = BuddhistDateField(label="เริ่มให้กรอกวันที่", help_text="โรงเรียนกรอกก่อนวันนี้ไม่ได้")
    closes_on = BuddhistDateField(
        label="ให้ส่งภายในวันที่",
        required=False,
        help_text="หลังวันนี้ยังส่งได้ แต่ระบบระบุว่าส่งช้ากว่ากำหนด เว้นว่าง คือ ไม่มีกำหนด",
    )

    def __init__(self, *args: Any, term: Term, whole_year: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"opens_on": timezone.localdate()}, **kwargs)
        self.term = term
        period = form_field(self, "period", forms.ChoiceField)
        survey_template = form_field(self, "survey_template", forms.TypedChoiceField)
        period.choices = list(_periods(term, whole_year))
        survey_templates = {str(f.pk): f for f in SurveyTemplate.objects.prefetch_related("areas")}
        survey_template.choices = [
            (pk, _name_with_areas(offered)) for pk, offered in survey_templates.items()
        ]
        survey_template.coerce = survey_templates.get

    @property
    def asked_term(self) -> Term | None:
        """The term that is asked about; None for its whole year."""
        return self.term if self.cleaned_data["period"] == OF_TERM else None

    def clean_opens_on(self) -> date:
        opens_on = self.cleaned_data["opens_on"]
        _refuse_other_years(opens_on, self.term.academic_year.year)
        return opens_on

    def clean_closes_on(self) -> date | None:
        closes_on, opens_on = self.cleaned_data["closes_on"], self.cleaned_data.get("opens_on")
        _refuse_other_years(closes_on, self.term.academic_year.year)
        if closes_on and closes_on < timezone.localdate():
            raise ValidationError("ผ่านไปแล้ว โปรดเลือกวันนี้หรือวันที่ยังมาไม่ถึง")
        if closes_on and opens_on and closes_on < opens_on:
            raise ValidationError("อยู่ก่อนวันที่เริ่ม โปรดเลือกวันเดียวกันหรือหลังจากนั้น")
        return closes_on


def _periods(term: Term, whole_year: bool) -> Iterable[tuple[str, str]]:
    yield OF_TERM, f"ภาคเรียนที่ {term} (โรงเรียนตอบใหม่ทุกภาคเรียน)"
    if whole_year:
        year = term.academic_year
        yield OF_YEAR, f"ทั้งปีการศึกษา {year} (โรงเรียนตอบครั้งเดียว ใช้ทุกภาคเรียนของปี)"


def _name_with_areas(survey_template: SurveyTemplate) -> str:
    return f"{survey_template}: {', '.join(area.name for area in survey_template.areas.all())}"


def _refuse_other_years(day: date | None, year: int) -> None:
    """A survey may be opened some months before its year and answered some months after it."""
    near = timedelta(days=180)
    if day and not academic_year(day - near) <= year <= academic_year(day + near):
        raise ValidationError(f"ห่างจากปีการศึกษา {year} เกินไป โปรดตรวจสอบปี พ.ศ.")


def needs_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Opens a campaign for a term, or for its whole year while that has none yet."""
    require(request.user, Permission.OPEN_ROUNDS)
    term = get_object_or_404(Term.objects.select_related("academic_year"), pk=pk)
    standing = list(NeedsCampaign.objects.filter(academic_year=term.academic_year_id))
    form = CampaignOpenForm(post_data(request), term=term, whole_year=not standing)
    if form.is_valid():
        with refusal_as_form_error(form):
            campaign = _open(request, term, form)
            done = f"เปิด{campaign} แล้ว"
            return redirect_with_message(request, done, needs_progress_url(campaign))
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
        return redirect_with_message(request, done, needs_progress_url(campaign))
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
