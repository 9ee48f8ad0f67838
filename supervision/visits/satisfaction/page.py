"""What schools said of visits: supervisors read their own figures, the head of the unit all."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, rights_of
from schools.core.forms import PortalForm, form_field
from schools.core.http import SignedInRequest
from schools.models import AcademicYear, User
from supervision.visits.satisfaction.figures import (
    area_satisfaction,
    own_satisfaction,
    years_with_answers,
)


class SatisfactionFilter(PortalForm):
    """Of which academic year; another value means the newest."""

    year = forms.ModelChoiceField(
        AcademicYear.objects.none(), label="ปีการศึกษา", required=False, empty_label="ปีล่าสุด"
    )


def may_read_satisfaction(user: User) -> bool:
    """Whether the person goes on visits, or reads how content schools are."""
    goes = rights_of(user).allows_anywhere(Permission.RECORD_VISIT)
    return goes or can(user, Permission.READ_SATISFACTION)


def satisfaction_page(request: SignedInRequest) -> HttpResponse:
    """For who goes on visits, and for who reads how content schools are."""
    if not may_read_satisfaction(request.user):
        raise PermissionDenied
    reads_area = can(request.user, Permission.READ_SATISFACTION)
    today, form, area = timezone.localdate(), SatisfactionFilter(request.GET), None
    if reads_area:
        years = years_with_answers(today)
        form_field(form, "year", forms.ModelChoiceField).queryset = years
        form.is_valid()  # a year that was not offered asks for the newest
        year = form.cleaned_data.get("year") or years.first()
        area = area_satisfaction(year, today) if year else None
    context = {
        "form": form,
        "reads_area": reads_area,
        "area": area,
        "own": own_satisfaction(request.user, today),
    }
    return render(request, "visits/satisfaction/results.html", context)
