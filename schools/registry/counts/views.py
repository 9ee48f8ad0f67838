from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from schools.core.forms import clear_draft_tag, post_data
from schools.core.http import SignedInRequest
from schools.models import AcademicYear, School, Term, YearlyCount
from schools.registry.counts import actions
from schools.registry.counts.forms import CountsForm, CountYearForm
from schools.registry.counts.queries import yearly_counts_of
from schools.registry.queries import get_school_for_edit


@transaction.atomic
def school_counts(request: SignedInRequest, pk: int) -> HttpResponse:
    """One school's numbers of one year, that in force unless another is asked for."""
    school = get_school_for_edit(request, pk, locked=request.method == "POST")
    years = list(AcademicYear.objects.all())
    year = _year_asked(request, years)
    if year is None:
        return render(request, "schools/registry/counts_no_year.html", {"school": school})
    counts = {count.academic_year: count for count in yearly_counts_of(school)}
    count = counts.get(year) or YearlyCount(school=school, academic_year=year)
    form = CountsForm(post_data(request), instance=count)
    if request.method == "POST" and form.is_valid():
        actions.save_yearly_count(count, grades=form.counted())
        return _saved(request, school, year)
    before = next((count for other, count in counts.items() if other.year == year.year - 1), None)
    context = {
        "school": school,
        "year": year,
        "count": count,
        "form": form,
        "rows": list(form.rows(before)),
        "before": before,
        "year_form": CountYearForm({"year": year.year}, years=years),
    }
    return render(request, "schools/registry/counts.html", context)


def _year_asked(request: SignedInRequest, years: list[AcademicYear]) -> AcademicYear | None:
    asked = next((year for year in years if str(year) == request.GET.get("year")), None)
    term = Term.objects.in_force(timezone.localdate())
    return asked or (term.academic_year if term else next(iter(years), None))


def _saved(request: SignedInRequest, school: School, year: AcademicYear) -> HttpResponse:
    done, kept = f"บันทึกจำนวนนักเรียนและครู ปีการศึกษา {year} แล้ว", f"counts-{school.pk}-{year}"
    messages.success(request, done, extra_tags=clear_draft_tag(request, kept))
    return redirect("school_card", school.pk)
