"""The annual self-assessment reports of all schools, and until when the office asks for them."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere
from schools.core.forms import lock_rows_on_post, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.models import AcademicYear
from supervision.profiles.models import AnnualReportDeadline, EducationStandard
from supervision.profiles.sar import actions
from supervision.profiles.sar.area import annual_report_overview, annual_report_reminder
from supervision.profiles.sar.enums import QualityLevel
from supervision.profiles.sar.forms import AnnualReportDeadlineForm


def annual_report_list(request: SignedInRequest) -> HttpResponse:
    """Who has sent and who has not, a reminder to paste, and how many gave themselves what."""
    require(request.user, Permission.VIEW_AREA)
    require_anywhere(request.user, Permission.VIEW_PROFILE)
    today = timezone.localdate()
    overview = annual_report_overview(request.user, request.GET.dict(), today)
    if overview is None:
        return render(request, "profiles/sar/area_empty.html")
    standards = EducationStandard.objects.in_year(overview.year.year)
    context = {
        "overview": overview,
        "form": overview.form,
        "quality_levels": list(QualityLevel),
        "provenances": dict.fromkeys(one.provenance for one in standards if one.provenance),
        "reminder": annual_report_reminder(overview, overview.year.area, today),
        "may_set_deadline": can(request.user, Permission.MANAGE_PROFILES),
    }
    return render(request, "profiles/sar/area.html", context)


@transaction.atomic
def annual_report_deadline(request: SignedInRequest, year: int) -> HttpResponse:
    """Until when the office asks for the reports of a year."""
    require(request.user, Permission.MANAGE_PROFILES)
    of_year = get_object_or_404(lock_rows_on_post(request, AcademicYear.objects), year=year)
    deadline = AnnualReportDeadline.objects.filter(academic_year=of_year).first()
    form = AnnualReportDeadlineForm(post_data(request), instance=deadline)
    if form.is_valid():
        due_on = form.cleaned_data["due_on"]
        actions.set_annual_report_deadline(of_year, by=request.user, due_on=due_on)
        return redirect_with_message(request, "บันทึกกำหนดส่งแล้ว", "annual_report_list")
    return render(request, "profiles/sar/deadline.html", {"form": form, "year": of_year})
