"""All signed agreements of a drive in one PDF, made in the background for who asks."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from reports.papers.bundles import ask_for_bundle
from reports.papers.enums import BundleContent
from schools.access import Permission, require
from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
from supervision.quality_drive.agreements.register import load_agreement_register
from supervision.quality_drive.agreements.register_pages import get_drive_or_404
from supervision.quality_drive.drives.queries import terms_of_drive


def agreements_bundle(request: SignedInRequest, year: int) -> HttpResponse:
    """Ask for those that the filters of the register leave, or of the schools named."""
    require(request.user, Permission.VIEW_AREA)
    drive = get_drive_or_404(request, year)
    if request.method != "POST":
        return redirect("agreements", year)
    register = load_agreement_register(
        request.user, drive, request.GET.dict(), timezone.localdate()
    )
    signed = [row.school for row in register.shown if row.in_force]
    named = request.POST.getlist("school")
    schools = [one for one in signed if str(one.pk) in named] if named else signed
    terms = terms_of_drive(drive)
    if not terms:
        raise ActionRefused("ปีการศึกษานี้ยังไม่มีภาคเรียนในระบบ จึงยังรวมเอกสารไม่ได้")
    bundle = ask_for_bundle(
        terms[-1],
        schools,
        by=request.user,
        subject=schools[0].name if len(schools) == 1 else f"{len(schools)} โรงเรียน",
        content=BundleContent.AGREEMENTS,
    )
    return redirect(bundle)
