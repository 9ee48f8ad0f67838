"""The pages of handbooks: those that a person may read, and one with what it will hold."""

from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from reports.handbook.content import handbook_content
from reports.handbook.duties import orders_of_year
from reports.handbook.foreword import handbook_of
from reports.handbook.gaps import handbook_gaps
from reports.handbook.jobs import is_handbook_under_way
from reports.handbook.making import handbook_pdf
from reports.handbook.models import Handbook, HandbookJob
from reports.handbook.officers import (
    OfficerYear,
    handbook_years,
    matching,
    officer_in_year,
    officers_in_year,
    years_of_officer,
)
from schools.core.file_responses import bytes_response
from schools.core.forms import PortalForm, form_field
from schools.core.http import SignedInRequest

PAGE_SIZE = 50


class HandbookFilter(PortalForm):
    """Filters of the list; what cannot be read filters nothing."""

    q = forms.CharField(label="ชื่อหรือตำแหน่ง", max_length=200, required=False)
    year = forms.TypedChoiceField(label="ปีงบประมาณ พ.ศ.", coerce=int, required=False)

    def __init__(self, data: dict[str, str], years: list[int]) -> None:
        super().__init__({"year": str(years[0])} | data)
        year = form_field(self, "year", forms.TypedChoiceField)
        year.choices = [(one, str(one)) for one in years]
        self.is_valid()
        self.newest = years[0]

    @property
    def chosen_year(self) -> int:
        return self.cleaned_data.get("year") or self.newest


class HandbookRow(NamedTuple):
    """An officer's handbook in the list, and whether its foreword was written."""

    of: OfficerYear
    is_written: bool


def handbook_list(request: SignedInRequest) -> HttpResponse:
    """The officers of a fiscal year; who reads none is refused by the question for the years."""
    form = HandbookFilter(request.GET.dict(), handbook_years(request.user))
    officers = officers_in_year(request.user, form.chosen_year)
    found = matching(officers, form.cleaned_data.get("q", ""))
    context = {
        "form": form,
        "year": form.chosen_year,
        "page": Paginator(_rows(found, form.chosen_year), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "is_filtered": bool(form.cleaned_data.get("q")),
    }
    return render(request, "reports/handbook/list.html", context)


def _rows(officers: list[OfficerYear], year: int) -> list[HandbookRow]:
    written = set(Handbook.objects.filter(fiscal_year=year).values_list("officer", flat=True))
    return [HandbookRow(of, of.officer.pk in written) for of in officers]


def handbook_page(request: SignedInRequest, year: int, officer: int) -> HttpResponse:
    """What the handbook holds and lacks; while it is made the page asks for its state alone."""
    of = officer_in_year(request.user, year, officer)
    job = HandbookJob.objects.filter(officer=of.officer, fiscal_year=year).first()
    under_way = job is not None and is_handbook_under_way(job)
    context: dict[str, Any] = {"of": of, "job": job, "under_way": under_way}
    if request.htmx and not request.htmx.boosted:
        return render(request, "reports/handbook/state.html", context)
    orders = orders_of_year(of)
    context |= {
        "handbook": handbook_of(of),
        "may_write": of.officer == request.user,
        "orders": orders,
        "years": years_of_officer(of.officer),
        "gaps": handbook_gaps(of, orders),
    }
    return render(request, "reports/handbook/handbook.html", context)


def handbook_paper(request: SignedInRequest, year: int, officer: int) -> HttpResponse:
    """The handbook as PDF, as the data is now."""
    content = handbook_content(officer_in_year(request.user, year, officer))
    return bytes_response(handbook_pdf(content), f"{content.title} {content.of.officer}.pdf")
