"""The page that sets a school's annual report beside the portal's own results of its year."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from reports.data.annual_report_levels import compare_annual_report
from schools.core.http import SignedInRequest
from supervision.profiles.models import AnnualReport
from supervision.profiles.sar.queries import with_levels
from supervision.quality_drive.models import QualityDrive


def annual_report_compare(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """Of a report that was sent: a difference is something to talk about, never a mistake."""
    reports = with_levels(AnnualReport.objects.visible_to(request.user).sent())
    report = get_object_or_404(
        reports.select_related("school"), school=pk, academic_year__year=year
    )
    comparison = compare_annual_report(request.user, report, report.school, timezone.localdate())
    drives = QualityDrive.objects.visible_to(request.user)
    context = {
        "comparison": comparison,
        "report": report,
        "school": report.school,
        "drive": drives.filter(academic_year=report.academic_year_id).first(),
    }
    return render(request, "reports/profiles/annual_report_comparison.html", context)
