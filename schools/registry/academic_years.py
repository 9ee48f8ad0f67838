"""The calendar of academic years: the days on which their terms open and close."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain, pairwise
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, require
from schools.core.errors import ActionRefused
from schools.core.fields import BuddhistDateField, BuddhistYearField
from schools.core.forms import ConflictCheckedForm, post_data, redirect_with_message
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import academic_year, be_year, short_date
from schools.models import AcademicYear, Area, Term, User
from schools.models.calendar import usual_terms
from schools.registry.queries import RegistryChange, get_area, lock_area, registry_changes_among

TermDays = Mapping[int, tuple[date, date]]
TERM_DAY_FIELDS = ("opens_1", "closes_1", "opens_2", "closes_2")
TERM_CLOSING_HELP = f"วันแรกที่ไม่มีเรียน {BuddhistDateField.hint}"


def term_changes(year: AcademicYear) -> list[RegistryChange]:
    """Who moved the days of the year's terms."""
    records = Term.history.filter(academic_year=year.pk)
    return registry_changes_among(
        records, "opens_on", "closes_on", called=lambda row: f"ภาคเรียนที่ {row.number}"
    )


class AcademicYearForm(ConflictCheckedForm):
    """The days of an academic year's two terms; at first those stored, or the usual ones."""

    opens_1 = BuddhistDateField(label="วันเปิดภาคเรียนที่ 1")
    closes_1 = BuddhistDateField(label="วันปิดภาคเรียนที่ 1", help_text=TERM_CLOSING_HELP)
    opens_2 = BuddhistDateField(label="วันเปิดภาคเรียนที่ 2")
    closes_2 = BuddhistDateField(label="วันปิดภาคเรียนที่ 2", help_text=TERM_CLOSING_HELP)

    class Meta:
        model = AcademicYear
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, instance: AcademicYear, **kwargs: Any) -> None:
        days = usual_terms(instance.year)
        if instance.pk:
            days |= {term.number: (term.opens_on, term.closes_on) for term in instance.terms.all()}
        initial = dict(
            zip(TERM_DAY_FIELDS, chain(*(days[number] for number in (1, 2))), strict=True)
        )
        super().__init__(*args, instance=instance, initial=initial, **kwargs)

    def compared_fields(self) -> Iterable[str]:
        return TERM_DAY_FIELDS

    def clean(self) -> dict:
        cleaned, year = super().clean(), self.cleaned_data.get("year", self.instance.year)
        opens = cleaned.get("opens_1")
        if opens and be_year(opens) != year:
            self.add_error("opens_1", f"ภาคเรียนที่ 1 ของปีการศึกษา {year} ต้องเปิดในปี {year} โปรดตรวจปี")
        for earlier, later in pairwise(TERM_DAY_FIELDS):
            if cleaned.get(earlier) and cleaned.get(later) and cleaned[later] < cleaned[earlier]:
                self.add_error(later, self._out_of_order(earlier, later))
        return cleaned

    def _out_of_order(self, earlier: str, later: str) -> str:
        day = short_date(self.cleaned_data[earlier])
        return f"{self.fields[later].label}ต้องไม่ก่อน{self.fields[earlier].label} ({day}) โปรดตรวจวันที่"

    def terms(self) -> dict[int, tuple[date, date]]:
        typed = self.cleaned_data
        return {n: (typed[f"opens_{n}"], typed[f"closes_{n}"]) for n in (1, 2)}


class NewAcademicYearForm(AcademicYearForm):
    """An academic year that the calendar does not have yet."""

    year = BuddhistYearField(label="ปีการศึกษา (พ.ศ.)")

    class Meta(AcademicYearForm.Meta):
        fields = ("year",)

    field_order = ("year",)


@transaction.atomic
def create_academic_year(area: Area, *, by: User, year: int, terms: TermDays) -> AcademicYear:
    """Enter an academic year with the days of its terms."""
    lock_area(area)
    if area.academic_years.filter(year=year).exists():
        raise ActionRefused(f"ปฏิทินมีปีการศึกษา {year} แล้ว โปรดแก้ไขวันเปิดปิดที่ปีนั้น")
    row = AcademicYear.objects.create(area=area, year=year)
    _save_terms(row, terms, by=by)
    return row


@transaction.atomic
def update_terms(year: AcademicYear, *, by: User, terms: TermDays) -> None:
    """The authority may move the days of a term."""
    lock_area(year.area)
    _save_terms(year, terms, by=by)


def _save_terms(year: AcademicYear, terms: TermDays, *, by: User) -> None:
    _check_no_overlap(year, terms)
    stored = {term.number: term for term in year.terms.all()}
    for number, days in terms.items():
        term = stored.get(number) or Term(academic_year=year, number=number)
        if (term.opens_on, term.closes_on) != days:
            term.opens_on, term.closes_on = days
            save_with_history(term, by=by)


def _check_no_overlap(year: AcademicYear, terms: TermDays) -> None:
    """Raises ActionRefused where a day would be in two terms."""
    for other in Term.objects.exclude(academic_year=year).select_related("academic_year"):
        for opens, closes in terms.values():
            if other.opens_on < closes and opens < other.closes_on:
                raise ActionRefused(
                    f"วันเรียนซ้อนกับภาคเรียนที่ {other} ({short_date(other.opens_on)} ถึง "
                    f"{short_date(other.closes_on)}) โปรดตรวจวันเปิดและวันปิด"
                )


def academic_calendar(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    years = AcademicYear.objects.prefetch_related("terms")
    return render(request, "schools/registry/calendar.html", {"years": years})


def academic_year_add(request: SignedInRequest) -> HttpResponse:
    """The year after the newest one, unless another is typed."""
    require(request.user, Permission.EDIT_REGISTRY)
    newest = AcademicYear.objects.first()
    following = newest.year + 1 if newest else academic_year(timezone.localdate())
    form = NewAcademicYearForm(post_data(request), instance=AcademicYear(year=following))
    if form.is_valid():
        with refusal_as_form_error(form):
            year = form.cleaned_data["year"]
            create_academic_year(get_area(), by=request.user, year=year, terms=form.terms())
            return redirect_with_message(request, f"เพิ่มปีการศึกษา {year} แล้ว", "academic_calendar")
    return _calendar_form(request, form, "เพิ่มปีการศึกษา")


@transaction.atomic
def academic_year_edit(request: SignedInRequest, year: int) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    area = get_area(locked=request.method == "POST")
    row = get_object_or_404(area.academic_years, year=year)
    form = AcademicYearForm(post_data(request), instance=row)
    if form.is_valid():
        with refusal_as_form_error(form):
            update_terms(row, by=request.user, terms=form.terms())
            return redirect_with_message(
                request, f"บันทึกวันเปิดปิดปีการศึกษา {year} แล้ว", "academic_calendar"
            )
    return _calendar_form(request, form, f"แก้ไขปีการศึกษา {year}")


def _calendar_form(request: SignedInRequest, form: AcademicYearForm, heading: str) -> HttpResponse:
    url = reverse("academic_calendar")
    context = {"form": form, "heading": heading, "cancel_url": url, "parent": "ปฏิทินการศึกษา"}
    context["changes"] = term_changes(form.instance)
    return render(request, "schools/registry/year_form.html", context)
