from collections.abc import Iterable
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm
from schools.core.thai import academic_year, long_date
from schools.models import Term
from supervision.needs.models import NeedsCampaign, SurveyTemplate

OF_TERM, OF_YEAR = "term", "year"


class CampaignClosingForm(PortalForm):
    """By when the schools should answer."""

    closes_on = BuddhistDateField(
        label="ให้ส่งภายในวันที่",
        required=False,
        help_text="หลังวันนี้ยังส่งได้ แต่ระบบระบุว่าส่งช้ากว่ากำหนด เว้นว่าง คือ ไม่มีกำหนด",
    )

    def __init__(self, *args, campaign: NeedsCampaign, **kwargs) -> None:
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

    def __init__(self, *args, term: Term, whole_year: bool, **kwargs) -> None:
        super().__init__(*args, initial={"opens_on": timezone.localdate()}, **kwargs)
        self.term = term
        self.fields["period"].choices = list(_periods(term, whole_year))
        survey_templates = {str(f.pk): f for f in SurveyTemplate.objects.prefetch_related("areas")}
        self.fields["survey_template"].choices = [
            (pk, _in_full(survey_template)) for pk, survey_template in survey_templates.items()
        ]
        self.fields["survey_template"].coerce = survey_templates.get

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


def _in_full(survey_template: SurveyTemplate) -> str:
    return f"{survey_template}: {', '.join(area.name for area in survey_template.areas.all())}"


def _refuse_other_years(day: date | None, year: int) -> None:
    """A survey may be opened some months before its year and answered some months after it."""
    near = timedelta(days=180)
    if day and not academic_year(day - near) <= year <= academic_year(day + near):
        raise ValidationError(f"ห่างจากปีการศึกษา {year} เกินไป โปรดตรวจสอบปี พ.ศ.")
